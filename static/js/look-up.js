// Looking a study up in its form: fills what is empty, offers the rest beside what was typed. Nothing is saved here.

const MOST_MILLISECONDS = 5000;

class StudyLookUp extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.status = this.querySelector("[data-status]");
    this.found = this.querySelector("[data-found]");
    this.filled = new Map();
    this.form.addEventListener("click", this);
    this.form.addEventListener("input", this);
    this.addEventListener("keydown", this);
  }

  disconnectedCallback() {
    this.form.removeEventListener("click", this);
    this.form.removeEventListener("input", this);
  }

  handleEvent(event) {
    if (event.type === "input") return this.noticeTyping(event.target);
    const button = event.target.closest?.("button[name='look_up']");
    if (event.type === "click" && button) {
      event.preventDefault();
      if (button.value.startsWith("use:")) this.use(button);
      else this.ask(button.value);
    } else if (event.type === "keydown" && event.key === "Enter" && event.target.name === "lookup_query") {
      event.preventDefault();
      this.ask("identifier");
    }
    return undefined;
  }

  async ask(action) {
    if (this.asking) return;
    this.asking = true;
    const body = new FormData(this.form);
    body.set("look_up", action);
    this.toggleAttribute("aria-busy", true);
    this.say(this.dataset.busy);
    try {
      const signal = AbortSignal.timeout(MOST_MILLISECONDS);
      const headers = { "X-Requested-With": "XMLHttpRequest" };
      const response = await fetch(this.dataset.url, { method: "POST", body, headers, signal });
      if (!response.ok || response.redirected) throw new Error(response.statusText);
      this.show(await response.json(), body);
    } catch (error) {
      this.say(error.name === "TimeoutError" ? this.dataset.slow : this.dataset.failed, true);
    }
    this.removeAttribute("aria-busy");
    this.asking = false;
  }

  show(reply, sent) {
    this.say(reply.message, !reply.worked);
    this.found.innerHTML = reply.html;
    if (!reply.found) return;
    this.form.elements.lookup_found.value = reply.found;
    for (const [name, value] of Object.entries(reply.fills)) {
      // What was typed while the answer was on its way stays.
      if (this.form.elements[name]?.value === (sent.get(name) ?? "")) this.put(name, value);
    }
    for (const place of this.form.querySelectorAll("[data-source]")) {
      const name = place.dataset.source;
      if (name in reply.fills || name in reply.sources) place.textContent = reply.sources[name] ?? "";
      if (name in reply.sources) this.filled.set(name, [this.form.elements[name]?.value, place.textContent]);
    }
    for (const place of this.form.querySelectorAll("[data-offer]")) {
      place.innerHTML = reply.offers[place.dataset.offer] ?? "";
    }
  }

  use(button) {
    const place = button.closest("[data-offer]");
    for (const { name, value } of [...button.attributes]) {
      if (name.startsWith("data-value-")) this.put(name.slice("data-value-".length), value);
    }
    this.form.elements[place.dataset.offer].focus();
    place.replaceChildren();
  }

  put(name, value) {
    const control = this.form.elements[name];
    if (!control || control.value === value) return;
    control.value = value;
    // The form notes changes that are typed; this one stands for typing.
    for (const type of ["input", "change"]) control.dispatchEvent(new Event(type, { bubbles: true }));
  }

  noticeTyping(control) {
    const [value, text] = this.filled.get(control.name) ?? [];
    if (text === undefined) return;
    this.form.querySelector(`[data-source="${control.name}"]`).textContent = control.value === value ? text : "";
  }

  say(text, isTrouble = false) {
    this.status.textContent = text;
    this.status.toggleAttribute("data-trouble", isTrouble);
  }
}

customElements.define("study-look-up", StudyLookUp);
