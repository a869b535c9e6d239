"""Tables of an HTML source."""

from __future__ import annotations

from selectolax.lexbor import LexborNode

from research_reviews.intake.elements import inlines, is_unseen
from research_reviews.intake.inline import plain, trimmed
from research_reviews.intake.nodes import TableNode

# A table of more is none that anybody reads on a page.
MOST_CELLS = 20_000


def table_of(element: LexborNode) -> TableNode | None:
    """Return a table of cells; None where it only arranges the page: one column, or blocks and tables in its cells."""
    if element.css_first("table table, td table, td h1, td h2, td h3, td blockquote, td img, td figure") is not None:
        return None
    if element.css_first("iframe, video, audio") is not None:
        return None
    if any(is_unseen(part) for part in element.css("tr, td, th, caption, thead, tbody")):
        return None
    rows = [row for row in element.css("tr") if row.css_first("td, th") is not None]
    cells = [[child for child in row.iter() if child.tag in {"td", "th"}] for row in rows]
    width = max((len(row) for row in cells), default=0)
    if width < 2 or sum(map(len, cells)) > MOST_CELLS or loose_words(element, rows):
        return None
    has_headings = all(cell.tag == "th" for cell in cells[0]) or in_head(rows[0])
    texts = [[trimmed(inlines(cell)) for cell in row] + [""] * (width - len(row)) for row in cells]
    caption = element.css_first("caption")
    return TableNode(
        rows=texts[1:] if has_headings else texts,
        headings=texts[0] if has_headings else [],
        caption=plain(trimmed(inlines(caption))) if caption is not None else "",
        row_headings=len(cells) > 1 and all(row and row[0].tag == "th" for row in cells[1:]),
    )


def in_head(row: LexborNode) -> bool:
    """Whether a row stands in the table's head."""
    return row.parent is not None and row.parent.tag == "thead"


def loose_words(table: LexborNode, rows: list[LexborNode]) -> bool:
    """Whether words stand in a table outside its rows and its caption."""
    caption = table.css_first("caption")
    within = sum(len("".join(row.text().split())) for row in rows)
    within += len("".join(caption.text().split())) if caption is not None else 0
    return within != len("".join(table.text().split()))
