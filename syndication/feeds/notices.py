"""Entries that say of a review that its study was retracted, warned of or reinstated: who has read it hears of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import uuid5

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.feeds import Category, Entry
from research_reviews.models import ReviewPage, ReviewStudy, Study, StudyNotice
from research_reviews.notices import TEXTS, TEXTS_OF_KINDS
from research_reviews.querysets import ReviewQuerySet
from research_reviews.watch.kinds import STANDINGS, TOLD, NoticeKind
from syndication.feeds.content import cleaned
from syndication.feeds.items import EntryWriter, published_at
from syndication.feeds.places import path_of

# Not more at once, as when an old library is checked for the first time.
MOST = 25
TITLES: dict[str, str | Promise] = {
    NoticeKind.RETRACTION: _("Retracted: the study reviewed in “%(title)s”"),
    NoticeKind.WITHDRAWAL: _("Withdrawn: the study reviewed in “%(title)s”"),
    NoticeKind.REMOVAL: _("Removed: the study reviewed in “%(title)s”"),
    NoticeKind.PARTIAL: _("Retracted in part: the study reviewed in “%(title)s”"),
    NoticeKind.CONCERN: _("Expression of concern: the study reviewed in “%(title)s”"),
    NoticeKind.REINSTATEMENT: _("Reinstated: the study reviewed in “%(title)s”"),
}
REINSTATED = _("The publisher has taken back the retraction of this study.")


def with_notices(
    entries: Sequence[Entry], reviews: ReviewQuerySet, writer: EntryWriter, *, is_whole: bool
) -> list[Entry]:
    """Return the newest entries of a feed with those about notices in between, by date.

    A notice older than the last entry stands on no page, unless there is only this one (`is_whole`).
    """
    since = entries[-1].published if entries and not is_whole else None
    found = list(notice_entries(reviews, writer, since))
    merged: list[Entry] = []
    for entry in entries:
        merged += [told for told in found if told.published >= entry.published]
        found = [told for told in found if told.published < entry.published]
        merged.append(entry)
    return [*merged, *found]


def notice_entries(reviews: ReviewQuerySet, writer: EntryWriter, since: datetime | None) -> Iterator[Entry]:
    """Yield an entry for each review and each notice about its studies, the newest first."""
    notices = StudyNotice.objects.filter(kind__in=TOLD).select_related("study").newest_first()
    if since:
        notices = notices.filter(found_at__gte=since)
    links = ReviewStudy.objects.filter(study__in=notices.values("study"))
    if not links.exists():
        return
    concerned = (
        reviews.filter(pk__in=links.values("review")).select_related("topic").order_by("pk").defer("body", "credits")
    )
    shown = {review.pk: review for review in concerned}
    by_study: dict[int, list[ReviewPage]] = {}
    for link in links.filter(review__in=shown).order_by("review", "sort_order", "pk"):
        by_study.setdefault(link.study_id, []).append(shown[link.review_id])
    for notice in notices.filter(study__in=by_study)[:MOST]:
        # Whoever reviews a study that is known to be retracted says so: that is no news.
        told = [review for review in by_study[notice.study_id] if notice.found_at >= published_at(review)]
        yield from (entry_of(notice, review, writer) for review in told)


def entry_of(notice: StudyNotice, review: ReviewPage, writer: EntryWriter) -> Entry:
    """Return what is told of a review because of a notice. Its id is the same whenever the notice is found."""
    kind = NoticeKind(notice.kind)
    address = writer.whole(path_of(review))
    text = REINSTATED
    if kind != NoticeKind.REINSTATEMENT:
        text = TEXTS_OF_KINDS.get(kind) or TEXTS[Study.Retraction(STANDINGS[kind].value)]
    context = {"notice": notice, "text": text, "review": review, "address": address}
    return Entry(
        id=f"urn:uuid:{uuid5(review.translation_key, f'{kind.value}:{notice.doi or notice.study.doi}')}",
        url=address,
        title=str(TITLES[kind]) % {"title": review.title},
        html=cleaned(render_to_string("syndication/feed_notice.html", context), address),
        summary=str(text),
        published=notice.found_at,
        updated=notice.found_at,
        categories=[Category(review.topic.title, writer.whole(path_of(review.topic)))] if review.topic else [],
    )
