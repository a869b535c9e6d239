// Adds the authors of the chosen studies to a review's credits. They are blocks like any other: taken out as easily.

class CreditAuthors extends HTMLElement {
  connectedCallback() {
    this.status = this.querySelector("[role='status']");
    this.querySelector("button").addEventListener("click", () => this.credit());
  }

  async credit() {
    const studies = chosenStudies(this.closest("form"));
    if (!studies.length) return this.say(this.dataset.none);
    try {
      const query = new URLSearchParams(studies.map((study) => ["study", study]));
      const response = await fetch(`${this.dataset.url}?${query}`, { headers: { "X-Requested-With": "XMLHttpRequest" } });
      if (!response.ok || response.redirected) throw new Error(response.statusText);
      const { people } = await response.json();
      return this.say(people.length ? this.add(people) : this.dataset.nobody);
    } catch {
      return this.say(this.dataset.failed);
    }
  }

  add(people) {
    const credits = window.wagtail.editHandler.getPanelByName("credits").getBoundWidget();
    const state = credits.getState();
    // A choice's state is a list.
    const isAuthor = ({ value }) => [value.contribution].flat().includes("study_author");
    const credited = new Set(state.filter(isAuthor).map(({ value }) => String(value.person?.id)));
    const missing = people.filter(({ id }) => !credited.has(String(id)));
    const after = state.findLastIndex(isAuthor) + 1 || state.length;
    for (const [place, person] of missing.entries()) {
      const value = { person, contribution: "study_author", descriptor: "" };
      credits.insert({ type: "credit", value, id: crypto.randomUUID() }, after + place, { animate: false });
    }
    if (!missing.length) return this.dataset.already;
    return `${this.dataset.done} ${missing.map(({ string }) => string).join(", ")}`;
  }

  say(text) {
    this.status.textContent = text;
  }
}

function chosenStudies(form) {
  const rows = [...form.elements].filter(({ name }) => /^review_studies-\d+-study$/.test(name));
  const kept = rows.filter(({ name }) => !form.elements[name.replace(/study$/, "DELETE")]?.value);
  return kept.map(({ value }) => value).filter(Boolean);
}

customElements.define("credit-authors", CreditAuthors);
