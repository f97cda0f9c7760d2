// What one can do with an issue or pull request: talk, review, push, and everything a button is enough for.

import { field, form, h } from "./parts.js";
import { filesField } from "./repository.js";

const AT_HAND = 4;

export function composer(page, thread) {
  const may = thread.may;
  if (!may) return h("p", { class: "faint" }, "Choose somebody to act as.");
  const about = { full_name: thread.full_name, number: thread.number };
  const send = (name, more = {}) => page.act(name, { ...about, ...more });
  return h("div", { class: "stack" },
    talk(page, thread, send),
    may.review ? review(thread, send, may) : null,
    may.push ? push(page, thread, send) : null,
    may.label || may.ask_for_review ? triage(page, thread, send, may) : null);
}

function talk(page, thread, send) {
  const may = thread.may;
  const kind = thread.kind;
  const body = field(`${thread.reference} comment`, `Comment as ${page.by}`, { rows: 4, placeholder: "Markdown, or a command on a line of its own" });
  body.control.disabled = !may.comment;
  const button = (name, words, style = "") => h("button", { type: "button", class: style, onclick: () => send(name) }, words);
  const hints = commands(page, thread, body.control);
  const write = async () => { if (await send("comment", { body: body.control.value })) body.control.forget(); };
  return form({ class: "card stack talk" }, write, body.row, hints, h("div", { class: "buttons" },
    h("button", { type: "submit", class: "main", disabled: !may.comment }, "Comment"),
    may.merge ? button("merge", "Merge", "good") : null,
    may.turn_draft ? (thread.state === "draft" ? button("ready", "Ready for review") : button("draft", "Turn into a draft")) : null,
    may.close ? button("close", `Close ${kind}`) : null,
    may.reopen ? button("reopen", `Reopen ${kind}`) : null));
}

/** All the bot understands here, in its own words: a click puts one into the comment. */
function commands(page, thread, control) {
  const here = page.world.commands.filter((one) => one.on === "anything" || (one.on === "pull requests") === Boolean(thread.pull));
  if (!here.length) return null;
  const button = (one) => h("button", { type: "button", title: one.what, onclick: () => pick(control, one.text) }, one.text);
  return h("div", { class: "hints" }, h("p", {}, "Commands: ", here.slice(0, AT_HAND).map(button)),
    h("details", { class: "commands" }, h("summary", {}, `All ${here.length} commands`),
      h("ul", {}, here.map((one) => h("li", {}, button(one), h("span", {}, `${one.what} `), one.who === "anyone" ? null : h("span", { class: "badge" }, one.who))))));
}

/** What may be left out is left out; what has to be filled in is marked, to be typed over. */
function pick(control, text) {
  const given = text.replace(/ \[[^\]]*\]/g, "");
  const gap = given.search(/[<@]/);
  control.fill(given);
  control.focus();
  if (gap >= 0) control.setSelectionRange(gap, given.indexOf(" ", gap) < 0 || given[gap] === "<" ? given.indexOf(">", gap) + 1 || given.length : given.indexOf(" ", gap));
}

function review(thread, send, may) {
  const key = `${thread.reference} review`;
  const body = field(key, "What do you think?", { rows: 3 });
  const path = h("select", {}, thread.pull.files.map((file) => h("option", {}, file.path)));
  const line = field(`${key} line`, "Line", { type: "number", min: 1, value: "1" });
  const text = field(`${key} on line`, "A comment on that line (if you like)", { rows: 2 });
  const submit = async (button) => {
    const done = await send("review", { verdict: button?.value ?? "comment", body: body.control.value, path: path.value, line: line.control.value || "1", line_text: text.control.value });
    if (done) [body, line, text].forEach((one) => one.control.forget());
  };
  return h("details", { class: "card" }, h("summary", {}, "Review the changes"), form({ class: "stack" }, submit, body.row,
    h("div", { class: "side-by-side" }, h("label", { class: "field" }, h("span", {}, "File"), path), line.row), text.row,
    h("div", { class: "buttons" },
      may.judge ? h("button", { value: "approve", class: "good" }, "Approve") : null,
      may.judge ? h("button", { value: "request_changes" }, "Ask for changes") : null,
      h("button", { value: "comment" }, "Review without a verdict"))));
}

function push(page, thread, send) {
  const key = `${thread.reference} push`;
  const message = field(`${key} message`, "Commit message", { value: "Address review" });
  const files = filesField(page, thread.full_name, key);
  const submit = async () => { if (await send("push", { message: message.control.value, files: files.value() })) { message.control.forget(); files.forget(); } };
  return h("details", { class: "card" }, h("summary", {}, "Push a commit"), form({ class: "stack" }, submit, message.row, files.element,
    h("div", { class: "buttons" }, h("button", { class: "main" }, "Push"))));
}

function triage(page, thread, send, may) {
  const listId = "labels-here";
  const label = field(`${thread.reference} label`, "Label", { list: listId, required: true });
  const addLabel = async () => { if (await send("label", { label: label.control.value })) label.control.forget(); };
  const who = h("select", { "aria-label": "Whom to ask" }, page.world.people.filter((one) => !one.bot && one.login !== thread.author.login).map((one) => h("option", {}, one.login)));
  return h("details", { class: "card" }, h("summary", {}, may.ask_for_review ? "Labels and reviewers" : "Labels"), h("div", { class: "stack" },
    may.label ? form({ class: "in-line" }, addLabel, h("datalist", { id: listId }, page.repository(thread.full_name).labels.map((one) => h("option", { value: one }))), label.row, h("button", {}, "Add label")) : null,
    may.ask_for_review ? form({ class: "in-line" }, () => send("ask_for_review", { reviewer: who.value }), h("label", { class: "field" }, h("span", {}, "Ask for a review"), who), h("button", {}, "Ask")) : null));
}
