"""A review or a plain page as Markdown: what is known of it above, as YAML, and the text below.

The form of the beginning is what static site programs read: https://jekyllrb.com/docs/front-matter/.
"""

from __future__ import annotations

import json
from typing import Any

from django.utils.html import escape
from django.utils.text import Truncator
from markdownify import markdownify

from research_reviews.portable.records import Record
from syndication.export.plain import Address, Plain, credit_line


def review(record: Record, address: Address) -> str:
    """Return a review. `address` says where its files lie, as seen from the text."""
    plain = Plain(record, address)
    return document(review_matter(record), record["title"], header(record, address) + plain.review())


def page(record: Record, address: Address) -> str:
    """Return a plain page."""
    known = {name: record[name] for name in ("title", "slug", "address", "status", "private", "language")}
    introduction = f"<p>{escape(record['introduction'])}</p>" if record["introduction"] else ""
    return document(known, record["title"], introduction + Plain(record, address).body())


def document(matter: Record, title: str, html: str) -> str:
    """Return a whole document."""
    lines = (f"{name}: {scalar(value)}" for name, value in matter.items() if value not in (None, "", [], {}))
    text = markdownify(html, heading_style="ATX", bullets="-", escape_misc=True)
    heading = markdownify(f"<h1>{escape(title)}</h1>", heading_style="ATX", escape_misc=True)
    return "---\n" + "\n".join(lines) + "\n---\n\n" + heading.strip() + "\n\n" + text.strip() + "\n"


def scalar(value: Any) -> str:
    """Return a value as YAML has it: every JSON value is one, and quotes keep words from being taken for more."""
    return json.dumps(value, ensure_ascii=False)


def review_matter(record: Record) -> Record:
    """Return what is known of a review, in words."""
    dates, people = record["dates"], record["people"]
    credited = [block["value"] for block in record["credits"] if block["value"]["person"]]
    return {
        "title": record["title"],
        "slug": record["slug"],
        "address": record["address"],
        "date": dates["published_on"] or (dates["first_published_at"] or "")[:10],
        "updated": dates["last_published_at"],
        "status": record["status"],
        "private": record["private"],
        "publish_at": dates["go_live_at"],
        "description": Truncator(record["standfirst"]).chars(400),
        "topic": record["topic"]["title"] if record["topic"] else None,
        "other_topics": [topic["title"] for topic in record["other_topics"]],
        "authors": names(credited, people, "review_author"),
        "contributors": names(credited, people, "contributor") + names(credited, people, "interviewee"),
        "studies": [
            {
                "title": study["title"],
                "doi": study["doi"],
                "url": study["url"],
                "year": study["published"]["year"],
                "authors": [people[slug]["name"] for slug in study["authors"]],
            }
            for study in record["studies"]
        ],
        "image": record["header_image"],
        "language": record["language"],
    }


def names(credited: list[Record], people: Record, contribution: str) -> list[str]:
    """Return the names of those who did this, in order."""
    return [people[value["person"]]["name"] for value in credited if value["contribution"] == contribution]


def header(record: Record, address: Address) -> str:
    """Return the header image with its credit, as HTML."""
    image = record["images"].get(record["header_image"] or "")
    if not image:
        return ""
    alt, credit = escape(image["description"]), escape(credit_line(image))
    return f'<p><img src="{escape(address(image["file"]))}" alt="{alt}"></p><p><em>{credit}</em></p>'
