"""A review leaves as JSON and comes back the same."""

from __future__ import annotations

import copy
import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from jsonschema import Draft202012Validator
from wagtail.models import Page, PageViewRestriction

from research_reviews.models import Audience, Person, ReviewPage, Study, TopicPage
from research_reviews.portable import SCHEMA, PortableError, SiteThings, as_written, from_json, gather, to_json
from research_reviews.portable.records import PERSON_FIELDS, STUDY_FIELDS
from tests.factories import AudienceFactory, PersonFactory, ReviewPageFactory, StudyFactory, review_index
from tests.factories.fullest import ORCID, fullest_review

LISTS = ("credits", "studies", "key_messages", "body")
pytestmark = pytest.mark.django_db


def validator() -> Draft202012Validator:
    """Return the judge of the format."""
    schema = json.loads(SCHEMA.read_text())
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def carried(review: ReviewPage) -> dict[str, Any]:
    """Return the review as it stands in a file."""
    data: dict[str, Any] = json.loads(json.dumps(to_json(as_written(review)), ensure_ascii=False))
    return data


def taken_in(data: dict[str, Any]) -> ReviewPage:
    """Return the review of a file, saved as a draft below the list."""
    review = from_json(data, SiteThings())
    review.live = False
    review_index().add_child(instance=review)
    return ReviewPage.objects.get(pk=review.pk)


def test_the_fullest_review_fits_the_schema_and_names_nothing_by_a_key_of_this_database() -> None:
    data = carried(fullest_review())
    validator().validate(data)
    assert data["slug"] == "someone-awake-研究"
    assert data["header_image"] in data["images"]
    person = data["people"][data["credits"][0]["value"]["person"]]
    assert (person["orcid"], person["x"], person["photo"] in data["images"]) == (
        ORCID,
        "peersupport",
        True,
    )
    section = data["body"][0]["value"]["body"]
    assert 'data-page="/reviews/the-other-review/"' in section
    assert "linktype" not in section
    assert 'href="https://elsewhere.example/?a=1&amp;b=2"' in section
    assert data["studies"][0]["authors"][0] == person["slug"]
    assert data["related"] == [{"path": "/reviews/the-other-review/", "title": "The other review"}]
    assert {block["type"] for block in data["body"]} == set(
        ReviewPage._meta.get_field("body").stream_block.child_blocks
    )


def test_a_review_that_was_deleted_with_all_it_names_comes_back_the_same() -> None:
    before = carried(fullest_review())
    for page in Page.objects.type(ReviewPage, TopicPage):
        page.delete()
    Study.objects.all().delete()
    Audience.objects.all().delete()
    Person.objects.all().delete()
    # The review that it leads to has to be there before.
    ReviewPageFactory(title="The other review", audience=AudienceFactory(name="Others"))
    after = carried(taken_in(before))
    expected = copy.deepcopy(before)
    expected["status"] = "draft"
    for record in (expected, after):
        record["dates"]["last_published_at"] = None
    assert after == expected


def test_what_is_here_already_is_found_and_left_as_it_is() -> None:
    before = carried(fullest_review())
    Person.objects.filter(orcid=ORCID).update(bio="What her editor wrote since.")
    people, studies, audiences = (model.objects.count() for model in (Person, Study, Audience))
    after = carried(taken_in({**before, "slug": "a-copy"}))
    assert [model.objects.count() for model in (Person, Study, Audience)] == [people, studies, audiences]
    assert after["body"] == before["body"]
    assert after["people"][before["credits"][0]["value"]["person"]]["bio"] == "What her editor wrote since."
    # Two pages with one key would be one review to feed readers.
    assert after["key"] != before["key"]


def test_a_namesake_with_another_orcid_is_another_person() -> None:
    review = ReviewPageFactory(reviewer=PersonFactory(name="Ada Example", orcid=ORCID))
    data = carried(review)
    Person.objects.filter(name="Ada Example").update(orcid="0000-0001-5109-3700")
    copied = carried(taken_in({**data, "slug": "a-copy"}))
    assert [one["orcid"] for one in copied["people"].values() if one["name"] == "Ada Example"] == [ORCID]
    assert Person.objects.filter(name="Ada Example").count() == 2


def test_states_are_told_and_a_draft_is_written_as_its_editors_have_it() -> None:
    live, draft, private = ReviewPageFactory(), ReviewPageFactory(published=False), ReviewPageFactory()
    soon = ReviewPageFactory(published=False, go_live_at=timezone.now() + timedelta(days=2))
    soon.save_revision().publish()
    draft.title = "Only in the draft"
    draft.save_revision()
    live.title = "Not published yet"
    live.save_revision()
    over = ReviewPageFactory()
    ReviewPage.objects.filter(pk=over.pk).update(live=False, expired=True)
    PageViewRestriction.objects.create(page=private, restriction_type="password", password="an open secret")
    found = {
        review.pk: carried(review)
        for review in ReviewPage.objects.filter(pk__in=[live.pk, draft.pk, private.pk, soon.pk, over.pk])
    }
    assert [found[page.pk]["status"] for page in (live, draft, private, soon, over)] == [
        *("live", "draft", "live", "scheduled", "expired")
    ]
    assert found[draft.pk]["title"] == "Only in the draft"
    assert (found[live.pk]["title"], found[live.pk]["has_unpublished_changes"]) == (
        ReviewPage.objects.get(pk=live.pk).title,
        True,
    )
    assert found[private.pk]["private"] is True
    assert "an open secret" not in json.dumps(found)
    for data in found.values():
        validator().validate(data)


