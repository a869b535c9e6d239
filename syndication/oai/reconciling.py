"""Finds records that do not say what is so, as after changes in bulk, and has them settled."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from research_reviews.models import ReviewPage
from syndication.models import OaiChange, OaiMembership, OaiRecord
from syndication.oai.keeping import note

# Not more at once: the next round of the worker finds the rest.
MOST = 50_000


def reconcile() -> int:
    """Note every review whose record is missing, out of date or in the wrong sets. Returns how many there are."""
    found: set[int] = set()
    for keys in (appeared(), went(), *in_new_sets(), out_of_sets(), published_since()):
        found.update(keys.values_list("pk", flat=True)[:MOST])
    found -= set(OaiChange.objects.values_list("review_id", flat=True))
    if found:
        note(sorted(found))
    return len(found)


def listed() -> QuerySet:
    """Return the reviews that the public may see, in no order."""
    reviews: QuerySet = ReviewPage.objects.listed().order_by()
    return reviews


def appeared() -> QuerySet:
    """Return the reviews that have no record, or a deleted one."""
    return listed().exclude(Exists(OaiRecord.objects.filter(pk=OuterRef("pk"), is_deleted=False)))


def went() -> QuerySet:
    """Return the records whose review is no longer there."""
    return OaiRecord.objects.filter(is_deleted=False).exclude(Exists(listed().filter(pk=OuterRef("pk"))))


def in_new_sets() -> tuple[QuerySet, QuerySet]:
    """Return the reviews that are not in the set of their first topic, and of another topic."""
    members = OaiMembership.objects.filter(record=OuterRef("pk"), is_former=False)
    by_first = listed().filter(topic__isnull=False).exclude(Exists(members.filter(topic_id=OuterRef("topic_id"))))
    by_other = (
        listed()
        .filter(other_topics__isnull=False)
        .exclude(Exists(members.filter(topic_id=OuterRef("other_topics__pk"))))
    )
    return by_first, by_other


def out_of_sets() -> QuerySet:
    """Return the records that are in the set of a topic which their review no longer has."""
    first = ReviewPage.objects.filter(pk=OuterRef("record"), topic_id=OuterRef("topic_id"))
    links = ReviewPage.other_topics.through.objects
    other = links.filter(reviewpage=OuterRef("record"), topicpage=OuterRef("topic_id"))
    members = OaiMembership.objects.filter(is_former=False, record__is_deleted=False)
    strangers = members.exclude(Exists(first)).exclude(Exists(other))
    return OaiRecord.objects.filter(pk__in=strangers.values("record"))


def published_since() -> QuerySet:
    """Return the reviews that were published after their record got its datestamp."""
    older = OaiRecord.objects.filter(pk=OuterRef("pk"), datestamp__lt=OuterRef("last_published_at"))
    # What another machine dated in the future would be found again and again.
    return listed().filter(Exists(older), last_published_at__lte=timezone.now())
