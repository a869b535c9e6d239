"""What an export holds, as plain data. The reader makes these; what writes pages takes them.

Texts are whole and repaired: no control characters, no CDATA marks. Slugs are as readers see them, not percent-encoded.
Moments are aware and in UTC; None where WordPress has a zero date.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias


@dataclass(frozen=True)
class SiteRecord:
    """The site that was exported. `key` tells it from others: its address without scheme, `www.` and last slash."""

    key: str
    title: str = ""
    link: str = ""
    description: str = ""
    language: str = ""
    wxr_version: str = ""


@dataclass(frozen=True)
class AuthorRecord:
    """Somebody with an account there. `wp_id` is 0 where the export has none."""

    login: str
    wp_id: int = 0
    email: str = ""
    display_name: str = ""
    first_name: str = ""
    last_name: str = ""


@dataclass(frozen=True)
class TermRecord:
    """A category, a tag or another term. `parent` is the parent's slug."""

    taxonomy: str
    slug: str
    name: str
    wp_id: int = 0
    parent: str = ""
    description: str = ""


@dataclass(frozen=True)
class TermReference:
    """A term as an item names it; the taxonomy is `category`, `post_tag`, `author` (Co-Authors Plus) or another."""

    taxonomy: str
    slug: str
    name: str


@dataclass(frozen=True)
class CommentRecord:
    """A comment. `status` is WordPress's own: 1, 0, spam, trash; `kind` comment, pingback or trackback."""

    wp_id: int
    parent: int = 0
    author: str = ""
    email: str = ""
    url: str = ""
    ip: str = ""
    moment: datetime | None = None
    content: str = ""
    status: str = "1"
    kind: str = "comment"
    user_id: int = 0


@dataclass(frozen=True)
class ItemRecord:
    """A post, page, attachment, menu entry or whatever else an item is. `problems` says what was repaired in it."""

    wp_id: int
    kind: str
    title: str = ""
    link: str = ""
    guid: str = ""
    slug: str = ""
    status: str = "publish"
    password: str = ""
    is_sticky: bool = False
    parent: int = 0
    menu_order: int = 0
    author: str = ""
    content: str = ""
    excerpt: str = ""
    # As the blog's own clock had it, without a time zone: old addresses are made of it.
    local_date: datetime | None = None
    published: datetime | None = None
    modified: datetime | None = None
    comments_open: bool = True
    terms: list[TermReference] = field(default_factory=list)
    meta: dict[str, list[str]] = field(default_factory=dict)
    comments: list[CommentRecord] = field(default_factory=list)
    attachment_url: str = ""
    problems: list[str] = field(default_factory=list)


Record: TypeAlias = SiteRecord | AuthorRecord | TermRecord | ItemRecord
