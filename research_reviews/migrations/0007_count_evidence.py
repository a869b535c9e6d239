"""Counts the evidence of the reviews that are there already, as publishing them does from now on."""

from collections import Counter
from datetime import date
from functools import partial

from django.db import migrations
from django.db.models import Count, Q
from django.utils import timezone

STEP = 500
ANYONE = "any"


def count(apps, schema_editor):
    get = partial(apps.get_model, "research_reviews")
    Quote, Source = get("Quote"), get("EvidenceSource")
    Quote.objects.exclude(speaker="").update(made_by="described")
    Quote.objects.filter(person__isnull=False).update(made_by="named")
    keys = list(public_reviews(apps).values_list("pk", flat=True).order_by("pk"))
    for start in range(0, len(keys), STEP):
        some = keys[start : start + STEP]
        sources = [Source(review_id=pk, published_on=day, expire_at=expiry) for pk, day, expiry in dates(get, some)]
        Source.objects.bulk_create(sources)
        write_facets(get, some)
        write_tallies(get, {source.review_id: source.published_on for source in sources})
    write_map(get)


def public_reviews(apps):
    """Live, and in no private part of the site. Where that is not all, rows are only shown after another look."""
    reviews = apps.get_model("research_reviews", "ReviewPage").objects.filter(live=True)
    restrictions = apps.get_model("wagtailcore", "PageViewRestriction").objects
    private = Q(pk__in=[])
    for path, alias in restrictions.values_list("page__path", "page__aliases__path"):
        private |= Q(path__startswith=path) | (Q(path__startswith=alias) if alias else Q())
    return reviews.exclude(private)


def dates(get, keys):
    rows = get("ReviewPage").objects.filter(pk__in=keys)
    for pk, day, first, expiry in rows.values_list("pk", "published_on", "first_published_at", "expire_at"):
        yield pk, day or (timezone.localdate(first) if first else date.min), expiry


def write_facets(get, keys):
    ReviewPage, Source, Type = get("ReviewPage"), get("EvidenceSource"), get("SourceStudyType")
    first = ReviewPage.objects.filter(pk__in=keys, topic__isnull=False).values_list("pk", "topic")
    others = ReviewPage.other_topics.through.objects.filter(reviewpage__in=keys).values_list("reviewpage", "topicpage")
    link = Source.topics.through
    pairs = {*first, *others}
    link.objects.bulk_create([link(evidencesource_id=pk, topicpage_id=topic) for pk, topic in sorted(pairs)])
    studies = get("ReviewStudy").objects.filter(review__in=keys).exclude(study__study_type="")
    types = set(studies.values_list("review", "study__study_type"))
    Type.objects.bulk_create([Type(source_id=pk, study_type=name) for pk, name in sorted(types)])


def write_tallies(get, days):
    Tally, counts = get("Tally"), Counter()
    for row in counted(get, list(days)):
        *question, maker, number = row
        for whose in {ANYONE, maker or ANYONE}:
            counts[(*question, whose)] += number
    Tally.objects.bulk_create(
        [
            Tally(source_id=pk, kind=kind, audience_id=to, made_by=maker, published_on=days[pk], number=number)
            for (pk, kind, to, maker), number in counts.items()
        ],
        batch_size=1_000,
    )


def counted(get, keys):
    for pk, number in rows(get("Finding").objects.filter(review__in=keys), "review"):
        yield pk, "finding", None, "", number
    for name in ("quote", "recommendation"):
        for pk, maker, number in rows(get(name).objects.filter(review__in=keys), "review", "made_by"):
            yield pk, name, None, maker, number
    spoken_to = get("Recommendation").audiences.through.objects.filter(recommendation__review__in=keys)
    fields = ("recommendation__review", "audience", "recommendation__made_by")
    for pk, audience, maker, number in rows(spoken_to, *fields):
        yield pk, "recommendation", audience, maker, number


def rows(queryset, *fields):
    return queryset.order_by().values_list(*fields).annotate(Count("pk"))


def write_map(get):
    Cell, cells = get("MapCell"), Counter()
    asked = get("Tally").objects.filter(kind="recommendation", made_by=ANYONE, audience__isnull=False)
    for topic, audience, number in asked.values_list("source__topics", "audience", "number").iterator():
        cells[topic, audience, ""] += number
    for topic, name in get("SourceStudyType").objects.values_list("source__topics", "study_type").iterator():
        cells[topic, None, name] += 1
    Cell.objects.bulk_create(
        [
            Cell(topic_id=topic, audience_id=audience, study_type=name, number=number)
            for (topic, audience, name), number in cells.items()
            if topic
        ],
        batch_size=1_000,
    )


def forget(apps, schema_editor):
    """The tables go with the migration before."""


class Migration(migrations.Migration):
    dependencies = [("research_reviews", "0006_evidence_lists")]

    operations = [migrations.RunPython(count, forget)]
