"""What the blocks of a landing page show, fetched once for all of them."""

from __future__ import annotations

from collections.abc import Iterable

from wagtail.blocks import StreamValue

from core.prefetch import choices_in, fetch_choices
from core.snapshot import fetch_ahead, remembered, shelf
from images.models import CustomImage
from images.renditions import prefetch as fetch_renditions
from research_reviews.models import ReviewPage, TopicPage

LATEST = "latest reviews"


def fetch_landing(body: StreamValue) -> None:
    """Fetch the reviews, pictures, documents and links of every block."""
    chosen_reviews(choices_in(body)[ReviewPage])
    longest = [block["value"].get("number") or 0 for block in body.raw_data if block["type"] == "latest_reviews"]
    if longest:
        remembered(LATEST, lambda: newest_reviews(max(longest)))
    fetch_body(body)


def fetch_body(body: StreamValue) -> None:
    """Fetch the pictures, documents and links of every block."""
    chosen = choices_in(body)
    fetch_choices(chosen)
    fetch_renditions(fetch_ahead(CustomImage, chosen[CustomImage]), ["figure"])


def latest_reviews(number: int) -> list[ReviewPage]:
    """Return the newest listed reviews."""
    return remembered(LATEST, lambda: newest_reviews(number))[:number]


def newest_reviews(number: int) -> list[ReviewPage]:
    """Fetch the newest listed reviews."""
    return list(ReviewPage.objects.listed().newest_first().for_cards()[:number])


def chosen_reviews(pks: Iterable[int]) -> list[ReviewPage]:
    """Return the listed reviews among pks, in their order."""
    wanted, known = list(pks), shelf(ReviewPage)
    if missing := set(wanted) - known.keys():
        cards = ReviewPage.objects.listed().filter(pk__in=missing).for_cards()
        known.update({**dict.fromkeys(missing), **{page.pk: page for page in cards}})
    return [known[pk] for pk in wanted if known[pk]]


def listed_topics() -> list[TopicPage]:
    """Return every listed topic with how many reviews it has."""
    return remembered("topics", lambda: list(TopicPage.objects.listed().for_cards().order_by("title")))
