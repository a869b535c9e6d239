// Copies what a reader wants to pass on, and opens the device's own way of sharing. Buttons that cannot work without
// this script are hidden until it has run:
//
//   <button hidden data-copy="#id">                            copies the text of the element
//   <button hidden data-copy="https://…">                      copies the address
//   <button hidden data-share="https://…" data-title="…">      shares it, where the device can
//
// A click on a permalink jumps, and copies its whole address.

const message = document.createElement("p");
message.className = "consent-status";
message.setAttribute("role", "status");
document.body.append(message);

const { copied } = document.querySelector("script[data-copied]").dataset;

// Empty for a moment, so that a second time is shown and read out as well.
function say(text) {
  message.textContent = "";
  setTimeout(() => { message.textContent = text; }, 100);
}

async function copy(text) {
  await navigator.clipboard.writeText(text);
  say(copied);
}

document.addEventListener("click", (event) => {
  const { target } = event;
  const button = target.closest("[data-copy], [data-share]");
  const link = target.closest(".permalink[href^='#']");
  if (button?.dataset.share) {
    const { share: url, title } = button.dataset;
    // Who thinks better of it has done nothing that needs a word.
    navigator.share({ title, url }).catch(() => {});
  } else if (button) {
    const what = button.dataset.copy;
    const text = what[0] === "#" ? document.getElementById(what.slice(1)).innerText.trim() : what;
    // Where the browser refuses, the reader copies by hand.
    copy(text).catch(() => prompt(button.textContent, text));
  } else if (link && !(event.ctrlKey || event.metaKey || event.shiftKey)) {
    copy(location.origin + location.pathname + link.hash).catch(() => {});
  }
});

for (const button of document.querySelectorAll(navigator.share ? "[data-copy], [data-share]" : "[data-copy]")) {
  button.hidden = false;
}
