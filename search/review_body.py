"""The passages of a review's body: every block, with the anchor that the page gives it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from wagtail.blocks import StreamValue
from wagtail.rich_text import RichText

from research_reviews.evidence import plain
from search.passages import Passage, Rank


def body_passages(body: StreamValue) -> Iterator[Passage]:
    """Yield the passages of a body. A block without an anchor is found at the last one before it."""
    anchor = ""
    for block in body:
        for passage in PASSAGES.get(block.block_type, other_passages)(block):
            anchor = passage.anchor or anchor
            yield passage if passage.anchor else Passage(Rank.BODY, passage.kind, passage.text, anchor, passage.heading)


def in_body(kind: str, text: str, anchor: str = "", heading: str = "") -> Passage:
    """Return a passage of the body."""
    return Passage(Rank.BODY, kind, text, anchor, heading)


def section_passages(block: Any) -> Iterator[Passage]:
    """A heading and its text."""
    yield in_body("section", written(block.value["body"]), f"section-{block.id}", block.value["heading"])


def findings_passages(block: Any) -> Iterator[Passage]:
    """The introduction, and each finding with the quotes in it."""
    value = block.value
    yield in_body("section", written(value["introduction"]), f"section-{block.id}", value["heading"])
    for issue in value.numbered_issues:
        parts = [part for part in issue.value["body"] if part.block_type != "quote"]
        own = "\n".join(passage.text for part in parts for passage in other_passages(part))
        label = issue.value["label"]
        text = "\n".join(part for part in (label if label != issue.value.heading else "", own) if part)
        yield in_body("finding", text, issue.anchor, issue.value.heading)
        for part in issue.value["body"]:
            if part.block_type == "quote":
                yield from quote_passages(part)


def quote_passages(block: Any) -> Iterator[Passage]:
    """Words, and whose they are."""
    value = block.value
    source = ", ".join(part for part in (value.speaker, value.get("source"), value.get("page")) if part)
    yield in_body("quote", " – ".join(part for part in (value.bare_words, source) if part), f"quote-{block.id}")


def recommendations_passages(block: Any) -> Iterator[Passage]:
    """The introduction, and each recommendation with whom it speaks to."""
    value = block.value
    introduction = "\n".join(part for part in (value.attribution, written(value["introduction"])) if part)
    yield in_body("section", introduction, f"section-{block.id}", value["heading"])
    for item in value.recommendations:
        audiences = ", ".join(audience.name for audience in item.value["audiences"] if audience)
        text = " – ".join(part for part in (written(item.value["text"]), audiences) if part)
        yield in_body("recommendation", text, item.anchor)


def evidence_strength_passages(block: Any) -> Iterator[Passage]:
    """A rating and its reasons."""
    value = block.value
    text = "\n".join((f"{value.scheme_name}: {value.get('value') or ''}", written(value["rationale"]), value.rated_by))
    yield in_body("section", text, f"section-{block.id}")


def author_response_passages(block: Any) -> Iterator[Passage]:
    """What an author answers, and who it is."""
    person = block.value.get("person")
    text = "\n".join((person.name if person else "", written(block.value["body"])))
    yield in_body("section", text, f"section-{block.id}")


def other_passages(block: Any) -> Iterator[Passage]:
    """Whatever is read in a block that has no anchor of its own."""
    yield in_body("material", "\n".join(filter(None, texts(block.block_type, block.value))))


def texts(block_type: str, value: Any) -> Iterator[str]:
    """Yield what a reader reads in an image, a table, an embed, a download, a call-out or a paragraph."""
    if block_type == "prose":
        yield written(value)
    elif block_type == "image":
        yield written(value["caption"])
    elif block_type == "table":
        yield value.caption
        yield from (str(cell.content) for cell in value.headings)
        yield from (cell_text(cell.content) for row in value.rows for cell in row)
    elif block_type == "download":
        yield value.get("title") or getattr(value["document"], "title", "")
    else:
        for name in ("heading", "title", "summary", "text", "body"):
            yield cell_text(value.get(name)) if hasattr(value, "get") else ""


def cell_text(content: Any) -> str:
    """Return the text of a value that may be rich."""
    return written(content) if isinstance(content, RichText) else str(content or "")


def written(prose: RichText | None) -> str:
    """Return the text of prose; empty where there is none."""
    return plain(prose) if prose else ""


PASSAGES: dict[str, Callable[[Any], Iterator[Passage]]] = {
    **dict.fromkeys(
        ("section", "conclusion", "practice_implications", "limitations", "lived_experience"), section_passages
    ),
    "findings": findings_passages,
    "quote": quote_passages,
    "recommendations": recommendations_passages,
    "evidence_strength": evidence_strength_passages,
    "author_response": author_response_passages,
}
