// The source beside the page editor: opens by itself for a new review, marks in the form what was guessed, leads there.

const source = document.querySelector("[data-source]");
const WIDTH = "--side-panel-width";
const ROOM_FOR_TWO = "(min-width: 70rem)";
const TRIES = 40;
const PAUSE = 150;

if (source) {
  const guesses = [...source.querySelectorAll("[data-places]")];
  source.addEventListener("click", (event) => {
    const guess = event.target.closest("[data-show]")?.closest("[data-places]");
    if (guess) show(guess);
  });
  if ("open" in source.dataset && matchMedia(ROOM_FOR_TWO).matches) open();
  mark(guesses, TRIES);
}

// Wagtail's script has set up the panels once the page is loaded.
function open() {
  const panel = source.closest("[data-side-panel]");
  const go = () => {
    document.documentElement.style.setProperty(WIDTH, `${Math.round(innerWidth * 0.4)}px`);
    panel.dispatchEvent(new Event("open"));
  };
  if (document.readyState === "complete") go();
  else addEventListener("load", go, { once: true });
}

function placeOf(guess) {
  for (const path of guess.dataset.places.split(" ")) {
    const place = document.querySelector(`[data-contentpath="${CSS.escape(path)}"]`) ?? listOf(path);
    if (place) return place;
  }
  return null;
}

// A list of rows, such as the studies, has no path of its own, but a field that counts them.
function listOf(name) {
  return document.getElementById(`id_${name}-TOTAL_FORMS`)?.parentElement ?? null;
}

// Blocks are drawn by a script of their own, some time after the page.
function mark(guesses, tries) {
  const waiting = guesses.filter((guess) => !marked(guess));
  if (waiting.length && tries) setTimeout(() => mark(waiting, tries - 1), PAUSE);
  else for (const guess of waiting) marked(guess, true);
}

function marked(guess, takeAny = false) {
  const [nearest] = guess.dataset.places.split(" ");
  const place = placeOf(guess);
  const isNearest = place && (place.dataset.contentpath === nearest || guess.dataset.places === nearest);
  if (!place || !(isNearest || takeAny)) return false;
  const note = document.createElement("p");
  note.className = "source-mark";
  note.append(Object.assign(document.createElement("strong"), { textContent: source.dataset.guessed }));
  note.append(` ${guess.dataset.why}`);
  place.prepend(note);
  guess.querySelector("[data-show]").hidden = false;
  return true;
}

async function show(guess) {
  const place = placeOf(guess);
  if (!place) return;
  // Where there is no room for both, the source lies over the form.
  if (!matchMedia(ROOM_FOR_TWO).matches) document.querySelector("[data-form-side-close-button]")?.click();
  place.closest("[role='tabpanel']")?.dispatchEvent(new CustomEvent("w-focus:focus", { bubbles: true }));
  // The tab opens in steps; what is hidden cannot take the focus.
  await new Promise((resolve) => setTimeout(resolve, PAUSE));
  for (const toggle of closedAround(place)) toggle.click();
  place.scrollIntoView({ block: "start" });
  place.querySelector("input:not([type=hidden]), textarea, [contenteditable=true], button")?.focus({ preventScroll: true });
}

function closedAround(place) {
  const panels = [];
  for (let panel = place.closest("[data-panel]"); panel; panel = panel.parentElement.closest("[data-panel]")) {
    const toggle = panel.querySelector("[data-panel-toggle]");
    if (toggle?.getAttribute("aria-expanded") === "false") panels.unshift(toggle);
  }
  return panels;
}
