"""A run that is killed goes on to the same state; damaged and hostile files; the samples of other projects."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from wagtail.models import Page, Revision

from comments.models import Comment
from research_reviews.models import ReviewPage, TopicPage
from tests.wordpress_import.exports import SAMPLES, generate, manifest
from tests.wordpress_import.writing.moves import bring, outcomes, rows
from wordpress_import.writing import batches, site_import

pytestmark = pytest.mark.django_db
# To a page of this site, within a block as JSON: its key is another in each database.
LINK = re.compile(r'linktype=\\"page\\" id=\\"(\d+)\\"')


class Killed(BaseException):
    """Stands for kill -9: nothing catches it, and what is not committed is lost."""


def state() -> list[object]:
    """Return what a site holds, by what does not differ from one database to another."""
    pages = {page.pk: page.url_path for page in Page.objects.all()}
    comments = Comment.objects.order_by("page__url_path", "created_at", "name", "text")
    reviews = ReviewPage.objects.order_by("url_path").select_related("topic")
    return [
        sorted(pages.values()),
        [
            (
                page.url_path,
                page.title,
                page.live,
                page.standfirst,
                page.first_published_at,
                page.published_on,
                page.topic and page.topic.slug,
                sorted(topic.slug for topic in page.other_topics.all()),
                [block["id"] for block in page.body.raw_data],
                [LINK.sub(lambda link: pages[int(link[1])], json.dumps(block)) for block in page.body.raw_data],
                len(page.credits),
            )
            for page in reviews
        ],
        [(c.page.url_path, c.name, c.text, c.status, c.depth, c.parent and c.parent.text) for c in comments],
        Revision.objects.count(),
        {table: len(found) for table, found in rows().items() if not table.startswith("django_")},
    ]


@pytest.fixture(scope="module")
def unbroken(exports: Path, django_db_setup: None, django_db_blocker: Any) -> list[object]:
    """What an unbroken run leaves. It is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        bring(exports / "gen-60.xml")
        left = state()
        transaction.set_rollback(True)
    return left


@pytest.mark.parametrize("share", [10, 50, 95])
@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_killed_run_goes_on_to_the_state_of_an_unbroken_one(
    exports: Path, monkeypatch: pytest.MonkeyPatch, unbroken: list[object], share: int, moment: str
) -> None:
    monkeypatch.setattr(site_import, "POSTS_A_BATCH", 5)
    real, number = batches.Writer.write, [0]

    def write(self: batches.Writer, batch: list[object]) -> None:
        number[0] += 1
        if number[0] >= 16 * share / 100:
            if moment == "after":
                real(self, batch)  # type: ignore[arg-type]
            raise Killed
        real(self, batch)  # type: ignore[arg-type]

    monkeypatch.setattr(batches.Writer, "write", write)
    with pytest.raises(Killed):
        bring(exports / "gen-60.xml")
    monkeypatch.setattr(batches.Writer, "write", real)
    bring(exports / "gen-60.xml")
    assert state() == unbroken


@pytest.mark.parametrize("seed", [1, 77])
def test_other_seeds_come_whole(tmp_path: Path, seed: int) -> None:
    export = generate(tmp_path, 60, seed=seed)
    told, answers = bring(export), manifest(export)
    assert outcomes(told, "post")["made"] == 60 - answers["post_status"].get("trash", 0)
    assert "failed" not in outcomes(told, "post")


@pytest.mark.parametrize("sample", sorted(path.name for path in SAMPLES.glob("*.xml")))
def test_samples_of_other_projects_come_whole(tmp_path: Path, sample: str) -> None:
    told = bring(SAMPLES / sample, report=tmp_path / "report.json")
    assert not [entry for entry in told["items"] if entry["outcome"] == "failed"]
    before = rows()
    bring(SAMPLES / sample, report=tmp_path / "report.json")
    assert rows() == before


def test_a_cut_file_is_said_loudly_and_its_whole_items_come(exports: Path, tmp_path: Path) -> None:
    told = bring(exports / "broken" / "truncated.xml", report=tmp_path / "report.json")
    assert told["status"] == 3
    assert told["is_cut"]
    assert "CUT SHORT" in told["wrong"]
    assert ReviewPage.objects.exists()


def test_nothing_that_runs_is_stored(exports: Path, tmp_path: Path) -> None:
    bring(exports / "broken" / "hostile-html.xml", report=tmp_path / "report.json")
    stored = "".join(
        rows()["research_reviews_reviewpage"] + rows()["wagtailcore_revision"] + rows()["wagtailcore_page"]
    )
    stored += "".join(rows()["comments_comment"])
    for evil in ("<script", "onerror", "onclick", "onload", "javascript:", "<iframe", "<svg", "<style"):
        assert evil not in stored.lower(), evil
    assert mail.outbox == []


def test_the_same_titles_and_slugs_are_different_posts(exports: Path, tmp_path: Path) -> None:
    text = (exports / "gen-60.xml").read_text()
    path = tmp_path / "same.xml"
    text = re.sub(r"<title><!\[CDATA\[Review .*?</title>", "<title><![CDATA[The same]]></title>", text)
    path.write_text(re.sub(r"<wp:post_name>.*?</wp:post_name>", "<wp:post_name>same</wp:post_name>", text))
    told = bring(path)
    assert outcomes(told, "post") == {"made": 60}
    assert len(set(ReviewPage.objects.values_list("slug", flat=True))) == 60


def test_the_map_says_what_things_are_here(exports: Path, tmp_path: Path) -> None:
    mapping = tmp_path / "map.csv"
    mapping.write_text("kind,old,new\ncategory,health,Health and care\ncategory,methods,\nauthor,amina.adeyem0,Dr A\n")
    bring(exports / "gen-60.xml", map=mapping)
    assert TopicPage.objects.filter(title="Health and care").exists()
    assert not TopicPage.objects.filter(title="Methods").exists()
