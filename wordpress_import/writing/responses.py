"""Comments of a post become responses to the review: in their threads, with their dates and what was decided."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from html import unescape
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from comments.folding import digest
from comments.models import Comment
from comments.models.comments import place_of
from comments.text import cleaned, cleaned_line
from wordpress_import.records import CommentRecord

if TYPE_CHECKING:
    from research_reviews.models import ReviewPage

Status = Comment.Status
STATUSES = {"1": Status.APPROVED, "0": Status.WAITING, "spam": Status.SPAM, "trash": Status.REMOVED}
PINGS = {"pingback", "trackback"}
NAME, LONGEST = 80, 10_000
LINK = re.compile(r"<a\b[^>]*?\bhref=[\"']?([^\"'\s>]+)[^>]*>(.*?)</a\s*>", re.IGNORECASE | re.DOTALL)
# They go with what is in them.
UNSEEN = re.compile(r"<(script|style)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
# HTML as people write it in comments: anything else with a bracket, such as `5 < 6`, is text.
TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--.*?-->", re.DOTALL)
BREAK = re.compile(r"<(?:br|/p|/li|/div|/blockquote)\b[^<>]*>", re.IGNORECASE)


def unsaved(review: ReviewPage, records: Iterable[CommentRecord], keys: list[int], author: int) -> list[Comment]:
    """Return the responses of a new review, with their keys and places, each after what it answers.

    `keys` are in rising order, one for each: below the third indent responses stand in the order of their keys.
    `author` is the id that the old site has for who wrote the post.
    """
    in_order = sorted(records, key=lambda record: (record.moment or timezone.now(), record.wp_id))
    made = {record.wp_id: _response(review, record, author) for record in in_order}
    for record, key in zip(in_order, keys, strict=True):
        made[record.wp_id].pk = key
    parents = {record.wp_id: record.parent for record in in_order}
    for record in in_order:
        _place(record.wp_id, parents, made)
    return list(made.values())


def kept(records: Iterable[CommentRecord]) -> tuple[list[CommentRecord], Counter[str]]:
    """Return the comments that become responses, each once, and how many are left out by what they are."""
    found: dict[int, CommentRecord] = {}
    left_out: Counter[str] = Counter()
    for record in records:
        if record.kind in PINGS:
            left_out[record.kind] += 1
        elif record.kind not in ("", "comment") or not plain_text(record.content):
            left_out[record.kind if record.kind not in ("", "comment") else _("empty")] += 1
        else:
            found.setdefault(record.wp_id, record)
    return list(found.values()), left_out


def orphans(records: Iterable[CommentRecord]) -> int:
    """Return how many answer a comment that is not there: they begin threads of their own."""
    records = list(records)
    ids = {record.wp_id for record in records}
    return sum(1 for record in records if record.parent and record.parent not in ids)


def _place(number: int, parents: dict[int, int], made: dict[int, Comment]) -> None:
    """Place a response, after all that it answers. What answers itself, over others perhaps, begins a thread."""
    chain, seen = [number], {number}
    while (above := parents.get(chain[-1])) in made and above not in seen and not made[chain[-1]].place:
        seen.add(above)
        chain.append(above)
    for child in reversed(chain):
        comment = made[child]
        if not comment.place:
            above = parents.get(child)
            parent = made.get(above) if above and above != child else None
            comment.parent = parent if parent and parent.place else None
            comment.place = place_of(comment)


def _response(review: ReviewPage, record: CommentRecord, author: int) -> Comment:
    moment = record.moment or review.first_published_at or timezone.now()
    text = plain_text(record.content)[:LONGEST]
    status = STATUSES.get(record.status, Status.WAITING)
    is_author = bool(author) and record.user_id == author
    return Comment(
        page=review,
        name=cleaned_line(unescape(strip_tags(record.author)))[:NAME] or _("Anonymous"),
        email=valid_email(record.email),
        website=valid_website(record.url),
        text=text,
        standing=Comment.Standing.AUTHOR if is_author else Comment.Standing.READER,
        status=status,
        created_at=moment,
        decided_at=None if status == Status.WAITING else moment,
        # Told and announced long ago: nobody gets a mail about it.
        moderators_told_at=moment,
        announced_at=moment,
        digest=digest(text),
    )


def plain_text(html: str) -> str:
    """Return a comment as the plain text that it is shown as; of a link, its words and where it led."""
    text = UNSEEN.sub("", html)
    text = TAG.sub("", BREAK.sub("\n", LINK.sub(_words_and_address, text)))
    return cleaned(unescape(text))


def _words_and_address(link: re.Match[str]) -> str:
    address, words = link[1], link[2]
    if not address.startswith(("http://", "https://")) or address in words:
        return words
    return f"{words} ({address})"


def valid_email(email: str) -> str:
    """Return an address of mail, empty where it is none."""
    email = email.strip()
    try:
        validate_email(email)
    except ValidationError:
        return ""
    return email if len(email) <= 254 else ""


def valid_website(url: str) -> str:
    """Return an address of the web, empty where it is none."""
    url = url.strip()
    try:
        URLValidator(schemes=["http", "https"])(url)
    except ValidationError:
        return ""
    return url if len(url) <= 200 else ""
