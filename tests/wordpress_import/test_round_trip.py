"""What leaves by `export_site` comes back by `import_wordpress` as the same reviews."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.models import Page, PageViewRestriction

from comments.models import Comment
from home.models import StandardPage
from images.models import CustomImage
from research_reviews.models import Audience, Person, ReviewPage, Study, TopicPage
from tests.factories import PersonFactory, ReviewPageFactory, StandardPageFactory, blocks, review_index
from tests.factories.comments import CommentFactory
from tests.factories.fullest import fullest_review

pytestmark = pytest.mark.django_db

Record = dict[str, Any]


def demo_like_site() -> None:
    """Make a site with the fullest review, one of each state, threads of responses and a page below a page."""
    full = fullest_review(responses_open=True)
    first = CommentFactory(page=full, text="I have seen this in my own work.\n\nTwice.", website="https://a.example/")
    CommentFactory(page=full, parent=first, text="5 < 6 & “so on”", status="waiting")
    CommentFactory(page=full, parent=first, standing="author", text="Thank you.")
    link = f'<p>See <a linktype="page" id="{full.pk}">the full one</a>.</p>'
    body = blocks.stream(blocks.block("section", {"heading": "Background", "body": link}, "linking"))
    # Two pictures of the same content would be one after the import.
    ReviewPageFactory(title="Linking to another", body=body, header_image=None)
    private = ReviewPageFactory(title="Private", header_image=None)
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    ReviewPageFactory(title="Draft", published=False, header_image=None)
    soon = timezone.now().replace(microsecond=0) + timedelta(days=2)
    waiting = ReviewPageFactory(title="Soon", published=False, go_live_at=soon, header_image=None)
    waiting.save_revision().publish()
    over = ReviewPageFactory(title="Over", header_image=None)
    ReviewPage.objects.filter(pk=over.pk).update(live=False, expired=True)
    about = StandardPageFactory(title="About", body=blocks.stream(blocks.section()))
    StandardPageFactory(title="Our team", parent=about)


def export(folder: Path) -> Path:
    """Export the site into the folder."""
    call_command("export_site", str(folder), "--with-addresses")
    return folder


def empty() -> None:
    """Leave the site as it is before anything is written, with its lists."""
    # Reviews first: a topic stays for as long as one of them is about it.
    for kind in (ReviewPage, TopicPage, StandardPage):
        for page in Page.objects.type(kind).order_by("-depth"):
            page.delete()
    Study.objects.all().delete()
    Audience.objects.all().delete()
    Person.objects.all().delete()
    CustomImage.objects.all().delete()
    get_document_model().objects.all().delete()


def bring_in(folder: Path, *options: str) -> None:
    """Import an export."""
    files = sorted(map(str, (folder / "wordpress").glob("*.xml")))
    call_command("import_wordpress", *files, "--uploads", str(folder / "media"), *options)


def reviews(folder: Path) -> dict[str, Record]:
    """Return every review of an export by its slug, without names of files and parts of seconds.

    Both are another's in another place: storages number their files, and revisions keep milliseconds.
    """
    found = {}
    for path in (folder / "reviews").glob("*.json"):
        text = re.sub(r"(T\d\d:\d\d:\d\d)\.\d+", r"\1", path.read_text())
        for kind in ("images", "documents"):
            for name, file in json.loads(text)[kind].items():
                text = text.replace(json.dumps(name, ensure_ascii=False), json.dumps(f"{kind}: {file['title']}"))
        record = json.loads(text)
        for file in (*record["images"].values(), *record["documents"].values()):
            del file["sha1"]
        found[record["slug"]] = record
    return found


def responses(folder: Path) -> list[Record]:
    """Return every response of an export, with the words of what it answers in place of its key.

    WordPress has whole seconds, and no word for what a response was written as.
    """
    rows = [row for path in (folder / "responses").glob("*.json") for row in json.loads(path.read_text())["responses"]]
    words = {row["id"]: row["text"] for row in rows}
    plain = [
        {**row, "id": 0, "answers": words.get(row["answers"]), "sent_at": row["sent_at"][:19], "written_as": ""}
        for row in rows
    ]
    return sorted(plain, key=lambda row: row["text"])


def without_document_links(record: Record) -> Record:
    """Return a review without the addresses of documents in its texts, which hold their keys and names of files."""
    link = r'href=\\"[^"\\]*/documents/[^"\\]*\\" data-document=\\"[^"\\]*\\"'
    plain: Record = json.loads(re.sub(link, "to-a-document", json.dumps(record, ensure_ascii=False)))
    return plain


def test_the_site_comes_back_the_same(tmp_path: Path) -> None:
    demo_like_site()
    before = export(tmp_path / "before")
    empty()
    bring_in(before)
    after = export(tmp_path / "after")
    there, here = reviews(before), reviews(after)
    assert set(here) == set(there)
    for slug, record in there.items():
        assert without_document_links(here[slug]) == without_document_links(record), slug
    assert responses(after) == responses(before)
    assert {page.title: page.get_parent().title for page in StandardPage.objects.all()} == {
        "About": "Home",
        "Our team": "About",
    }
    soon = ReviewPage.objects.get(title="Soon")
    assert (soon.live, soon.approved_schedule) == (False, True)
    assert ReviewPage.objects.get(title="Private").get_view_restrictions().get().restriction_type == "login"


def test_the_revision_of_a_review_holds_what_the_review_does(tmp_path: Path) -> None:
    demo_like_site()
    out = export(tmp_path / "out")
    empty()
    bring_in(out)
    review = ReviewPage.objects.get(slug="someone-awake-研究")
    chosen = [link.chosen.title for link in review.chosen_reviews.all()]
    # An editor opens it, changes a word and publishes.
    draft = review.get_latest_revision_as_object()
    draft.standfirst = "Another standfirst."
    draft.save_revision().publish()
    review = ReviewPage.objects.get(pk=review.pk)
    assert review.standfirst == "Another standfirst."
    assert [link.chosen.title for link in review.chosen_reviews.all()] == chosen == ["The other review"]
    assert review.review_studies.count() == 2
    assert review.other_topics.count() == 2


def test_a_second_run_changes_nothing_and_another_export_brings_changes_in(tmp_path: Path) -> None:
    demo_like_site()
    out = export(tmp_path / "out")
    empty()
    bring_in(out)
    counts = [model.objects.count() for model in (Page, Person, Comment)]
    bring_in(out)
    assert [model.objects.count() for model in (Page, Person, Comment)] == counts
    rewrite(out, "someone-awake-研究", lambda record: {**record, "interests": "She owns a chair.", "related": []})
    bring_in(out)
    review = ReviewPage.objects.get(slug="someone-awake-研究")
    assert (review.interests, review.chosen_reviews.count()) == ("She owns a chair.", 0)
    assert [model.objects.count() for model in (Page, Person, Comment)] == counts


def rewrite(folder: Path, slug: str, change: Callable[[Record], Record]) -> None:
    """Change the review that a post of the export carries."""
    path = folder / "wordpress/site-001.xml"
    record = json.loads((folder / f"reviews/{slug}.json").read_text())
    carried = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    text = path.read_text()
    assert carried in text
    path.write_text(text.replace(carried, json.dumps(change(record), ensure_ascii=False)))


@pytest.mark.parametrize(
    "change",
    [
        lambda record: {**record, "version": 99},
        lambda record: {**record, "body": [{"type": "unheard-of", "value": {}}]},
        lambda record: {"format": "x"},
    ],
)
def test_a_post_whose_review_cannot_be_read_is_read_like_any_other(
    change: Callable[[Record], Record], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ReviewPageFactory(title="Waiting rooms", slug="waiting-rooms", reviewer=PersonFactory(name="Ada Example"))
    out = export(tmp_path / "out")
    empty()
    rewrite(out, "waiting-rooms", change)
    bring_in(out)
    review = ReviewPage.objects.get(slug="waiting-rooms")
    assert review.title == "Waiting rooms"
    assert "Inconsistent training" in json.dumps(list(review.body.raw_data))
    assert "cannot be read" in capsys.readouterr().out


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    fullest_review()
    out = export(tmp_path / "out")
    empty()
    bring_in(out, "--dry-run")
    assert not review_index().get_children().exists()
    assert not Person.objects.exists()
