"""Choosing and making things in the page editor's dialogues."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Locator, expect


class Dialogue:
    """The dialogue that a chooser's button opens."""

    def __init__(self, field: Locator, button: str = "") -> None:
        """Open it with the field's button: the one of this name, or the one that chooses."""
        self.field = field
        self.root = field.page.locator(".modal.in, .modal.show").last
        chooses = field.locator("[data-chooser-action-choose]").filter(visible=True).first
        (field.get_by_role("button", name=button) if button else chooses).click()
        expect(self.root.get_by_role("heading").first).to_be_visible()

    def choose(self, title: str) -> None:
        """Choose what is there already, by its title."""
        self.root.get_by_role("link", name=title).first.click()
        self._expect_chosen(title)

    def create(self, **texts: str) -> None:
        """Make it in place from texts by their names in the form, the first of which is its title."""
        form = self._new_form()
        fill(form, texts)
        form.get_by_role("button", name="Make and choose").click()
        self._expect_chosen(next(iter(texts.values())))

    def upload(self, file: Path, *, title: str, **texts: str) -> None:
        """Upload an image or a document with what is said about it."""
        form = self._new_form()
        form.locator('input[type="file"]').set_input_files(file)
        fill(form, {"title": title, **texts})
        form.get_by_role("button", name="Upload").click()
        self._expect_chosen(title)

    def _new_form(self) -> Locator:
        self.root.get_by_role("tab").nth(1).click()
        return self.root.locator("form[data-chooser-modal-creation-form]")

    def _expect_chosen(self, title: str) -> None:
        expect(self.root).to_be_hidden()
        expect(self.field.locator("[data-chooser-title], .chooser__title").first).to_contain_text(title)


def fill(form: Locator, texts: dict[str, str]) -> None:
    """Type into the fields, whose names may have a prefix."""
    for name, text in texts.items():
        form.locator(f'[name="{name}"], [name$="-{name}"]').fill(text)
