"""What moderators look for responses by."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import DateFieldListFilter, SimpleListFilter
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy
from wagtail_modeladmin.helpers.search import DjangoORMSearchHandler

from comments.models import Comment
from research_reviews.models import ReviewPage, TopicPage

MOST_REVIEWS = 10
EVERY = "all"


class StatusFilter(SimpleListFilter):
    """The tabs above the list. Without a choice it shows what waits; of a search or one review, everything."""

    title = gettext_lazy("status")
    parameter_name = "status"

    def __init__(self, request: HttpRequest, params: dict[str, Any], model: Any, model_admin: Any) -> None:
        super().__init__(request, params, model, model_admin)
        self.is_looking = bool(request.GET.get("q") or request.GET.get("review"))

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer each status."""
        return [*Comment.Status.choices, (EVERY, gettext_lazy("all"))]

    @property
    def chosen(self) -> str:
        """The status that is shown."""
        value = self.value()
        if value in {*Comment.Status.values, EVERY}:
            return str(value)
        return EVERY if self.is_looking else Comment.Status.WAITING.value

    def queryset(self, request: HttpRequest, queryset: QuerySet[Comment]) -> QuerySet[Comment]:
        """Keep the responses of the status."""
        return queryset if self.chosen == EVERY else queryset.filter(status=self.chosen)


class ReviewFilter(SimpleListFilter):
    """The review that was responded to: the chosen one, and those below which most responses wait."""

    title = gettext_lazy("review")
    parameter_name = "review"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer a few, not thousands; every row of the list leads to its own."""
        waiting = Comment.objects.waiting().order_by().values_list("page")
        most = waiting.annotate(number=Count("pk")).order_by("-number", "page")[:MOST_REVIEWS]
        pks = [pk for pk, _number in most]
        if (chosen := number_in(self.value())) and chosen not in pks:
            pks.insert(0, chosen)
        titles = dict(ReviewPage.objects.filter(pk__in=pks).values_list("pk", "title"))
        return [(str(pk), titles[pk]) for pk in pks if pk in titles]

    def value(self) -> str | None:
        """Return what was chosen, also while Django asks for the lookups."""
        value = self.used_parameters.get(self.parameter_name)
        return str(value[-1] if isinstance(value, list) else value) if value else None

    def queryset(self, request: HttpRequest, queryset: QuerySet[Comment]) -> QuerySet[Comment]:
        """Keep the responses to the review."""
        return queryset.filter(page=number_in(self.value())) if self.value() else queryset


class TopicFilter(SimpleListFilter):
    """The topic of the review that was responded to."""

    title = gettext_lazy("topic")
    parameter_name = "topic"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer every topic."""
        return [(str(pk), title) for pk, title in TopicPage.objects.order_by("title").values_list("pk", "title")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Comment]) -> QuerySet[Comment]:
        """Keep the responses to reviews of the topic."""
        return queryset.filter(page__topic=number_in(self.value())) if self.value() else queryset


class DayFilter(DateFieldListFilter):
    """When it was sent."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = gettext_lazy("date")


def number_in(value: str | None) -> int:
    """Return the number that a parameter holds; 0, which nothing has, where it is none."""
    return int(value) if value and value.isdecimal() and len(value) < 10 else 0


class ResponseSearch(DjangoORMSearchHandler):
    """Finds responses by name, e-mail and words of the text."""

    def search_queryset(self, queryset: QuerySet[Any], search_term: str, **kwargs: Any) -> QuerySet[Any]:
        """Keep the responses in which every word stands. No database takes a NUL."""
        found: QuerySet[Any] = super().search_queryset(queryset, search_term.replace("\0", ""), **kwargs)
        return found
