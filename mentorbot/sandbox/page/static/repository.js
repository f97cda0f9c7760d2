// Repositories: the list of them, and of each its issues, pull requests and the config file.

import { field, form, h, labelTag, moment, say, stateMark } from "./parts.js";
import { storyCards } from "./stories.js";
import { tries } from "./tries.js";

export function home(page) {
  const list = h("ul", { class: "cards" });
  const stories = storyCards(page);
  const first = page.world.repositories[0]?.full_name;
  const attempts = first ? tries(page, first) : null;
  const bot = page.world.bot.name;
  const update = () => {
    stories.update();
    // A story's repository is there a moment after the story.
    if (page.world.repositories[0]?.full_name !== first) return page.go(location.pathname);
    attempts?.update(page.world.tries[first]);
    list.replaceChildren(...page.world.repositories.map((one) => h("li", {},
      h("a", { class: "big", href: `/${one.full_name}` }, one.full_name),
      one.private ? h("span", { class: "badge" }, "Private") : null,
      h("p", {}, one.description),
      h("p", { class: "faint" }, `${count(one, "issue")} open ${count(one, "issue") === 1 ? "issue" : "issues"} · ${count(one, "pull")} open pull ${count(one, "pull") === 1 ? "request" : "requests"} · ${one.installed ? `${bot} is installed` : `${bot} is not installed`}`))));
  };
  return {
    title: `Try ${bot}`,
    update,
    element: h("div", { class: "home" }, h("h1", {}, `Try ${bot}`),
      h("p", { class: "lead" }, `This is a small GitHub of your own, with ${bot} at work in it. Nothing here leaves this machine, and nothing can break.`),
      h("h2", {}, first ? h("span", { class: "step", "aria-hidden": "true" }, "1") : null, "Watch a story"), stories.element,
      first ? [
        h("h2", {}, h("span", { class: "step", "aria-hidden": "true" }, "2"), "Or do something yourself"),
        h("p", { class: "faint" }, `One click, and ${bot} has something to answer. “What happens” tells what it does, and why.`), attempts.element,
        h("h2", {}, h("span", { class: "step", "aria-hidden": "true" }, "3"), "Or look around"),
        h("p", { class: "faint" }, "Choose above whom you want to be, open issues and pull requests, comment, review, and give commands.")] : null,
      list),
  };
}

const count = (repository, kind) => repository.threads.filter((one) => one.kind === kind && one.state !== "closed" && one.state !== "merged").length;

const TABS = [["issues", "Issues"], ["pulls", "Pull requests"], ["config", "Config"]];

export function repositoryView(page, fullName, what) {
  const tab = { "new-issue": "issues", "new-pull-request": "pulls" }[what] ?? (TABS.some(([name]) => name === what) ? what : "issues");
  const body = what === "new-issue" ? newIssue(page, fullName)
    : what === "new-pull-request" ? newPullRequest(page, fullName)
    : tab === "config" ? config(page, fullName) : threads(page, fullName, tab);
  const notice = h("div", {});
  const attempts = tries(page, fullName);
  const counts = new Map();
  const tabs = TABS.map(([name, words]) => {
    const number = h("span", { class: "count" });
    counts.set(name, number);
    return h("a", { href: `/${fullName}/${name}`, "aria-current": name === tab ? "page" : null }, words, name === "config" ? null : number);
  });
  const update = () => {
    const shown = page.repository(fullName);
    counts.get("issues").textContent = count(shown, "issue");
    counts.get("pulls").textContent = count(shown, "pull");
    notice.replaceChildren(...installation(page, shown));
    attempts.update(page.world.tries[fullName]);
    body.update();
  };
  return {
    title: fullName,
    update,
    element: h("div", {}, h("nav", { class: "trail", "aria-label": "Where you are" }, h("a", { href: "/" }, "Repositories")),
      h("h1", {}, fullName), h("p", { class: "lead" }, page.repository(fullName).description), notice,
      h("nav", { class: "tabs", "aria-label": fullName }, tabs), body.element,
      what.startsWith("new-") || tab === "config" ? null : attempts.element),
  };
}

function installation(page, shown) {
  const isAdmin = shown.admins.includes(page.by);
  const change = (name, words) => h("button", { type: "button", onclick: () => page.act(name, { full_name: shown.full_name }) }, words);
  if (shown.installed) return isAdmin ? [h("p", { class: "quiet-line" }, `${page.world.bot.name} is installed here. `, change("uninstall", "Remove it"))] : [];
  const words = `${page.world.bot.name} is not installed here: it hears nothing, and does nothing.`;
  return [h("p", { class: "notice" }, words, " ", isAdmin ? change("install", "Install it") : h("span", { class: "faint" }, "Owners can install it."))];
}

function threads(page, fullName, tab) {
  const kind = tab === "pulls" ? "pull" : "issue";
  const list = h("ul", { class: "threads" });
  const closed = h("input", { type: "checkbox", id: "closed", onchange: () => update() });
  const update = () => {
    const all = page.repository(fullName).threads.filter((one) => one.kind === kind);
    const shown = all.filter((one) => closed.checked || one.state === "open" || one.state === "draft");
    list.replaceChildren(...shown.map((one) => row(page, fullName, one)));
    if (!shown.length) list.replaceChildren(h("li", { class: "faint" }, all.length ? "None is open." : "None yet."));
  };
  const path = kind === "pull" ? "new-pull-request" : "new-issue";
  return {
    update,
    element: h("section", {},
      h("div", { class: "bar" }, h("a", { class: "button main", href: `/${fullName}/${path}` }, kind === "pull" ? "New pull request" : "New issue"),
        h("label", { class: "check", for: "closed" }, closed, "closed ones, too")),
      list),
  };
}

