"""What subscribers are looked for by."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy
from wagtail_modeladmin.helpers.search import BaseSearchHandler

from research_reviews.models import TopicPage
from subscriptions.delivery_admin import number_in
from subscriptions.models import Subscriber


class TopicFilter(SimpleListFilter):
    """A topic whose reviews they get, chosen or because they get all."""

    title = gettext_lazy("topic")
    parameter_name = "topic"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer every topic, by name."""
        return [(str(pk), title) for pk, title in TopicPage.objects.order_by("title").values_list("pk", "title")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Subscriber]) -> QuerySet[Subscriber]:
        """Keep who gets reviews of the topic."""
        topic = number_in(self.value())
        if not topic:
            return queryset
        chosen = Subscriber.topics.through.objects.filter(topicpage=topic).values("subscriber")
        return queryset.filter(Q(all_topics=True) | Q(pk__in=chosen))


class SubscriberSearch(BaseSearchHandler):
    """Finds subscribers by their address, or a part of it."""

    def search_queryset(self, queryset: QuerySet[Any], search_term: str, **kwargs: Any) -> QuerySet[Any]:
        """Keep those whose address holds what was typed."""
        typed = search_term.strip().lower()
        return queryset.filter(email__contains=typed) if typed else queryset
