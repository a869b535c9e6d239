"""The map of evidence and the pages of audiences."""

from __future__ import annotations

import brotli
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from wagtail.models import PageViewRestriction

from core.compression import KEPT_BROTLI_QUALITY
from research_reviews.evidence_map import bounds_of, legend
from research_reviews.models import Audience, MapCell, Study, TopicPage
from tests.factories import (
    AudienceFactory,
    StudyFactory,
    TopicPageFactory,
    recommendation,
    recommendations,
    stream,
    topic_index,
)
from tests.reading import every, find, links, read, words
from tests.research_reviews.evidence_arrangement import asking, cells, review, texts, topic, two_of_everything

pytestmark = pytest.mark.django_db


def test_the_map_counts_recommendations_by_topic_and_audience_and_shows_gaps() -> None:
    two_of_everything()
    asking("Again", "Train again.", "Prison staff", topic=TopicPage.objects.get(slug="prison"))
    page = read("/evidence-map/")
    assert cells(page) == {
        ("Care", "Commissioners"): "1",
        ("Care", "Prison staff"): "– gap",
        ("Prison", "Commissioners"): "– gap",
        ("Prison", "Prison staff"): "2",
        ("Prison, in passing", "Commissioners"): "1",
        ("Prison, in passing", "Prison staff"): "– gap",
    }


def test_the_map_counts_reviews_by_topic_and_kind_of_study() -> None:
    prison = topic("Prison")
    trial = StudyFactory(study_type="trial")
    review("One", topic=prison, studies=[trial, StudyFactory(study_type="trial")], body="[]")
    review("Other", topic=prison, studies=[trial], body="[]")
    page = read("/evidence-map/?by=study_type")
    counted = {place: number for place, number in cells(page).items() if number != "– gap"}
    assert counted == {("Prison", "Randomised trial"): "2"}
    assert len(every(page, ".map thead th")) == len(Study.StudyType.choices) + 1


@pytest.mark.parametrize("by", ["audience", "study_type"])
def test_every_number_of_the_map_is_that_of_the_list_it_leads_to(by: str) -> None:
    two_of_everything()
    asking(
        "More", "Do.", "Prison staff", "Commissioners", topic=topic("Work"), other_topics=[TopicPage.objects.all()[0]]
    )
    numbers = read(f"/evidence-map/?by={by}").select(".map td a")
    assert len(numbers) >= 4
    for number in numbers:
        page = read(str(number["href"]))
        assert words(find(page, "[role=status]")).split()[0] == words(number)


def test_the_map_is_a_table_that_can_be_read_by_ear_and_scrolled_by_keyboard() -> None:
    two_of_everything()
    page = read("/evidence-map/")
    region = find(page, ".table[role=region]")
    assert region["tabindex"] == "0"
    assert words(find(page, f"#{region['aria-labelledby']}")) == "Recommendations by topic and audience"
    assert {th["scope"] for th in page.select(".map thead th")} == {"col"}
    assert {th["scope"] for th in page.select(".map tbody th")} == {"row"}
    assert page.select("[style]") == []
    assert links(find(page, ".map"))["Prison staff"] == "/audiences/prison-staff/"
    assert links(find(page, ".map"))["Care"] == "/topics/care/"


def test_a_map_of_nothing_says_so_and_is_not_indexed() -> None:
    page = read("/evidence-map/")
    assert find(page, ".empty")
    assert find(page, "meta[name=robots]")["content"] == "noindex"
    TopicPageFactory(title="Prison")
    AudienceFactory(name="Prison staff")
    assert cells(read("/evidence-map/")) == {("Prison", "Prison staff"): "– gap"}


def test_an_unknown_side_of_the_map_is_the_one_by_audience() -> None:
    two_of_everything()
    for by in ("", "nothing", "%00", "topic", "x" * 9000):
        page = read(f"/evidence-map/?by={by}")
        assert words(find(page, "caption")) == "Recommendations by topic and audience"
        assert find(page, "link[rel=canonical]")["href"] == "http://localhost/evidence-map/"


def test_a_hidden_topic_is_not_on_the_map() -> None:
    prison = topic("Prison")
    asking("Waiting", "Train.", "Prison staff", topic=prison)
    PageViewRestriction.objects.create(page=prison, restriction_type=PageViewRestriction.LOGIN)
    assert "Prison" not in every(read("/evidence-map/"), ".map th")
    assert "Prison" not in links(read("/audiences/prison-staff/").select_one("main"))


