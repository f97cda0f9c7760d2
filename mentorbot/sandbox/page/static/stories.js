// Stories: those one can choose, how far the one is that is being told, and beginning afresh with one.

import { act, ask, h, say } from "./parts.js";

const isGoing = (playing) => playing && (playing.state === "playing" || playing.state === "paused");
const WORDS = { playing: "playing", paused: "paused", over: "told to its end", "broken off": "broken off: start it over" };

/** How far a story is, with what stops it and lets it go on. */
function progress(page, playing) {
  const name = playing.state === "paused" ? "go_on_with_story" : "pause_story";
  return [
    h("progress", { max: playing.days, value: playing.day, "aria-label": `Day ${playing.day} of ${playing.days}` }),
    h("span", { class: "day" }, `Day ${playing.day} of ${playing.days} · ${WORDS[playing.state]}`),
    isGoing(playing) ? h("button", { type: "button", onclick: () => page.act(name, {}) }, playing.state === "paused" ? "Go on" : "Pause") : null,
  ];
}

let drawnBar = "";
/** One line below the header, on every page, while a story is told. */
export function drawStoryBar(page) {
  const playing = page.world.stories.playing;
  const key = JSON.stringify(isGoing(playing) ? playing : null);
  if (key === drawnBar) return;
  drawnBar = key;
  const place = document.getElementById("story");
  place.hidden = !isGoing(playing);
  if (!isGoing(playing)) return place.replaceChildren();
  place.replaceChildren(h("a", { class: "title", href: "/" }, playing.title), ...progress(page, playing).filter(Boolean), h("p", { class: "told", title: playing.told }, playing.told));
}

/** The stories to choose from, each with its sentence. */
export function storyCards(page) {
  const list = h("ul", { class: "cards stories" });
  let drawn = "";
  const update = () => {
    const { all, playing, can_begin } = page.world.stories;
    const key = JSON.stringify([all, playing && [playing.story, playing.state, playing.day], can_begin]);
    if (key === drawn) return;
    drawn = key;
    list.replaceChildren(...all.map((story) => card(page, story, playing?.story === story.name ? playing : null, can_begin)));
  };
  return { element: list, update };
}

function card(page, story, playing, canBegin) {
  return h("li", { class: isGoing(playing) ? "going" : "" },
    h("h3", {}, story.title), h("p", {}, story.about),
    h("div", { class: "buttons" },
      playing ? progress(page, playing) : null,
      canBegin ? h("button", { type: "button", class: isGoing(playing) ? "" : "main", onclick: () => begin(page, story) }, playing ? "Start over" : "Play") : null,
      canBegin ? null : h("code", {}, `mentorbot sandbox --story ${story.name}`)));
}

/** Where there is something already, it is asked first: a story begins in an empty sandbox. */
function begin(page, story) {
  if (!page.world.repositories.length) return beginNow(page, story);
  const close = () => dialog.close();
  const dialog = h("dialog", { "aria-label": "Begin afresh" }, h("div", { class: "stack" },
    h("h2", {}, `${story.title}: begin?`), h("p", {}, "The sandbox begins afresh with it: what is here now will be gone."),
    h("div", { class: "buttons" },
      h("button", { type: "button", class: "main", onclick: () => { close(); beginNow(page, story); } }, "Begin"),
      h("button", { type: "button", onclick: close }, "Never mind"))));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

async function beginNow(page, story) {
  const before = page.world.id;
  page.isLeaving = true;
  if (!(await act("begin_story", { story: story.name }))) { page.isLeaving = false; return; }
  say("Setting the scene …");
  for (let tries = 0; tries < 150; tries += 1) {
    await new Promise((then) => setTimeout(then, 200));
    const world = await ask("/_sandbox/world?after=0").catch(() => null);
    if (world && world.id !== before) return location.assign("/");
  }
  page.isLeaving = false;
  say("The sandbox did not come back: is it still running?", true);
}
