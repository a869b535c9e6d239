"""The six verbs of /oai: what a harvester is told of the site, its sets, its formats and its records."""

from __future__ import annotations

import pytest
from django.conf import LazySettings
from django.test import Client
from wagtail.models import Site

from research_reviews.models import Person
from site_settings.models import BrandSettings
from syndication.models import SyndicationSettings
from tests.factories import PersonFactory, ReviewPageFactory, StudyFactory, TopicPageFactory
from tests.syndication.harvesting import (
    CSL,
    OAI,
    XML_TYPE,
    ask,
    checked,
    dublin_core,
    errors,
    identifier,
    numbers,
    parts,
    record,
    settled,
    text,
    whole,
)

pytestmark = pytest.mark.django_db


def texts(root: object, name: str) -> list[str]:
    return [found.text for found in root.iter(f"{OAI}{name}")]  # type: ignore[attr-defined]


def test_the_site_says_who_it_is_and_what_can_be_relied_on() -> None:
    site = Site.objects.get()
    BrandSettings.objects.create(site=site, site_name="Reviews & more")
    SyndicationSettings.objects.create(site=site, contact_email="questions@reviews.example")
    ReviewPageFactory()
    settled()
    answer = ask("Identify")
    assert text(answer, "repositoryName") == "Reviews & more"
    assert text(answer, "baseURL") == text(answer, "request") == "http://localhost/oai"
    assert text(answer, "adminEmail") == "questions@reviews.example"
    assert text(answer, "protocolVersion") == "2.0"
    assert text(answer, "deletedRecord") == "persistent"
    assert text(answer, "granularity") == "YYYY-MM-DDThh:mm:ssZ"
    assert text(answer, "earliestDatestamp") == text(ask("ListIdentifiers", metadataPrefix="oai_dc"), "datestamp")


def test_without_an_address_for_questions_it_is_that_of_the_sender(settings: LazySettings) -> None:
    settings.DEFAULT_FROM_EMAIL = "Reviews <reviews@mails.example>"
    assert text(ask("Identify"), "adminEmail") == "reviews@mails.example"


def test_identifiers_begin_with_the_host_of_the_site_or_with_the_name_that_was_set(settings: LazySettings) -> None:
    Site.objects.update(hostname="reviews.example")
    review = ReviewPageFactory()
    settled()
    answer = ask("ListIdentifiers", metadataPrefix="oai_dc")
    assert text(answer, "identifier") == f"oai:reviews.example:review-{review.pk}"
    settings.OAI_NAMESPACE = "old.example"
    kept = f"oai:old.example:review-{review.pk}"
    assert text(ask("ListIdentifiers", metadataPrefix="oai_dc"), "identifier") == kept
    assert numbers(ask("GetRecord", identifier=kept, metadataPrefix="oai_dc")) == [review.pk]
    assert errors(ask("GetRecord", identifier=kept.replace("old", "other"), metadataPrefix="oai_dc")) == [
        "idDoesNotExist"
    ]


def test_each_format_has_a_schema_and_every_review_has_both() -> None:
    review = ReviewPageFactory()
    settled()
    for answer in (ask("ListMetadataFormats"), ask("ListMetadataFormats", identifier=identifier(review))):
        assert texts(answer, "metadataPrefix") == ["oai_dc", "csl"]
        assert texts(answer, "schema") == [
            "http://www.openarchives.org/OAI/2.0/oai_dc.xsd",
            "http://localhost/oai/csl.xsd",
        ]


def test_sets_are_the_topics_that_the_public_may_see_whatever_script_they_are_written_in() -> None:
    topics = [
        TopicPageFactory(title="Справедливость", slug="справедливость"),
        TopicPageFactory(title="السجن", slug="السجن"),
        TopicPageFactory(title="Prison", introduction="<What happens> there & why"),
    ]
    TopicPageFactory(title="Not yet", published=False)
    answer = ask("ListSets")
    by_name = dict(zip(texts(answer, "setName"), texts(answer, "setSpec"), strict=True))
    assert by_name == {topic.title: f"topic-{topic.pk}" for topic in topics}
    review = ReviewPageFactory(topic=topics[0])
    settled()
    assert whole(set=by_name["Справедливость"]) == [review.pk]


def test_a_topic_keeps_its_set_when_it_gets_another_address() -> None:
    topic = TopicPageFactory(title="Prison")
    review = ReviewPageFactory(topic=topic)
    topic.slug = "custody"
    topic.save_revision().publish()
    settled()
    assert whole(set=f"topic-{topic.pk}") == [review.pk]


def test_a_record_says_in_dublin_core_what_a_review_is() -> None:
    SyndicationSettings.objects.create(
        site=Site.objects.get(), licence_url="https://creativecommons.org/licenses/by/4.0/"
    )
    courts, prison = TopicPageFactory(title="Courts"), TopicPageFactory(title="Prison")
    reviewer = PersonFactory(given_name="Ada", family_name="van der Invented")
    studies = [StudyFactory(doi="10.5555/one"), StudyFactory(doi="", url="https://studies.example/two")]
    review = ReviewPageFactory(
        title="Rooms & “waiting”", reviewer=reviewer, topic=prison, other_topics=[courts], studies=studies
    )
    settled()
    answer = record(review)
    said = {
        name: dublin_core(answer, name)
        for name in ("title", "creator", "subject", "description", "publisher", "type", "format", "rights", "relation")
    }
    assert said == {
        "title": ["Rooms & “waiting”"],
        "creator": ["van der Invented, Ada"],
        "subject": ["Prison", "Courts"],
        "description": [review.standfirst],
        "publisher": ["Research Reviews"],
        "type": ["Text"],
        "format": ["text/html"],
        "rights": ["https://creativecommons.org/licenses/by/4.0/"],
        "relation": ["https://doi.org/10.5555/one", "https://studies.example/two"],
    }
    assert dublin_core(answer, "identifier") == [review.full_url]
    assert dublin_core(answer, "date") == [review.date.isoformat()]
    assert texts(answer, "setSpec") == [f"topic-{prison.pk}", f"topic-{courts.pk}"]


