// A colour in the admin: what is written, the browser's picker and the buttons that set a colour say the same.

class ColourInput extends HTMLElement {
  connectedCallback() {
    this.text = this.querySelector("input[name]");
    this.picker = this.querySelector("input[type='color']");
    this.addEventListener("input", this);
    this.addEventListener("click", this);
  }

  handleEvent({ type, target }) {
    const button = target.closest("button");
    if (type === "click" && button) this.write(button.value);
    if (type === "input" && target === this.picker) this.write(this.picker.value);
    if (type === "input" && target === this.text) this.showInPicker();
  }

  write(colour) {
    this.text.value = colour;
    this.showInPicker();
    // So that Wagtail knows of the change, and previews it.
    this.text.dispatchEvent(new Event("change", { bubbles: true }));
  }

  showInPicker() {
    const [, digits] = this.text.value.trim().match(/^#?([0-9a-f]{6}|[0-9a-f]{3})$/i) ?? [];
    if (digits) this.picker.value = `#${digits.length === 3 ? digits.replace(/./g, "$&$&") : digits}`;
    else if (!this.text.value) this.picker.value = this.dataset.own;
  }
}

customElements.define("colour-input", ColourInput);
