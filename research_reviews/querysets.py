"""Questions that are asked of reviews and topics, each by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db.models import Count, Prefetch, Q
from wagtail.models import PageManager

from core.querysets import ListedQuerySet
from core.snapshot import ShelfQuerySet
from images.renditions import prefetch as fetch_renditions

if TYPE_CHECKING:
    from research_reviews.models import Person, TopicPage


class CardQuerySet(ListedQuerySet):
    """Pages that lists show as cards, with their picture."""

    picture_fields: ClassVar[tuple[str, ...]] = ()
    _are_cards = False

    def with_pictures(self) -> Self:
        """Fetch along the picture of each card in the sizes of a card, in one query for all of them."""
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
        if is_new and self._are_cards:
            images = [getattr(page, field) for page in self._result_cache for field in self.picture_fields]
            fetch_renditions(images, ["card"])


class ReviewQuerySet(ShelfQuerySet, CardQuerySet):
    """Reviews, asked for by what readers look for."""

    picture_fields = ("header_image", "listing_image")

    def about(self, topic: TopicPage) -> Self:
        """Keep the reviews of the topic, whether as their first or another topic."""
        return self.filter(Q(topic=topic) | Q(pk__in=topic.also_in.values("pk")))

    def in_topic(self, slug: str) -> Self:
        """Keep the reviews of the topic with this slug, whether as their first or another topic."""
        from research_reviews.models import TopicPage

        topics = TopicPage.objects.listed().filter(slug=slug)
        return self.filter(
            Q(topic__in=topics.values("pk"))
            | Q(pk__in=self.model.objects.filter(other_topics__in=topics.values("pk")).values("pk"))
        )

    def crediting(self, person: Person) -> Self:
        """Keep the reviews that credit the person, and those of studies that the person wrote."""
        from research_reviews.models import Credit, ReviewStudy

        credited = Credit.objects.filter(person=person).values("review")
        authored = ReviewStudy.objects.filter(study__study_authors__person=person).values("review")
        return self.filter(Q(pk__in=credited) | Q(pk__in=authored))

    def published_in(self, year: int) -> Self:
        """Keep the reviews whose date lies in the year."""
        return self.filter(published_on__year=year)

    def of_study_type(self, study_type: str) -> Self:
        """Keep the reviews of at least one study of the type."""
        from research_reviews.models import ReviewStudy

        return self.filter(pk__in=ReviewStudy.objects.filter(study__study_type=study_type).values("review"))

    def speaking_to(self, audience_slug: str) -> Self:
        """Keep the reviews with a recommendation to the audience."""
        from research_reviews.models import Recommendation

        return self.filter(pk__in=Recommendation.objects.filter(audiences__slug=audience_slug).values("review"))

    def newest_first(self) -> Self:
        """Order by the date that readers see, the newest first."""
        return self.order_by("-published_on", "-first_published_at", "-pk")

    def for_cards(self) -> Self:
        """Fetch along what a list shows of each review, and nothing else."""
        from research_reviews.models import Credit

        credit_rows = Credit.objects.select_related("person")
        return (
            self.with_pictures()
            .select_related("topic")
            .prefetch_related(Prefetch("credit_rows", queryset=credit_rows))
            .defer("body", "key_messages", "credits", "interests")
        )


class TopicQuerySet(CardQuerySet):
    """Topics, asked for by what lists show."""

    picture_fields = ("image",)

    def for_cards(self) -> Self:
        """Add and fetch along what a list shows of each topic."""
        return self.with_review_counts().with_pictures()

    def with_review_counts(self) -> Self:
        """Add `review_count`, the number of listed reviews whose first topic it is."""
        from research_reviews.models import ReviewPage

        listed = ReviewPage.objects.listed().values("pk")
        return self.annotate(review_count=Count("reviews", filter=Q(reviews__in=listed)))


ReviewManager = PageManager.from_queryset(ReviewQuerySet)
TopicManager = PageManager.from_queryset(TopicQuerySet)
