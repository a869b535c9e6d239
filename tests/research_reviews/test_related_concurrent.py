"""Related reviews when several people publish at once, and after everything was built anew."""

from __future__ import annotations

from io import StringIO
from threading import Barrier, Thread

import pytest
from django.core.management import CommandError, call_command
from django.db import connections
from wagtail.models import Revision

from research_reviews import related
from research_reviews.management.commands import rebuild_related
from research_reviews.models import RelatedReview, ReviewPage
from tests.factories import ReviewPageFactory, TopicPageFactory


@pytest.mark.django_db(transaction=True)
def test_reviews_that_lead_to_one_another_can_be_published_at_once() -> None:
    topic = TopicPageFactory()
    pages = [ReviewPageFactory(header_image=None, topic=topic) for _number in range(2)]
    start, failures = Barrier(len(pages), timeout=20), []

    def publish(revision: Revision) -> None:
        try:
            start.wait()
            for _time in range(3):
                Revision.objects.get(pk=revision.pk).publish()
        except Exception as error:
            failures.append(error)
        finally:
            connections.close_all()

    editors = [Thread(target=publish, args=[page.save_revision()]) for page in pages]
    for editor in editors:
        editor.start()
    for editor in editors:
        editor.join()
    assert failures == []
    assert [rows_of(page) for page in pages] == [[pages[1].pk], [pages[0].pk]]


@pytest.mark.django_db
def test_everything_is_built_anew_with_its_progress_and_ends_in_the_same_state(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rebuild_related, "STEP", 2)
    topic = TopicPageFactory()
    pages = [ReviewPageFactory(header_image=None, topic=topic, published=number > 0) for number in range(4)]
    RelatedReview.objects.all().delete()
    first, second = StringIO(), StringIO()
    call_command("rebuild_related", stdout=first)
    assert first.getvalue().splitlines() == [
        "2 of 4 reviews",
        "4 of 4 reviews",
        "Done: 3 of 4 reviews lead to others than before.",
    ]
    assert rows_of(pages[0]) == []
    assert rows_of(pages[1]) == [pages[3].pk, pages[2].pk]
    rows = list(RelatedReview.objects.order_by("pk").values_list("pk", flat=True))
    call_command("rebuild_related", stdout=second)
    assert second.getvalue().endswith("Done: 0 of 4 reviews lead to others than before.\n")
    assert list(RelatedReview.objects.order_by("pk").values_list("pk", flat=True)) == rows


@pytest.mark.django_db
def test_building_anew_can_be_stopped_and_says_how_far_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rebuild_related, "STEP", 1)
    topic = TopicPageFactory()
    pages = [ReviewPageFactory(header_image=None, topic=topic) for _number in range(2)]
    RelatedReview.objects.all().delete()
    refresh = related.refresh

    def stop_at_the_second(pk: int) -> bool:
        if pk == pages[0].pk:
            raise KeyboardInterrupt
        return refresh(pk)

    with monkeypatch.context() as stopped:
        stopped.setattr(related, "refresh", stop_at_the_second)
        with pytest.raises(CommandError, match="Stopped after 1 of 2 reviews"):
            call_command("rebuild_related", stdout=StringIO())
    assert [len(rows_of(page)) for page in pages] == [0, 1]
    call_command("rebuild_related", stdout=StringIO())
    assert [len(rows_of(page)) for page in pages] == [1, 1]


def rows_of(page: ReviewPage) -> list[int]:
    """Return what is kept for the review, in order."""
    rows = RelatedReview.objects.filter(review=page).order_by("sort_order")
    return list(rows.values_list("related", flat=True))
