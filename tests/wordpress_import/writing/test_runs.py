"""What a run does with what an earlier one has brought in, and with what cannot be brought in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from wagtail.models import Page

from research_reviews.models import ReviewPage
from subscriptions.models import Mailing
from tests.wordpress_import.writing.moves import bring, outcomes, review, rows

pytestmark = pytest.mark.django_db


def test_a_second_run_changes_no_row(exports: Path, media: Path) -> None:
    bring(exports / "gen-60.xml", uploads=media)
    before = rows()
    told = bring(exports / "gen-60.xml", uploads=media)
    assert rows() == before
    assert outcomes(told, "post") == {"unchanged": 60}


def test_a_dry_run_writes_nothing_and_says_what_would_become(exports: Path) -> None:
    before = rows()
    told = bring(exports / "gen-60.xml", dry_run=True)
    assert rows() == before
    assert outcomes(told, "post") == {"made": 60}
    assert told["unknown"]["contact-form-7"] == 2
    assert "Nothing was written" in told["said"]


def test_what_editors_changed_stays_and_what_changed_there_follows(exports: Path, tmp_path: Path) -> None:
    text = (exports / "gen-60.xml").read_text()
    first = tmp_path / "site.xml"
    first.write_text(text)
    bring(first)
    edited, followed, gone = review(0), review(1), review(2)
    edited.title = "As our editor has it"
    edited.save_revision(clean=False).publish()
    gone_key = gone.pk
    gone.delete()
    first.write_text(text.replace("<title><![CDATA[Review ", "<title><![CDATA[Newer review "))
    told = bring(first)
    edited.refresh_from_db()
    followed.refresh_from_db()
    assert edited.title == "As our editor has it"
    assert followed.title.startswith("Newer review 1")
    assert followed.latest_revision.as_object().title == followed.title
    assert followed.first_published_at == review(1).first_published_at
    assert not Page.objects.filter(pk=gone_key).exists()
    reasons = {entry["key"]: entry["reason"] for entry in told["items"] if entry["kind"] == "post"}
    assert "changed here" in reasons["1000"]
    assert "deleted here" in reasons["1004"]
    before = rows()
    bring(first)
    assert rows() == before
    assert mail.outbox == []
    assert not Mailing.objects.exclude(status=Mailing.Status.SKIPPED).exists()


def test_one_bad_post_fails_alone_and_is_tried_again(exports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from wordpress_import.writing import conversion

    real = conversion.convert

    def fails(item: Any, site: Any) -> Any:
        if item.wp_id == 1010:
            raise ValueError("no such thing")
        return real(item, site)

    monkeypatch.setattr(conversion, "convert", fails)
    told = bring(exports / "gen-60.xml")
    assert told["status"] == 2
    assert outcomes(told, "post") == {"made": 59, "failed": 1}
    monkeypatch.setattr(conversion, "convert", real)
    told = bring(exports / "gen-60.xml", retry_failed=True)
    assert outcomes(told, "post")["made"] == 1
    assert review(5).live


def test_a_row_that_the_database_refuses_fails_alone(exports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from wordpress_import.writing import made

    real = made.dress

    def dress(page: Any, item: Any, standing: Any) -> None:
        real(page, item, standing)
        if item.wp_id == 1010:
            page.seo_title = None

    for module in ("reviews", "plain_pages"):
        monkeypatch.setattr(f"wordpress_import.writing.{module}.dress", dress)
    told = bring(exports / "gen-60.xml")
    assert outcomes(told, "post") == {"made": 59, "failed": 1}
    assert ReviewPage.objects.count() == 59


def test_images_come_from_the_folder_with_their_words(exports: Path, media: Path, temporary_media: Path) -> None:
    told = bring(exports / "gen-60.xml", uploads=media)
    assert outcomes(told, "attachment") == {"made": 48}
    page = review(1)
    assert page.header_image
    assert page.header_image.description == "Alt text 1"
    assert page.header_image.credit == "Berg"
    assert any(block["type"] == "image" for block in page.body.raw_data)
    # The image itself says whose it is.
    assert [block["value"]["caption"] for block in page.body.raw_data if block["type"] == "image"] == [
        "<p>Figure 1.</p>"
    ]
    assert {block["value"]["image"]["image"] for block in page.body.raw_data if block["type"] == "image"} == {
        page.header_image_id
    }
