// One issue or pull request: its conversation, its files and checks, and below them what one can do.

import { composer } from "./composer.js";
import { EMOJI, ask, avatar, h, labelTag, moment, stateMark } from "./parts.js";
import { tries } from "./tries.js";

export function threadView(page, fullName, number) {
  const head = h("div", {});
  const list = h("ol", { class: "timeline" });
  const after = h("div", { class: "after" });
  const tools = h("div", { class: "tools" });
  const attempts = tries(page, fullName, number);
  const kept = new Map();
  let isFirst = true;
  let drawnTools = "";
  const view = { title: `${fullName}#${number}`, update };
  view.element = h("article", { class: "thread" },
    h("nav", { class: "trail", "aria-label": "Where you are" }, h("a", { href: "/" }, "Repositories"), " / ", h("a", { href: `/${fullName}` }, fullName)),
    head, list, after, tools, attempts.element);

  async function update() {
    let thread;
    try {
      thread = await ask(`/_sandbox/threads/${fullName}/${number}?as=${encodeURIComponent(page.by ?? "")}`);
    } catch (error) {
      head.replaceChildren(h("h1", {}, "Not here"), h("p", {}, error.message));
      return;
    }
    keep(head, "head", [thread.title, thread.state, thread.labels, thread.pull, thread.may?.label, page.by], () => heading(page, thread));
    drawTimeline(thread);
    keep(after, "after", [thread.pull, page.by], () => (thread.pull ? [checks(thread), files(thread)] : []));
    const key = JSON.stringify([thread.state, thread.may, thread.pull?.files, page.by, page.repository(fullName).labels, page.world.people.length]);
    if (key !== drawnTools) {
      drawnTools = key;
      tools.replaceChildren(composer(page, thread));
    }
    attempts.update(thread.tries);
    isFirst = false;
  }

  // What has not changed stays as it is, so that nothing jumps, closes or loses the focus.
  function keep(place, name, of, draw) {
    const key = JSON.stringify(of);
    if (kept.get(name) === key) return;
    kept.set(name, key);
    place.replaceChildren(...[draw()].flat());
  }

  function drawTimeline(thread) {
    const elements = thread.items.map((item) => {
      const key = JSON.stringify([item, page.by, page.world.now.slice(0, 10)]);
      const before = kept.get(item.key);
      if (before?.key === key) return before.element;
      const element = (item.kind === "event" ? happening : item.kind === "review" ? review : comment)(page, thread, item);
      if (!isFirst && !before) element.classList.add("fresh");
      kept.set(item.key, { key, element });
      return element;
    });
    if (elements.length !== list.children.length || elements.some((one, place) => list.children[place] !== one)) list.replaceChildren(...elements);
  }

  return view;
}

function heading(page, thread) {
  const pull = thread.pull;
  const unlabel = (label) => (thread.may?.label ? () => page.act("unlabel", { full_name: thread.full_name, number: thread.number, label: label.name }) : null);
  return [
    h("h1", {}, thread.title, " ", h("span", { class: "number" }, `#${thread.number}`)),
    h("p", { class: "facts" }, stateMark(thread.kind, thread.state), h("span", {}, h("strong", {}, thread.author.login),
      pull ? ` wants to merge ${pull.commits} commit${pull.commits === 1 ? "" : "s"} into ` : " opened this issue", pull ? h("code", {}, pull.base) : null, pull ? " from " : null, pull ? h("code", {}, pull.head) : null)),
    thread.labels.length || pull?.asked.length ? h("p", { class: "facts" }, thread.labels.map((label) => labelTag(label, unlabel(label))),
      pull?.asked.length ? h("span", { class: "faint" }, `Asked for a review: ${pull.asked.join(", ")}`) : null) : "",
  ];
}

function byline(page, item) {
  return h("header", {}, avatar(item.author, "small"), h("strong", {}, item.author.login),
    item.badge ? h("span", { class: `badge ${item.badge === "Bot" ? "bot" : ""}` }, item.badge.toLowerCase() === "bot" ? "bot" : item.badge) : null,
    h("span", { class: "did" }, item.did), moment(item.at, page.world.now));
}

function text(item) {
  return item.html ? h("div", { class: "markdown", html: item.html }) : h("p", { class: "faint" }, "No description.");
}

