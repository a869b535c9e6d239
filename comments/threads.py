"""Responses as a review's page shows them: a page of them, in threads, in one query however many there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Subquery
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.safestring import SafeString

from comments.models import Comment
from comments.text import as_html
from comments.visibility import path_of
from core.page_cache import register_parameters

if TYPE_CHECKING:
    from research_reviews.models import ReviewPage

PARAMETER = "responses"
RESPONSES_A_PAGE = 20
# Of what answers it, only the name and whether it is there.
SHOWN = ("name", "website", "text", "standing", "created_at", "place", "page", "parent__name", "parent__status")

register_parameters(PARAMETER)


@dataclass(frozen=True)
class Response:
    """A response, with what has to be said of the one that it answers."""

    comment: Comment
    # The page shows the answered response right above, so that sight needs no word of it.
    is_below_its_parent: bool
    is_parent_on_page: bool

    @property
    def html(self) -> SafeString:
        """The text, with paragraphs and links."""
        return as_html(self.comment.text)

    @property
    def is_answer(self) -> bool:
        """Whether it answers another response, also one that is no longer there."""
        return self.comment.depth > 0

    @property
    def answered(self) -> Comment | None:
        """The response that it answers, if readers see that one."""
        parent = self.comment.parent
        return parent if parent and parent.status == Comment.Status.APPROVED else None

    @property
    def parent_url(self) -> str:
        """Where the response that it answers stands."""
        pk = self.comment.parent_id
        return f"#response-{pk}" if self.is_parent_on_page else reverse("comments:permalink", args=[pk])


@dataclass(frozen=True)
class ResponseList:
    """A page of a review's responses."""

    responses: list[Response]
    total: int
    number: int
    path: str

    @cached_property
    def last_number(self) -> int:
        """How many pages there are; at least one."""
        return max(1, -(-self.total // RESPONSES_A_PAGE))

    @property
    def earlier_url(self) -> str:
        """The address of the page before; empty on the first."""
        return address_of(self.path, self.number - 1) if self.number > 1 else ""

    @property
    def later_url(self) -> str:
        """The address of the next page; empty on the last."""
        return address_of(self.path, self.number + 1) if self.number < self.last_number else ""


def responses_of(review: ReviewPage, number: int = 1) -> ResponseList | None:
    """Return a page of the review's responses, the oldest thread first; None where there is no such page."""
    approved = Comment.objects.approved().filter(page=review)
    total = approved.order_by().values("page").annotate(total=Count("pk")).values("total")
    first = (number - 1) * RESPONSES_A_PAGE
    # Found by key in the index alone: on the way to the last page no row is read in vain.
    keys = approved.in_threads().values("pk")[first : first + RESPONSES_A_PAGE]
    shown = Comment.objects.filter(pk__in=keys).in_threads().select_related("parent").only(*SHOWN)
    comments = list(shown.annotate(total=Subquery(total)))
    if not comments and number > 1:
        return None
    return ResponseList(in_threads(comments), comments[0].total if comments else 0, number, path_of(review))


def in_threads(comments: Sequence[Comment]) -> list[Response]:
    """Return the responses, each with what stands above it."""
    pks = {comment.pk for comment in comments}
    above = [None, *(comment.pk for comment in comments)]
    return [
        Response(comment, comment.parent_id is not None and comment.parent_id == pk, comment.parent_id in pks)
        for comment, pk in zip(comments, above, strict=False)
    ]


def place_on_review(comment: Comment) -> str:
    """Return the address of an approved response: the page of responses that it is on, and its place there."""
    before = Comment.objects.approved().filter(page=comment.page_id, place__lt=comment.place).count()
    path = path_of(comment.page)
    return f"{address_of(path, before // RESPONSES_A_PAGE + 1, '')}#response-{comment.pk}"


def address_of(path: str, number: int, anchor: str = "#responses") -> str:
    """Return the address of a page of responses."""
    return f"{path}?{PARAMETER}={number}{anchor}" if number > 1 else f"{path}{anchor}"
