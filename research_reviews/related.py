"""Which reviews a review leads to: those that its editor chose, then those that are most related to it.

They are found when it is published, and kept as rows, so that reading costs one query. A few more are kept than are
shown: where one has been taken down, the next takes its place by itself. `portraits` says how related two reviews are;
equals come the newest first, so that the same content gives the same answer on every machine.

However large the site is, a bounded number is compared: the newest reviews of the same studies and topics, that credit
the same people and speak to the same audiences. What is alike in its words alone, and in nothing else, is not looked
for: that would be a search through all texts with each publication.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db import transaction

from core.page_cache import content_changed
from core.querysets import is_listed
from research_reviews.likeness import likenesses
from research_reviews.models import (
    Audience,
    ChosenReview,
    Credit,
    Person,
    Recommendation,
    RelatedReview,
    ReviewPage,
    ReviewStudy,
    TopicPage,
)
from research_reviews.portraits import Portrait, portraits_of

SHOWN = 3
# Found ones that are kept, for when some of them are taken down.
KEPT = 8
# Of each way in which reviews can be related, so many of the newest are compared.
MOST_OF_A_KIND = 60
MOST_OF_A_TOPIC = 200
# When a review changes, so many others that are near it, and that lead to it, are looked at again.
MOST_NEIGHBOURS = 12
MOST_LEADING = 50
# Less than this is by chance: the same reviewer and a few words.
LEAST_RELATION = 0.5


def related_reviews(review: ReviewPage) -> list[ReviewPage]:
    """Return the reviews that readers of the review are led to, with their titles, dates and addresses; one query."""
    shown = ("title", "listing_title", "url_path", "published_on", "first_published_at")
    rows = RelatedReview.objects.filter(review=review).listed().select_related("related").order_by("sort_order")
    return [row.related for row in rows.only("sort_order", *(f"related__{name}" for name in shown))[:SHOWN]]


def previewed(review: ReviewPage) -> list[ReviewPage]:
    """Return the reviews that readers of a draft would be led to: those that its editor has just chosen come first."""
    chosen = [link.chosen for link in review.chosen_reviews.all() if link.chosen != review and is_listed(link.chosen)]
    found = related_reviews(review) if review.pk else []
    return [*chosen, *(other for other in found if other not in chosen)][:SHOWN]


def refresh(pk: int) -> bool:
    """Write the rows of a review anew; none where it is not published. Return whether they have changed."""
    with transaction.atomic():
        # Whoever publishes the review at the same time waits; whoever publishes one that leads to it does not.
        rows = ReviewPage.objects.select_for_update(of=("self",), no_key=True)
        review = rows.filter(pk=pk, live=True).only("pk", "alias_of").first()
        wanted = list(dict.fromkeys([*chosen_for(review), *found_for(review, KEPT)])) if review else []
        present = RelatedReview.objects.filter(review=pk).order_by("sort_order")
        if wanted == list(present.values_list("related", flat=True)):
            return False
        present.delete()
        RelatedReview.objects.bulk_create(
            RelatedReview(review_id=pk, related_id=related, sort_order=place) for place, related in enumerate(wanted)
        )
    return True


def chosen_for(review: ReviewPage) -> Iterator[int]:
    """Yield what the editor has chosen, listed or not: what is not is passed over when it is read."""
    chosen = ChosenReview.objects.filter(review=review).exclude(chosen__in=same_page(review))
    yield from chosen.values_list("chosen", flat=True)


def found_for(review: ReviewPage, most: int) -> list[int]:
    """Return so many of the reviews that the public may see, the most related first."""
    portrait = portraits_of([review.pk])[review.pk]
    others = portraits_of(candidates(review, portrait))
    alike = likenesses(portrait.words, [other.words for other in others.values()])
    scores = [
        (portrait.relation(other, likeness), other.day, pk)
        for (pk, other), likeness in zip(others.items(), alike, strict=True)
    ]
    return [pk for score, _day, pk in sorted(scores, reverse=True)[:most] if score >= LEAST_RELATION]


def candidates(review: ReviewPage, portrait: Portrait) -> set[int]:
    """Return the keys of the reviews that are compared: listed, another page, and sharing something with the review."""
    others = ReviewPage.objects.listed().filter(alias_of=None).exclude(pk__in=same_page(review)).newest_first()
    people = portrait.people | portrait.reviewers
    also_about = ReviewPage.other_topics.through.objects.filter(topicpage__in=portrait.topics)
    of_each_kind = [
        others.filter(topic__in=portrait.topics)[:MOST_OF_A_TOPIC],
        others.named_by(also_about, "reviewpage")[:MOST_OF_A_KIND],
        others.named_by(ReviewStudy.objects.filter(study__in=portrait.studies))[:MOST_OF_A_KIND],
        others.named_by(Credit.objects.filter(person__in=people))[:MOST_OF_A_KIND],
        others.named_by(Recommendation.objects.filter(audiences__in=portrait.audiences))[:MOST_OF_A_KIND],
    ]
    return {pk for reviews in of_each_kind for pk in reviews.values_list("pk", flat=True)}


def same_page(review: ReviewPage) -> set[int]:
    """Return the keys of the review and of the page that it shows, where it is an alias."""
    return {review.pk, review.alias_of_id or review.pk}


def neighbours_of(pk: int) -> list[int]:
    """Return the reviews that may have to lead to the review now, or no longer: those near it, and those that do."""
    review = ReviewPage.objects.listed().filter(pk=pk, alias_of=None).first()
    near = found_for(review, MOST_NEIGHBOURS) if review else []
    return list(dict.fromkeys([*near, *leading_to(pk)]))


def leading_to(pk: int) -> list[int]:
    """Return the newest of the reviews that lead to the review."""
    leading = RelatedReview.objects.filter(related=pk).order_by("-review")
    return list(leading.values_list("review", flat=True)[:MOST_LEADING])


def sharing(thing: Audience | Person | TopicPage) -> list[int]:
    """Return the reviews that may be related to others by the thing."""
    if isinstance(thing, TopicPage):
        reviews = thing.also_in.all()
    elif isinstance(thing, Person):
        reviews = ReviewPage.objects.named_by(thing.credits.all())
    else:
        reviews = ReviewPage.objects.named_by(thing.recommendations.all())
    return list(reviews.values_list("pk", flat=True))


def refresh_all(pks: Iterable[int]) -> int:
    """Write the rows of several reviews anew. Return how many have changed."""
    changed = sum(refresh(pk) for pk in pks)
    if changed:
        content_changed()
    return changed
