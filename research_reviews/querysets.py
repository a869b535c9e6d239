"""Questions that are asked of reviews and topics, each by its name."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, ClassVar, Self

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from wagtail.models import PageManager

from core.page_cache import until_change
from core.querysets import ListedQuerySet
from core.snapshot import ShelfQuerySet
from images.renditions import prefetch as fetch_renditions

if TYPE_CHECKING:
    from research_reviews.models import Person, TopicPage


# From so many on, members are not looked up by key.
LONG_LIST = 500

# The keys of the reviews of a list, and the condition that a review is one of them.
Members = tuple[QuerySet, Q]


def reviews_of(rows: QuerySet, field: str = "review") -> Members:
    """Return the reviews that rows name in a field."""
    named = Exists(rows.order_by().filter(**{field: OuterRef("pk")}))
    return rows.order_by().values_list(field, flat=True), Q(named)


class CardQuerySet(ListedQuerySet):
    """Pages that lists show as cards, with their picture."""

    picture_fields: ClassVar[tuple[str, ...]] = ()
    _are_cards = False

    def for_cards(self) -> Self:
        """Fetch along what a list shows of each page, and nothing else: its picture in the sizes of a card."""
        cards = self.select_related(*self.picture_fields)
        cards._are_cards = True
        return cards

    def _clone(self) -> Self:
        clone: Self = super()._clone()
        clone._are_cards = self._are_cards
        return clone

    def _fetch_all(self) -> None:
        is_new = self._result_cache is None
        super()._fetch_all()
        if is_new and self._are_cards and self._fields is None:
            self._complete()

    def _complete(self) -> None:
        """Add to the cards what takes a query for all of them."""
        images = [getattr(page, field) for page in self._result_cache or () for field in self.picture_fields]
        fetch_renditions(images, ["card"])


class ReviewQuerySet(ShelfQuerySet, CardQuerySet):
    """Reviews, asked for by what readers look for."""

    picture_fields = ("header_image", "listing_image")

    def about(self, topic: TopicPage) -> Self:
        """Keep the reviews of the topic, whether as their first or another topic."""
        from research_reviews.models import ReviewPage

        first = ReviewPage._base_manager.filter(topic=topic).values_list("pk", flat=True)
        links = ReviewPage.other_topics.through.objects.filter(topicpage=topic)
        return self._among((first, Q(topic=topic)), reviews_of(links, "reviewpage"))

    def in_topic(self, slug: str) -> Self:
        """Keep the reviews of the topic with this slug, whether as their first or another topic."""
        from research_reviews.models import TopicPage

        topic = TopicPage.objects.listed().filter(slug=slug).first()
        return self.about(topic) if topic else self.none()

    def crediting(self, person: Person) -> Self:
        """Keep the reviews that credit the person, and those of studies that the person wrote."""
        from research_reviews.models import Credit, ReviewStudy

        credited = Credit.objects.filter(person=person)
        authored = ReviewStudy.objects.filter(study__study_authors__person=person)
        return self._among(reviews_of(credited), reviews_of(authored))

    def published_in(self, year: int) -> Self:
        """Keep the reviews whose date lies in the year."""
        return self.filter(published_on__year=year)

    def of_study_type(self, study_type: str) -> Self:
        """Keep the reviews of at least one study of the type."""
        from research_reviews.models import ReviewStudy

        return self._among(reviews_of(ReviewStudy.objects.filter(study__study_type=study_type)))

    def speaking_to(self, audience_slug: str) -> Self:
        """Keep the reviews with a recommendation to the audience."""
        from research_reviews.models import Recommendation

        return self._among(reviews_of(Recommendation.objects.filter(audiences__slug=audience_slug)))

    def named_by(self, rows: QuerySet, field: str = "review") -> Self:
        """Keep the reviews that rows name in a field."""
        return self._among(reviews_of(rows, field))

    def _among(self, *members: Members) -> Self:
        """Keep the reviews that are members of any of the lists.

        A short list is looked up by key. Of a long one the newest are found by walking through the reviews by date and
        asking each: sorting tens of thousands to show twelve takes longer.
        """
        short: set[int] = set()
        for keys, _condition in members:
            short.update(keys[:LONG_LIST])
            if len(short) >= LONG_LIST:
                return self.filter(reduce(or_, (condition for _keys, condition in members)))
        return self.filter(pk__in=short)

    def newest_first(self) -> Self:
        """Order by the date that readers see, the newest first."""
        return self.order_by("-published_on", "-pk")

    def for_cards(self) -> Self:
        """Fetch along what a list shows of each review, and nothing else."""
        from research_reviews.models import Credit

        credit_rows = Credit.objects.select_related("person")
        return (
            super()
            .for_cards()
            .select_related("topic")
            .prefetch_related(Prefetch("credit_rows", queryset=credit_rows))
            .defer("body", "key_messages", "credits", "interests")
            .marking_retracted()
        )

    def marking_retracted(self) -> Self:
        """Note on each review whether a study of it was retracted (`has_retracted_study`)."""
        from research_reviews.models import ReviewStudy, Study

        retracted = ReviewStudy.objects.filter(study__retraction_status=Study.Retraction.RETRACTED)
        return self.annotate(has_retracted_study=Exists(retracted.order_by().filter(review=OuterRef("pk"))))


class TopicQuerySet(CardQuerySet):
    """Topics, asked for by what lists show."""

    picture_fields = ("image",)

    def _complete(self) -> None:
        super()._complete()
        counts = review_counts()
        for topic in self._result_cache or ():
            topic.review_count = counts.get(topic.pk, 0)


def review_counts() -> dict[int, int]:
    """Return of how many listed reviews each topic is the first one."""
    from research_reviews.models import ReviewPage

    listed = ReviewPage.objects.listed().order_by()
    return until_change("reviews-a-topic", lambda: dict(listed.values_list("topic").annotate(Count("pk"))))


ReviewManager = PageManager.from_queryset(ReviewQuerySet)
TopicManager = PageManager.from_queryset(TopicQuerySet)
