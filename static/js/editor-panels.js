// What apps show beside a page in its editor. Buttons act at once, and leave the page's own form as it is.

class EditorPanels extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector("[data-list]");
    this.status = this.querySelector("[data-status]");
    this.url = this.dataset.url;
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
      // What somebody is writing in a panel stays.
      if (![...this.querySelectorAll("textarea[data-name]")].some((area) => area.value)) this.refresh();
      return;
    }
    const button = event.target.closest("[data-post]");
    if (button && (!button.dataset.confirm || window.confirm(button.dataset.confirm))) this.post(button);
  }

  async post(button) {
    const body = new FormData();
    for (const control of button.closest("[data-form]")?.querySelectorAll("[data-name]") ?? []) {
      if (control.type !== "checkbox" || control.checked) body.append(control.dataset.name, control.value);
    }
    const token = document.querySelector("[name='csrfmiddlewaretoken']").value;
    const headers = { "X-CSRFToken": token, "X-Requested-With": "XMLHttpRequest" };
    button.disabled = true;
    try {
      const response = await fetch(button.dataset.post, { method: "POST", body, headers });
      const isText = response.headers.get("Content-Type")?.startsWith("text/plain");
      this.status.textContent = isText ? await response.text() : "";
      if (!response.ok && !isText) throw new Error(response.statusText);
      if (response.ok || isText) await this.refresh();
    } catch {
      this.status.textContent = this.dataset.failed;
    }
    button.disabled = false;
  }

  async refresh() {
    if (this.url.endsWith("/0/")) return;
    try {
      const response = await fetch(this.url, { headers: { "X-Requested-With": "XMLHttpRequest" } });
      if (!response.ok) throw new Error(response.statusText);
      this.list.innerHTML = await response.text();
    } catch {
      this.status.textContent = this.dataset.lost;
    }
  }
}

customElements.define("editor-panels", EditorPanels);
