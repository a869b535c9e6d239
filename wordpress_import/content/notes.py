"""Footnotes: numbered where the text refers to them, listed at the end."""

from __future__ import annotations

import json
import re
from html import escape
from typing import Any

from django.utils.translation import gettext as _

from wordpress_import.content.registry import Block, Shortcode, block, shortcode
from wordpress_import.content.work import Work

# How Gutenberg refers to a footnote: <sup data-fn="id" class="fn"><a href="#id" id="id-link">1</a></sup>
REFERENCE = re.compile(r'<sup\b[^<>]*?\bdata-fn="([^"<>]{1,80})"[^<>]*+>(?:[^<]|<(?!/?sup\b))*+</sup>', re.IGNORECASE)

# Links within the page: what they led to is not marked any more, but their words stay.
WITHIN_PAGE = re.compile(r"""<a\s(?:[^<>]*?\s)?href=["']?\#[^<>]*+>((?:[^<]|<(?!/?a\b))*+)</a>""", re.IGNORECASE)
ARROWS = re.compile(r"(?:<[^<>]*+>|[\s\u2190-\u21ff\u2900-\u297f\u2b00-\u2bff\ufe0e\ufe0f^]|&nbsp;|&#\d+;)*+")


@shortcode("ref", "footnote", "efn_note", "fn", "mfn", "modern_footnote", "footnotes_note", "sidenote", "note_ref")
def footnote(tag: Shortcode, work: Work) -> str:
    """A footnote within the text, as the plug-ins for footnotes have it."""
    if tag.content is None:
        return work.leave(tag.source, tag.name)
    return work.note(work.expand(tag.content).strip()) if tag.content.strip() else ""


@shortcode("footnotes", "references", "efn_reference", "footnotes_list", "reflist", bare=True)
def list_of_notes(tag: Shortcode, work: Work) -> str:
    """Where a plug-in lists the notes: they always stand at the end."""
    return work.expand(tag.content or "")


@block("core/footnotes")
def footnotes(block: Block, work: Work) -> str:
    """Where Gutenberg lists the notes: they always stand at the end."""
    return block.html


def with_numbers(html: str, work: Work) -> str:
    """Return HTML whose references to Gutenberg's footnotes are numbers; the notes themselves are taken in."""
    kept = notes_of(work)
    if not kept and "data-fn" not in html:
        return html
    order: dict[str, int] = {}

    def numbered(reference: re.Match[str]) -> str:
        """Number a note when it is first referred to."""
        key = reference[1]
        if key not in order:
            if key not in kept:
                work.problem(_("A footnote has a number in the text, but its own text is not in the export."))
            work.notes.append(kept.pop(key, ""))
            order[key] = len(work.notes)
        return f"<sup>[{order[key]}]</sup>"

    html = REFERENCE.sub(numbered, html)
    work.notes += kept.values()
    return html


def without_jumps(html: str) -> str:
    """Return HTML whose links within the page are plain text; those that only show an arrow back are left out."""
    if "#" not in html:
        return html
    return WITHIN_PAGE.sub(lambda link: "" if ARROWS.fullmatch(link[1]) else link[1], html)


def notes_of(work: Work) -> dict[str, str]:
    """Return the footnotes that Gutenberg keeps beside the post, by their ids."""
    raw = next(iter(work.item.meta.get("footnotes", [])), "")
    if not raw.strip():
        return {}
    try:
        entries: Any = json.loads(raw)
        return {str(entry["id"]): str(entry["content"]) for entry in entries}
    except (ValueError, TypeError, KeyError):
        work.problem(_("The footnotes that are kept beside the text cannot be read."))
        return {}


def listed(work: Work) -> str:
    """Return the list of all notes as HTML; empty where there is none."""
    if not any(work.notes):
        return ""
    # A note whose text is missing keeps its place, or all that follow would have other numbers than in the text.
    items = "".join(f"<li>{note if note.strip() else '…'}</li>" for note in work.notes)
    return f"\n\n<h2>{escape(_('Notes'))}</h2>\n<ol>{items}</ol>\n"
