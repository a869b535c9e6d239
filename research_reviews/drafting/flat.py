"""Any block of a draft as rich text alone, for where there is no block for it: every word of it, in order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from core.prefetch import stored_items
from research_reviews.drafting.markup import paragraph, prose, short_prose, strong

Value = Mapping[str, Any]


def flat(kind: str, value: Any) -> str:
    """Return the block's words as rich text."""
    if isinstance(value, str):
        return prose(value)
    return WRITERS.get(kind, anything)(value)


def picture(value: Value) -> str:
    """Return a link to the image, in the words that describe it, followed by caption, credit and where it led."""
    src = value.get("src") or ""
    link = value.get("link") or ""
    shown = paragraph(value.get("alt") or src.rpartition("/")[2] or src, src)
    return shown + short_prose(value.get("caption")) + credit_line(value) + paragraph(link, link)


def credit_line(value: Value) -> str:
    """Return who made an image, a link where the source had one."""
    return paragraph(value.get("credit") or "", value.get("credit_url") or "")


def download(value: Value) -> str:
    """Return a link to the file."""
    url = value.get("url") or ""
    return paragraph(value.get("title") or url.rpartition("/")[2] or url, url)


def embed(value: Value) -> str:
    """Return a link to what is shown, and what is said of it."""
    url = value.get("url") or ""
    return paragraph(value.get("title") or url, url) + paragraph(value.get("summary", ""))


def quote(value: Value) -> str:
    """Return the words, and below them who said them and where."""
    said = "".join(paragraph(line) for line in (value.get("words") or "").splitlines())
    origin = ", ".join(part for part in (value.get("who"), value.get("source"), value.get("page")) if part)
    return said + (paragraph(f"— {origin}") if origin else "")


def table(value: Value) -> str:
    """Return the caption and the rows, a paragraph each."""
    rows = [value.get("headings") or [], *(value.get("rows") or [])]
    lines = (" · ".join(str(cell) for cell in row if cell) for row in rows)
    return strong(value.get("caption", "")) + "".join(f"<p>{line}</p>" for line in lines if line)


def recommendations(value: Value) -> str:
    """Return heading, introduction and items, with who else makes them."""
    items = (item["text"] if isinstance(item, Mapping) else item for item in stored_items(value.get("items")))
    lead = strong(value.get("heading", "")) + paragraph(value.get("other_body", ""))
    return lead + prose(value.get("introduction")) + "".join(prose(item) for item in items)


def findings(value: Value) -> str:
    """Return heading, introduction and issues with what stands below each."""
    lead = strong(value.get("heading", "")) + prose(value.get("introduction"))
    return lead + "".join(_issue(issue) for issue in stored_items(value.get("issues")))


def _issue(issue: Value) -> str:
    parts = "".join(flat(part["type"], part["value"]) for part in issue.get("body") or ())
    heading = issue.get("own_heading") or ""
    return strong(issue.get("label", "")) + (strong(heading) if heading != issue.get("label") else "") + parts


def anything(value: Any) -> str:
    """Return every text in a value of a form that nobody knows, a heading first."""
    if isinstance(value, str):
        return prose(value)
    if isinstance(value, Mapping):
        rest = (anything(part) for name, part in value.items() if name != "heading")
        return strong(value.get("heading") or "") + "".join(rest)
    if isinstance(value, list | tuple):
        return "".join(anything(part) for part in value)
    return ""


WRITERS: dict[str, Callable[[Any], str]] = {
    "image": picture,
    "download": download,
    "embed": embed,
    "quote": quote,
    "table": table,
    "recommendations": recommendations,
    "findings": findings,
}
