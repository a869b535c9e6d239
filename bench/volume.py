"""Fills the demo site up to a number of reviews: `python -m bench.volume 100000`. Rows only, written in bulk."""

from __future__ import annotations

import sys
from datetime import timedelta
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from wagtail.models import Page

    from research_reviews.models import ReviewIndexPage, ReviewPage

STEP = 5_000
DAYS = 3_650


def fill(wanted: int) -> None:
    """Make copies of a demo review until there are as many reviews as wanted."""
    from django.db import transaction

    from research_reviews.models import ReviewIndexPage, ReviewPage

    index, model = ReviewIndexPage.objects.get(), ReviewPage.objects.listed().order_by("pk")[0]
    there = ReviewPage.objects.count()
    while there < wanted:
        number = min(STEP, wanted - there)
        with transaction.atomic():
            add(index, model, number)
        there += number
    analyze()


def add(index: ReviewIndexPage, model: ReviewPage, number: int) -> None:
    """Write so many copies: their pages, their own rows, and the rows that lists and filters read."""
    from django.db import connection
    from wagtail.models import Page

    index.refresh_from_db()
    first = index.numchild + 1
    pages = Page.objects.bulk_create(page(index, model, place) for place in range(first, first + number))
    columns = [field.column for field in type(model)._meta.local_fields if not field.primary_key]
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO research_reviews_reviewpage (page_ptr_id, {names}) SELECT p.id, "  # noqa: S608
            + ", ".join(f'r."{column}"' for column in columns)
            + " FROM wagtailcore_page p, research_reviews_reviewpage r WHERE p.path >= %s AND p.path LIKE %s"
            " AND p.depth = %s AND r.page_ptr_id = %s",
            [pages[0].path, f"{index.path}%", index.depth + 1, model.pk],
        )
    Page.objects.filter(pk=index.pk).update(numchild=first + number - 1)
    spread([page.pk for page in pages])


def page(index: ReviewIndexPage, model: ReviewPage, place: int) -> Page:
    """Return the page of a copy at its place below the list."""
    from wagtail.models import Page

    slug = f"volume-{place}"
    return Page(
        path=Page._get_path(index.path, index.depth + 1, place),
        depth=index.depth + 1,
        title=f"{model.title} ({place})",
        draft_title=model.title,
        slug=slug,
        url_path=f"{index.url_path}{slug}/",
        content_type_id=model.content_type_id,
        locale_id=model.locale_id,
        live=True,
        first_published_at=model.first_published_at,
    )


def spread(pks: list[int]) -> None:
    """Give the copies topics, dates, credits and studies in turn."""
    from django.db.models import F
    from django.utils import timezone

    from research_reviews.models import Credit, Person, ReviewPage, ReviewStudy, Study, TopicPage

    topics = list(TopicPage.objects.listed().values_list("pk", flat=True))
    people = list(Person.objects.order_by("pk").values_list("pk", flat=True))
    studies = list(Study.objects.values_list("pk", flat=True))
    copies = ReviewPage.objects.filter(page_ptr_id__gte=pks[0], page_ptr_id__lte=pks[-1])
    for turn, topic in enumerate(topics):
        copies.annotate(turn=F("page_ptr_id") % len(topics)).filter(turn=turn).update(topic_id=topic)
    for turn in range(100):
        day = timezone.localdate() - timedelta(days=DAYS * turn // 100)
        copies.annotate(turn=F("page_ptr_id") % 100).filter(turn=turn).update(published_on=day)
    Credit.objects.bulk_create(
        # One person writes most of the reviews, as on real sites.
        Credit(
            review_id=pk,
            person_id=people[pk % len(people) if pk % 5 == 0 else 0],
            contribution="review_author",
            sort_order=0,
        )
        for pk in pks
    )
    ReviewStudy.objects.bulk_create(
        ReviewStudy(review_id=pk, study_id=studies[pk % len(studies)], sort_order=0) for pk in pks
    )


def analyze() -> None:
    """Let the database count its rows, as it does by itself in time."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    django.setup()
    fill(int(sys.argv[1]))
