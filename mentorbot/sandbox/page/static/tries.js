// "Try this": one click each, and the bot has something to answer.

import { h, say } from "./parts.js";

/** Buttons for what can be tried in a repository or, with a number, in one of its threads. */
export function tries(page, fullName, number = null) {
  const list = h("div", { class: "tries" });
  const element = h("section", { class: "card try-this", "aria-label": "Try this" }, h("h2", {}, "Try this"), list);
  let drawn = "";
  const attempt = async (one, button) => {
    button.disabled = true;
    if (one.name === "skip") say("Two weeks go by, a day after the other …");
    const done = await page.act("try_this", { full_name: fullName, name: one.name, ...(number ? { number } : {}) });
    button.disabled = false;
    if (!done) return;
    if (done.by) await page.become(done.by);
    if (done.number && done.number !== number) page.go(`/${fullName}/pull/${done.number}`);
    else say(`${one.label}: done.`);
  };
  const update = (offered) => {
    const key = JSON.stringify(offered);
    if (key === drawn) return;
    drawn = key;
    list.replaceChildren(...offered.map((one) => {
      const button = h("button", { type: "button", class: "try", onclick: () => attempt(one, button) }, h("strong", {}, one.label), h("span", {}, one.shows));
      return button;
    }));
  };
  return { element, update };
}
