"""What the site holds as items of a WordPress export (WXR 1.2): posts, pages, attachments.

The elements are those that WordPress writes itself, in wp-admin/includes/export.php. One number row serves all items
there and three kinds of keys share it here: a page's key times three, an image's plus one, a document's plus two.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from comments.models import Comment
from research_reviews.portable.records import Record
from syndication.export import wordpress_text
from syndication.export.plain import Address, Plain, credit_line
from syndication.export.responses import WORDPRESS
from syndication.export.xml import attribute, element, meta

ZERO = "0000-00-00 00:00:00"
REVIEW_META = "_research_review"
EDITORS = "editors"


def page_id(pk: int) -> int:
    """Return the number of a page as an item."""
    return pk * 3


def image_id(pk: int) -> int:
    """Return the number of an image as an item."""
    return pk * 3 + 1


def document_id(pk: int) -> int:
    """Return the number of a document as an item."""
    return pk * 3 + 2


@dataclass(frozen=True)
class Moments:
    """When something appeared: as the site's clock had it and as the world's had it."""

    at: datetime | None

    @property
    def local(self) -> str:
        """The time on the site's clock. WordPress has no field for its zone: it is the blog's."""
        zone = ZoneInfo(timezone.get_default_timezone_name())
        return f"{self.at.astimezone(zone):%Y-%m-%d %H:%M:%S}" if self.at else ZERO

    @property
    def gmt(self) -> str:
        """The time in UTC."""
        return f"{self.at.astimezone(ZoneInfo('UTC')):%Y-%m-%d %H:%M:%S}" if self.at else ZERO


def status_of(record: Record) -> str:
    """Return what WordPress calls the state. Who may read what is private, it does not know."""
    if record["status"] == "live":
        return "private" if record["private"] else "publish"
    return "future" if record["status"] == "scheduled" else "draft"


def moment_of(record: Record) -> datetime | None:
    """Return when a review appeared or is to appear: to the minute where that is known, else the editor's day."""
    dates = record["dates"]
    if record["status"] == "scheduled":
        return parse_datetime(dates["go_live_at"]) if dates["go_live_at"] else None
    if record["status"] not in ("live", "expired"):
        return None
    went_live = parse_datetime(dates["first_published_at"]) if dates["first_published_at"] else None
    day = dates["published_on"]
    if went_live and (not day or timezone.localdate(went_live).isoformat() == day):
        return went_live
    return timezone.make_aware(datetime.fromisoformat(day)) if day else went_live


def item(record: Record, kind: str, pk: int, moments: Moments, parts: Iterable[str]) -> str:
    """Return an item with what all kinds have in common, and its own parts."""
    changed = record["dates"]["last_published_at"]
    modified = Moments(parse_datetime(changed) if changed else moments.at)
    return "".join(
        [
            "<item>\n",
            element("title", record["title"]),
            element("link", record["address"]),
            f"<pubDate>{format_datetime(moments.at)}</pubDate>\n" if moments.at else "",
            element("dc:creator", record.get("creator", EDITORS)),
            f'<guid isPermaLink="false">{escape_guid(record)}</guid>\n',
            "<description></description>\n",
            element("wp:post_id", pk),
            element("wp:post_date", moments.local),
            element("wp:post_date_gmt", moments.gmt),
            element("wp:post_modified", modified.local),
            element("wp:post_modified_gmt", modified.gmt),
            element("wp:post_name", quote(record["slug"], safe="").lower()),
            element("wp:post_type", kind),
            element("wp:post_password", ""),
            *parts,
            "</item>\n",
        ]
    )


def escape_guid(record: Record) -> str:
    """Return what feed readers know the item by."""
    return f"urn:uuid:{record['key']}" if record.get("key") else quote(record["address"], safe=":/?=#")


def own_parts(record: Record, content: str, excerpt: str, parent: int = 0, comments: str = "closed") -> list[str]:
    """Return the parts that posts, pages and attachments have with values of their own."""
    return [
        element("content:encoded", content),
        element("excerpt:encoded", excerpt),
        element("wp:comment_status", comments),
        element("wp:ping_status", "closed"),
        element("wp:status", status_of(record)),
        element("wp:post_parent", parent),
        element("wp:menu_order", 0),
        element("wp:is_sticky", 0),
    ]


