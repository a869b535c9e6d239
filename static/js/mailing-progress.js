// The figures of a mailing that is being sent: asked for again every few seconds, until it has ended.

customElements.define(
  "mailing-progress",
  class extends HTMLElement {
    connectedCallback() {
      if (this.isMoving) this.timer = setInterval(() => this.refresh(), 5000);
    }

    disconnectedCallback() {
      clearInterval(this.timer);
    }

    get isMoving() {
      return Boolean(this.querySelector("[data-moving]"));
    }

    async refresh() {
      if (document.hidden) return;
      const response = await fetch(this.dataset.url).catch(() => null);
      if (!response?.ok) return;
      this.innerHTML = await response.text();
      // What else the page says of it, its buttons too, is now of the past.
      if (!this.isMoving) window.location.reload();
    }
  },
);
