"""What a review says is there as rows exactly as long as the public may read the review."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.db import models
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from wagtail.models import PageViewRestriction

from research_reviews import evidence
from research_reviews.models import Credit, Finding, Quote, Recommendation, ReviewPage
from tests.factories import (
    AudienceFactory,
    PersonFactory,
    ReviewPageFactory,
    StandardPageFactory,
    block_id,
    findings,
    home_page,
    issue,
    prose,
    quote,
    recommendation,
    recommendations,
    review_index,
    stream,
)

pytestmark = pytest.mark.django_db

ROWS: tuple[type[models.Model], ...] = (Finding, Quote, Recommendation, Credit)


def counts() -> list[int]:
    return [model._default_manager.count() for model in ROWS]


def snapshot() -> list[list[dict]]:
    """Every row without its key, so that two builds can be compared."""
    return [list(model._default_manager.order_by("review", "sort_order").values(*names_of(model))) for model in ROWS]


def names_of(model: type[models.Model]) -> list[str]:
    return [field.name for field in model._meta.concrete_fields if field.name not in ("id", "finding")]


def test_publishing_writes_every_finding_quote_recommendation_and_credit() -> None:
    review = ReviewPageFactory()
    finding = Finding.objects.get(block_id=block_id("finding-training"))
    assert [finding.label, finding.heading] == ["Inconsistent training", "Training by chance"]
    assert finding.text == "Training ran from two hours to three days."
    night = Quote.objects.get(block_id=block_id("quote-night"))
    assert (night.finding, night.words, night.page) == (finding, "Nobody told me what to do at night.", "p. 14")
    assert Quote.objects.get(block_id=block_id("quote-here")).finding is None
    first = Recommendation.objects.get(block_id=block_id("recommendation-train"))
    assert (first.text, first.attribution) == ("Train before the first shift.", "The study’s authors")
    assert [audience.name for audience in first.audiences.all()] == ["Prison staff"]
    assert Credit.objects.filter(review=review).earliest("sort_order").contribution == "review_author"


def test_rows_know_their_place_in_the_review() -> None:
    review = ReviewPageFactory()
    finding = Finding.objects.get(block_id=block_id("finding-room"))
    assert finding.get_absolute_url() == f"{review.url}#finding-{block_id('finding-room')}"
    places = [row.sort_order for model in (Finding, Quote, Recommendation) for row in model.objects.all()]
    assert len(places) == len(set(places))


def test_a_draft_writes_nothing() -> None:
    ReviewPageFactory(published=False)
    assert counts() == [0, 0, 0, 0]


def test_an_edited_draft_of_a_live_review_changes_nothing_before_it_is_published() -> None:
    review = ReviewPageFactory()
    review.body = stream(findings(issue("A new issue")))
    revision = review.save_revision()
    assert not Finding.objects.filter(label="A new issue").exists()
    revision.publish()
    assert [finding.label for finding in Finding.objects.all()] == ["A new issue"]


def test_a_permalink_survives_reordering() -> None:
    review = ReviewPageFactory()
    first, second = issue("First", name="first"), issue("Second", name="second")
    for order in ([first, second], [second, first]):
        review.body = stream(findings(*order))
        review.save_revision().publish()
        assert Finding.objects.get(label="First").anchor == f"finding-{block_id('first')}"


def unpublish(review: ReviewPage) -> None:
    review.unpublish()


def delete(review: ReviewPage) -> None:
    review.delete()


def make_private(review: ReviewPage) -> None:
    PageViewRestriction.objects.create(page=review, restriction_type=PageViewRestriction.LOGIN)


def make_the_whole_list_private(review: ReviewPage) -> None:
    PageViewRestriction.objects.create(page=review.get_parent(), restriction_type=PageViewRestriction.LOGIN)


def let_it_expire(review: ReviewPage) -> None:
    review.expire_at = timezone.now() + timedelta(hours=1)
    review.save_revision().publish()
    assert Finding.objects.exists()
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        call_command("publish_scheduled")


def move_into_a_private_part(review: ReviewPage) -> None:
    private = StandardPageFactory(title="Members")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    review.move(private, pos="last-child")


@pytest.mark.parametrize(
    "go_away",
    [unpublish, delete, make_private, make_the_whole_list_private, let_it_expire, move_into_a_private_part],
)
def test_rows_go_with_the_review(go_away: Callable[[ReviewPage], None]) -> None:
    go_away(ReviewPageFactory())
    assert counts() == [0, 0, 0, 0]


def test_rows_come_back_when_a_private_part_is_opened() -> None:
    review = ReviewPageFactory()
    before = snapshot()
    restriction = PageViewRestriction.objects.create(page=review_index(), restriction_type=PageViewRestriction.LOGIN)
    restriction.delete()
    assert snapshot() == before
    assert review.live


def test_a_scheduled_review_has_rows_from_the_minute_it_goes_live() -> None:
    review = ReviewPageFactory(published=False)
    review.go_live_at = timezone.now() + timedelta(days=1)
    review.save_revision().publish()
    assert counts() == [0, 0, 0, 0]
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        call_command("publish_scheduled")
    assert Finding.objects.count() == 2


def test_rows_of_an_expired_review_are_not_listed_even_before_the_worker_has_run() -> None:
    review = ReviewPageFactory()
    ReviewPage.objects.filter(pk=review.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    assert Finding.objects.count() == 2
    assert not Finding.objects.listed().exists()
    assert not Credit.objects.listed().exists()


def test_a_review_is_dated_by_its_first_publication_in_the_sites_time_zone() -> None:
    with time_machine.travel(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)):
        review = ReviewPageFactory()
    assert str(review.published_on) == "2026-07-01"


def test_a_date_that_the_editor_gave_is_kept() -> None:
    review = ReviewPageFactory(published_on="2019-03-04")
    assert str(review.published_on) == "2019-03-04"


def test_a_deleted_person_or_audience_leaves_the_review_readable() -> None:
    speaker, audience = PersonFactory(), AudienceFactory()
    review = ReviewPageFactory(
        body=stream(
            findings(issue("Alone at night", quote("I was alone.", person=speaker))),
            recommendations(recommendation("Listen.", audience)),
        ),
        credits="[]",
    )
    speaker.delete()
    audience.delete()
    evidence.refresh(review)
    assert Quote.objects.get().speaker == ""
    assert Recommendation.objects.get().audiences.count() == 0


def test_copied_blocks_with_the_same_id_do_not_stop_publishing() -> None:
    twin = issue("Twin", prose(), name="twin")
    ReviewPageFactory(body=stream(findings(twin, twin, name="one"), quote(name="q"), quote(name="q")))
    assert [Finding.objects.count(), Quote.objects.count()] == [1, 1]


def test_quote_marks_and_entities_are_words_in_the_rows() -> None:
    body = stream(
        quote("“She said ‘wait’ – and I waited.”", name="q"),
        recommendations(recommendation("Ask “why?” & listen <b>twice</b>.")),
    )
    ReviewPageFactory(body=body)
    assert Quote.objects.get().words == "She said ‘wait’ – and I waited."
    assert Recommendation.objects.get().text == "Ask “why?” & listen twice."


def test_rebuilding_everything_ends_in_the_same_rows() -> None:
    for _ in range(3):
        ReviewPageFactory()
    ReviewPageFactory(published=False)
    private = ReviewPageFactory()
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    before = snapshot()
    Finding.objects.all().delete()
    Credit.objects.update(descriptor="wrong")
    out = StringIO()
    call_command("rebuild_evidence", stdout=out)
    assert snapshot() == before
    assert "5 of 5 reviews" in out.getvalue()


def test_writing_rows_costs_the_same_number_of_queries_however_much_there_is(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    many = stream(
        findings(*(issue(f"Issue {n}", prose(), quote(f"Words {n}.")) for n in range(40))),
        recommendations(*(recommendation(f"Do {n}.", AudienceFactory()) for n in range(40))),
    )
    review = ReviewPageFactory(body=many)
    with django_assert_max_num_queries(54):
        evidence.refresh(review)
    assert Finding.objects.count() == 40


def test_the_home_page_made_private_hides_everything() -> None:
    ReviewPageFactory()
    PageViewRestriction.objects.create(page=home_page(), restriction_type=PageViewRestriction.LOGIN)
    assert counts() == [0, 0, 0, 0]
