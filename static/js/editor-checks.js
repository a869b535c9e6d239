// The checks panel of the page editor: fetches the checks anew after each save, and leads to the place of each.

class EditorChecks extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector("[data-list]");
    this.again = this.querySelector("[data-again]");
    this.url = this.dataset.url;
    this.showButton();
    this.addEventListener("click", this);
    document.addEventListener("w-autosave:success", this);
  }

  disconnectedCallback() {
    document.removeEventListener("w-autosave:success", this);
  }

  handleEvent(event) {
    if (event.type === "w-autosave:success") {
      // A new page has no number before its first save.
      const { pk } = event.detail.response ?? {};
      if (pk) this.url = this.url.replace(/\/\d+\/$/, `/${pk}/`);
      this.showButton();
      this.refresh();
    } else if (event.target.closest("[data-again]")) {
      this.refresh();
    } else if (event.target.closest("a[href^='#']")) {
      event.preventDefault();
      goTo(event.target.closest("a"));
    }
  }

  showButton() {
    this.again.hidden = this.url.endsWith("/0/");
  }

  async refresh() {
    this.toggleAttribute("aria-busy", true);
    try {
      const response = await fetch(this.url, { headers: { "X-Requested-With": "XMLHttpRequest" } });
      if (!response.ok) throw new Error(response.statusText);
      const html = await response.text();
      // Replaced only where something changed, so that a screen reader says what is new and nothing else.
      if (html !== this.shown) this.list.innerHTML = html;
      this.shown = html;
    } catch {
      this.list.textContent = this.dataset.failed;
      this.shown = null;
    }
    this.removeAttribute("aria-busy");
  }
}

async function goTo(link) {
  const field = link.dataset.field;
  const place =
    document.getElementById(link.hash.slice(1)) ?? (field && document.querySelector(`[data-contentpath="${field}"]`));
  if (!place) return;
  const tab = place.closest("[role='tabpanel']");
  tab?.dispatchEvent(new CustomEvent("w-focus:focus", { bubbles: true }));
  // The tab opens in steps; what is hidden cannot take the focus.
  for (let step = 0; tab && !tab.offsetParent && step < 60; step += 1) await nextFrame();
  const panels = [];
  for (let panel = place.closest("[data-panel]"); panel; panel = panel.parentElement.closest("[data-panel]")) {
    panels.push(panel);
    const toggle = panel.querySelector("[data-panel-toggle]");
    if (toggle?.getAttribute("aria-expanded") === "false") toggle.click();
  }
  await nextFrame();
  // At once: while the form still grows, a long smooth scroll ends halfway.
  (panels[0] ?? place).scrollIntoView({ behavior: "instant", block: "start" });
  firstInput(panels[0] ?? place)?.focus({ preventScroll: true });
}

function nextFrame() {
  return new Promise(requestAnimationFrame);
}

function firstInput(panel) {
  const inputs = "input:not([type='hidden']), textarea, select, [contenteditable='true'], button";
  const content = panel.querySelector(":scope > .w-panel__content") ?? panel;
  return [...content.querySelectorAll(inputs)].find((input) => input.offsetParent);
}

customElements.define("editor-checks", EditorChecks);
