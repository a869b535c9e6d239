"""An editor writes a review in the page editor: every block, or hardly anything."""

from __future__ import annotations

import json
import re

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.models import Comment, Page
from wagtail.test.utils.form_data import inline_formset, streamfield

from core.roles import EDITOR
from research_reviews.models import ReviewPage
from tests.factories import (
    AudienceFactory,
    ImageFactory,
    PersonFactory,
    ReviewPageFactory,
    StudyFactory,
    TopicPageFactory,
    blocks,
    review_index,
)
from tests.factories.editor import (
    credit_input,
    draft_form,
    every_block,
    every_block_empty,
    findings_input,
    issue_input,
    prose_input,
    review_form,
)
from tests.research_reviews.desk import add_review, edit_page, errors_of, signed_in, the_review

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> Client:
    return signed_in(EDITOR)


def complete_form(**fields: object) -> dict[str, object]:
    return review_form(StudyFactory(), TopicPageFactory(), PersonFactory(), **fields)


def test_an_editor_writes_a_review_with_every_block(editor: Client) -> None:
    document = get_document_model().objects.create(title="Handout", file=ContentFile(b"%PDF-1.4", "handout.pdf"))
    blocks = every_block(PersonFactory(), AudienceFactory(), ImageFactory(), document.pk)
    response = add_review(editor, complete_form(body=streamfield(blocks)))
    assert response.status_code == 302, errors_of(response)
    draft = the_review()
    assert [block.block_type for block in draft.body] == [name for name, _value in blocks]
    assert set(draft.body.stream_block.child_blocks) == {name for name, _value in blocks}
    assert draft.body[1].value["issues"][0]["body"][1].value["words"] == "Somebody listened to me."
    assert not ReviewPage.objects.get().live


def test_a_review_with_every_block_can_be_published() -> None:
    document = get_document_model().objects.create(title="Handout", file=ContentFile(b"%PDF-1.4", "handout.pdf"))
    blocks = every_block(PersonFactory(), AudienceFactory(), ImageFactory(), document.pk)
    response = add_review(signed_in(), complete_form(body=streamfield(blocks)), "action-publish")
    assert response.status_code == 302, errors_of(response)
    page = ReviewPage.objects.get()
    assert page.live
    assert Client().get(page.url).status_code == 200


def test_a_draft_needs_nothing_but_a_title(editor: Client) -> None:
    response = add_review(editor, draft_form("Only a title"))
    assert response.status_code == 302, errors_of(response)
    assert the_review().title == "Only a title"


def test_a_draft_needs_a_title(editor: Client) -> None:
    assert "title" in errors_of(add_review(editor, draft_form("")))


def test_a_draft_may_hold_every_block_empty(editor: Client) -> None:
    credit = streamfield([credit_input(None)])
    body = streamfield(every_block_empty())
    response = add_review(editor, draft_form(body=body, credits=credit, key_messages=streamfield([("message", "")])))
    assert response.status_code == 302, errors_of(response)
    draft = the_review()
    assert len(draft.body) == len(every_block_empty())
    for address in ("edit", "view_draft"):
        assert editor.get(reverse(f"wagtailadmin_pages:{address}", args=[draft.pk])).status_code == 200
    assert editor.get(reverse("editor_checks", args=[draft.pk])).status_code == 200


def test_an_empty_row_of_studies_does_not_stop_a_draft(editor: Client) -> None:
    response = add_review(editor, draft_form(review_studies=inline_formset([{"study": "", "id": ""}])))
    assert response.status_code == 302
    assert not the_review().review_studies.all()


def test_a_draft_is_saved_by_itself_while_the_editor_types(editor: Client) -> None:
    page = ReviewPageFactory(published=False)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    response = editor.post(address, draft_form("Half a tho"), headers={"Accept": "application/json"})
    assert json.loads(response.content)["success"]
    assert the_review().title == "Half a tho"


def test_a_review_is_tagged_with_commas(editor: Client) -> None:
    add_review(editor, draft_form("Someone awake", tags="peer support, Reggio nell’Emilia, “quoted”"))
    review = ReviewPage.objects.get().get_latest_revision_as_object()
    assert sorted(tag.name for tag in review.tags.all()) == ["Reggio nell’Emilia", "peer support", "“quoted”"]
    form = editor.get(reverse("wagtailadmin_pages:edit", args=[review.pk])).context["form"]
    shown = form["tags"].subwidgets[0].data["value"]
    assert shown == '"Reggio nell’Emilia", "peer support", “quoted”'
    edit_page(editor, review, draft_form("Someone awake", tags=shown))
    assert ReviewPage.objects.get().get_latest_revision_as_object().tags.count() == 3
    assert f'for="{form["tags"].id_for_label}"' in form["tags"].label_tag()


def test_the_tabs_follow_the_work(editor: Client) -> None:
    address = reverse("wagtailadmin_pages:add", args=["research_reviews", "reviewpage", review_index().pk])
    tabs = editor.get(address).context["edit_handler"].visible_children
    assert [str(tab.heading) for tab in tabs][:5] == [
        "Study",
        "Review",
        "Before publishing",
        "Readers",
        "Lists and search",
    ]
    assert tabs[0].children[0].field_name == "title"


