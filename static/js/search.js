// Offers what may be meant while a reader types: the combobox of the ARIA Authoring Practices. Without it there is the form.

const form = document.querySelector(".search");
const input = form.q;
const list = document.createElement("ul");
const status = document.createElement("p");
let asked = 0;

Object.assign(list, { id: "suggestions", role: "listbox", hidden: true, ariaLabel: input.labels[0].textContent });
status.className = "visually-hidden";
status.role = "status";
input.after(list, status);
for (const [name, value] of [
  ["role", "combobox"], ["autocomplete", "off"], ["aria-autocomplete", "list"],
  ["aria-controls", list.id], ["aria-expanded", "false"],
]) input.setAttribute(name, value);

function close() {
  asked += 1;
  list.hidden = true;
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}

function option({ text, kind, url }, place) {
  const item = document.createElement("li");
  Object.assign(item, { id: `suggestion-${place}`, role: "option", ariaSelected: "false" });
  item.textContent = kind ? `${text} · ${kind}` : text;
  // The field keeps the focus, so that the list does not close before it was clicked.
  item.addEventListener("pointerdown", (event) => event.preventDefault());
  item.addEventListener("click", () => location.assign(url));
  return item;
}

async function offer() {
  const number = (asked += 1);
  const words = input.value;
  await new Promise((resolve) => setTimeout(resolve, 150));
  if (number !== asked || words.trim().length < 2) return number === asked && close();
  try {
    const answer = await fetch(`${form.dataset.suggestions}?${new URLSearchParams({ q: words })}`);
    const { suggestions } = await answer.json();
    if (number !== asked) return;
    list.replaceChildren(...suggestions.map(option));
    input.removeAttribute("aria-activedescendant");
    list.hidden = !suggestions.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    status.textContent = `${suggestions.length} ${form.dataset.found}`;
  } catch {
    close();
  }
}

function move(step) {
  const items = [...list.children];
  const place = items.findIndex((item) => item.ariaSelected === "true");
  // One place between last and first is the field itself.
  const next = items[(place + 1 + step + items.length + 1) % (items.length + 1) - 1];
  items.forEach((item) => { item.ariaSelected = String(item === next); });
  next?.scrollIntoView({ block: "nearest" });
  if (next) input.setAttribute("aria-activedescendant", next.id);
  else input.removeAttribute("aria-activedescendant");
}

input.addEventListener("input", offer);
input.addEventListener("blur", close);
input.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  if (list.hidden) return event.key === "ArrowDown" && offer();
  const chosen = list.querySelector("[aria-selected=true]");
  const actions = {
    ArrowDown: () => move(1), ArrowUp: () => move(-1), Escape: close, Enter: chosen && (() => chosen.click()),
  };
  if (!actions[event.key]) return;
  event.preventDefault();
  actions[event.key]();
});