def test_an_empty_draft_can_be_written_and_read() -> None:
    data = {**carried(ReviewPageFactory()), **{name: [] for name in LISTS}}
    data |= {"standfirst": "", "topic": None, "other_topics": [], "header_image": None, "interests": "", "slug": ""}
    review = from_json(data, SiteThings())
    assert (review.topic_id, review.standfirst, len(review.body)) == (None, "", 0)


@pytest.mark.parametrize(
    "damage",
    [
        {"format": "something else"},
        {"version": 2},
        {"body": "words"},
        {"body": [{"type": "script", "value": "alert(1)"}]},
        {"body": [{"type": "section", "value": ["no", "section"]}]},
        {"body": [{"type": "section", "value": {"heading": {"deep": 1}, "body": ""}}]},
        {"key": "no key"},
        {"dates": {"first_published_at": "2024-01-01T00:00:00"}},
        {"dates": {"published_on": "2024-13-01"}},
        {"title": 7},
        {"people": []},
        {"studies": [{}]},
        {"studies": "x"},
        {"topic": {"slug": ["x"]}},
    ],
)
def test_damaged_data_is_refused_with_a_sentence(damage: dict[str, Any]) -> None:
    data = carried(ReviewPageFactory())
    with pytest.raises(PortableError) as refusal:
        from_json({**data, **damage}, SiteThings())
    assert str(refusal.value).endswith((".", "know."))


@pytest.mark.parametrize("data", [None, [], "{}", 3])
def test_what_is_no_review_at_all_is_refused(data: Any) -> None:
    with pytest.raises(PortableError):
        from_json(data, SiteThings())


def test_script_in_the_data_does_not_reach_the_page() -> None:
    data = carried(ReviewPageFactory())
    hostile = '<p onclick="x()">Words<script>alert(1)</script><a href="javascript:alert(1)">link</a></p>'
    data["body"] = [{"type": "section", "value": {"heading": "<script>", "body": hostile}, "id": "a"}]
    review = taken_in({**data, "slug": "hostile"})
    shown = str(review.body[0].value["body"].source)
    assert "script" not in shown
    assert "onclick" not in shown
    assert "Words" in shown


def test_a_link_to_a_page_that_is_not_here_keeps_its_address() -> None:
    data = carried(fullest_review())
    ReviewPage.objects.filter(title="The other review").get().delete()
    review = taken_in({**data, "slug": "a-copy"})
    assert '/reviews/the-other-review/">the other</a>' in review.body[0].value["body"].source


def test_many_reviews_take_as_many_queries_as_one() -> None:
    for number in range(4):
        ReviewPageFactory(studies=[StudyFactory(), StudyFactory()], title=f"Review {number}")

    def write(reviews: list[ReviewPage]) -> int:
        known = gather(reviews)
        return len([to_json(review, known) for review in reviews])

    with CaptureQueriesContext(connection) as one:
        write(list(ReviewPage.objects.select_related("locale").order_by("pk")[:1]))
    with CaptureQueriesContext(connection) as four:
        write(list(ReviewPage.objects.select_related("locale").order_by("pk")))
    assert len(four) <= len(one) <= 16


def test_every_field_of_a_study_and_a_person_is_in_the_format() -> None:
    apart = {"id", "latest_revision", "publication_year", "publication_month", "publication_day"}
    apart |= {"retraction_status", "retraction_source", "retraction_checked_at"}
    assert {field.name for field in Study._meta.concrete_fields} - apart == set(STUDY_FIELDS)
    assert {field.name for field in Person._meta.concrete_fields} - {"id", "photo"} == set(PERSON_FIELDS)


def test_every_field_of_a_review_is_in_the_format_or_left_out_for_a_reason() -> None:
    # Of a page of Wagtail: what belongs to its place in this tree, to this team and to its revisions.
    own = {
        "id",
        "path",
        "depth",
        "numchild",
        "translation_key",
        "locale",
        "latest_revision",
        "content_type",
        "url_path",
    }
    own |= {"owner", "locked", "locked_at", "locked_by", "latest_revision_created_at"}
    own |= {"live_revision", "alias_of"}
    own |= {"draft_title", "page_ptr", "expired", "live", "has_unpublished_changes", "seo_title", "search_description"}
    own |= {"listing_title", "listing_summary", "listing_image"}
    written = set(carried(fullest_review())) | set(carried(ReviewPage.objects.first())["dates"])
    assert {field.name for field in ReviewPage._meta.concrete_fields} - own <= written