function row(page, fullName, one) {
  return h("li", {}, stateMark(one.kind, one.state),
    h("div", {}, h("a", { href: `/${fullName}/${one.kind === "pull" ? "pull" : "issues"}/${one.number}` }, one.title), " ",
      one.labels.map((label) => labelTag(label)),
      h("p", { class: "faint" }, `#${one.number} by ${one.author}, `, moment(one.opened_at, page.world.now), one.comments ? ` · ${one.comments} comment${one.comments > 1 ? "s" : ""}` : "")));
}

function newIssue(page, fullName) {
  const title = field(`${fullName} issue title`, "Title", { required: true });
  const body = field(`${fullName} issue body`, "What is it about?", { rows: 7 });
  const send = async () => {
    const made = await page.act("open_issue", { full_name: fullName, title: title.control.value, body: body.control.value });
    if (made) { title.control.forget(); body.control.forget(); page.go(`/${fullName}/issues/${made.number}`); }
  };
  const as = h("strong", {});
  return {
    update: () => { as.textContent = page.by; },
    element: form({ class: "stack card" }, send, h("h2", {}, "New issue"), h("p", { class: "faint" }, "You open it as ", as, "."),
      title.row, body.row, h("div", { class: "buttons" }, h("button", { class: "main" }, "Open issue"))),
  };
}

/** Rows of path and text; choosing a file that exists brings its text along. */
export function filesField(page, fullName, key) {
  const rows = h("div", { class: "stack" });
  const pairs = [];
  const known = () => page.repository(fullName).files;
  const list = h("datalist", { id: `${key.replace(/\W/g, "-")}-files` }, Object.keys(known()).map((path) => h("option", { value: path })));
  const add = () => {
    const number = pairs.length;
    const path = field(`${key} path ${number}`, "File", { list: list.id, placeholder: "docs/tea.md", value: number ? "" : "docs/notes.md" });
    const text = field(`${key} text ${number}`, "New content", { rows: 6, class: "code", spellcheck: "false", value: number ? "" : "# Notes\n\nWhat I found out on the way.\n" });
    path.control.addEventListener("change", () => { if (path.control.value in known()) text.control.fill(known()[path.control.value]); });
    pairs.push([path.control, text.control]);
    rows.append(h("div", { class: "file" }, path.row, text.row));
  };
  add();
  return {
    element: h("fieldset", {}, h("legend", {}, "Files"), list, rows, h("button", { type: "button", onclick: add }, "Another file")),
    value: () => pairs.map(([path, text]) => ({ path: path.value, text: text.value })),
    forget: () => pairs.forEach((pair) => pair.forEach((one) => one.forget())),
  };
}

function newPullRequest(page, fullName) {
  const title = field(`${fullName} pull title`, "Title", { required: true });
  const body = field(`${fullName} pull body`, "What does it change, and why?", { rows: 5 });
  const files = filesField(page, fullName, `${fullName} pull`);
  const draft = h("input", { type: "checkbox", id: "draft" });
  const send = async () => {
    const made = await page.act("open_pull_request", { full_name: fullName, title: title.control.value, body: body.control.value, files: files.value(), draft: draft.checked });
    if (made) { [title.control, body.control, files].forEach((one) => one.forget()); page.go(`/${fullName}/pull/${made.number}`); }
  };
  const from = h("span", {});
  return {
    update: () => { from.textContent = page.repository(fullName).writers.includes(page.by) ? `You open it as ${page.by}, from a branch of this repository.` : `You open it as ${page.by}, from a fork of your own.`; },
    element: form({ class: "stack card" }, send, h("h2", {}, "New pull request"), h("p", { class: "faint" }, from),
      title.row, body.row, files.element, h("label", { class: "check", for: "draft" }, draft, "It is a draft"),
      h("div", { class: "buttons" }, h("button", { class: "main" }, "Open pull request"))),
  };
}

function config(page, fullName) {
  const shown = page.repository(fullName);
  const text = field(`${fullName} config`, shown.config_path, { rows: 18, class: "code", spellcheck: "false", value: shown.config ?? "" });
  const hint = h("p", { class: "faint" });
  const commit = h("button", { class: "main", value: "edit_config" }, `Commit to ${shown.branch}`);
  let inForce = shown.config ?? "";
  const update = () => {
    const now = page.repository(fullName);
    const fresh = now.config ?? "";
    if (fresh !== inForce && text.control.value === inForce) { text.control.forget(); text.control.value = fresh; }
    inForce = fresh;
    const writes = now.writers.includes(page.by);
    commit.disabled = !writes;
    hint.textContent = writes ? "This file says what the bot does here. An empty one is deleted." : `${page.by} can’t write here, but can propose a change as a pull request.`;
  };
  const send = async (button) => {
    const name = button?.value ?? "edit_config";
    const made = await page.act(name, { full_name: fullName, text: text.control.value });
    if (!made) return;
    text.control.forget();
    text.control.value = page.repository(fullName).config ?? "";
    if (made.number) page.go(`/${fullName}/pull/${made.number}`);
    else say(`Committed to ${shown.branch}.`);
  };
  return { update, element: form({ class: "stack card" }, send, text.row, hint, h("div", { class: "buttons" }, commit, h("button", { value: "propose_config" }, "Propose as pull request"))) };
}
