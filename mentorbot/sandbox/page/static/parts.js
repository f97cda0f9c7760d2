// The small pieces all views are built from, and how the page talks with its server.

/** An element: h("a", {href: "/"}, "home"). `on…` are listeners, `html` is markup the server has made safe. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "html") element.innerHTML = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export const EMOJI = { "+1": "👍", "-1": "👎", laugh: "😄", hooray: "🎉", confused: "😕", heart: "❤️", rocket: "🚀", eyes: "👀" };

export function avatar(person, size = "") {
  return h("span", { class: `avatar hue-${person.hue} ${person.bot ? "robot" : ""} ${size}`, "aria-hidden": "true" }, person.initials);
}

export function stateMark(kind, state) {
  const words = kind.startsWith("pull") ? { open: "Open", draft: "Draft", merged: "Merged", closed: "Closed" } : { open: "Open", closed: "Closed" };
  return h("span", { class: `state ${state}` }, words[state] ?? state);
}

export function labelTag(label, remove = null) {
  const tag = h("span", { class: "label" }, label.name);
  tag.style.setProperty("--hue", `#${label.color}`);
  if (remove) tag.append(h("button", { type: "button", "aria-label": `Take the label ${label.name} off`, onclick: remove }, "×"));
  return tag;
}

const SHORT = new Intl.DateTimeFormat("en-GB", { weekday: "short", hour: "2-digit", minute: "2-digit", timeZone: "UTC" });
const LONG = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", timeZone: "UTC" });
const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

export const longTime = (stamp) => LONG.format(new Date(stamp));
export const shortTime = (stamp) => SHORT.format(new Date(stamp)).replace(",", "");

/** A moment: near the sandbox's now with its weekday, else with its date. */
export function moment(stamp, now) {
  const near = Math.abs(new Date(now) - new Date(stamp)) < 6 * 24 * 3600 * 1000;
  return h("time", { datetime: stamp, title: `${longTime(stamp)} UTC` }, near ? shortTime(stamp) : DAY.format(new Date(stamp)));
}

// What is being typed outlives every redrawing and every look elsewhere.
const typed = new Map();

/** A labelled input or textarea that remembers what is typed under `key`. */
export function field(key, label, { rows = 0, hidden = false, value = "", ...attributes } = {}) {
  const control = h(rows ? "textarea" : "input", { ...(rows ? { rows } : {}), ...attributes });
  control.value = typed.has(key) ? typed.get(key) : value;
  control.addEventListener("input", () => typed.set(key, control.value));
  control.forget = () => { typed.delete(key); control.value = value; };
  control.fill = (text) => { control.value = text; typed.set(key, text); };
  return { control, row: h("label", { class: "field" }, h("span", { class: hidden ? "unseen" : "" }, label), control) };
}

export function say(text, isProblem = false) {
  const place = document.getElementById("said");
  place.textContent = text;
  place.classList.toggle("problem", isProblem);
  place.classList.add("shown");
  clearTimeout(say.timer);
  say.timer = setTimeout(() => place.classList.remove("shown"), isProblem ? 7000 : 3000);
}

export async function ask(path) {
  const answer = await fetch(path);
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.problem ?? "The small GitHub did not answer.");
  return body;
}

/** Do something; a refusal is shown, and null is the answer. */
export async function act(name, body) {
  try {
    const answer = await fetch(`/_sandbox/acts/${name}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    const done = await answer.json();
    if (answer.ok) return done;
    say(done.problem, true);
  } catch {
    say("The small GitHub does not answer: is it still running?", true);
  }
  return null;
}

/** A form whose button sends it; it is locked while it is on its way. */
export function form(attributes, send, ...children) {
  const element = h("form", attributes, ...children);
  element.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (element.dataset.busy) return;
    element.dataset.busy = "yes";
    try { await send(event.submitter); } finally { delete element.dataset.busy; }
  });
  return element;
}
