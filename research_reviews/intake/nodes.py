"""What a document is made of once it is read, whatever it was written in.

Inline text is HTML that holds nothing but what rich text may hold (core.rich_text): a, b, i, em, strong, sub, sup, br.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from research_reviews.intake.draft import ChromeDraft


@dataclass(frozen=True)
class Heading:
    """A heading. Levels are the source's own, 1 to 6."""

    level: int
    html: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph."""

    html: str


@dataclass(frozen=True)
class ListNode:
    """A list. Each item holds paragraphs, lists and whatever else stands in it."""

    items: list[list[Node]]
    ordered: bool = False
    start: int = 1


@dataclass(frozen=True)
class Quotation:
    """Words of somebody else. The citation is who or what is quoted, where the source says so."""

    content: list[Node]
    cite: str = ""


@dataclass(frozen=True)
class Picture:
    """An image. The caption is inline text; the link is where the image led; the credit is plain text.

    `credit_url` is where the credit leads.
    """

    src: str
    alt: str = ""
    caption: str = ""
    link: str = ""
    credit: str = ""
    credit_url: str = ""


@dataclass(frozen=True)
class TableNode:
    """A table: the names of its columns, where it has any, and its cells as inline text."""

    rows: list[list[str]]
    headings: list[str] = field(default_factory=list)
    caption: str = ""
    row_headings: bool = False


@dataclass(frozen=True)
class EmbedNode:
    """Something of another site, or a recording of this one, by its address."""

    url: str
    title: str = ""
    caption: str = ""


@dataclass(frozen=True)
class Code:
    """Source code or preformatted text, its white space kept."""

    text: str


@dataclass(frozen=True)
class Download:
    """A file to download."""

    url: str
    title: str = ""


@dataclass(frozen=True)
class CallOut:
    """Content that the source sets apart: an aside, a box, a details element."""

    content: list[Node]
    heading: str = ""


@dataclass(frozen=True)
class Unknown:
    """What nobody here knows, such as the shortcode of a plug-in: editors see it as it stood, readers do not.

    The name says what it is, such as `contact-form-7`.
    """

    source: str
    name: str = ""


Node: TypeAlias = (
    Heading | Paragraph | ListNode | Quotation | Picture | TableNode | EmbedNode | Code | Download | CallOut | Unknown
)


@dataclass(frozen=True)
class Document:
    """A source as nodes.

    `title` and `summary` are what the source says outside its text (a post's title and excerpt, the title element), the
    title as plain text, the summary as inline text;
    `is_page` tells that it is a whole saved page, so that what stands around the text has to be found and left out.
    `text` is every word of the source that a reader could see, from which words.py counts what became of them.
    `marks` are words of the text that the nodes say by their form: the numbers of a list, the word for a new tab.
    `chrome` is what the reader itself has left out of the nodes because the source's own mark-up says what it is.
    """

    nodes: list[Node]
    text: str
    title: str = ""
    summary: str = ""
    language: str = ""
    is_page: bool = False
    marks: tuple[str, ...] = ()
    chrome: tuple[ChromeDraft, ...] = ()


def walk(nodes: list[Node]) -> Iterator[Node]:
    """Yield every node, those within others after what holds them."""
    for node in nodes:
        yield node
        if isinstance(node, ListNode):
            for item in node.items:
                yield from walk(item)
        elif isinstance(node, Quotation | CallOut):
            yield from walk(node.content)