function comment(page, thread, item) {
  const isBot = item.author.login === page.world.bot.login;
  const content = [text(item), reactions(page, thread, item), item.edit && item.author.login === page.by ? editing(page, item) : null];
  const body = item.folded ? h("details", { class: "folded" }, h("summary", {}, `Folded away: ${item.folded.toLowerCase()}`), content) : h("div", { class: "body" }, content);
  return h("li", { class: `comment ${isBot ? "from-bot" : ""}` }, byline(page, item), body);
}

function editing(page, item) {
  const area = h("textarea", { rows: 4, "aria-label": "The comment" });
  area.value = item.raw;
  const save = () => page.act("edit_comment", { comment: item.edit, body: area.value });
  return h("details", { class: "editing" }, h("summary", {}, "Edit"), area, h("button", { type: "button", onclick: save }, "Save"));
}

function reactions(page, thread, item) {
  const given = new Map(item.reactions.map((one) => [one.content, one.by]));
  const offered = [...new Set(["+1", "-1", ...given.keys()])];
  return h("div", { class: "reactions" }, offered.map((content) => {
    const by = given.get(content) ?? [];
    const send = () => page.act("react", { full_name: thread.full_name, number: thread.number, ...item.react, content });
    return h("button", { type: "button", class: by.length ? "given" : "", "aria-pressed": String(by.includes(page.by)), title: by.join(", "), "aria-label": `React with ${content}${by.length ? `, given by ${by.join(", ")}` : ""}`, onclick: send }, EMOJI[content], by.length ? ` ${by.length}` : "");
  }));
}

function review(page, thread, item) {
  const marks = { approved: "✓", changes_requested: "±", commented: "…", dismissed: "–" };
  const lines = item.lines.map((line) => h("div", { class: "line" },
    h("p", { class: "place" }, h("code", {}, `${line.path}:${line.line}`)), byline(page, { ...line, did: "" }), text(line), reactions(page, thread, line)));
  return h("li", { class: `comment review ${item.verdict}` },
    h("header", {}, h("span", { class: "mark", "aria-hidden": "true" }, marks[item.verdict]), avatar(item.author, "small"), h("strong", {}, item.author.login),
      item.badge ? h("span", { class: "badge" }, item.badge) : null, h("span", { class: "did" }, item.did), item.outdated ? h("span", { class: "faint" }, "· on an earlier version") : null, moment(item.at, page.world.now)),
    item.html || lines.length ? h("div", { class: "body" }, item.html ? text(item) : null, lines) : null);
}

function happening(page, thread, item) {
  return h("li", { class: `event ${item.sign}` }, h("span", { class: "dot", "aria-hidden": "true" }),
    h("p", {}, h("strong", {}, item.who), ` ${item.did} `, item.label ? labelTag(item.label) : null, item.detail ? h("code", {}, item.detail) : null, " ", moment(item.at, page.world.now)));
}

function checks(thread) {
  if (!thread.pull.checks.length) return "";
  const marks = { success: "✓", failure: "✗", neutral: "–", in_progress: "…", queued: "…" };
  return h("section", { class: "card checks" }, h("h2", {}, "Checks"), thread.pull.checks.map((check) =>
    h("details", { open: check.status === "failure", class: check.status },
      h("summary", {}, h("span", { class: "mark", "aria-hidden": "true" }, marks[check.status] ?? "!"), h("strong", {}, check.name), ` ${check.title || check.status}`),
      check.html ? h("div", { class: "markdown", html: check.html }) : null,
      check.annotations.length ? h("ul", { class: "annotations" }, check.annotations.map((one) =>
        h("li", {}, h("code", {}, `${one.path}:${one.line}`), one.title ? h("strong", {}, ` ${one.title}`) : null, h("p", {}, one.text)))) : null)));
}

function files(thread) {
  return h("details", { class: "card files" }, h("summary", {}, `${thread.pull.files.length} file${thread.pull.files.length === 1 ? "" : "s"} changed`), thread.pull.files.map((file) =>
    h("div", {}, h("p", {}, h("code", {}, file.path), h("span", { class: "plus" }, ` +${file.added}`), h("span", { class: "minus" }, ` −${file.removed}`)),
      h("pre", { tabindex: "0", "aria-label": `What changed in ${file.path}` }, file.patch.split("\n").map((line) => h("span", { class: line.startsWith("+") ? "plus" : line.startsWith("-") ? "minus" : "" }, `${line}\n`))))));
}
