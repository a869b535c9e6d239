"""`manage.py export_site`: the whole site in a folder that other programs read."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from jsonschema import Draft202012Validator
from lxml import etree
from wagtail.models import PageViewRestriction

from research_reviews.models import ReviewPage
from syndication.export import exporting
from syndication.export.names import Names, safe_name
from tests.factories import DocumentFactory, ImageFactory, PersonFactory, ReviewPageFactory, StandardPageFactory, blocks
from tests.factories.comments import CommentFactory
from tests.factories.fullest import fullest_review

pytestmark = pytest.mark.django_db

TRUTH = Path("tests/data/wxr/wxr_truth.py")
WP = "{http://wordpress.org/export/1.2/}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"


def export(folder: Path, *options: str) -> Path:
    """Export the site into the folder."""
    call_command("export_site", str(folder), *options)
    return folder


def files(folder: Path) -> dict[str, bytes]:
    """Return every file but that which says when it was made."""
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return {name: content for name, content in found.items() if name != "export.json"}


def loaded(path: Path) -> Any:
    """Return what a JSON file holds."""
    return json.loads(path.read_text())


def facts(path: Path) -> dict[str, Any]:
    """Return what an independent reader finds in a WordPress export."""
    done = subprocess.run([sys.executable, str(TRUTH), str(path)], capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def items(folder: Path, kind: str = "post") -> list[Any]:
    """Return the items of a kind in every WordPress file."""
    trees = [etree.parse(str(path)) for path in sorted((folder / "wordpress").glob("*.xml"))]
    found = [item for tree in trees for item in tree.iter("item")]
    return [item for item in found if item.findtext(f"{WP}post_type") == kind]


def metas(item: Any) -> dict[str, str]:
    """Return the custom fields of an item."""
    return {one.findtext(f"{WP}meta_key"): one.findtext(f"{WP}meta_value") for one in item.iter(f"{WP}postmeta")}


def test_every_review_is_written_as_json_that_fits_its_schema_and_as_markdown_to_read(tmp_path: Path) -> None:
    review = fullest_review()
    CommentFactory(page=review, text="I have seen this.")
    out = export(tmp_path / "out")
    schema = Draft202012Validator(loaded(out / "review.schema.json"))
    written = sorted((out / "reviews").glob("*.json"))
    assert [path.stem for path in written] == ["someone-awake-研究", "the-other-review"]
    for path in written:
        schema.validate(loaded(path))
    index = loaded(out / "index.json")["reviews"]
    assert [(out / one["json"]).is_file() and (out / one["markdown"]).is_file() for one in index] == [True, True]
    assert index[1]["responses"] + index[0]["responses"] == 1

    text = (out / "markdown/reviews/someone-awake-研究.md").read_text()
    matter, _line, body = text.removeprefix("---\n").partition("\n---\n")
    known = dict(line.split(": ", 1) for line in matter.splitlines())
    assert json.loads(known["title"]) == "Someone awake: “what waiting rooms” & stairs tell us"
    assert (known["date"], known["status"]) == ('"2024-05-06"', '"live"')
    assert json.loads(known["authors"]) == ["Dr Ada Beispiel-Ó Súilleabháin"]
    for words in (
        "## Key findings",
        "1. Training",
        "### 1\\. By chance",
        "> Nobody told me",
        "> — Dr Ada Beispiel-Ó Súilleabháin, The study, main findings, p. 14",
        "Made by: The inspectorate",
        "*For: Prison staff*",
        "| Listeners | 18 |",
        "a mixed-methods study",
        "https://doi.org/10.5555/invented.",
        "[the paper](../../media/documents/the-paper",
        "She once waited.",
    ):
        assert words in body, words
    assert "[gallery" not in body
    assert "leftover" not in body
    for link in ("header", "wall"):
        place = next(part for part in body.split("](") if part.startswith("../../media/") and link in part)
        assert (out / "markdown/reviews" / place.partition(")")[0]).resolve().is_file()


def test_what_was_left_over_from_wordpress_is_there_again_but_runs_nothing(tmp_path: Path) -> None:
    named = blocks.section("Galleries", "Write [gallery] to show one.")
    sources = (
        '[gallery ids="7,8"]',
        '<!-- wp:acme/price {"text":"<b>few</b> & \\u003ci\\u003emany\\u003c/i\\u003e"} /-->',
        '[tip text="<script>alert(1)</script><b>bold</b>"]<!-- more -->',
    )
    kept = [blocks.leftover(source, f"kind {number}") for number, source in enumerate(sources)]
    StandardPageFactory(title="About", body=blocks.stream(named, *kept))

    (page,) = items(export(tmp_path / "out"), "page")

    text, _end, rest = page.findtext(CONTENT).rpartition("</p>\n")
    assert "Write &#91;gallery] to show one." in text
    assert rest.split("\n") == [sources[0], sources[1], '[tip text="<b>bold</b>"]<!-- more -->']


def test_the_wordpress_export_is_what_wordpress_writes(tmp_path: Path) -> None:
    review = fullest_review()
    first = CommentFactory(page=review, text="Said with ]]> and \x01 and <b>bold</b>", email="ada@example.org")
    CommentFactory(page=review, parent=first, status="waiting")
    CommentFactory(page=review, status="spam")
    above = StandardPageFactory(title="About", body=blocks.stream(blocks.section()))
    StandardPageFactory(title="Our team", parent=above)
    out = export(tmp_path / "out")
    found = facts(out / "wordpress/site-001.xml")
    assert found["wellformed"] is True
    assert found["head"]["version"] == "1.2"
    assert found["types"] == {"attachment": found["attachments"], "post": 2, "page": 2}
    assert found["creators_undeclared"] == []
    assert (found["thumbnails"], found["thumbnails_dangling"], found["dangling_parents"]) == (2, 0, 0)
    assert found["comments"]["approved"] == {"1": 1, "0": 1, "spam": 1}
    assert found["comments"]["depth"] == {"1": 2, "2": 1}
    assert found["duplicate_ids"] == 0
    # What the review had left over from an old site is WordPress' again, and no more than that.
    assert found["shortcodes"] == {"gallery": 1, "tip": 1}
    post = next(item for item in items(out) if "Someone awake" in item.findtext("title"))
    assert post.findtext(f"{WP}status") == "publish"
    assert post.findtext(f"{WP}post_date") == "2024-05-06 08:08:09"
    assert post.findtext(f"{WP}post_date_gmt") == "2024-05-06 07:08:09"
    assert next(term.text for term in post.iter("category") if term.get("domain") == "category") == "Prisons"
    assert [term.get("nicename") for term in post.iter("category") if term.get("domain") == "author"]
    assert json.loads(metas(post)["_research_review"]) == loaded(out / "reviews/someone-awake-研究.json")
    html = post.findtext(CONTENT)
    assert html.count("<blockquote>") == 2
    assert '\n[tip text="a & b"]' in html
    assert '\n[gallery ids="7,8"]\n' in html
    assert "\n\n" not in html
    assert "data-" not in html
    pages = {item.findtext("title"): item for item in items(out, "page")}
    assert pages["Our team"].findtext(f"{WP}post_parent") == pages["About"].findtext(f"{WP}post_id")
    header = next(item for item in items(out, "attachment") if item.findtext("title") == "Header")
    assert metas(post)["_thumbnail_id"] == header.findtext(f"{WP}post_id")
    assert (out / "media" / metas(header)["_wp_attached_file"]).is_file()


def test_addresses_of_people_leave_only_where_they_are_asked_for(tmp_path: Path) -> None:
    CommentFactory(email="in-confidence@example.org")
    quiet = files(export(tmp_path / "quiet"))
    assert not any(b"in-confidence" in content for content in quiet.values())
    told = files(export(tmp_path / "told", "--with-addresses"))
    assert {name.split("/")[0] for name, content in told.items() if b"in-confidence" in content} == {
        *("responses", "wordpress")
    }


def test_states_become_those_of_wordpress(tmp_path: Path) -> None:
    private, over = ReviewPageFactory(title="Private"), ReviewPageFactory(title="Over")
    PageViewRestriction.objects.create(page=private, restriction_type="password", password="an open secret")
    ReviewPage.objects.filter(pk=over.pk).update(live=False, expired=True)
    draft = ReviewPageFactory(title="Draft", published=False)
    draft.standfirst = "Only the draft says this."
    draft.save_revision()
    soon = timezone.now() + timedelta(days=3)
    ReviewPageFactory(title="Soon", published=False, go_live_at=soon).save_revision().publish()
    ReviewPageFactory(title="Live")
    out = export(tmp_path / "out")
    states = {item.findtext("title"): item.findtext(f"{WP}status") for item in items(out)}
    assert states == {"Private": "private", "Over": "draft", "Draft": "draft", "Soon": "future", "Live": "publish"}
    dates = {item.findtext("title"): item.findtext(f"{WP}post_date_gmt") for item in items(out)}
    assert dates["Draft"].startswith("0000")
    assert dates["Soon"] == f"{soon:%Y-%m-%d %H:%M:%S}"
    everything = files(out)
    assert not any(b"an open secret" in content for content in everything.values())
    assert "Only the draft says this." in (out / "markdown/reviews/draft.md").read_text()


def test_only_public_leaves_out_what_readers_do_not_see(tmp_path: Path) -> None:
    hidden = ReviewPageFactory(title="Hidden words", published=False)
    private = ReviewPageFactory(title="Private words")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    link = f'<p>See <a linktype="page" id="{hidden.pk}">this</a>.</p>'
    body = blocks.stream(blocks.block("section", {"heading": "Background", "body": link}))
    live = ReviewPageFactory(title="Live", body=body)
    CommentFactory(page=live, text="Approved words")
    CommentFactory(page=live, text="Waiting words", status="waiting")
    ImageFactory(title="Unused words", file__filename="unused-words.jpg")
    live.title = "Words of a change to come"
    live.save_revision()
    everything = files(export(tmp_path / "out", "--only-public"))
    for words in (b"Hidden words", b"hidden-words", b"Private words", b"Waiting words", b"Unused words", b"to come"):
        assert not any(words in content for content in everything.values()), words
    assert not any("unused-words" in name for name in everything)
    assert any(b"Approved words" in content for content in everything.values())
    assert b"See <a>this</a>" in everything["reviews/live.json"]


def test_running_again_brings_the_folder_up_to_date_and_writes_nothing_else(tmp_path: Path) -> None:
    review, other = fullest_review(), ReviewPageFactory(title="To be deleted")
    CommentFactory(page=other)
    out = export(tmp_path / "out")
    before, times = files(out), {path: path.stat().st_mtime_ns for path in out.rglob("*") if path.is_file()}
    export(out)
    assert files(out) == before
    assert [path.name for path, then in times.items() if path.stat().st_mtime_ns != then] == ["export.json"]
    (out / "reviews/half.json.unfinished").write_text("{")
    ReviewPage.objects.get(pk=other.pk).delete()
    review.title = "Another title"
    review.save_revision().publish()
    export(out)
    after = files(out)
    assert set(before) - set(after) == {
        *("reviews/to-be-deleted.json", "markdown/reviews/to-be-deleted.md", "responses/to-be-deleted.json"),
    }
    assert set(after) <= set(before)
    assert loaded(out / "reviews/someone-awake-研究.json")["title"] == "Another title"


def test_a_run_that_was_killed_is_gone_on_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        ReviewPageFactory(title=f"Review {number}")
    whole = files(export(tmp_path / "whole"))
    seen: list[str] = []

    def killed(record: Any, address: Any) -> str:
        seen.append(record["slug"])
        if len(seen) == 2:
            raise KeyboardInterrupt
        return "words"

    with monkeypatch.context() as patch:
        patch.setattr(exporting.markdown, "review", killed)
        with pytest.raises(KeyboardInterrupt):
            export(tmp_path / "out")
    assert loaded(tmp_path / "out/export.json")["complete"] is False
    assert not list((tmp_path / "out").rglob("*.unfinished"))
    assert files(export(tmp_path / "out")) == whole
    assert loaded(tmp_path / "out/export.json")["complete"] is True


def test_a_folder_with_other_things_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("Dear …")
    with pytest.raises(CommandError, match="holds other things"):
        export(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letters.txt"]
    with pytest.raises(CommandError, match="no folder"):
        export(tmp_path / "letters.txt")
    with pytest.raises(CommandError, match="cannot be written"):
        export(tmp_path / "letters.txt/below")


def test_without_media_no_file_is_copied_and_a_lost_one_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = DocumentFactory(file__filename="lost-paper.txt")
    out = export(tmp_path / "out", "--no-media")
    assert not (out / "media").exists()
    assert len(items(out, "attachment")) == 1
    document.file.storage.delete(document.file.name)
    export(out)
    assert "lost-paper" in capsys.readouterr().err
    assert loaded(out / "export.json")["missing_files"] == [document.file.name]


def test_a_large_site_becomes_several_files_that_each_stand_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    image = ImageFactory(title="Shared")
    for number in range(6):
        ReviewPageFactory(title=f"Review {number}", header_image=image)
    monkeypatch.setattr(exporting, "MEGABYTE", 20_000)
    out = export(tmp_path / "out", "--wxr-size", "1")
    parts = sorted((out / "wordpress").glob("*.xml"))
    assert len(parts) > 1
    found = [facts(part) for part in parts]
    assert sum(one["types"].get("post", 0) for one in found) == 6
    for one in found:
        assert one["wellformed"]
        assert one["thumbnails_dangling"] == 0
        assert one["creators_undeclared"] == []
        assert one["bytes"] < 40_000
    monkeypatch.undo()
    export(out)
    assert len(list((out / "wordpress").glob("*.xml"))) == 1


def test_hostile_words_stay_words(tmp_path: Path) -> None:
    words = "<script>alert(1)</script> ]]> [gallery ids=1] {{ x }} `code` | pipe"
    body = blocks.stream(
        blocks.quote(words, name="hostile"), blocks.block("section", {"heading": words, "body": f"<p>{words}</p>"})
    )
    ReviewPageFactory(title=words[:60], slug="hostile", body=body, reviewer=PersonFactory(name="Ada <b>Bold</b>"))
    out = export(tmp_path / "out")
    found = facts(out / "wordpress/site-001.xml")
    assert (found["wellformed"], found["shortcodes"]) == (True, {})
    assert "<script>" not in items(out)[0].findtext(CONTENT)
    text = (out / "markdown/reviews/hostile.md").read_text().partition("\n---\n")[2]
    assert "<script" not in text.replace("\\<script", "")


def test_an_empty_site_can_be_exported(tmp_path: Path) -> None:
    out = export(tmp_path / "out")
    assert loaded(out / "index.json")["reviews"] == []
    assert facts(out / "wordpress/site-001.xml")["items"] == 0


@pytest.mark.parametrize(
    ("slug", "name"),
    [
        ("a-good-one", "a-good-one"),
        ("研究-अनुसंधान", "研究-अनुसंधान"),
        ("a/../b", "a-..-b"),
        ("..", "_"),
        ("con", "_con"),
        ("a:b*c?", "a-b-c"),
        ("", "_"),
    ],
)
def test_names_of_files_are_safe_everywhere(slug: str, name: str) -> None:
    assert safe_name(slug) == name


def test_long_and_like_names_are_told_apart() -> None:
    long = ["研" * 255, "研" * 254 + "究"]
    assert len({safe_name(slug) for slug in long}) == 2
    assert max(len(safe_name(slug).encode()) for slug in long) <= 160
    names = Names()
    assert [names.of("Same", 1), names.of("same", 2)] == ["Same", "same-2"]


def test_exporting_asks_as_often_for_eight_reviews_as_for_two(tmp_path: Path) -> None:
    asked = []
    for number in range(8):
        ReviewPageFactory(title=f"Review {number}")
        if number in (1, 7):
            with CaptureQueriesContext(connection) as queries:
                export(tmp_path / "out")
            asked.append(len(queries))
    assert asked[1] <= asked[0]