def test_a_record_cites_the_review_and_each_of_its_studies_in_csl() -> None:
    team = PersonFactory(name="The Lantern Collective", is_organisation=True)
    study = StudyFactory(
        title="A study of doors", authors=[PersonFactory(given_name="Juniper", family_name="Oak"), team]
    )
    review = ReviewPageFactory(title="Doors", studies=[study], published_on="2026-03-09")
    settled()
    first, second = record(review, "csl").iter(f"{{{CSL}}}item")

    def value(item: object, name: str) -> object:
        return item.find(f"{{{CSL}}}{name}")  # type: ignore[attr-defined]

    assert (first.get("type"), value(first, "title").text) == ("post-weblog", "Doors")  # type: ignore[attr-defined]
    assert value(first, "issued").attrib == {"year": "2026", "month": "3", "day": "9"}  # type: ignore[attr-defined]
    assert (second.get("type"), second.get("role")) == ("article-journal", "reviewed")
    names = ["".join(name.itertext()) for name in second.iter(f"{{{CSL}}}name")]
    assert names == ["OakJuniper", "The Lantern Collective"]
    assert value(second, "issued").attrib == {"year": "2025", "month": "5"}  # type: ignore[attr-defined]


def test_a_topic_that_is_not_public_is_named_in_no_record() -> None:
    hidden = TopicPageFactory(title="Hidden")
    review = ReviewPageFactory(topic=TopicPageFactory(title="Seen"), other_topics=[hidden])
    hidden.unpublish()
    settled()
    assert dublin_core(record(review), "subject") == ["Seen"]
    assert errors(ask("ListIdentifiers", metadataPrefix="oai_dc", set=f"topic-{hidden.pk}")) == ["noRecordsMatch"]


def test_somebody_credited_who_is_gone_is_left_out() -> None:
    review = ReviewPageFactory()
    Person.objects.filter(credits__review=review, credits__contribution="review_author").delete()
    settled()
    assert dublin_core(record(review), "creator") == []


def test_asking_by_post_or_with_a_slash_gives_the_same_answer() -> None:
    ReviewPageFactory()
    settled()
    form = {"verb": "ListRecords", "metadataPrefix": "oai_dc"}
    asked = ask("ListRecords", metadataPrefix="oai_dc")
    # A client that checks for forged forms, as browsers are.
    client = Client(enforce_csrf_checks=True)
    for address in ("/oai", "/oai/"):
        posted = client.post(address, "verb=ListRecords&metadataPrefix=oai_dc", content_type=FORM)
        assert posted["Content-Type"] == XML_TYPE
        assert not posted.cookies
        assert numbers(checked(posted.content)) == numbers(asked)
        assert numbers(checked(client.get(address, form).content)) == numbers(asked)


def test_an_answer_is_not_kept_for_the_next_harvester(settings: LazySettings) -> None:
    settings.PAGE_CACHE = True
    for address in ("/oai", "/oai?verb=Identify", "/oai?verb=Identify&page=2"):
        response = Client().get(address)
        assert "ETag" not in response
        assert response["Cache-Control"] in {"no-store", "no-cache"}
    assert "Cookie" not in Client().get("/oai?verb=Identify").get("Vary", "")


def test_answers_are_compressed_for_who_takes_it(settings: LazySettings) -> None:
    settings.PAGE_CACHE = True
    response = Client().get("/oai?verb=Identify", headers={"Accept-Encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"


def test_a_part_of_a_list_takes_the_same_few_queries_however_long_it_is(
    settings: LazySettings, django_assert_max_num_queries: object
) -> None:
    topic = TopicPageFactory()
    for _number in range(6):
        ReviewPageFactory(topic=topic, studies=[StudyFactory(), StudyFactory()])
    settled()
    for verb in ("ListRecords", "ListIdentifiers"):
        for prefix in ("oai_dc", "csl"):
            counts = set()
            for size in (2, 5):
                settings.OAI_PAGE_SIZE = size
                ask(verb, metadataPrefix=prefix)
                with django_assert_max_num_queries(13) as queries:  # type: ignore[operator]
                    ask(verb, metadataPrefix=prefix, set=f"topic-{topic.pk}")
                counts.add(len(queries))
            assert len(counts) == 1, f"{verb} in {prefix}: {counts}"


def test_the_demo_sites_parts_are_all_valid(settings: LazySettings) -> None:
    settings.OAI_PAGE_SIZE = 2
    reviews = [ReviewPageFactory() for _number in range(5)]
    settled()
    for prefix in ("oai_dc", "csl"):
        found = parts("ListRecords", prefix)
        assert [len(numbers(part)) for part in found] == [2, 2, 1]
        assert {pk for part in found for pk in numbers(part)} == {review.pk for review in reviews}


FORM = "application/x-www-form-urlencoded"
