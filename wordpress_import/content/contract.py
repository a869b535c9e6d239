"""What a conversion is given and what it gives back, as plain data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from research_reviews.intake.nodes import Document

Editor = Literal["gutenberg", "classic", "elementor", "divi", "wpbakery"]


@dataclass(frozen=True)
class Attachment:
    """A file of the old site's library. Texts are as the export has them."""

    url: str
    title: str = ""
    alt: str = ""
    caption: str = ""
    description: str = ""


def nobody(wp_id: int) -> None:
    """Answer that there is none."""


def none_of_them(wp_id: int) -> list[Attachment]:
    """Answer that there are none."""
    return []


@dataclass(frozen=True)
class SiteContent:
    """What a post's content refers to, by the old site's ids.

    `reusable_block` returns the content of a synced pattern (post type wp_block); `attached` the images that were
    uploaded to a post, in the order of its gallery. `base` is the site's address, such as https://old.example.org.
    """

    site_key: str = ""
    base: str = ""
    reusable_block: Callable[[int], str | None] = nobody
    attachment: Callable[[int], Attachment | None] = nobody
    attached: Callable[[int], list[Attachment]] = none_of_them


@dataclass(frozen=True)
class Converted:
    """A post's content as a document.

    `unknown` counts shortcodes (contact-form-7), blocks (acme/callout) and widgets (elementor/price-table) that no
    converter knows. `links` are the addresses that its text and its pictures lead to, `media` those of images,
    recordings and files: each once, in order. `problems` are sentences for the report.
    """

    document: Document
    editor: Editor
    unknown: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    media: list[str] = field(default_factory=list)
