"""What only the old site knew: editors find it, readers never do."""

from __future__ import annotations

from collections.abc import Iterable
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from home.models import StandardPage
from research_reviews.models import Finding, ReviewPage
from tests.reading import every, find, links, read, words
from tests.research_reviews.desk import signed_in
from tests.search.searching import catch_up_wholly, titles
from tests.wordpress_import.handmade import item, numbered, write
from tests.wordpress_import.writing.moves import bring, rows

pytestmark = pytest.mark.django_db

FORM = '[contact-form-7 id="12" title="Formtitle"]'
BLOCK = '<!-- wp:acme/price {"text":"Pricetext"} /-->'
REVIEW = f"""<p>Prisoners were asked at night.</p>
{FORM}
<h2>Findings</h2>
<p>The authors identify two key issues:</p>
<ol><li>Training [tip text="Tiptext"]</li><li>Time</li></ol>
<h3>Training</h3>
<p>Training ran for two hours.</p>
<p>[chart data="Charttext"]</p>
<h3>Time</h3>
<p>[chart data="Charttext"]</p>
<h2>Read on</h2>
<p>[pricebox title="Pricetext"]Words within stay.[/pricebox]</p>
<blockquote><p>Somebody listened to me every night.</p><ul><li>Always [tip text="Tiptext"]</li></ul></blockquote>"""
HIDDEN = ("contact-form-7", "Formtitle", "Tiptext", "Charttext", "Pricetext", "[tip", "[chart", "pricebox]")


def content(html: str) -> dict[str, str]:
    """Return the elements of an item with this text."""
    return {"content": f"<content:encoded><![CDATA[{html}]]></content:encoded>"}


def a_page(html: str) -> str:
    """Return a page of the old site."""
    return numbered(8, **content(html), type="<wp:post_type><![CDATA[page]]></wp:post_type>")


def leftovers(body: Iterable[Any]) -> list[str]:
    """Return what stands left over in a body and in the sections of its issues, as it stood."""
    found: list[str] = []
    for block in body:
        if block.block_type == "leftover":
            found.append(block.value["source"])
        elif block.block_type == "findings":
            for issue in block.value["issues"]:
                found += leftovers(issue["body"])
    return found


def form_of(page: Page) -> str:
    """Return the page editor's form as it is sent to the browser."""
    answer = signed_in().get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert answer.status_code == 200
    return unescape(answer.content.decode()).replace('\\"', '"')


def test_editors_find_it_in_its_place_and_readers_nowhere(tmp_path: Path) -> None:
    told = bring(write(tmp_path, item(**content(REVIEW))))

    review = ReviewPage.objects.get()
    assert review.live
    assert told["unknown"]["contact-form-7"] == 1
    chart, tip = '[chart data="Charttext"]', '[tip text="Tiptext"]'
    kept = leftovers(review.body)
    assert kept == [FORM, chart, chart, tip, '[pricebox title="Pricetext"]', "[/pricebox]", tip]
    form = form_of(review)
    assert [source for source in kept if source not in form] == []
    call_command("rebuild_evidence", verbosity=0)
    catch_up_wholly()
    seen = [str(read(address)) for address in (review.url, "/reviews/feed/", "/reviews/feed/atom/", "/reviews/")]
    seen += [finding.text for finding in Finding.objects.all()]
    assert [(word, text) for word in HIDDEN for text in seen if word in text] == []
    assert titles("prisoner") == [review.title]
    assert titles("charttext") == titles("formtitle") == titles("pricetext") == []


def test_words_around_and_within_it_are_read_as_before(tmp_path: Path) -> None:
    bring(write(tmp_path, item(**content(REVIEW))))

    page = read(ReviewPage.objects.get().url)
    assert every(page, ".issues li") == ["Training", "Time # Cite"]
    assert links(page.select_one(".issues"))["Training"].startswith("#finding-")
    assert "Time" not in links(page.select_one(".issues"))
    assert every(page, ".finding h3") == ["1 Training"]
    for said in (
        "asked at night.",
        "ran for two hours.",
        "Words within stay.",
        "listened to me every night.",
        "Always",
    ):
        assert said in words(page.main)


def test_it_stands_as_it_stood_even_where_it_holds_a_link(tmp_path: Path) -> None:
    source = '<!-- wp:acme/price {"text":"<a href="https://old.example.org/a-review/">us</a>"} /-->'
    bring(write(tmp_path, item(**content(f"<p>Some text.</p>{source}"))))

    assert leftovers(ReviewPage.objects.get().body) == [source]


def test_a_second_run_changes_no_row(tmp_path: Path) -> None:
    export = write(tmp_path, item(**content(REVIEW)), numbered(8, **content(BLOCK)))
    bring(export)
    before = rows()

    bring(export)

    assert rows() == before


def test_a_plain_page_keeps_it_too(tmp_path: Path) -> None:
    listed = "<ul><li>Ring [tip text='Tiptext']</li><li>[tip_box]</li></ul>"
    bring(write(tmp_path, a_page(f"<h2>Write to us</h2>{FORM}<p>We answer.</p>{listed}{BLOCK}")))

    page = StandardPage.objects.get(slug="review-8")
    kinds = [block.block_type for block in page.body]
    assert kinds == ["section", "leftover", "leftover", "leftover", "leftover"]
    assert leftovers(page.body) == [FORM, "[tip text='Tiptext']", "[tip_box]", BLOCK]
    seen = read(page.url)
    assert words(find(seen, ".plain .prose")) == "Write to us We answer. Ring"
    assert "Formtitle" in form_of(page)


def test_the_preview_shows_editors_where_it_stands(tmp_path: Path) -> None:
    bring(write(tmp_path, item(**content(REVIEW))))
    review = ReviewPage.objects.get()

    draft = signed_in().get(reverse("wagtailadmin_pages:view_draft", args=[review.pk]))

    assert "[contact-form-7" in draft.content.decode()
    assert "[contact-form-7" not in Client().get(review.url).content.decode()


def test_code_is_code_with_its_lines(tmp_path: Path) -> None:
    html = "<p>So:</p><pre><code>if a &lt; b:\n    print(a)</code></pre>"
    bring(write(tmp_path, item(**content(html)), a_page(html)))

    for page in (ReviewPage.objects.get(), StandardPage.objects.get(slug="review-8")):
        code = find(read(page.url).main or read(page.url), "code")
        assert str(code) == "<code>if a &lt; b:<br/>\xa0 \xa0 print(a)</code>"
        assert "CODE" in form_of(page)
