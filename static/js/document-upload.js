// The form for a document: a file can be dropped on it, and what is pasted keeps its headings, lists and links. A text
// that the server would not take is not sent.

// Pictures that stand in the markup itself are not read, and would make it larger than a form may be.
const EMBEDDED = /(["'(])data:[a-z]+\/[^"')]*/gi;
const MOST_MARKUP = 1_000_000;

const form = document.querySelector("[data-document-form]");
const file = form.elements.file;
const text = form.elements.text;
const markup = form.elements.markup;
const drop = form.querySelector("[data-drop]");
const chosen = form.querySelector("[data-chosen]");
const refusal = form.querySelector("[data-refusal]");

form.querySelector("[data-drag]").hidden = false;

function carriesFiles(event) {
  return event.dataTransfer?.types.includes("Files");
}

for (const type of ["dragenter", "dragover"]) {
  drop.addEventListener(type, (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    drop.classList.add("document__drop--over");
  });
}

drop.addEventListener("dragleave", (event) => {
  if (!drop.contains(event.relatedTarget)) drop.classList.remove("document__drop--over");
});

// A file that misses the field would otherwise take the place of the page, and what was pasted with it.
for (const type of ["dragover", "drop"]) {
  window.addEventListener(type, (event) => {
    if (carriesFiles(event)) event.preventDefault();
  });
}

drop.addEventListener("drop", (event) => {
  drop.classList.remove("document__drop--over");
  if (!carriesFiles(event)) return;
  const transfer = new DataTransfer();
  transfer.items.add(event.dataTransfer.files[0]);
  file.files = transfer.files;
  chosen.textContent = transfer.files[0].name;
});

file.addEventListener("change", () => {
  chosen.textContent = "";
});

function checkLength() {
  const mostBytes = Number(text.dataset.mostBytes);
  // No character takes more than three bytes: most texts need not be counted.
  const isTooLong = text.value.length * 3 > mostBytes && new Blob([text.value]).size > mostBytes;
  const message = isTooLong ? text.dataset.tooLong : "";
  text.setCustomValidity(message);
  if (refusal.textContent !== message) refusal.textContent = message;
}

text.addEventListener("input", checkLength);
// What was written is there again where somebody comes back to the page.
window.addEventListener("pageshow", checkLength);

let pasted = markup.value ? text.value : null;

text.addEventListener("paste", (event) => {
  const html = event.clipboardData.getData("text/html").replace(EMBEDDED, "$1");
  const isWhole = text.selectionStart === 0 && text.selectionEnd === text.value.length;
  markup.value = isWhole && html.length < MOST_MARKUP ? html : "";
  // The field takes the plain text up only after this event.
  setTimeout(() => {
    pasted = markup.value ? text.value : null;
  });
});

text.addEventListener("input", (event) => {
  if (event.inputType !== "insertFromPaste" && text.value !== pasted) markup.value = "";
});