def review_item(record: Record, pk: int, header: int | None, comments: list[Comment], **options: Any) -> str:
    """Return a review as a post. `header` is the number of its featured image as an item.

    Options: `address`, where files are found, and `with_addresses`, whether those who responded may be written to.
    """
    address: Address = options["address"]
    reviewers = [
        block["value"]["person"]
        for block in record["credits"]
        if block["value"]["contribution"] == "review_author" and block["value"]["person"]
    ]
    topics = [record["topic"], *record["other_topics"]] if record["topic"] else record["other_topics"]
    parts = own_parts(
        record,
        wordpress_text.review(Plain(record, address)),
        record["standfirst"],
        comments="open" if record["responses_open"] else "closed",
    )
    parts += [category(topic["slug"], topic["title"]) for topic in topics]
    parts += [category(f"cap-{slug}", record["people"][slug]["name"], "author") for slug in dict.fromkeys(reviewers)]
    parts.append(meta(REVIEW_META, json.dumps(record, ensure_ascii=False, separators=(",", ":"))))
    parts += [meta("_thumbnail_id", header)] if header else []
    parts += search_parts(record)
    parts += [comment_part(comment, options["with_addresses"]) for comment in comments]
    creator = reviewers[0] if reviewers else EDITORS
    return item({**record, "creator": creator}, "post", page_id(pk), Moments(moment_of(record)), parts)


def search_parts(record: Record) -> list[str]:
    """Return what search engines are told, where the most used plug-in for it looks."""
    told = {"_yoast_wpseo_title": record["search"]["title"], "_yoast_wpseo_metadesc": record["search"]["description"]}
    return [meta(name, value) for name, value in told.items() if value]


def plain_page_item(record: Record, pk: int, parent: int | None, address: Address) -> str:
    """Return a plain page as a page below its parent's."""
    content = wordpress_text.page(Plain(record, address))
    above = page_id(parent) if parent else 0
    parts = own_parts(record, content, record["introduction"], above) + search_parts(record)
    return item(record, "page", page_id(pk), Moments(moment_of(record)), parts)


def attachment_item(file: Record, pk: int, url: str, made_at: datetime) -> str:
    """Return an image or a document as an attachment, with the words that belong to it."""
    name = file["file"].rpartition("/")[2]
    record = {
        "title": file["title"],
        "slug": name.rpartition(".")[0].lower(),
        "address": url,
        "dates": {"last_published_at": None},
        "status": "live",
        "private": False,
    }
    credit = credit_line(file) if "credit" in file else ""
    parts = own_parts(record, file.get("description", ""), credit)
    # WordPress' own word for it: an attachment is as public as the post that it stands in.
    parts = [part.replace("<![CDATA[publish]]>", "<![CDATA[inherit]]>") for part in parts]
    parts += [element("wp:attachment_url", url), meta("_wp_attached_file", file["file"])]
    parts += [meta("_wp_attachment_image_alt", file["description"])] if file.get("description") else []
    return item(record, "attachment", pk, Moments(made_at), parts)


def category(slug: str, name: str, domain: str = "category") -> str:
    """Return a term that an item has."""
    attributes = attribute("domain", domain) + attribute("nicename", quote(slug, safe="").lower())
    return element("category", name, attributes)


def comment_part(comment: Comment, with_addresses: bool) -> str:
    """Return a response as a comment."""
    moments = Moments(comment.created_at)
    return "".join(
        [
            "<wp:comment>\n",
            element("wp:comment_id", comment.pk),
            element("wp:comment_author", comment.name),
            element("wp:comment_author_email", comment.email if with_addresses else ""),
            element("wp:comment_author_url", comment.website),
            element("wp:comment_author_IP", ""),
            element("wp:comment_date", moments.local),
            element("wp:comment_date_gmt", moments.gmt),
            element("wp:comment_content", comment.text),
            element("wp:comment_approved", WORDPRESS[Comment.Status(comment.status)]),
            element("wp:comment_type", "comment"),
            element("wp:comment_parent", comment.parent_id or 0),
            element("wp:comment_user_id", 0),
            "</wp:comment>\n",
        ]
    )
