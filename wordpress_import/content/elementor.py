"""What Elementor keeps of a page: a tree of widgets in post meta, of which the post's content is a flattened copy.

The tree: https://developers.elementor.com/docs/data-structure/ . It is the truth, and the copy is read only where the
tree cannot be, or holds words that the tree has not.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import escape
from typing import Any

from django.utils.translation import gettext as _

from wordpress_import.content.paragraphs import with_paragraphs
from wordpress_import.content.registry import WIDGETS
from wordpress_import.content.work import Work
from wordpress_import.records import ItemRecord

DATA = "_elementor_data"
SLASHED = re.compile(r"\\(.)", re.DOTALL)
# Escapes that lost their backslash on the way: u003cp class=u0022…u0022u003e.
LOST_ESCAPES = re.compile(r"u00(?:3c|3e|22|26|27)", re.IGNORECASE)
# Settings of widgets that nobody knows: these are for readers, those are for the looks.
SAID = re.compile(
    r"title|text|content|desc|heading|caption|label|editor|html|quote|answer|question|name|author|body|price|cell"
)
LOOKS = re.compile(
    r"size|color|align|typography|tag$|position|style|width|height|css|animation|shadow|background|icon|view|layout|"
    r"transform|decoration|gap|unit|margin|padding|border|^_|_id$|type|hover|skin|source|alt"
)
HAS_WORDS = re.compile(r"[^\W\d_]{2}")
WORD = re.compile(r"\w+")
MOST_WIDGETS = 20_000


def is_elementor(item: ItemRecord) -> bool:
    """Tell whether Elementor was the editor of the item when it was last saved."""
    return bool(meta_of(item, DATA).strip()) and meta_of(item, "_elementor_edit_mode").strip() == "builder"


def meta_of(item: ItemRecord, key: str) -> str:
    """Return the last value of a post's meta."""
    values = item.meta.get(key) or [""]
    return values[-1]


def html_of(item: ItemRecord, work: Work) -> str | None:
    """Return what Elementor keeps as HTML; None where that cannot be read or says nothing."""
    elements = data_of(meta_of(item, DATA))
    if elements is None:
        work.problem(_("What Elementor keeps of the page cannot be read; its flattened text was taken."))
        return None
    html = "\n\n".join(rendered(elements, work))
    return html if html.strip() else None


def data_of(raw: str) -> list[Any] | None:
    """Return the tree, however often it was encoded or escaped on its way; None where it cannot be read."""
    for text in (raw, SLASHED.sub(r"\1", raw)):
        data: Any = text
        try:
            for _level in range(3):
                data = json.loads(data) if isinstance(data, str) else data
        except (ValueError, RecursionError):
            continue
        if isinstance(data, dict):
            data = data.get("elements") or data.get("content")
        if isinstance(data, list):
            return data
    return None


def rendered(elements: list[Any], work: Work) -> Iterator[str]:
    """Yield the HTML of the widgets in order. Sections, columns and containers only arrange."""
    waiting = [element for element in reversed(elements) if isinstance(element, dict)]
    seen = 0
    while waiting and seen < MOST_WIDGETS:
        element = waiting.pop()
        seen += 1
        children = [child for child in element.get("elements") or [] if isinstance(child, dict)]
        settings = element.get("settings")
        settings = settings if isinstance(settings, dict) else {}
        if "html" in element:
            yield str(element["html"])
        elif element.get("elType") == "widget" or element.get("widgetType"):
            yield widget_html(str(element.get("widgetType") or ""), settings, element, work)
            children = titled(children, settings)
        waiting += reversed(children)


def titled(children: list[dict[str, Any]], settings: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the contents of nested tabs, each after its title."""
    entries = settings.get("tabs") or settings.get("items") or []
    titles = [str(entry.get("tab_title") or entry.get("item_title") or "") for entry in dicts(entries)]
    found: list[dict[str, Any]] = []
    for number, child in enumerate(children):
        title = titles[number] if number < len(titles) else ""
        found += [{"html": f"<h4>{escape(title)}</h4>"}, child] if title else [child]
    return found


def widget_html(name: str, settings: dict[str, Any], element: dict[str, Any], work: Work) -> str:
    """Return the HTML of a widget; of one that nobody knows, what its settings say to readers."""
    rule = WIDGETS.get(name)
    if rule:
        return rule({**settings, "_nested": bool(element.get("elements"))}, work)
    work.unknown[f"elementor/{name}"] += 1
    copied = {word.casefold() for word in WORD.findall(work.item.content)}
    texts = [text for text in said(settings) if not copied or words_of(text) <= copied]
    return "\n\n".join(with_paragraphs(text, work) for text in dict.fromkeys(texts))


def words_of(html: str) -> set[str]:
    """Return the words of a text of an unknown widget."""
    return {word.casefold() for word in WORD.findall(re.sub(r"<[^<>]*>", " ", html))}


def said(settings: Any, name: str = "", depth: int = 0) -> Iterator[str]:
    """Yield the texts among settings that are for readers, judged by the names of the settings."""
    if depth > 6:
        return
    if isinstance(settings, dict):
        for key, value in settings.items():
            yield from said(value, str(key), depth + 1)
    elif isinstance(settings, list):
        for value in settings:
            yield from said(value, name, depth + 1)
    elif isinstance(settings, str) and HAS_WORDS.search(settings) and SAID.search(name) and not LOOKS.search(name):
        yield settings


def restored(text: str) -> str:
    """Return a text whose escapes lost their backslashes as it was meant."""
    if len(LOST_ESCAPES.findall(text)) < 2:
        return text
    return LOST_ESCAPES.sub(lambda lost: chr(int(lost[0][1:], 16)), text)


def dicts(value: Any) -> list[dict[str, Any]]:
    """Return those of a list that are mappings."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
