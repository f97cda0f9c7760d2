// The page: what its address says is shown, and shown again whenever something changes.

import { act, ask, avatar, field, form, h, longTime, say } from "./parts.js";
import { drawLog } from "./log.js";
import { drawStoryBar } from "./stories.js";
import { home, repositoryView } from "./repository.js";
import { threadView } from "./thread.js";

const main = document.getElementById("content");
const page = { world: null, log: [], by: null, view: null, isLeaving: false, go, act: doAs, become, repository };

function repository(fullName) {
  return page.world.repositories.find((one) => one.full_name.toLowerCase() === fullName.toLowerCase());
}

/** Do something as the chosen person; then show what came of it at once. */
async function doAs(name, body) {
  const done = await act(name, { by: page.by, ...body });
  if (done) await refresh();
  return done;
}

function go(path) {
  if (path !== location.pathname) history.pushState(null, "", path);
  open();
  main.focus({ preventScroll: true });
  scrollTo(0, 0);
}

/** The view that belongs to the address. */
function viewFor(path) {
  const [owner, name, what = "issues", number] = path.split("/").filter(Boolean).map(decodeURIComponent);
  const found = name && repository(`${owner}/${name}`);
  if (!found) return home(page);
  if ((what === "issues" || what === "pull" || what === "pulls") && /^\d+$/.test(number ?? "")) return threadView(page, found.full_name, Number(number));
  return repositoryView(page, found.full_name, what === "blob" ? "config" : what);
}

async function open() {
  page.view = viewFor(location.pathname);
  main.replaceChildren(page.view.element);
  document.title = `${page.view.title} · A small GitHub`;
  drawActing();
  await page.view.update();
}

async function refresh() {
  const pending = page.log.find((line) => line.kind === "heard" && line.outcome.endsWith("pending"));
  const last = pending ? pending.id - 1 : (page.log.at(-1)?.id ?? 0);
  const world = await ask(`/_sandbox/world?after=${last}`);
  if (page.world && page.world.id !== world.id) return location.assign("/");  // it has begun afresh
  const known = new Map(page.log.map((line) => [line.id, line]));
  world.log.forEach((line) => known.set(line.id, line));
  page.log = [...known.values()];
  page.world = world;
  chooseSomebody();
  document.getElementById("now").textContent = longTime(world.now);
  document.getElementById("now").dateTime = world.now;
  drawActing();
  drawStoryBar(page);
  drawLog(page);
  await page.view?.update();
}

// who acts

function chooseSomebody() {
  const here = page.world.people.map((one) => one.login);
  if (here.includes(page.by)) return;
  const kept = sessionStorage.getItem("by");
  const newcomer = page.world.people.find((one) => !one.bot && standingOf(one.login).startsWith("new"));
  page.by = here.includes(kept) ? kept : (newcomer?.login ?? here[0] ?? null);
}

function standingOf(login) {
  const shown = repository(location.pathname.split("/").slice(1, 3).join("/")) ?? page.world.repositories[0];
  return shown?.standings[login] ?? "";
}

let drawn = "";
function drawActing() {
  if (!page.world) return;
  const key = JSON.stringify([page.by, location.pathname.split("/").slice(0, 3), page.world.people, page.world.repositories.map((one) => one.standings)]);
  if (key === drawn) return;
  drawn = key;
  const options = page.world.people.map((one) =>
    h("option", { value: one.login, selected: one.login === page.by }, `${one.login} · ${standingOf(one.login)}`));
  const choose = h("select", { id: "by", onchange: () => chosen(choose.value) }, options, h("option", { value: "" }, "somebody new …"));
  const person = page.world.people.find((one) => one.login === page.by);
  document.getElementById("acting").replaceChildren(
    h("label", { for: "by" }, "Acting as"), person ? avatar(person, "small") : "", choose);
}

async function chosen(login) {
  if (!login) {
    drawn = "";
    drawActing();
    return askForSomebodyNew();
  }
  await become(login);
}

/** Act as somebody from now on. */
async function become(login) {
  page.by = login;
  sessionStorage.setItem("by", login);
  drawActing();
  await page.view.update();
}

function askForSomebodyNew() {
  const login = field("new person", "Login", { required: true, pattern: "[A-Za-z0-9\\-]+", autocomplete: "off" });
  const name = field("new person's name", "Name (if you like)", { autocomplete: "off" });
  const role = h("select", {}, h("option", { value: "none" }, "somebody new"), h("option", { value: "triage" }, "a collaborator who triages"), h("option", { value: "write" }, "a collaborator who may merge"));
  const close = () => dialog.close();
  const shown = repository(location.pathname.split("/").slice(1, 3).join("/")) ?? page.world.repositories[0];
  const send = async () => {
    const made = await act("new_person", { by: page.by, login: login.control.value, name: name.control.value, role: role.value, full_name: shown?.full_name });
    if (!made) return;
    [login, name].forEach((one) => one.control.forget());
    close();
    page.by = made.login;
    sessionStorage.setItem("by", made.login);
    await refresh();
    say(`You are ${made.login} now.`);
  };
  const dialog = h("dialog", { "aria-label": "Somebody new" }, form({ class: "stack" }, send,
    h("h2", {}, "Somebody new"), login.row, name.row, h("label", { class: "field" }, h("span", {}, "Here they are"), role),
    h("div", { class: "buttons" }, h("button", { type: "submit", class: "main" }, "Come in"), h("button", { type: "button", onclick: close }, "Never mind"))));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

// what comes in

document.getElementById("clock").addEventListener("submit", async (event) => {
  event.preventDefault();
  await doAs("move_clock", { hours: Number(event.submitter?.value ?? 24) });
});

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href^='/']");
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
  event.preventDefault();
  go(new URL(link.href).pathname);
});
addEventListener("popstate", open);

// Changes come in bursts: while one is being shown, the next ones become one.
let showing = null;
let again = false;
async function changed() {
  if (page.isLeaving) return;
  if (showing) { again = true; return; }
  do {
    again = false;
    showing = refresh();
    try { await showing; } catch (error) { say(error.message, true); }
  } while (again);
  showing = null;
}

await refresh();
await open();
new EventSource("/_sandbox/changes").onmessage = changed;
