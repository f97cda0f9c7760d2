// Everything works without this: it saves clicks, and shows what changes.

const AGAIN_AFTER = 3000;

function sendItself(form) {
  // Once only: whoever comes back with the browser's button wants to read the page.
  if (performance.getEntriesByType("navigation")[0]?.type === "back_forward") return;
  form.requestSubmit();
}

function showWhatIsAsked(form) {
  const rows = [...document.querySelectorAll("tr[data-for]")];
  const show = () => {
    const chosen = new Set(new FormData(form).getAll("feature"));
    for (const row of rows) row.hidden = !row.dataset.for.split(" ").some((name) => chosen.has(name));
  };
  form.addEventListener("change", show);
  show();
}

function chooseWhereTyped(field) {
  field.addEventListener("input", () => {
    document.querySelector("#owner-organization").checked = true;
  });
}

async function lookAgain() {
  const shown = document.querySelector("[data-looks-again]");
  if (!shown) return;
  try {
    const answer = await fetch(location.href, { cache: "no-store" });
    if (answer.ok) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("#findings, [data-looks-again]");
      const isRead = shown.contains(document.activeElement);
      if (fresh && !isRead && fresh.outerHTML !== shown.outerHTML) shown.replaceWith(fresh);
    }
  } catch {
    // The bot is on its way up: it answers the next time.
  }
  setTimeout(lookAgain, AGAIN_AFTER);
}

const sending = document.querySelector("form[data-sends-itself]");
if (sending) sendItself(sending);
const choosing = document.querySelector('form[action="/setup"]');
if (choosing) {
  showWhatIsAsked(choosing);
  chooseWhereTyped(choosing.querySelector('[name="organization"]'));
}
setTimeout(lookAgain, AGAIN_AFTER);
