"""Posts as the reader of exports hands them over, and a small old site that they belong to."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from research_reviews.intake.node_text import text_in
from research_reviews.intake.nodes import Node
from research_reviews.intake.words import words
from wordpress_import.content import Attachment, Converted, SiteContent, convert
from wordpress_import.records import ItemRecord

BASE = "https://old.example.org"
LIBRARY = {
    number: Attachment(
        url=f"{BASE}/wp-content/uploads/2019/01/chart-{number}.png", title=f"Chart {number}", alt=f"A chart {number}"
    )
    for number in range(1, 30)
} | {30: Attachment(f"{BASE}/wp-content/uploads/talk.mp3", "The talk")}
REUSABLE = {
    90: "<!-- wp:paragraph -->\n<p>Subscribe to our reviews.</p>\n<!-- /wp:paragraph -->",
    91: '<!-- wp:paragraph --><p>Again</p><!-- /wp:paragraph --><!-- wp:block {"ref":91} /-->',
    **{200 + n: f'<!-- wp:block {{"ref":{201 + n}}} -->' * 10 for n in range(30)},
}
SITE = SiteContent(
    site_key="old.example.org",
    base=BASE,
    reusable_block=REUSABLE.get,
    attachment=LIBRARY.get,
    attached=lambda post: [LIBRARY[1], LIBRARY[2]] if post == 7 else [],
)


def post(content: str, site: SiteContent = SITE, **fields: Any) -> Converted:
    """Return a post, its id 7, as it is converted. No word of it may be lost on the way to nodes, none come twice."""
    converted = convert(ItemRecord(7, "post", content=content, **fields), site)
    assert word_counts(converted.document.text) == word_counts(text_in(converted.document.nodes))
    return converted


def nodes(content: str, **fields: Any) -> list[Node]:
    """Return the nodes of a post."""
    return post(content, **fields).document.nodes


def elementor(*widgets: dict[str, Any], content: str = "", raw: str = "", **meta: str) -> Converted:
    """Return a post that Elementor keeps as these widgets, within a section and a column."""
    tree = [{"elType": "section", "settings": [], "elements": [{"elType": "column", "elements": list(widgets)}]}]
    # As PHP writes JSON.
    data = raw or json.dumps(tree).replace("/", "\\/")
    kept = {"_elementor_edit_mode": "builder", "_elementor_data": data, **meta}
    return post(content, meta={key: [value] for key, value in kept.items()})


def widget(kind: str, **settings: Any) -> dict[str, Any]:
    """Return a widget of Elementor."""
    return {"id": "1a2b3c4", "elType": "widget", "widgetType": kind, "settings": settings, "elements": []}


def word_counts(text: str) -> Counter[str]:
    """Return how often each word stands in a text, as the intake counts them."""
    return Counter(words(text))
