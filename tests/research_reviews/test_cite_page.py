"""The pages that say how to cite a review, its studies, and each thing that it says."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import quote

import bibtexparser
import pytest
import rispy
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction, Site

from research_reviews.models import ReviewPage, Study
from site_settings.models import BrandSettings
from tests.factories import blocks
from tests.factories.blocks import block_id
from tests.factories.pages import ReviewPageFactory
from tests.factories.people import PersonFactory
from tests.factories.studies import StudyFactory
from tests.reading import every, find, links, read, words

pytestmark = pytest.mark.django_db

MOST_QUERIES = 25
ITEMS = {
    f"finding-{block_id('finding-training')}": ("Cite this finding", "Training by chance"),
    f"finding-{block_id('finding-room')}": ("Cite this finding", "No quiet room"),
    f"quote-{block_id('quote-night')}": ("Cite this quote", "Nobody told me what to do at night."),
    f"recommendation-{block_id('recommendation-train')}": ("Cite this recommendation", "Train before the first shift."),
}


@pytest.fixture
def review() -> ReviewPage:
    """A review of one study in a journal, by one reviewer."""
    BrandSettings.objects.update_or_create(site=Site.objects.get(), defaults={"site_name": "The Reviews"})
    authors = [
        PersonFactory(given_name="Odessa", family_name="Quillfeather"),
        PersonFactory(name="Ministry of Waiting", given_name="", family_name="", is_organisation=True),
    ]
    study = StudyFactory(
        title="Listening", subtitle="Nights in prison", authors=authors, volume="12", doi="10.5555/night"
    )
    return ReviewPageFactory(
        title="What waiting tells us",
        published_on=date(2025, 3, 4),
        reviewer=PersonFactory(given_name="Tamsin", family_name="Oxbowe"),
        studies=[study],
    )


@time_machine.travel("2026-01-07 12:00", tick=False)
def test_the_review_and_the_study_can_be_cited_in_six_styles_each(review: ReviewPage) -> None:
    page = read(f"{review.url}cite/")
    assert every(page, ".choices a") == ["This review", "The study"]
    styles = ["APA", "Harvard", "Vancouver", "Chicago", "MLA", "OSCOLA"]
    for part in ("#review", "#study-1"):
        assert [text.split(" ")[0] for text in every(page, f"{part} dt")] == styles
    assert words(find(page, "#review-apa")) == (
        f"Oxbowe, T. (2025, March 4). What waiting tells us. The Reviews. {review.full_url}"
    )
    assert words(find(page, "#review-harvard")).endswith("(Accessed: 7 January 2026).")
    assert words(find(page, "#study-1-apa")) == (
        "Quillfeather, O., & Ministry of Waiting. (2025). Listening: Nights in prison. Journal of Invented Research, "
        "12. https://doi.org/10.5555/night"
    )


def test_what_is_cited_can_be_copied_by_a_button_that_waits_for_the_script(review: ReviewPage) -> None:
    page = read(f"{review.url}cite/")
    buttons = page.select("button[data-copy]")
    assert len(buttons) == 12
    assert all(button.has_attr("hidden") and page.select_one(str(button["data-copy"])) for button in buttons)
    assert page.select("script[data-copied]")


def test_a_review_leads_to_its_page_for_citing_and_to_those_of_all_that_it_says(review: ReviewPage) -> None:
    page = read(review.url)
    assert links(page)["Cite this review or the study"] == "cite/"
    leads = {link["href"] for link in page.select("a.permalink") if words(link) == "Cite"}
    assert {f"cite/{anchor}/" for anchor in ITEMS} <= leads
    for address in leads:
        read(f"{review.url}{address}")


@pytest.mark.parametrize("anchor", ITEMS)
def test_a_finding_quote_or_recommendation_is_cited_with_its_words_and_its_permalink(
    review: ReviewPage, anchor: str
) -> None:
    heading, text = ITEMS[anchor]
    page = read(f"{review.url}cite/{anchor}/")
    assert words(find(page, "h1")) == heading
    assert words(find(page, "blockquote")) == text
    assert links(page)["What waiting tells us"] == f"{review.url}#{anchor}"
    assert words(find(page, f"#{anchor}-mla")).endswith(f"4 Mar. 2025, {review.full_url}#{anchor}.")
    assert find(page, f"[data-share='{review.full_url}#{anchor}']")
    (entry,) = rispy.loads(Client().get(f"{review.url}cite/{anchor}.ris").content.decode())
    assert entry["urls"] == [f"{review.full_url}#{anchor}"]
    assert text in entry["notes"][0]


def test_a_quote_says_whose_words_it_repeats(review: ReviewPage) -> None:
    page = read(f"{review.url}cite/quote-{block_id('quote-night')}/")
    assert words(find(page, "figcaption")) == "Participant 7, The study, main findings, p. 14"


def test_reference_managers_get_files_of_their_types(review: ReviewPage, client: Client) -> None:
    types = {
        "ris": "application/x-research-info-systems; charset=utf-8",
        "bib": "application/x-bibtex; charset=utf-8",
        "json": "application/vnd.citationstyles.csl+json; charset=utf-8",
    }
    for what, name in (("review", "oxbowe2025what"), ("study-1", "quillfeather2025listening")):
        for suffix, media_type in types.items():
            response = client.get(f"{review.url}cite/{what}.{suffix}")
            assert response["Content-Type"] == media_type
            assert response["Content-Disposition"] == f'attachment; filename="{name}.{suffix}"'
            assert not response.cookies
            assert client.head(f"{review.url}cite/{what}.{suffix}").content == b""
    page = read(f"{review.url}cite/")
    assert links(find(page, "#study-1 .files")) == {
        "RIS": f"{review.url}cite/study-1.ris",
        "BibTeX": f"{review.url}cite/study-1.bib",
        "CSL-JSON": f"{review.url}cite/study-1.json",
    }


@time_machine.travel("2026-01-07 12:00", tick=False)
def test_files_say_of_the_review_and_of_the_study_what_they_are(review: ReviewPage, client: Client) -> None:
    (post,) = rispy.loads(client.get(f"{review.url}cite/review.ris").content.decode())
    assert (post["type_of_reference"], post["authors"]) == ("BLOG", ["Oxbowe, Tamsin"])
    assert (post["date"], post["access_date"]) == ("2025/03/04/", "2026/01/07/")
    (item,) = json.loads(client.get(f"{review.url}cite/study-1.json").content)
    assert item["type"] == "article-journal"
    assert item["author"] == [{"family": "Quillfeather", "given": "Odessa"}, {"literal": "Ministry of Waiting"}]
    assert item["issued"] == {"date-parts": [[2025, 5]]}
    (entry,) = bibtexparser.parse_string(client.get(f"{review.url}cite/review.bib").content.decode()).entries
    assert (entry.entry_type, entry.fields_dict["organization"].value) == ("online", "The Reviews")


@pytest.mark.parametrize(
    ("study", "kind"),
    [
        ({"container": "Journal of Waiting", "study_type": "survey"}, "article-journal"),
        ({"container": "Statistical Bulletin", "study_type": "statistics"}, "report"),
        ({"container": "", "publisher": "Ministry", "study_type": "evaluation"}, "report"),
        ({"container": "Ministry", "publisher": "Ministry", "study_type": "evaluation"}, "report"),
        ({"container": "", "publisher": "Press", "doi": "10.5555/9780306406157"}, "book"),
        ({"container": "", "publisher": ""}, "document"),
    ],
)
def test_a_study_is_cited_as_what_it_came_out_as(client: Client, study: dict[str, str], kind: str) -> None:
    review = ReviewPageFactory(studies=[StudyFactory(**study)])
    (item,) = json.loads(client.get(f"{review.url}cite/study-1.json").content)
    assert item["type"] == kind


def test_of_several_studies_each_can_be_cited_in_the_editors_order(client: Client) -> None:
    review = ReviewPageFactory(studies=[StudyFactory(title="Second thoughts"), StudyFactory(title="First words")])
    page = read(f"{review.url}cite/")
    assert every(page, ".choices a") == ["This review", "Study 1", "Study 2"]
    assert every(page, "h3 cite")[1:] == ["Second thoughts", "First words"]
    assert client.get(f"{review.url}cite/study-3.ris").status_code == 404


def test_a_review_without_a_study_or_a_reviewer_can_still_be_cited() -> None:
    review = ReviewPageFactory(title="Five years of reports", studies=[], credits="[]", published_on=date(2025, 3, 4))
    assert links(read(review.url))["Cite this review"] == "cite/"
    page = read(f"{review.url}cite/")
    assert not page.select(".choices")
    assert words(find(page, "#review-apa")).startswith("Five years of reports. (2025, March 4). ")


def test_names_in_any_script_and_hostile_ones_are_shown_as_they_are(client: Client) -> None:
    people = [
        PersonFactory(name="王小明", given_name="小明", family_name="王"),
        PersonFactory(name="</script><b>Bold & Co</b>", given_name="", family_name="", is_organisation=True),
        PersonFactory(name="أمل الكاتبة", given_name="أمل", family_name="الكاتبة"),
    ]
    review = ReviewPageFactory(studies=[StudyFactory(title="Schnitt ﻿& Naht — {x} \\ 100 %", authors=people)])
    page = read(f"{review.url}cite/")
    assert not page.select("#study-1 b")
    for person in people:
        assert person.name in find(page, "#study-1-apa").get_text()
    assert client.get(review.url).status_code == 200


def test_what_the_public_may_not_see_is_not_cited(review: ReviewPage, client: Client) -> None:
    anchor = next(iter(ITEMS))
    addresses = [f"{review.url}cite/", f"{review.url}cite/{anchor}/", f"{review.url}cite/review.ris"]
    assert [client.get(address).status_code for address in addresses] == [200] * 3
    restriction = PageViewRestriction.objects.create(page=review, restriction_type="login")
    assert [client.get(address).status_code for address in addresses] == [404] * 3
    restriction.delete()
    review.unpublish()
    assert [client.get(address).status_code for address in addresses] == [404] * 3


def test_what_is_not_there_is_not_found(review: ReviewPage, client: Client) -> None:
    missing = block_id("nothing of that name")
    names = [f"finding-{missing}/", f"quote-{block_id('finding-room')}/", "finding-/", "section-1/", "quote-%00/"]
    files = [
        "study-0.ris",
        "study-2.ris",
        f"study-{'9' * 80}.ris",
        "study-٢.ris",
        "review.pdf",
        "x.ris",
        "review.ris/x",
    ]
    files += [f"finding-{missing}.bib", "finding-%00.bib", f"quote-{'a' * 10_000}.json", f"{quote('نص')}.ris"]
    for name in [*names, *files]:
        assert client.get(f"{review.url}cite/{name}").status_code == 404, name
    for address in ("/cite/", "/reviews/cite/", "/reviews/cite/review.ris", "/topics/cite/"):
        assert client.get(address).status_code == 404, address


def test_pages_for_citing_are_only_read_and_no_address_of_their_own_is_indexed(review: ReviewPage) -> None:
    client = Client(enforce_csrf_checks=False)
    for address in (f"{review.url}cite/", f"{review.url}cite/review.ris"):
        assert {getattr(client, method)(address).status_code for method in ("post", "put", "delete")} == {405}
    assert find(read(f"{review.url}cite/"), "meta[name=robots]")["content"] == "noindex"


def test_citing_asks_little_of_the_database_however_much_there_is(client: Client) -> None:
    few, many = (
        ReviewPageFactory(
            studies=[StudyFactory(authors=[PersonFactory() for _a in range(size)]) for _s in range(size)],
            body=blocks.stream(
                *(blocks.quote(f"Words {number}", name=f"quote-{size}-{number}") for number in range(size))
            ),
        )
        for size in (2, 6)
    )
    counts = {}
    for size, review in ((2, few), (6, many)):
        for name in ("", f"quote-{block_id(f'quote-{size}-1')}/", "study-2.ris"):
            client.get(f"{review.url}cite/{name}")
            with CaptureQueriesContext(
                connection,
            ) as asked:
                assert client.get(f"{review.url}cite/{name}").status_code == 200
            counts[size, name[:5]] = len(asked)
    assert max(counts.values()) <= MOST_QUERIES
    assert {key[1]: counts[key] for key in counts if key[0] == 2} == {
        key[1]: counts[key] for key in counts if key[0] == 6
    }


def test_the_day_of_access_changes_at_midnight_also_in_a_cached_page(
    review: ReviewPage, settings: object, client: Client
) -> None:
    settings.PAGE_CACHE = True  # type: ignore[attr-defined]
    with time_machine.travel("2026-07-01 22:59:00Z", tick=False) as clock:
        assert words(find(read(f"{review.url}cite/"), "#review-harvard")).endswith("(Accessed: 1 July 2026).")
        clock.move_to("2026-07-01 23:00:01Z")
        assert words(find(read(f"{review.url}cite/"), "#review-harvard")).endswith("(Accessed: 2 July 2026).")


def test_a_study_that_changes_is_cited_as_it_now_is(
    review: ReviewPage, settings: object, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    settings.PAGE_CACHE = True  # type: ignore[attr-defined]
    read(f"{review.url}cite/")
    study = Study.objects.get()
    study.title = "Listening again"
    with django_capture_on_commit_callbacks(execute=True):
        study.save()
    assert "Listening again" in words(find(read(f"{review.url}cite/"), "#study-1-apa"))
