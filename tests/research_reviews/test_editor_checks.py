"""The checks panel says what a good editor would, and leads to the place."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from core import editor_checks
from core.editor_checks import Check, Level, register_check
from core.roles import EDITOR
from research_reviews.models import ReviewPage, Study
from research_reviews.quote_marks import are_balanced
from tests.factories import ImageFactory, PersonFactory, ReviewPageFactory, StudyFactory, TopicPageFactory, blocks
from tests.factories.editor import draft_form
from tests.research_reviews.desk import edit_page, signed_in

pytestmark = pytest.mark.django_db

ISSUE = blocks.findings(blocks.issue("Training by chance", blocks.prose(), name="issue"))


def checks_of(page: Page) -> dict[str, str]:
    """Return what the panel says of the page, with the place that each line leads to."""
    answer = signed_in(EDITOR).get(reverse("editor_checks", args=[page.pk]))
    assert answer.status_code == 200
    links = BeautifulSoup(answer.content, "html.parser").select("a")
    return {link.text: str(link["href"]).removeprefix("#") for link in links}


def review_with(*body: dict[str, Any], **fields: Any) -> ReviewPage:
    return ReviewPageFactory(published=False, body=blocks.stream(ISSUE, *body), **fields)


def test_a_review_without_fault_has_nothing_to_mend() -> None:
    page = review_with()
    assert checks_of(page) == {}
    answer = signed_in(EDITOR).get(reverse("editor_checks", args=[page.pk]))
    assert "Nothing to mend" in answer.content.decode()


def test_the_panel_stands_in_the_editor_and_knows_where_to_ask_again() -> None:
    page = review_with(blocks.quote(who="", source=""))
    html = signed_in(EDITOR).get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content
    panel = BeautifulSoup(html, "html.parser").select_one("editor-checks")
    assert panel
    assert panel["data-url"] == reverse("editor_checks", args=[page.pk])
    assert panel.select_one("[aria-live=polite] a")
    assert panel.select_one("button[data-again]")


def test_the_checks_are_of_the_latest_draft() -> None:
    page = ReviewPageFactory()
    edit_page(signed_in(EDITOR), page, draft_form(page.title))
    assert "Needed for publishing: the reviewer's interests." in checks_of(page)


def test_what_publishing_asks_for_comes_first() -> None:
    page = ReviewPageFactory(published=False, interests="", header_image=None, body=blocks.stream(ISSUE))
    answer = signed_in(EDITOR).get(reverse("editor_checks", args=[page.pk])).content.decode()
    assert answer.index("the reviewer&#x27;s interests") < answer.index("There is no header image")
    assert checks_of(page)["Needed for publishing: the reviewer's interests."] == "id_interests"


def test_an_issue_that_is_listed_but_not_told() -> None:
    page = ReviewPageFactory(
        published=False, body=blocks.stream(blocks.findings(blocks.issue("No quiet room", name="room")))
    )
    place = f"block-{blocks.block_id('room')}-section"
    assert checks_of(page) == {"The issue “No quiet room” is listed but has no section.": place}


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"made_by": ""}, "The recommendations do not say who makes them."),
        ({"made_by": "other"}, "The recommendations are another body's: name it."),
    ],
)
def test_recommendations_of_nobody(value: dict[str, str], message: str) -> None:
    block = blocks.recommendations(blocks.recommendation("Train them."), name="advice", **value)
    assert checks_of(review_with(block)) == {message: f"block-{blocks.block_id('advice')}-section"}


def test_recommendations_of_a_named_body_are_fine() -> None:
    block = blocks.recommendations(blocks.recommendation("Train them."), made_by="other", other_body="The inspectorate")
    assert checks_of(review_with(block)) == {}


@pytest.mark.parametrize("inside", [True, False])
def test_a_quote_from_nowhere(inside: bool) -> None:
    quote = blocks.quote("Somebody listened.", who="", source="", name="quote")
    issue = blocks.findings(blocks.issue("Another issue", quote))
    place = f"block-{blocks.block_id('quote')}-section"
    message = "The quote “Somebody listened.” does not say where it comes from."
    assert checks_of(review_with(issue if inside else quote)) == {message: place}


def test_a_quote_with_a_mark_left_open() -> None:
    page = review_with(blocks.quote("She said “Come in, and I went.", name="quote"))
    message = "In the quote “She said “Come in, and I went.” a quote mark is not closed or not opened."
    assert list(checks_of(page)) == [message]


@pytest.mark.parametrize(
    "words",
    [
        "“Yes,” she said.",
        "It’s the prisoners’ own rights",
        "It's the prisoners' own rights",
        "‘It’s fine’, he said",
        '"quoted"',
        "'single'",
        "“He said ‘no’ to me.”",
        "“He said 'no' to me.”",
        "“She told me: ‘Come.’”",
        "„so“ und »dort«, «ici»",
        "’tis the ’90s, rock 'n' roll",
        "“The first paragraph.\n\n“The second.”",
        "",
    ],
)
def test_marks_that_belong_together(words: str) -> None:
    assert are_balanced(words)


@pytest.mark.parametrize(
    "words",
    [
        "“Yes, she said.",
        "Yes,” she said.",
        '"quoted',
        "‘open only",
        "'open only",
        "“He said ‘no to me.”",
        "«ici",
        "„so",
        "“One.”\n\n“Two.",
        "”wrong way round“",
    ],
)
def test_marks_that_do_not(words: str) -> None:
    assert not are_balanced(words)


def test_an_image_without_credit_and_description() -> None:
    bare = ImageFactory(title="Yard", credit="", description="")
    figure = blocks.block("image", {"image": {"image": bare.pk, "decorative": False, "alt_text": ""}}, "figure")
    in_issue = blocks.findings(blocks.issue("Another issue", figure))
    checks = checks_of(review_with(in_issue, header_image=ImageFactory(title="Gate", credit="", description="")))
    place = f"block-{blocks.block_id('figure')}-section"
    assert checks == {
        "Needed for publishing: what is empty in the body.": "id_body",
        "The image “Gate” has no credit.": "id_header_image",
        "The image “Gate” has no description for people who cannot see it.": "id_header_image",
        "The image “Yard” has no credit.": place,
        "The image “Yard” has no description for people who cannot see it.": place,
    }


@pytest.mark.parametrize(("decorative", "alt_text"), [(True, ""), (False, "A wet yard")])
def test_an_image_that_decorates_or_is_described_in_place(decorative: bool, alt_text: str) -> None:
    image = ImageFactory(description="")
    chosen = {"image": image.pk, "decorative": decorative, "alt_text": alt_text}
    assert checks_of(review_with(blocks.block("image", {"image": chosen, "caption": ""}))) == {}


def test_a_review_without_header_image() -> None:
    assert list(checks_of(review_with(header_image=None)).values()) == ["id_header_image"]


@pytest.mark.parametrize("inside", [True, False])
def test_what_an_import_left_over(inside: bool) -> None:
    block = blocks.leftover()
    page = review_with(blocks.findings(blocks.issue("Time", blocks.prose(), block)) if inside else block)
    (message,) = checks_of(page)
    assert "(contact-form-7)" in message
    assert checks_of(page)[message] == f"block-{block['id']}-section"


def section(html: str) -> dict[str, Any]:
    return blocks.block("section", {"heading": "Background", "body": html}, "section")


def test_a_heading_level_left_out() -> None:
    page = review_with(section("<p>Before.</p><h4>Too small</h4>"))
    assert list(checks_of(page).values()) == [f"block-{blocks.block_id('section')}-section"]


def test_headings_in_their_order() -> None:
    assert checks_of(review_with(section("<h3>Small</h3><p>Text.</p><h4>Smaller</h4>"))) == {}


def test_a_malformed_doi() -> None:
    study = StudyFactory(title="A study")
    Study.objects.filter(pk=study.pk).update(doi="doi 10.1234")
    assert checks_of(review_with(studies=[study])) == {
        "The DOI of the study “A study” is malformed.": "id_review_studies"
    }


def test_a_retracted_study() -> None:
    study = StudyFactory(title="A study", retraction_status=Study.Retraction.RETRACTED)
    assert "The publisher has warned of the study “A study” (retracted)" in next(
        iter(checks_of(review_with(studies=[study])))
    )


def test_nobody_credited_somebody_credited_twice_and_a_judge_of_their_own_case() -> None:
    person = PersonFactory(name="Ada Invented")
    assert "Nobody is credited as the author of this review." in checks_of(review_with(credits="[]"))
    twice = blocks.stream(*[blocks.credit(person, "review_author")] * 2)
    assert "Ada Invented is credited twice as review author." in checks_of(review_with(credits=twice))
    own = review_with(
        studies=[StudyFactory(authors=[person])], credits=blocks.stream(blocks.credit(person, "review_author"))
    )
    assert checks_of(own) == {
        "Ada Invented reviews a study of their own. Say so under the reviewer's interests.": "id_interests"
    }


def test_a_standfirst_that_runs_long() -> None:
    assert list(checks_of(review_with(standfirst="word " * 60)).values()) == ["id_standfirst"]


def test_a_topic_has_checks_too() -> None:
    assert list(checks_of(TopicPageFactory(introduction="")).values()) == ["id_introduction"]


def test_a_check_that_fails_does_not_keep_an_editor_from_their_page(monkeypatch: pytest.MonkeyPatch) -> None:
    @register_check_once(monkeypatch)
    def broken(page: ReviewPage) -> list[Check]:
        raise ValueError

    page = review_with()
    assert list(checks_of(page)) == ["One check could not be made. The error has been logged."]
    assert signed_in(EDITOR).get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200


def test_other_apps_bring_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    @register_check_once(monkeypatch)
    def sponsored(page: ReviewPage) -> list[Check]:
        return [Check("The sponsor paid for the study.", Level.ADVICE, field="interests")]

    assert checks_of(review_with()) == {"The sponsor paid for the study.": "id_interests"}


def register_check_once(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Register a check as apps do, for the length of a test."""
    known = editor_checks.registered[ReviewPage]
    monkeypatch.setitem(editor_checks.registered, ReviewPage, list(known))
    return register_check(ReviewPage)


def test_the_checks_are_for_those_who_may_edit() -> None:
    page = review_with()
    address = reverse("editor_checks", args=[page.pk])
    assert Client().get(address).status_code == 302
    assert signed_in("Nobody in particular").get(address).status_code == 302
    assert signed_in(EDITOR).get(reverse("editor_checks", args=[999_999])).status_code == 404
