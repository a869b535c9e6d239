"""A site that has reviews already has their records from the start."""

from datetime import timedelta
from itertools import islice

from django.db import migrations
from django.db.models import Q
from django.utils import timezone

STEP = 2_000


def public_reviews(apps):
    """Return the reviews that the public may see, by number."""
    restrictions = apps.get_model("wagtailcore", "PageViewRestriction").objects
    reviews = apps.get_model("research_reviews", "ReviewPage").objects.filter(live=True)
    reviews = reviews.filter(Q(expire_at__isnull=True) | Q(expire_at__gt=timezone.now()))
    for path in restrictions.values_list("page__path", flat=True):
        reviews = reviews.exclude(path__startswith=path)
    return reviews.order_by("pk")


def write_records(apps, schema_editor):
    """Write a record and its sets for each, with datestamps that are all different."""
    record, membership = apps.get_model("syndication", "OaiRecord"), apps.get_model("syndication", "OaiMembership")
    links = apps.get_model("research_reviews", "ReviewPage").other_topics.through.objects
    topics = iter(public_reviews(apps).values_list("pk", "topic_id").iterator())
    datestamp = timezone.now()
    while part := list(islice(topics, STEP)):
        records = [
            record(review_id=pk, datestamp=datestamp + timedelta(microseconds=place))
            for place, (pk, _topic) in enumerate(part, start=1)
        ]
        record.objects.bulk_create(records)
        datestamp = records[-1].datestamp
        stamps = {one.review_id: one.datestamp for one in records}
        pairs = {(pk, topic) for pk, topic in part if topic}
        between = {"reviewpage_id__gte": part[0][0], "reviewpage_id__lte": part[-1][0]}
        pairs |= set(links.filter(**between).values_list("reviewpage_id", "topicpage_id"))
        membership.objects.bulk_create(
            membership(record_id=pk, topic_id=topic, datestamp=stamps[pk])
            for pk, topic in sorted(pairs)
            if pk in stamps
        )
    apps.get_model("syndication", "OaiClock").objects.update_or_create(pk=1, defaults={"last": datestamp})


class Migration(migrations.Migration):

    dependencies = [
        ("syndication", "0003_oai"),
        ("research_reviews", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(write_records, migrations.RunPython.noop)]
