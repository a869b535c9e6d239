"""The draft opens in the page editor, filled and not saved; it is saved as a draft alone, with its source beside it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from core.roles import EDITOR
from research_reviews.documents.marks import marks_of
from research_reviews.intake.draft import BlockDraft, ChromeDraft, CreditDraft, Draft, Guess, Report, WordCount
from research_reviews.models import IntakeDocument, ReviewPage
from tests.factories import PersonFactory, UserFactory, review_index
from tests.factories.editor import draft_form
from tests.research_reviews.desk import signed_in, the_review
from tests.research_reviews.documents.samples import draft_url, settled

pytestmark = pytest.mark.django_db

DRAFT = Draft(
    title="What peers need",
    standfirst="A study of peers.",
    credits=[CreditDraft("Left Out"), CreditDraft("Ada Sample")],
    body=[
        BlockDraft(
            "findings",
            {"heading": "Findings", "issues": [{"label": "One", "body": [{"type": "prose", "value": "<p>x</p>"}]}]},
        )
    ],
    report=Report(
        chrome=[ChromeDraft("sponsor", "Kindly sponsored by Sample Works <b>.", [("Sample", "https://s.example")])],
        guesses=[
            Guess("title", "The first line."),
            Guess("body.0.issues.0.label", "Matched by its words.", "unsure"),
            Guess("credits.1", "Run together."),
            Guess("study.doi", "In the text."),
        ],
        words=WordCount(12, 10, 2, ["1."]),
    ),
)


@pytest.fixture
def editor() -> Client:
    review_index()
    return signed_in(EDITOR)


def by_hand(client: Client, draft: Draft = DRAFT, **fields: Any) -> IntakeDocument:
    """Return a settled document of the client's user with a draft written by hand."""
    made: IntakeDocument = IntakeDocument.objects.create(
        name="peers.html",
        source="<p>Every word.</p>",
        draft=draft.as_json(),
        people=[None, PersonFactory(name="Ada Sample").pk],
        is_settled=True,
        made_by_id=client.session["_auth_user_id"],
        **fields,
    )
    return made


def test_the_form_is_filled_and_nothing_is_saved_yet(editor: Client) -> None:
    intake = settled(editor)

    response = editor.get(draft_url(intake))

    review, html = response.context["form"].instance, response.content.decode()
    assert review.title == "What peer supporters need to keep going"
    assert [block.value["person"].name for block in review.credits] == ["Dr Ada Sample", "Ben Sample"]
    assert {"findings", "conclusion", "recommendations"} <= {block.block_type for block in review.body}
    assert "Training ran from two hours to three days." in html
    assert f'name="intake" value="{intake.pk}"' in html
    assert "w-autosave" not in re.search(r"<form[^>]*page-edit-form.*?>", html, re.DOTALL)[0]  # type: ignore[index]
    assert not ReviewPage.objects.exists()


def test_it_can_be_saved_as_a_draft_and_nothing_else(editor: Client) -> None:
    html = signed_in().get(draft_url()).content.decode()
    assert 'name="action-publish"' in html
    boss = Client()
    boss.force_login(UserFactory(superuser=True))
    intake = by_hand(boss)

    page = boss.get(draft_url(intake)).content.decode()
    response = boss.post(
        draft_url(), {**draft_form("Corrected title"), "intake": str(intake.pk), "action-publish": "1"}
    )

    assert 'name="action-publish"' not in page
    review = the_review()
    assert response["Location"] == reverse("wagtailadmin_pages:edit", args=[review.pk])
    assert (review.title, review.live) == ("Corrected title", False)
    assert ReviewPage.objects.get().first_published_at is None


def test_what_is_typed_wrong_comes_back_with_the_source_still_beside_it(editor: Client) -> None:
    intake = by_hand(editor)

    response = editor.post(draft_url(), {**draft_form("", standfirst="Kept words"), "intake": str(intake.pk)})

    html = response.content.decode()
    assert response.status_code == 200
    assert "Kept words" in html
    assert f'name="intake" value="{intake.pk}"' in html
    assert "Every word." in html
    assert not ReviewPage.objects.exists()


