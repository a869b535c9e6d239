"""A draft is saved as an unpublished review with its people and its study, wholly or not at all."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from research_reviews.drafting import save_draft, saving
from research_reviews.intake.draft import BlockDraft, CreditDraft, Draft, StudyDraft
from research_reviews.models import Person, ReviewPage, Study
from research_reviews.readiness import gaps
from tests.factories import AudienceFactory, StudyFactory, TopicPageFactory, UserFactory, block_id, review_index

pytestmark = pytest.mark.django_db

STUDY = StudyDraft("Peer support in prisons", "10.5555/PEER", "https://journal.example/peer", "2023-05-25", "said")
DRAFT = Draft(
    title="What peers can do",
    standfirst="A study of peers.",
    study=STUDY,
    credits=[
        CreditDraft("Dr Ada Example", "academic", handles={"x": "ada"}),
        CreditDraft("Example Trust", is_organisation=True),
        CreditDraft("Ben Example", contribution="review_author"),
    ],
    body=[
        BlockDraft("section", {"heading": "", "body": "<p>It begins.</p>"}),
        BlockDraft("findings", {"heading": "Findings", "introduction": "", "issues": [{"label": "No training"}]}),
        BlockDraft("quote", {"words": "Somebody listened.", "who": "A prisoner", "source": "", "page": ""}),
        BlockDraft(
            "recommendations",
            {"heading": "", "made_by": "study_authors", "items": [{"text": "Train.", "audiences": ["prison staff"]}]},
        ),
    ],
)


def test_a_draft_is_saved_unpublished_with_a_revision_its_people_and_its_study(client: Client) -> None:
    AudienceFactory(name="Prison staff")
    user, topic = UserFactory(), TopicPageFactory()

    review = save_draft(DRAFT, parent=review_index(), user=user, topic=topic, published_on=date(2023, 6, 1))

    review = ReviewPage.objects.get(pk=review.pk)
    assert (review.live, review.has_unpublished_changes, review.owner) == (False, True, user)
    assert review.latest_revision.user == user
    assert (review.topic_id, review.published_on) == (topic.pk, date(2023, 6, 1))
    study = review.review_studies.get().study
    assert (study.doi, study.publication_date.iso) == ("10.5555/peer", "2023-05-25")
    assert [row.person.name for row in study.study_authors.all()] == ["Dr Ada Example", "Example Trust"]
    assert [block.value["person"].name for block in review.credits] == [
        "Dr Ada Example",
        "Example Trust",
        "Ben Example",
    ]
    assert client.get(review.url).status_code == 404


def test_it_can_be_published_once_the_rest_is_filled_in_and_is_then_read(client: Client) -> None:
    review = save_draft(DRAFT, parent=review_index(), user=UserFactory(superuser=True), topic=TopicPageFactory())
    assert {gap.field for gap in gaps(review)} == {"key_messages", "interests"}
    review.interests = "None"
    review.key_messages = [("message", "One."), ("message", "Two.")]
    review.full_clean()
    revision = review.save_revision()

    revision.publish(user=UserFactory(superuser=True))

    html = client.get(review.url).content.decode()
    for words in ("It begins.", "No training", "Somebody listened.", "Train.", "@ada"):
        assert words in html
    assert "<h2></h2>" not in html


@pytest.mark.parametrize("url", ["https://journal.example/other", "https://journal.example/peer/"])
def test_a_study_is_known_by_its_doi_and_then_by_its_address(url: str) -> None:
    known = StudyFactory(doi="10.5555/peer" if "other" in url else "", url=url)
    number = Study.objects.count()

    review = save_draft(DRAFT, parent=review_index())

    assert review.review_studies.get().study == known
    assert Study.objects.count() == number


def test_two_studies_at_one_address_with_different_dois_are_two() -> None:
    StudyFactory(doi="10.5555/other", url=STUDY.url)

    review = save_draft(DRAFT, parent=review_index())

    assert review.review_studies.get().study.doi == "10.5555/peer"


def test_saved_twice_it_is_two_reviews_of_the_same_people_and_study_at_two_addresses() -> None:
    first, second = (save_draft(DRAFT, parent=review_index()) for _number in range(2))

    assert (first.slug, second.slug) == ("what-peers-can-do", "what-peers-can-do-2")
    assert (Person.objects.count(), Study.objects.count()) == (3, 1)


def test_a_draft_without_anything_is_saved_all_the_same() -> None:
    review = save_draft(Draft(), parent=review_index())

    assert review.title == "Untitled review"
    assert not review.review_studies.exists()


def test_a_study_whose_date_and_doi_are_none_is_made_of_what_is_one() -> None:
    study = StudyDraft("A title", "not a doi", "ftp://files.example/x", "2023-02-31")

    review = save_draft(Draft(title="T", study=study), parent=review_index())

    made = review.review_studies.get().study
    assert (made.title, made.doi, made.url, made.publication_year, made.publication_day) == (
        "A title",
        "",
        "",
        2023,
        None,
    )


def test_nothing_is_left_where_saving_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(saving.ReviewPage, "save_revision", fail)

    with pytest.raises(RuntimeError):
        save_draft(DRAFT, parent=review_index())

    assert (Person.objects.count(), Study.objects.count(), ReviewPage.objects.count()) == (0, 0, 0)


def test_a_long_body_takes_no_more_queries(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    parent = review_index()
    draft = Draft(title="T", body=DRAFT.body * 50)

    with django_assert_max_num_queries(60):
        save_draft(draft, parent=parent)


def test_ids_of_blocks_are_uuids_of_their_own() -> None:
    review = save_draft(DRAFT, parent=review_index())

    ids = [block["id"] for block in review.body.raw_data]
    assert len(set(ids)) == len(ids)
    assert all(len(made) == len(block_id("x")) for made in ids)
