"""Counts what listed reviews hold, from the rows of evidence that are written already."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Count, QuerySet, Sum
from django.utils import timezone

from research_reviews.models import (
    EvidenceSource,
    Finding,
    MapCell,
    Quote,
    Recommendation,
    ReviewPage,
    ReviewStudy,
    SourceStudyType,
    Tally,
)
from research_reviews.models.tallies import ANYONE

STEP = 1_000

# A cell of the map: topic, audience, kind of study.
Place = tuple[int, int | None, str]
# What a count is of: a review, its kind of items, to which audience, made by whom.
Question = tuple[int, str, int | None, str]


def count(reviews: Collection[int]) -> None:
    """Count what the listed reviews with these keys hold. Nothing of them may be counted yet, the map is left alone."""
    dates = dates_of(reviews)
    EvidenceSource.objects.bulk_create(
        (EvidenceSource(pk=pk, published_on=day, expire_at=expiry) for pk, (day, expiry) in dates.items()),
        batch_size=STEP,
    )
    through: Any = EvidenceSource.topics.through
    through.objects.bulk_create(
        (through(evidencesource_id=pk, topicpage_id=topic) for pk, topic in topics_of(dates)), batch_size=STEP
    )
    write_study_types(dates)
    Tally.objects.bulk_create(
        (
            Tally(
                source_id=pk,
                kind=kind,
                audience_id=audience,
                made_by=maker,
                published_on=dates[pk][0],
                number=number,
            )
            for (pk, kind, audience, maker), number in counts_of(dates).items()
        ),
        batch_size=STEP,
    )


def hold(reviews: Collection[int]) -> None:
    """Let whoever else would write or count what the reviews hold wait for the end of this transaction.

    Who writes a row that leads to one of them (no_key) does not have to wait.
    """
    held = ReviewPage.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=reviews)
    list(held.order_by("pk").only("pk"))


def dates_of(reviews: Collection[int]) -> dict[int, tuple[date, Any]]:
    """Return the date that each review is listed by, and when its time has passed."""
    rows = ReviewPage.objects.filter(pk__in=reviews).values_list(
        "pk", "published_on", "first_published_at", "expire_at"
    )
    # One that never had a date comes last.
    return {pk: (day or (timezone.localdate(first) if first else date.min), expiry) for pk, day, first, expiry in rows}


def topics_of(reviews: Collection[int]) -> set[tuple[int, int]]:
    """Return each review with each of its topics, the first and the others."""
    first = ReviewPage.objects.filter(pk__in=reviews, topic__isnull=False).values_list("pk", "topic")
    others = ReviewPage.other_topics.through.objects.filter(reviewpage__in=reviews)
    return {*first, *others.values_list("reviewpage", "topicpage")}


def study_types_of(reviews: Collection[int]) -> set[tuple[int, str]]:
    """Return each review with each kind of study that it is about."""
    studies = ReviewStudy.objects.filter(review__in=reviews).exclude(study__study_type="")
    return set(studies.values_list("review", "study__study_type"))


def write_study_types(reviews: Collection[int]) -> None:
    """Write of which kinds of study the reviews are."""
    rows = (SourceStudyType(source_id=pk, study_type=name) for pk, name in sorted(study_types_of(reviews)))
    SourceStudyType.objects.bulk_create(rows, batch_size=STEP)


def counts_of(reviews: Collection[int]) -> Counter[Question]:
    """Return how many items of each kind the reviews hold: of everybody, of each maker, and to each audience."""
    counts: Counter[Question] = Counter()
    for pk, kind, audience, maker, number in counted_rows(reviews):
        for whose in {ANYONE, maker or ANYONE}:
            counts[pk, kind, audience, whose] += number
    return counts


def counted_rows(reviews: Collection[int]) -> Iterator[tuple[int, str, int | None, str, int]]:
    """Yield review, kind, audience, maker and number of everything that is counted alike."""
    audiences: dict[int, set[int]] = defaultdict(set)
    spoken_to = Recommendation.audiences.through.objects.filter(recommendation__review__in=reviews)
    groups = spoken_to.values_list("recommendation__review", "audience", "recommendation__made_by")
    for pk, audience, maker, number in groups.annotate(Count("pk")):
        audiences[pk].add(audience)
        yield pk, Recommendation.anchor_prefix, audience, maker, number
    for model, fields in (
        (Finding, ["review"]),
        (Quote, ["review", "made_by"]),
        (Recommendation, ["review", "made_by"]),
    ):
        rows = model.objects.filter(review__in=reviews).order_by().values_list(*fields)
        for pk, *makers, number in rows.annotate(Count("pk")):
            for audience in (None, *(() if model is Recommendation else audiences[pk])):
                yield pk, model.anchor_prefix, audience, "".join(makers), number


def recount_study_types(reviews: Collection[int]) -> None:
    """Bring the kinds of study of counted reviews up to date, where one of their studies is of another kind now."""
    with transaction.atomic():
        hold(reviews)
        known: dict[int, set[str]] = defaultdict(set)
        for pk, name in SourceStudyType.objects.filter(source__in=reviews).values_list("source", "study_type"):
            known[pk].add(name)
        now: dict[int, set[str]] = defaultdict(set)
        for pk, name in study_types_of(reviews):
            now[pk].add(name)
        stale = EvidenceSource.objects.filter(pk__in=[pk for pk in reviews if known[pk] != now[pk]])
        stale_keys = list(stale.values_list("pk", flat=True))
        before = contributions(stale_keys)
        SourceStudyType.objects.filter(source__in=stale_keys).delete()
        write_study_types(stale_keys)
        change_map(before, contributions(stale_keys))


def contributions(sources: Collection[int] | QuerySet[Any, Any] | None = None) -> Counter[Place]:
    """Return what the reviews, or all of them, add to each cell of the map, as they are counted now."""
    tallies = Tally.objects.filter(
        kind=Recommendation.anchor_prefix, made_by=ANYONE, audience__isnull=False, source__topics__isnull=False
    )
    types = SourceStudyType.objects.filter(source__topics__isnull=False)
    if sources is not None:
        tallies, types = tallies.filter(source__in=sources), types.filter(source__in=sources)
    asked = tallies.values_list("source__topics", "audience").annotate(Sum("number"))
    studied = types.values_list("source__topics", "study_type").annotate(Count("pk"))
    cells = Counter({(topic, audience, ""): number for topic, audience, number in asked})
    cells.update({(topic, None, name): number for topic, name, number in studied})
    return cells


def change_map(before: Counter[Place], after: Counter[Place]) -> None:
    """Bring the map from what reviews added to it before to what they add now."""
    places = before.keys() | after.keys()
    changes = {place: after[place] - before[place] for place in places if after[place] != before[place]}
    if not changes:
        return
    # In the same order for everybody: of two editors who publish at once, the second waits for the first.
    cells = [MapCell(topic_id=topic, audience_id=pk, study_type=name) for topic, pk, name in sorted(changes, key=str)]
    MapCell.objects.bulk_create(cells, ignore_conflicts=True, batch_size=STEP)
    locked = MapCell.objects.select_for_update().filter(topic__in={topic for topic, _pk, _name in changes})
    changed = [cell for cell in locked.order_by("pk") if cell.place in changes]
    for cell in changed:
        cell.number += changes[cell.place]
    MapCell.objects.bulk_update(changed, ["number"], batch_size=STEP)


def recount_map() -> None:
    """Make every cell of the map what all reviews add to it."""
    with transaction.atomic():
        cells = MapCell.objects.select_for_update().order_by("pk")
        change_map(Counter({cell.place: cell.number for cell in cells}), contributions())