def test_the_saved_draft_keeps_its_source_and_its_marks(editor: Client) -> None:
    intake = by_hand(editor)

    editor.post(draft_url(), {**draft_form("Corrected title"), "intake": str(intake.pk)})

    review = ReviewPage.objects.get()
    html = editor.get(reverse("wagtailadmin_pages:edit", args=[review.pk])).content.decode()
    for words in ("Every word.", "Matched by its words.", "Kindly sponsored by Sample Works &lt;b&gt;."):
        assert words in html
    assert 'name="intake"' not in html
    assert editor.get(draft_url(intake))["Location"] == reverse("wagtailadmin_pages:edit", args=[review.pk])


def test_nothing_typed_is_lost_where_the_document_is_gone_or_saved_from_another_window(editor: Client) -> None:
    intake = by_hand(editor)
    form = {"intake": str(intake.pk), "action-publish": "1"}
    editor.post(draft_url(), {**draft_form("First", slug="first"), **form})

    clash = editor.post(draft_url(), {**draft_form("Second", slug="first", standfirst="Typed meanwhile"), **form})
    IntakeDocument.objects.all().delete()
    editor.post(draft_url(), {**draft_form("Third", slug="third"), **form})

    assert "Typed meanwhile" in clash.content.decode()
    assert list(ReviewPage.objects.order_by("pk").values_list("title", "live")) == [("First", False), ("Third", False)]


def test_a_review_without_a_document_has_no_source(editor: Client) -> None:
    assert "data-source" not in editor.get(draft_url()).content.decode()
    for nonsense in ("x", "-1", "9" * 30, "\uff11"):
        assert editor.get(f"{draft_url()}?intake={nonsense}").status_code == 200
    assert editor.get(f"{draft_url()}?intake=999999").status_code == 404


def test_a_document_that_is_not_settled_leads_there(editor: Client) -> None:
    intake = by_hand(editor)
    IntakeDocument.objects.update(is_settled=False)

    assert editor.get(draft_url(intake))["Location"] == reverse("review_document", args=[intake.pk])


def test_guesses_lead_to_the_block_what_holds_it_and_the_field(editor: Client) -> None:
    intake = by_hand(editor)
    review = editor.get(draft_url(intake)).context["form"].instance

    marks = {mark.why: mark for mark in marks_of(intake)}

    (findings,), (credit,) = review.body.raw_data, review.credits.raw_data
    issue = findings["value"]["issues"][0]["id"]
    places = marks["Matched by its words."].places
    assert [place for place in places if place in (issue, findings["id"], "body")] == [issue, findings["id"], "body"]
    assert credit["id"] in marks["Run together."].places
    assert marks["Run together."].name == "Credits: Ada Sample"
    assert marks["In the text."].places == ["review_studies"]
    assert next(iter(marks)) == "Matched by its words."


def test_the_sponsor_line_is_offered_to_those_who_may_set_it_up(editor: Client) -> None:
    intake = by_hand(editor)
    address = reverse("wagtailsnippets_sponsors_sponsorship:add")
    boss = Client()
    user = UserFactory(role=EDITOR)
    user.user_permissions.add(Permission.objects.get(codename="add_sponsorship"))
    boss.force_login(user)

    assert address not in editor.get(draft_url(intake)).content.decode()
    assert address in boss.get(draft_url(by_hand(boss))).content.decode()


def test_hostile_words_of_a_draft_do_not_leave_their_place(editor: Client) -> None:
    evil = '"><script>alert(1)</script>'
    draft = Draft(
        title=evil,
        standfirst=evil,
        body=[BlockDraft("section", {"heading": evil, "body": f"<p>{evil}</p><script>alert(2)</script>"})],
        report=Report(
            chrome=[ChromeDraft("other", evil, [(evil, "javascript:alert(3)")])], guesses=[Guess(evil, evil)]
        ),
    )
    intake = by_hand(editor, draft, related=[])

    html = editor.get(draft_url(intake)).content.decode()

    assert "<script>alert" not in html
    assert 'href="javascript:' not in html


def test_preview_shows_the_draft_before_it_is_saved(editor: Client) -> None:
    address = reverse("wagtailadmin_pages:preview_on_add", args=["research_reviews", "reviewpage", review_index().pk])

    answer = editor.post(address, {**draft_form("Corrected title"), "intake": "1"})

    assert answer.json()["is_valid"]