@pytest.mark.parametrize("model", ["reviewindexpage", "topicindexpage", "topicpage"])
def test_the_other_page_types_can_be_edited(model: str) -> None:
    TopicPageFactory()
    page = Page.objects.filter(content_type__model=model).first()
    assert page
    response = signed_in().get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert response.status_code == 200
    assert "introduction" in response.context["form"].fields


def test_what_is_looked_up_about_a_study_cannot_be_typed(editor: Client) -> None:
    study = StudyFactory()
    response = editor.get(reverse("wagtailsnippets_research_reviews_study:edit", args=[study.pk]))
    assert "Notices" in response.content.decode()
    assert "retraction_status" not in response.context["form"].fields


def test_the_unsaved_preview_shows_what_is_typed(editor: Client) -> None:
    page = ReviewPageFactory(published=False)
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    assert editor.post(address, draft_form("Typed, and saved nowhere")).json()["is_valid"]
    preview = editor.get(address)
    assert preview.status_code == 200
    assert "Typed, and saved nowhere" in preview.content.decode()
    assert the_review().title != "Typed, and saved nowhere"


def test_the_preview_has_three_widths(editor: Client) -> None:
    page = ReviewPageFactory(published=False)
    sizes = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert sizes.count('data-action="w-preview#togglePreviewSize"') == 3


def test_two_versions_are_compared_block_by_block(editor: Client) -> None:
    add_review(editor, complete_form())
    page = ReviewPage.objects.get()
    first = page.get_latest_revision()
    changed = findings_input(
        issue_input("Training by chance", ("prose", prose_input("<p>Two hours to three days.</p>")))
    )
    edit_page(editor, page, complete_form(body=streamfield([changed]), standfirst="Another standfirst."))
    second = ReviewPage.objects.get().get_latest_revision()
    response = editor.get(reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, first.pk, second.pk]))
    text = response.content.decode()
    assert response.status_code == 200
    assert "Another" in text
    assert "by chance" in text
    assert "Two hours to three days." in text


def test_an_earlier_version_can_be_looked_at_and_brought_back(editor: Client) -> None:
    add_review(editor, complete_form(title="First thought"))
    page = ReviewPage.objects.get()
    first = page.get_latest_revision()
    edit_page(editor, page, complete_form(title="Second thought"))
    address = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, first.pk])
    assert editor.get(address).status_code == 200
    editor.post(address, complete_form(title="First thought"))
    assert the_review().title == "First thought"


def test_editors_talk_about_a_field_and_a_block(editor: Client) -> None:
    add_review(editor, complete_form())
    page, draft = ReviewPage.objects.get(), the_review()
    places = ["standfirst", f"body.{draft.body[0].id}"]
    comments = inline_formset(
        [
            {
                "text": "Who says so?",
                "contentpath": place,
                "position": "",
                "id": "",
                "resolved": "",
                "replies": inline_formset([]),
            }
            for place in places
        ]
    )
    kept = {"body-0-id": draft.body[0].id}
    response = edit_page(editor, page, {**complete_form(comments=comments), **kept})
    assert response.status_code == 302, response.context["form"].formsets["comments"].errors
    assert set(Comment.objects.values_list("contentpath", flat=True)) == set(places)
    answer = signed_in(EDITOR).get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert answer.content.decode().count("Who says so?") == 2


def test_a_copy_is_a_draft_with_the_same_words(editor: Client) -> None:
    page = ReviewPageFactory()
    form = {"new_title": "The copy", "new_slug": "the-copy", "new_parent_page": review_index().pk}
    assert editor.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), form).status_code == 302
    copy = ReviewPage.objects.get(slug="the-copy")
    assert not copy.live
    assert copy.body.get_prep_value() == page.body.get_prep_value()
    assert [link.study_id for link in copy.review_studies.all()] == [
        link.study_id for link in page.review_studies.all()
    ]


@pytest.mark.parametrize(
    "html",
    [
        "<p>Ring twice<br/>or knock</p>",
        "<p><b>Ring<br/>twice</b></p>",
        "<p>So: <code>if a:<br/>&nbsp; ring(b)</code></p>",
    ],
)
def test_a_text_with_a_break_of_line_is_opened_saved_and_opened_again(html: str, editor: Client) -> None:
    text = {"heading": "The door", "body": html}
    review = ReviewPageFactory(published=False, body=blocks.stream(blocks.block("section", text)))
    assert editor.get(reverse("wagtailadmin_pages:edit", args=[review.pk])).status_code == 200

    section = ("section", {**text, "body": prose_input(html)})
    response = edit_page(editor, review, draft_form("The door", body=streamfield([section])))

    assert response.status_code == 302, errors_of(response)
    saved = the_review().body[0].value["body"].source
    assert re.sub(r' data-block-key="\w+"', "", saved) == html.replace("<br/>", "<br>")
    assert editor.get(reverse("wagtailadmin_pages:edit", args=[review.pk])).status_code == 200
