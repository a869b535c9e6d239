"""Blocks of a draft as a StreamField stores them.

Nothing is shortened away: what a field does not hold goes into a text before or after it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from core.blocks import LEFTOVER
from core.embeds.players import provider_name
from core.embeds.web_address import host_name
from core.prefetch import stored_items
from research_reviews.blocks.body import ReviewBodyBlock
from research_reviews.blocks.recommendations import MADE_BY, OTHER_BODY
from research_reviews.drafting.flat import credit_line, flat
from research_reviews.drafting.markup import (
    TAG,
    beginning,
    fitting,
    paragraph,
    plain,
    prose,
    short_prose,
    strong,
    without_headings,
    words_of,
)
from research_reviews.drafting.places import Place, Raw, Shelf, Value
from research_reviews.drafting.things import Things
from research_reviews.intake.draft import BlockDraft

HEADING, CALLOUT_HEADING, LABEL, WHO, SOURCE, PAGE, TITLE, OTHER, NAME = 200, 120, 200, 200, 250, 50, 200, 200, 200


REVIEW = Shelf(frozenset(ReviewBodyBlock.base_blocks), "section")
PLAIN_PAGE = Shelf(frozenset({"prose", "section", "image", "table", "embed", "download", "callout", LEFTOVER}), "prose")
ISSUE = Shelf(frozenset({"prose", "quote", "image", LEFTOVER}), "prose")


def body_of(
    blocks: Iterable[BlockDraft | Value], things: Things, path: str = "body", shelf: Shelf = REVIEW
) -> list[Raw]:
    """Return the blocks in stored form. The id of each comes from its path: `body.3`, `body.3.issues.0.body.1`.

    A draft block may become several: what a field is too short for, or cannot be found, follows or precedes it as text.
    """
    body: list[Raw] = []
    for place, block in enumerate(blocks):
        kind, value = (block.type, block.value) if isinstance(block, BlockDraft) else (block["type"], block["value"])
        body += _made(kind, value, Place(f"{path}.{place}", things, shelf))
    return body


def _made(kind: str, value: Any, place: Place) -> list[Raw]:
    make = MAKERS.get(kind)
    if kind in place.shelf.kinds and make:
        return make(value, place)
    return place.loose(flat(kind, value))


def _prose(value: str, place: Place) -> list[Raw]:
    return place.loose(prose(value))


def _section(value: Value, place: Place) -> list[Raw]:
    heading, long_heading = fitting(value.get("heading"), HEADING)
    html = strong(long_heading) + prose(value.get("body"))
    # A heading above a text that begins on a lower level stands alone; the field for the text must not be empty.
    return [place.block("section", {"heading": heading, "body": html})] if html else place.loose(strong(heading))


def _role_section(kind: str) -> Callable[[Value, Place], list[Raw]]:
    def make(value: Value, place: Place) -> list[Raw]:
        heading, long_heading = fitting(value.get("heading"), HEADING)
        html = strong(long_heading) + prose(value.get("body"))
        if not html:
            return place.loose(strong(heading))
        return [place.block(kind, {"heading": heading or _usual_heading(kind), "body": html})]

    return make


def _usual_heading(kind: str) -> str:
    block: Any = ReviewBodyBlock.base_blocks[kind]
    return str(block.child_blocks["heading"].get_default())


def _findings(value: Value, place: Place) -> list[Raw]:
    issues = [
        _issue(issue, f"{place.path}.issues.{number}", place.things)
        for number, issue in enumerate(stored_items(value.get("issues")))
    ]
    heading, long_heading = fitting(value.get("heading"), HEADING)
    if not issues:
        return _section({**value, "body": value.get("introduction")}, place)
    made = {
        "heading": heading or _usual_heading("findings"),
        "introduction": strong(long_heading) + short_prose(value.get("introduction")),
        "issues": place.items("issues", issues),
    }
    return [place.block("findings", made)]


def _issue(issue: Value, path: str, things: Things) -> Raw:
    label, own_heading = plain(issue.get("label")), plain(issue.get("own_heading"))
    too_long = "".join(strong(text) for text in (label, own_heading) if len(text) > LABEL)
    lead = Place(path, things, ISSUE).loose(too_long, "label")
    return {
        "label": beginning(label or own_heading, LABEL),
        "own_heading": own_heading if own_heading != label and len(own_heading) <= LABEL else "",
        "body": lead + body_of(issue.get("body") or (), things, f"{path}.body", ISSUE),
    }


def _quote(value: Value, place: Place) -> list[Raw]:
    who, long_who = fitting(value.get("who"), WHO)
    source, long_source = fitting(value.get("source"), SOURCE)
    page, long_page = fitting(value.get("page"), PAGE)
    words = (value.get("words") or "").strip()
    if not words:
        return place.loose(flat("quote", value))
    made = {"words": words, "person": value.get("person"), "who": who, "source": source, "page": page}
    rest = "".join(paragraph(text) for text in (long_who, long_source, long_page))
    return [place.block("quote", made), *place.loose(rest, "rest")]


def _recommendations(value: Value, place: Place) -> list[Raw]:
    items = [
        {"text": short_prose(item["text"]), "audiences": _audiences(item, place, number)}
        for number, item in enumerate(stored_items(value.get("items")))
    ]
    heading, long_heading = fitting(value.get("heading"), HEADING)
    other_body, long_body = fitting(value.get("other_body"), OTHER)
    if not items:
        return _section({**value, "body": paragraph(other_body or long_body) + prose(value.get("introduction"))}, place)
    made_by = value.get("made_by") or (OTHER_BODY if other_body else "")
    made = {
        "heading": heading or _usual_heading("recommendations"),
        "made_by": made_by if made_by in dict(MADE_BY) else "",
        "other_body": other_body,
        "introduction": strong(long_heading) + paragraph(long_body) + short_prose(value.get("introduction")),
        "items": place.items("items", items),
    }
    return [place.block("recommendations", made)]


def _audiences(item: Value, place: Place, number: int) -> list[Raw]:
    names = stored_items(item.get("audiences"))
    pks = [pk for name in names if (pk := place.things.audience(str(name)))]
    return place.items(f"items.{number}.audiences", list(dict.fromkeys(pks)))


def _image(value: Value, place: Place) -> list[Raw]:
    pk = place.things.image(value.get("src") or "")
    if not pk:
        return place.loose(flat("image", value))
    link = value.get("link") or ""
    caption = short_prose(value.get("caption")) + credit_line(value) + paragraph(link, link)
    described = {"image": pk, "decorative": False, "alt_text": plain(value.get("alt"))}
    return [place.block("image", {"image": described, "caption": caption})]


def _table(value: Value, place: Place) -> list[Raw]:
    rows = [[str(cell or "") for cell in row] for row in value.get("rows") or ()]
    headings = [words_of(str(heading or "")) for heading in value.get("headings") or ()]
    width = max([len(headings), *map(len, rows)], default=0)
    if not width:
        return place.loose(flat("table", value))
    cells = [row + [""] * (width - len(row)) for row in rows]
    is_rich = [any(TAG.search(row[column]) for row in cells) for column in range(width)]
    columns = [
        {"type": "rich_text" if rich else "text", "heading": heading}
        for rich, heading in zip(is_rich, headings + [""] * (width - len(headings)), strict=True)
    ]
    stored = [
        {"values": [short_prose(cell) if rich else words_of(cell) for cell, rich in zip(row, is_rich, strict=True)]}
        for row in cells
    ]
    table = {"columns": columns, "rows": stored, "caption": words_of(value.get("caption") or "")}
    return [place.block("table", {"table": table, "row_headings": bool(value.get("row_headings"))})]


def _embed(value: Value, place: Place) -> list[Raw]:
    url = plain(value.get("url"))
    if not host_name(url):
        return place.loose(flat("embed", value))
    title, long_title = fitting(value.get("title"), TITLE)
    summary = "\n".join(part for part in (long_title, value.get("summary") or "") if part)
    return [place.block("embed", {"url": url, "title": title or provider_name(url), "summary": summary})]


def _download(value: Value, place: Place) -> list[Raw]:
    pk = place.things.document(value.get("url") or "")
    if not pk:
        return place.loose(flat("download", value))
    title, long_title = fitting(value.get("title"), TITLE)
    return [place.block("download", {"document": pk, "title": title}), *place.loose(paragraph(long_title), "rest")]


def _callout(value: Value, place: Place) -> list[Raw]:
    heading, long_heading = fitting(value.get("heading"), CALLOUT_HEADING)
    text = strong(long_heading) + without_headings(value.get("text"))
    return [place.block("callout", {"heading": heading, "text": text})] if text else place.loose(strong(heading))


def _leftover(value: Value, place: Place) -> list[Raw]:
    source = (value.get("source") or "").replace("\x00", "")
    made = {"name": beginning(plain(value.get("name")), NAME), "source": source}
    return [place.block(LEFTOVER, made)] if source.strip() else []


ROLES = ("conclusion", "practice_implications", "limitations", "lived_experience")
MAKERS: dict[str, Callable[[Any, Place], list[Raw]]] = {
    "prose": _prose,
    "section": _section,
    **{kind: _role_section(kind) for kind in ROLES},
    "findings": _findings,
    "quote": _quote,
    "recommendations": _recommendations,
    "image": _image,
    "table": _table,
    "embed": _embed,
    "download": _download,
    "callout": _callout,
    LEFTOVER: _leftover,
}
