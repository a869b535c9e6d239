"""What pages tell search engines, as one of them would read it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction, Site

from images.models import CustomImage
from research_reviews.models import ReviewPage, Study, StudyFunder, TopicPage
from syndication.models import SyndicationSettings
from syndication.templatetags import syndication_tags
from tests.factories import (
    AudienceFactory,
    ImageFactory,
    PersonFactory,
    ReviewPageFactory,
    SponsorFactory,
    SponsorshipFactory,
    StudyFactory,
    TopicPageFactory,
    block_id,
    findings,
    issue,
    quote,
    recommendation,
    recommendations,
    stream,
)
from tests.factories.blocks import credit
from tests.reading import read
from tests.syndication.graphs import SITE, describes_nothing, graph_of, main_node, nodes_in, parts, several

pytestmark = pytest.mark.django_db

AWKWARD_TITLES = [
    "</script><script>alert(1)</script>",
    "<!-- <script> &lt;/script&gt; & \u2028 \\u003C",
    'A "quoted" \\ title\twith a tab',
    "مراجعة عن السجون: \u202bمن يستمع؟\u202c",
    "Z̶a̶l̷g̴o̵ e\u0301 \U0001d518 👩‍🔬",
]


def test_a_review_is_a_post_that_reviews_a_study_without_a_rating() -> None:
    reviewer = PersonFactory(orcid="0000-0002-1825-0097", website="https://ada.example/", bluesky="ada.example")
    topic = TopicPageFactory(title="Waiting rooms")
    review = ReviewPageFactory(title="A chair by the window", topic=topic, reviewer=reviewer, published_on="2025-06-01")
    data = main_node(review.url)

    assert data["@type"] == ["BlogPosting", "Review"]
    assert data["@id"] == data["url"] == f"{SITE}{review.url}"
    assert data["headline"] == "A chair by the window"
    assert data["description"] == review.standfirst
    assert data["datePublished"] == "2025-06-01"
    assert data["dateModified"] == timezone.localtime(review.last_published_at).isoformat(timespec="seconds")
    assert data["inLanguage"] == read(review.url).select("html")[0]["lang"]
    assert data["isAccessibleForFree"] is True
    assert data["about"] == {"@type": "Thing", "@id": f"{SITE}{topic.url}", "name": "Waiting rooms"}
    assert data["publisher"]["name"] == "Research Reviews"
    assert data["author"] == {
        "@type": "Person",
        "@id": f"{SITE}{reviewer.get_absolute_url()}",
        "name": reviewer.name,
        "url": f"{SITE}{reviewer.get_absolute_url()}",
        "sameAs": [
            "https://orcid.org/0000-0002-1825-0097",
            "https://ada.example/",
            "https://bsky.app/profile/ada.example",
        ],
    }
    assert not [node for node in nodes_in(data) if {"reviewRating", "aggregateRating", "ratingValue"} & node.keys()]


def test_a_study_is_described_as_exactly_as_it_is_known() -> None:
    person = PersonFactory(orcid="0000-0002-1825-0097")
    organisation = PersonFactory(name="Waiting Room Collective", is_organisation=True)
    study = StudyFactory(
        title="On waiting",
        subtitle="A study",
        authors=[person, organisation],
        publication_month=5,
        publication_day=None,
        volume="12",
        issue="3",
        pages="201–238",
        publisher="Sample Press",
        doi="10.5555/a<b>",
        licence="CC BY 4.0",
        access=Study.Access.PAYWALLED,
    )
    StudyFunder.objects.create(study=study, name="Grant Giver", ror="https://ror.org/05a28rw58", award="G-1")
    data = main_node(ReviewPageFactory(studies=[study]).url)["itemReviewed"]

    assert data["@type"] == "ScholarlyArticle"
    assert data["@id"] == data["url"] == "https://doi.org/10.5555/a%3Cb%3E"
    assert data["identifier"] == {"@type": "PropertyValue", "propertyID": "DOI", "value": "10.5555/a<b>"}
    assert data["name"] == "On waiting: A study"
    assert data["datePublished"] == "2025-05"
    assert [author["@type"] for author in data["author"]] == ["Person", "Organization"]
    assert [author["name"] for author in data["author"]] == [person.name, "Waiting Room Collective"]
    assert data["author"][0]["sameAs"] == "https://orcid.org/0000-0002-1825-0097"
    assert data["isPartOf"] == {
        "@type": "PublicationIssue",
        "issueNumber": "3",
        "isPartOf": {
            "@type": "PublicationVolume",
            "volumeNumber": "12",
            "isPartOf": {"@type": "Periodical", "name": "Journal of Invented Research"},
        },
    }
    assert data["pagination"] == "201–238"
    assert data["publisher"] == {"@type": "Organization", "name": "Sample Press"}
    assert data["license"] == {"@type": "CreativeWork", "name": "CC BY 4.0"}
    assert data["isAccessibleForFree"] is False
    assert data["funder"] == {"@type": "Organization", "name": "Invented Research Council"}
    assert data["funding"] == {
        "@type": "Grant",
        "identifier": "G-1",
        "funder": {"@type": "Organization", "@id": "https://ror.org/05a28rw58", "name": "Grant Giver"},
    }


def test_of_a_study_that_little_is_known_of_little_is_said() -> None:
    study = StudyFactory(
        title="Found in a drawer",
        container="Papers of the Ministry",
        doi="",
        no_link_reason="Print only",
        publication_year=None,
        publication_month=None,
        access=Study.Access.UNKNOWN,
        authors=[],
        funders=[],
    )
    review = ReviewPageFactory(studies=[study])

    assert main_node(review.url)["itemReviewed"] == {
        "@type": "ScholarlyArticle",
        "@id": f"{SITE}{review.url}#study-1",
        "name": "Found in a drawer",
        "isPartOf": {"@type": "CreativeWorkSeries", "name": "Papers of the Ministry"},
    }
    assert read(review.url).select("#study-1")


def test_that_a_study_was_retracted_is_said() -> None:
    review = ReviewPageFactory(studies=[StudyFactory(retraction_status=Study.Retraction.RETRACTED)])
    assert main_node(review.url)["itemReviewed"]["creativeWorkStatus"] == "Retracted"


def test_a_review_of_several_studies_reviews_them_in_order_and_one_of_none_reviews_nothing() -> None:
    several_studies = ReviewPageFactory(studies=[StudyFactory(title="One"), StudyFactory(title="Two", doi="")])
    overview = ReviewPageFactory(studies=[], no_study_reason="An overview of five years of inspections")
    one, two = main_node(several_studies.url)["itemReviewed"]
    claim = parts(main_node(several_studies.url), "Claim")[0]

    assert [one["name"], two["name"]] == ["One", "Two"]
    assert claim["appearance"] == [{"@id": one["@id"]}, {"@id": f"{SITE}{several_studies.url}#study-2"}]
    assert "itemReviewed" not in main_node(overview.url)
    assert "appearance" not in parts(main_node(overview.url), "Claim")[0]


def test_each_finding_quote_and_recommendation_is_known_by_its_permalink() -> None:
    review = ReviewPageFactory(audience=AudienceFactory(name="Prison staff"))
    data = main_node(review.url)
    study = {"@id": data["itemReviewed"]["@id"]}
    anchors = {str(tag["id"]) for tag in read(review.url).select("[id]")}

    assert parts(data, "Claim")[0] == {
        "@type": "Claim",
        "@id": f"{SITE}{review.url}#finding-{block_id('finding-training')}",
        "name": "Inconsistent training",
        "appearance": study,
    }
    assert parts(data, "Quotation")[0] == {
        "@type": "Quotation",
        "@id": f"{SITE}{review.url}#quote-{block_id('quote-night')}",
        "text": "Nobody told me what to do at night.",
        "creditText": "Participant 7",
        "citation": "The study, main findings, p. 14",
    }
    assert parts(data, "Recommendation")[0] == {
        "@type": "Recommendation",
        "@id": f"{SITE}{review.url}#recommendation-{block_id('recommendation-train')}",
        "text": "Train before the first shift.",
        "audience": {"@type": "Audience", "audienceType": "Prison staff"},
        "isBasedOn": study,
    }
    assert len(data["hasPart"]) == 6
    assert {part["@id"].partition("#")[2] for part in data["hasPart"]} <= anchors


def test_who_recommends_is_who_the_review_says() -> None:
    reviewer = PersonFactory()
    made_by = {
        made_by: recommendations(recommendation(made_by), made_by=made_by, other_body="The Inspectorate", name=made_by)
        for made_by in ("study_authors", "reviewer", "other", "")
    }
    review = ReviewPageFactory(reviewer=reviewer, body=stream(*made_by.values()))
    data = {part["text"]: part for part in main_node(review.url)["hasPart"] if "text" in part}

    assert data["study_authors"]["isBasedOn"]
    assert data["reviewer"]["author"] == {"@id": f"{SITE}{reviewer.get_absolute_url()}"}
    assert data["other"]["author"] == {"@type": "Organization", "name": "The Inspectorate"}
    assert len(data) == 3


def test_somebody_named_more_than_once_is_described_once() -> None:
    ada, ben = PersonFactory(), PersonFactory()
    review = ReviewPageFactory(
        credits=stream(credit(ada, "review_author"), credit(ben, "contributor"), credit(ben, "interviewee")),
        studies=[StudyFactory(authors=[ben, ada])],
        body=stream(quote("Wait here.", person=ada)),
    )
    data = main_node(review.url)
    named = [node for node in nodes_in(data) if node.get("name") in (ada.name, ben.name)]

    assert len(named) == 2
    assert data["contributor"]["name"] == ben.name
    assert data["itemReviewed"]["author"] == [
        {"@id": f"{SITE}{ben.get_absolute_url()}"},
        {"@id": f"{SITE}{ada.get_absolute_url()}"},
    ]
    assert parts(data, "Quotation")[0]["creator"] == {"@id": f"{SITE}{ada.get_absolute_url()}"}


def test_where_two_blocks_carry_one_id_the_first_has_the_permalink() -> None:
    body = stream(findings(issue("One", name="same"), issue("Two", name="same")))
    assert parts(main_node(ReviewPageFactory(body=body).url), "Claim")[0]["name"] == "One"
    assert len(parts(main_node(ReviewPageFactory(body=body).url), "Claim")) == 1


@pytest.mark.parametrize("title", AWKWARD_TITLES)
def test_no_title_breaks_out_of_the_data(title: str) -> None:
    review = ReviewPageFactory(title=title, slug="awkward", body=stream(quote(title, name="q")))
    page = read(review.url)

    assert main_node(review.url)["headline"] == title
    assert parts(main_node(review.url), "Quotation")[0]["text"] == title.strip()
    assert len(page.select('script[type="application/ld+json"]')) == 1
    assert [script for script in page.select("script:not([src])") if script.get("type") != "application/ld+json"] == []


def test_the_picture_comes_with_its_credit_and_licence() -> None:
    licensed = ImageFactory(credit="Ines Inventada", licence=CustomImage.Licence.CC_BY)
    data = main_node(ReviewPageFactory(header_image=licensed).url)["image"]

    assert data["@type"] == "ImageObject"
    assert data["contentUrl"].startswith("http")
    assert data["creditText"] == "Ines Inventada"
    assert data["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert "image" not in main_node(ReviewPageFactory(header_image=None).url)


def test_a_sponsor_is_named_while_they_sponsor() -> None:
    today = timezone.localdate()
    topic = TopicPageFactory()
    sponsor = SponsorFactory(name="Invented Trust", website="https://trust.example/")
    past = {"starts_on": today - timedelta(days=60), "ends_on": today - timedelta(days=31)}
    SponsorshipFactory(topic=topic, sponsor=SponsorFactory(name="Past Trust"), **past)
    review = ReviewPageFactory(topic=topic)
    assert "sponsor" not in main_node(review.url)

    SponsorshipFactory(topic=topic, sponsor=sponsor)
    expected = {"@type": "Organization", "name": "Invented Trust", "url": "https://trust.example/"}
    assert main_node(review.url)["sponsor"] == expected
    assert main_node(topic.url)["sponsor"] == expected


def test_the_licence_is_said_where_the_owner_has_set_one() -> None:
    review = ReviewPageFactory()
    assert "license" not in main_node(review.url)

    SyndicationSettings.objects.create(
        site=Site.objects.get(), licence_url="https://creativecommons.org/licenses/by/4.0/"
    )
    assert main_node(review.url)["license"] == "https://creativecommons.org/licenses/by/4.0/"


def test_the_way_to_a_review_leads_over_its_topic() -> None:
    topic = TopicPageFactory(title="Waiting rooms")
    review = ReviewPageFactory(title="A chair", topic=topic)
    steps = graph_of(review.url)[-1]["itemListElement"]

    assert [(step["position"], step["name"], step.get("item")) for step in steps] == [
        (1, "Research Reviews", f"{SITE}/"),
        (2, "Waiting rooms", f"{SITE}{topic.url}"),
        (3, "A chair", None),
    ]


def test_a_topic_that_the_public_may_not_see_is_not_named() -> None:
    review = ReviewPageFactory(topic=TopicPageFactory(title="Not yet"))
    TopicPage.objects.get().unpublish()

    assert "about" not in main_node(review.url)
    assert [step["position"] for step in graph_of(review.url)[-1]["itemListElement"]] == [1, 2]


def test_describing_a_review_costs_no_query(monkeypatch: pytest.MonkeyPatch) -> None:
    SponsorshipFactory()
    people = [PersonFactory(orcid="0000-0002-1825-0097", with_handles=True) for _number in range(3)]
    review = ReviewPageFactory(studies=[StudyFactory(authors=people), StudyFactory(authors=people)])
    described = queries(review)
    monkeypatch.setattr(syndication_tags, "describe", lambda *_arguments: [])
    monkeypatch.setattr(syndication_tags, "signposts_of", lambda *_arguments: [])
    assert queries(review) == described


def queries(review: ReviewPage) -> int:
    """How many queries an anonymous read takes, when the process is warm."""
    Client().get(review.url)
    with CaptureQueriesContext(connection) as context:
        Client().get(review.url)
    return len(context)


def login_only(review: ReviewPage) -> None:
    """Put the review behind a login."""
    PageViewRestriction.objects.create(page=review, restriction_type=PageViewRestriction.LOGIN)


def taken_back(review: ReviewPage) -> None:
    """Unpublish the review."""
    review.unpublish()


@pytest.mark.parametrize("hide", [login_only, taken_back])
def test_what_the_public_may_not_see_is_described_to_nobody(hide: Callable[[ReviewPage], None]) -> None:
    review = ReviewPageFactory()
    hide(review)
    review.refresh_from_db()
    preview = review.make_preview_request()

    assert describes_nothing(preview.rendered_content.encode())
    assert "Link" not in preview.headers


def test_a_page_that_was_never_saved_can_be_previewed() -> None:
    preview = ReviewPage(title="Not saved", slug="not-saved").make_preview_request(
        extra_request_attrs={"user": AnonymousUser()}
    )
    assert preview.status_code == 200
    assert describes_nothing(preview.rendered_content.encode())


def test_every_node_says_what_it_is_and_says_nothing_empty() -> None:
    review = ReviewPageFactory(header_image=None, credits=stream(), studies=[])
    ReviewPage.objects.update(topic=None)
    for node in nodes_in(graph_of(review.url)):
        assert node.get("@type") or list(node) == ["@id"]
        assert [value for value in node.values() if value in ("", None, [], {})] == []
    assert several(main_node(review.url).get("author", [])) == []
