// The live log: who did what, and below it what the bot did, and why.

import { h, shortTime } from "./parts.js";

const SHOWN = 60;
let isOpen = matchMedia("(min-width: 64rem)").matches;
let drawn = "";

/** Lines in order of time, each of the bot's below what it is about. */
function groups(lines) {
  const found = [];
  const inOrder = [...lines].sort((a, b) => a.at.slice(0, 19).localeCompare(b.at.slice(0, 19)) || a.id - b.id);
  for (const line of inOrder) {
    const about = (group) => group.full_name === line.full_name && (line.number === null || group.number === line.number);
    const home = line.kind === "heard" ? null : found.findLast(about);
    if (home) home.answers.push(line);
    else found.push({ ...line, answers: [] });
  }
  return found.slice(-SHOWN).reverse();
}

const where = (line) => (line.number && line.full_name ? `/${line.full_name}/issues/${line.number}` : line.full_name ? `/${line.full_name}` : null);

/** What was done, in one line, then why, or why not; nothing twice. */
function answers(lines) {
  const did = lines.filter((line) => line.kind === "did");
  const deeds = [...new Set(did.map((line) => line.text))];
  const refused = did.filter((line) => line.outcome).map((line) => ` ${line.outcome}`);
  const reasons = lines.filter((line) => line.kind === "reason");
  const once = reasons.filter((line, place) => reasons.findIndex((one) => one.text === line.text && one.feature === line.feature) === place);
  return [
    deeds.length ? h("li", { class: "did" }, h("strong", {}, did[0].who), ` ${deeds.join(" and ")}`, h("span", { class: "refused" }, refused)) : null,
    once.filter((line) => line.acted).map(reason), once.filter((line) => !line.acted).map(reason),
  ];
}

function reason(line) {
  return h("li", { class: line.acted ? "acted" : "left" },
    h("span", { class: "unseen" }, line.acted ? "Acted, because " : "Left it alone, because "), line.text, h("span", { class: "feature" }, line.feature));
}

function group(one) {
  const target = where(one);
  if (one.kind !== "heard") return h("li", { class: "group" }, h("span", { class: "at" }, shortTime(one.at)), h("ul", {}, answers([one, ...one.answers])));
  return h("li", { class: "group" },
    h("span", { class: "at" }, shortTime(one.at)),
    h("p", {}, h("strong", {}, one.who), " ", target ? h("a", { href: target }, one.text) : one.text,
      h("code", { class: "hook", title: "The webhook the bot got, and what it answered" }, one.outcome)),
    one.answers.length ? h("ul", {}, answers(one.answers)) : null);
}

export function drawLog(page) {
  const lines = page.log;
  const key = JSON.stringify(lines);
  if (key === drawn) return;
  drawn = key;
  const last = lines.findLast((line) => line.kind !== "reason");
  const place = document.getElementById("log");
  const list = lines.length ? h("ol", {}, groups(lines).map(group)) : h("p", { class: "faint" }, "Nothing yet. Do something, or wait for the story to begin.");
  const scrolled = place.querySelector("ol")?.scrollTop ?? 0;
  const bot = page.world.bot;
  const details = h("details", { open: isOpen, ontoggle: () => { isOpen = details.open; } },
    h("summary", {}, h("span", { class: "title" }, "What happens"), h("span", { class: "last" }, last ? `${last.who} ${last.text}` : "nothing yet")),
    list,
    bot.url ? h("p", { class: "foot" }, h("a", { href: bot.url, target: "_blank", rel: "noopener" }, `${bot.name}’s own pages`)) : null);
  place.replaceChildren(details);
  const ol = place.querySelector("ol");
  if (ol) ol.scrollTop = scrolled;
}
