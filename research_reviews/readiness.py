"""What a review needs before it may be published, whichever way it is published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.blocks import StreamValue
from wagtail.models import Page

from core.forms import ONE_VALIDATION_AT_A_TIME

if TYPE_CHECKING:
    from research_reviews.models import ReviewPage

NEEDS_STUDY = gettext_lazy("Choose a study above, or say here why there is none.")
NEEDS_FINDING = gettext_lazy("Add a “Findings” block with at least one issue: what did the study find?")
STREAMS = ("credits", "key_messages", "body")
# What may be lacking where no person asks.
WANTED = ("topic", "no_study_reason", "standfirst", "interests", *STREAMS)
_as_it_is: ContextVar[bool] = ContextVar("published as it is", default=False)


class NotReadyError(PermissionDenied):
    """A person tried to publish a review that lacks something. Its text names the page and the gaps."""


@dataclass(frozen=True)
class Gap:
    """Something that a review lacks: the field that it belongs to, and a word for it."""

    field: str
    name: str


@contextmanager
def published_as_it_is() -> Iterator[None]:
    """Let a review go live with what it has: at the time that was set for it, or as it stood at another site."""
    token = _as_it_is.set(True)
    try:
        yield
    finally:
        _as_it_is.reset(token)


def not_asked_for() -> frozenset[str]:
    """Return the fields that may be empty now. Only while a review is published that no person publishes."""
    return frozenset(WANTED) if _as_it_is.get() else frozenset()


def has_finding(body: Iterable[StreamValue.StreamChild]) -> bool:
    """Whether the body tells at least one issue that the study found."""
    return any(
        issue.get("label") for block in body if block.block_type == "findings" for issue in block.value["issues"]
    )


def gaps(review: ReviewPage) -> list[Gap]:
    """Return what the review, a draft or not, lacks for being published."""
    wanted = (
        ("topic", _("a topic"), bool(review.topic_id)),
        ("no_study_reason", _("a study"), bool(review.review_studies.all() or review.no_study_reason.strip())),
        ("standfirst", _("a standfirst"), bool(review.standfirst.strip())),
        ("key_messages", _("two to five key messages"), 2 <= len(review.key_messages) <= 5),
        ("body", _("a finding"), has_finding(review.body)),
        ("interests", _("the reviewer's interests"), bool(review.interests.strip())),
    )
    missing = [Gap(field, name) for field, name, there in wanted if not there]
    named = {gap.field for gap in missing}
    return missing + [
        Gap(field, _("what is empty in the %(field)s") % {"field": review._meta.get_field(field).verbose_name})
        for field in STREAMS
        if field not in named and not blocks_are_complete(review, field)
    ]


def blocks_are_complete(review: ReviewPage, field: str) -> bool:
    """Whether every block of the field has what it needs."""
    value: StreamValue = getattr(review, field)
    try:
        with ONE_VALIDATION_AT_A_TIME:
            value.stream_block.clean(value)
    except ValidationError:
        return False
    return True


def refusal(page: Page) -> str:
    """Return why the latest version of the page cannot be published; empty where it can, or where it is no review."""
    from research_reviews.models import ReviewPage

    draft = page.get_latest_revision_as_object()
    if not isinstance(draft, ReviewPage):
        return ""
    missing = [gap.name for gap in gaps(draft)]
    if not missing:
        return ""
    return _("“%(title)s” cannot be published yet. It lacks %(gaps)s.") % {
        "title": draft.title,
        "gaps": get_text_list(missing, _("and")),
    }
