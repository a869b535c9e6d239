// Ticks every response of the page at once. Without it each is ticked by hand.

class ModerationBulk extends HTMLElement {
  connectedCallback() {
    this.all = this.querySelector("[data-all]");
    this.all.closest("label").hidden = false;
    this.form = this.closest("form");
    this.form.addEventListener("change", this);
  }

  handleEvent({ target }) {
    const boxes = [...this.form.querySelectorAll("[name='chosen']")];
    if (target === this.all) {
      for (const box of boxes) box.checked = this.all.checked;
    } else {
      const ticked = boxes.filter((box) => box.checked).length;
      this.all.checked = ticked === boxes.length;
      this.all.indeterminate = ticked > 0 && ticked < boxes.length;
    }
  }
}

customElements.define("moderation-bulk", ModerationBulk);
