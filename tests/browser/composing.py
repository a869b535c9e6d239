"""Writing in the page editor: streams, lists, blocks and their fields, as an editor's hands would."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

ADD_BUTTONS = ":scope > button.c-sf-add-button, :scope > div > button.c-sf-add-button"


class Block:
    """A block, or the whole form: something with fields."""

    def __init__(self, root: Locator) -> None:
        self.root = root

    def field(self, name: str) -> Locator:
        """Return the part of the form that belongs to the field."""
        return self.root.locator(f'[data-contentpath="{name}"]').first

    def fill(self, text: str = "", /, **texts: str) -> Block:
        """Type into plain fields, each text into the field of that name; a text alone into a block of one field."""
        for field, words in self._each(text, texts):
            field.locator("input:not([type=hidden]), textarea").first.fill(words)
        return self

    def write(self, text: str = "", /, **texts: str) -> Block:
        """Type into rich text fields likewise, and wait until the form holds what was typed."""
        for field, words in self._each(text, texts):
            editor = field.get_by_role("textbox").first
            editor.click()
            editor.press_sequentially(words)
            expect(field.locator("input[type=hidden][id]").first).to_have_value(re.compile(re.escape(words)))
        return self

    def _each(self, text: str, texts: dict[str, str]) -> list[tuple[Locator, str]]:
        own = [(self.root, text)] if text else []
        return own + [(self.field(name), words) for name, words in texts.items()]

    def select(self, **values: str) -> Block:
        """Choose from lists of options, by what is stored or shown."""
        for name, value in values.items():
            self.field(name).locator("select").select_option(value)
        return self

    def tick(self, name: str) -> Block:
        """Tick a box."""
        self.field(name).get_by_role("checkbox").first.check()
        return self

    def stream(self, name: str) -> Stream:
        """Return the stream in the field."""
        return Stream(self.field(name).locator("[data-streamfield-stream-container]").first)

    def items(self, name: str) -> Stream:
        """Return the list in the field: a stream with one kind of block."""
        return Stream(self.field(name).locator("[data-streamfield-list-container]").first)


class Stream:
    """Blocks one below the other."""

    def __init__(self, container: Locator) -> None:
        self.container = container

    @property
    def children(self) -> Locator:
        """The blocks, without those that were deleted."""
        return self.container.locator(":scope > [data-streamfield-child]:not([aria-hidden=true])")

    def __getitem__(self, place: int) -> Block:
        return Block(self.children.nth(place))

    def kinds(self) -> list[str]:
        """Return the labels of the blocks that the chooser offers."""
        self.container.locator(ADD_BUTTONS).last.click()
        options = self.container.page.get_by_role("listbox").filter(visible=True).get_by_role("option")
        expect(options.first).to_be_visible()
        labels = options.all_inner_texts()
        self.container.page.keyboard.press("Escape")
        expect(options.first).to_be_hidden()
        return labels

    def add(self, label: str = "") -> Block:
        """Add a block at the end: the only kind there is, or the one that the chooser shows under the label."""
        count = self.children.count()
        self.container.locator(ADD_BUTTONS).last.click()
        if label:
            options = self.container.page.get_by_role("listbox").filter(visible=True)
            options.get_by_role("option", name=label, exact=True).click()
        expect(self.children).to_have_count(count + 1)
        return self[count]
