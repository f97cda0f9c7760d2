// A Probot that checks signatures, listens to comments, and does nothing: what others build on.
import { Probot, Server } from "probot";

const [port, secret, privateKey] = [Number(process.argv[2]), process.argv[3], process.env.GITHUB_PRIVATE_KEY];
const server = new Server({
  port,
  host: "127.0.0.1",
  webhookPath: "/github/webhook",
  Probot: Probot.defaults({ appId: 1, privateKey, secret, logLevel: "fatal" }),
});
await server.load((app) => {
  app.on("issue_comment.created", () => {});
});
await server.start();