def test_a_deleted_audience_leaves_the_map_and_the_lists() -> None:
    two_of_everything()
    Audience.objects.get(slug="prison-staff").delete()
    assert not any("Prison staff" in place for place in cells(read("/evidence-map/")))
    assert not MapCell.objects.filter(topic__slug="prison", audience__isnull=False).exists()
    assert texts("/recommendations/") == ["Pay.", "Train."]
    read("/audiences/prison-staff/", status=404)


def test_a_map_of_thirty_topics_by_thirty_audiences_keeps_to_the_budget(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    topics = [
        topic_index().add_child(instance=TopicPage(title=f"What is studied {number}", slug=f"studied-{number}"))
        for number in range(30)
    ]
    audiences = [AudienceFactory(name=f"People of the kind {number}") for number in range(30)]
    MapCell.objects.bulk_create(
        MapCell(topic=row, audience=column, number=(row.pk * 7919 + column.pk * 104_729) % 10_007)
        for row in topics
        for column in audiences
    )
    Client().get("/evidence-map/")
    with django_assert_max_num_queries(25):
        page = Client().get("/evidence-map/").content
    assert page.count(b'<td class="shade') >= 890
    assert len(brotli.compress(page, mode=brotli.MODE_TEXT, quality=KEPT_BROTLI_QUALITY)) <= 14_000


@pytest.mark.parametrize(
    ("most", "expected"),
    [
        (0, []),
        (1, ["1"]),
        (2, ["1–2"]),
        (5, ["1–2", "3", "4", "5"]),
        (16, ["1–2", "3–4", "5–8", "9–16"]),
        (10_000, ["1–10", "11–100", "101–1000", "1001–10000"]),
    ],
)
def test_the_legend_names_every_number_once(most: int, expected: list[str]) -> None:
    assert [numbers for _shade, numbers in legend(bounds_of(most))] == expected


def test_the_legend_of_the_page_has_the_shades_of_its_cells() -> None:
    entries = [recommendation(f"Do {place}.", AudienceFactory(name="Prison staff")) for place in range(9)]
    review("Nine", body=stream(recommendations(*entries)), topic=topic("Prison"))
    asking("One", "Do.", "Prison staff", topic=topic("Care"))
    page = read("/evidence-map/")
    shades = {words(cell): cell["class"][1] for cell in page.select(".map td.shade")}
    assert shades == {"1": "of-1", "9": "of-4"}
    assert every(page, "ul[aria-label=Legend] li") == ["– gap", "1–2", "3", "4–6", "7–9"]


def test_an_audience_has_a_page_of_what_is_asked_of_it() -> None:
    two_of_everything()
    AudienceFactory(name="Prison staff")
    Audience.objects.filter(slug="prison-staff").update(description="Officers and governors.")
    page = read("/audiences/prison-staff/")
    assert words(page.h1) == "Prison staff"
    assert words(page.title).startswith("What research asks of: Prison staff – ")
    assert words(find(page, ".standfirst")) == "Officers and governors."
    assert texts("/audiences/prison-staff/") == ["Train."]
    assert find(page, "link[rel=canonical]")["href"] == "http://localhost/audiences/prison-staff/"
    assert "1 recommendation" in str(find(page, "meta[name=description]")["content"])
    shown = links(page)
    assert shown["Prison"] == "/topics/prison/"
    assert links(find(page, "ul.row"))["Prison"] == "/recommendations/?topic=prison&audience=prison-staff"
    assert shown["RSS"] == "/recommendations/feed/?audience=prison-staff"
    assert shown["CSV"] == "/recommendations/export.csv?audience=prison-staff"


def test_an_audience_of_nothing_is_a_page_that_is_not_indexed() -> None:
    AudienceFactory(name="Prison staff")
    page = read("/audiences/prison-staff/")
    assert find(page, ".empty")
    assert find(page, "meta[name=robots]")["content"] == "noindex"


def test_an_unknown_audience_is_not_found() -> None:
    AudienceFactory(name="Prison staff")
    for slug in ("nobody", "%00", "%F0%9F%A6%8A", "x" * 3000, "..", "Prison-Staff"):
        assert Client().get(f"/audiences/{slug}/").status_code == 404, slug


def test_the_pages_lead_to_each_other() -> None:
    two_of_everything()
    every_page = {"/findings/", "/recommendations/", "/quotes/", "/evidence-map/"}
    for address in (*every_page, "/audiences/prison-staff/"):
        found = find(read(address), "nav[aria-label=Evidence]")
        assert set(links(found).values()) == every_page
        assert [a["href"] for a in found.select("[aria-current]")] == [address] * (address in every_page)
