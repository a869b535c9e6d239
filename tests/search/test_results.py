"""What is found, in which order, and where the results lead."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from research_reviews.models import Study
from tests.factories import (
    AudienceFactory,
    PersonFactory,
    StudyFactory,
    TopicPageFactory,
    block_id,
    blocks,
    stream,
)
from tests.reading import every, find, links, read, words
from tests.search.searching import catch_up_wholly, review, search, section, titles

pytestmark = pytest.mark.django_db


def test_every_form_of_a_word_finds_the_others() -> None:
    review("Sleep", section("Prisoners were asked at night."))
    catch_up_wholly()

    assert titles("prisoner") == titles("PRISON") == titles("prisons") == ["Sleep"]
    assert titles("priority") == []


def test_accents_and_case_make_no_difference() -> None:
    review("A café in the visits hall")
    catch_up_wholly()

    for typed in ("café", "cafe", "CAFÉ", "cafe\u0301", "cafés"):
        assert titles(typed) == ["A café in the visits hall"]


def test_all_words_have_to_be_there_unless_nothing_has_them_all() -> None:
    review("Sleep and food")
    review("Sleep")
    catch_up_wholly()

    assert titles("sleep food") == ["Sleep and food"]
    page = search("food weather sleep")
    assert every(page, ".card-title") == ["Sleep and food", "Sleep"]
    assert "holds all of these words" in words(find(page, ".privacy-note"))


def test_words_in_quotes_stand_in_a_row() -> None:
    review("One", section("The peer who gives support."), section("A peer.", "Support"))
    review("Two", section("It is peer support that helps."))
    catch_up_wholly()

    assert titles('"peer support"') == titles("“peer support”") == titles("peer-support") == ["Two"]
    assert set(titles("peer support")) == {"One", "Two"}


def test_a_phrase_is_found_with_the_small_words_in_it() -> None:
    review("One", section("They went to the wing."))
    review("Two", section("A wing that they went off."))
    catch_up_wholly()

    assert titles('"to the wing"') == ["One"]
    assert set(titles("to the wing")) == {"One", "Two"}


def test_a_minus_leaves_out_what_holds_the_word() -> None:
    review("Sleep in prison")
    review("Sleep at school")
    catch_up_wholly()

    assert titles("sleep -school") == ["Sleep in prison"]
    assert titles('sleep -"in prison"') == ["Sleep at school"]
    assert "Sleep in prison" in titles("-school")
    assert "Sleep at school" not in titles("-school")


def test_a_title_counts_more_than_a_standfirst_and_that_more_than_a_body() -> None:
    review("In the body", section("Loneliness."))
    review("In the study", studies=[StudyFactory(title="Loneliness")])
    review("In the standfirst", standfirst="On loneliness.")
    review(
        "In the message", key_messages=stream(blocks.block("message", "Loneliness matters.")), published_on="2020-01-01"
    )
    review("Loneliness in the title")
    catch_up_wholly()

    order = titles("loneliness")
    assert order[0] == "Loneliness in the title"
    assert set(order[1:3]) == {"In the standfirst", "In the message"}
    assert order[3:] == ["In the study", "In the body"]


def test_what_speaks_of_it_more_comes_first_among_bodies() -> None:
    review("Once", section("Mentors. " + "Other words. " * 40))
    review("Often", section("Mentors, mentors, mentoring and a mentor. " * 3))
    review("Once as well", section("Mentors."))
    catch_up_wholly()

    assert titles("mentor")[0] == "Often"


def test_topics_and_people_are_found_too() -> None:
    person = PersonFactory(name="Odile Quartz", affiliation="Invented University")
    topic = TopicPageFactory(title="Weather", introduction="What it does to people.")
    review("Rain", credits=stream(blocks.credit(person, "review_author", "meteorologist")), topic=topic)
    catch_up_wholly()

    page = search("quartz")
    assert every(page, ".card-title")[0] == "Odile Quartz"
    assert set(every(page, ".card-title")) == {"Odile Quartz", "Rain"}
    assert links(page.select_one("main"))["Odile Quartz"] == person.get_absolute_url()
    assert titles("meteorologist") == ["Rain"]
    assert links(search("weather").select_one("main"))["Weather"] == topic.url
    assert words(find(search("rain"), ".kicker")) == "Weather"


PLACES = [
    ("curtains", "Finding: Light at night", f"finding-{block_id('light')}"),
    ("whistle", "Quote", f"quote-{block_id('whistle')}"),
    ("lamps", "Recommendation", f"recommendation-{block_id('lamps')}"),
    ("history", "The long history", f"section-{block_id('history')}"),
    ("beekeeping", "Key message", "key-messages"),
    ("cohorts", "The study: An invented study of cohorts", "study-1"),
]


def test_a_result_links_to_the_place_that_matched() -> None:
    made = review(
        "Nights",
        section("What came before.", "The long history", name="history"),
        blocks.findings(
            blocks.issue("Light at night", blocks.prose("There were no curtains."), name="light"),
            blocks.issue("Noise", blocks.quote("They whistle all night.", name="whistle"), name="noise"),
        ),
        blocks.recommendations(blocks.recommendation("Buy lamps.", AudienceFactory(name="Governors"), name="lamps")),
        key_messages=stream(blocks.block("message", "Beekeeping helps.")),
        studies=[StudyFactory(title="An invented study of cohorts")],
    )
    catch_up_wholly()

    shown = read(made.url)
    for typed, name, anchor in PLACES:
        place = find(search(typed), ".card-summary a")
        assert words(place) == name
        assert place["href"] == f"{made.url}#{anchor}"
        assert shown.find(id=anchor)


def test_matched_words_are_marked_and_nothing_that_was_written_becomes_markup() -> None:
    review("A <b>bold</b> prison", section("One &lt;script&gt; for prisoners &amp; staff, none for others."))
    catch_up_wholly()

    page = search("prison script")
    assert every(page, ".card-title mark") == ["prison"]
    assert every(page, ".card-summary mark") == ["script", "prisoners"]
    assert words(find(page, ".card-title")) == "A <b>bold</b> prison"
    assert "One <script> for prisoners & staff" in find(page, ".card-summary").get_text()
    assert not page.select("main b, main article script")


def test_an_excerpt_of_a_long_passage_shows_the_part_that_matched() -> None:
    review("Long", section("Filler words. " * 200 + "The needle is here. " + "More filler words. " * 200))
    catch_up_wholly()

    excerpt = words(find(search("needle"), ".card-summary"))
    assert "needle is here" in excerpt
    assert len(excerpt.split()) < 60
    assert excerpt.count("…") == 2


def test_every_block_of_a_body_is_searched() -> None:
    person = PersonFactory(name="Vera Answer")
    table = {
        "table": {
            "columns": [{"type": "text", "heading": "Tablehead"}],
            "rows": [{"values": ["Tablecell"]}],
            "caption": "Tablecaption",
        },
        "row_headings": False,
    }
    embed = {"url": "https://vimeo.com/1", "title": "Embedtitle", "summary": "Embedsummary"}
    rating = {
        "scheme": "grade",
        "value": "Ratingvalue",
        "rationale": "<p>Ratingreason</p>",
        "rater": "",
        "other_scheme": "",
    }
    review(
        "Everything",
        section("Sectiontext", "Sectionhead"),
        blocks.conclusion("Conclusiontext"),
        blocks.block("practice_implications", {"heading": "Practicehead", "body": "<p>Practicetext</p>"}),
        blocks.block("evidence_strength", {**rating, "person": None, "date": None}),
        blocks.block("author_response", {"person": person.pk, "body": "<p>Answertext</p>", "date": None}),
        blocks.block("table", table),
        blocks.block("embed", embed),
        blocks.block("callout", {"heading": "Callouthead", "text": "<p>Callouttext</p>"}),
        blocks.findings(blocks.issue("Issuelabel", own_heading="Issuehead"), introduction="<p>Findingsintro</p>"),
        blocks.recommendations(blocks.recommendation("Advicetext"), made_by="other", other_body="Advicebody"),
    )
    catch_up_wholly()

    wanted = (
        "Sectiontext Sectionhead Conclusiontext Practicehead Practicetext Ratingvalue Ratingreason Answertext Vera "
        "Tablehead Tablecell Tablecaption Embedtitle Embedsummary Callouthead Callouttext Issuelabel Issuehead "
        "Findingsintro Advicetext Advicebody"
    )
    assert [word for word in wanted.split() if titles(word) != ["Everything"]] == []


def test_a_study_is_found_by_its_title_its_authors_and_its_doi() -> None:
    author = PersonFactory(name="Wilma Unbekannt")
    study = StudyFactory(title="Of ferries", authors=[author], doi="10.5555/ferry.77", sample="913 sailors")
    assert isinstance(study, Study)
    review("Boats", studies=[study])
    catch_up_wholly()

    for typed in ("ferries", "10.5555/ferry.77", "sailors"):
        assert titles(typed) == ["Boats"]
    assert set(titles("Unbekannt")) == {"Boats", "Wilma Unbekannt"}


def test_results_come_in_pages_and_each_is_on_one_of_them() -> None:
    for number in range(12):
        review(f"Bridge number{number}", published_on=f"2024-{number % 2 + 1:02}-{number + 1:02}")
    catch_up_wholly()

    pages = [titles("bridge", page=number) for number in (1, 2)]
    assert list(map(len, pages)) == [10, 2]
    assert len({title for page in pages for title in page}) == 12
    page = search("bridge")
    assert words(find(page, "main .count")) == "12 results"
    assert find(page, ".pagination [rel=next]")["href"] == "?q=bridge&page=2"
    assert find(search("bridge", page=2), ".pagination [rel=prev]")["href"] == "?q=bridge"
    search("bridge", status=404, page=3)
    newest = [title for number in (1, 2) for title in titles("bridge", page=number, sort="date")]
    assert newest == [f"Bridge number{number}" for number in (11, 9, 7, 5, 3, 1, 10, 8, 6, 4, 2, 0)]


def test_a_page_of_results_takes_the_same_number_of_queries_however_many_there_are() -> None:
    def queries(typed: str) -> int:
        # The first after a change reads the facets anew.
        Client().get("/search/", {"q": typed})
        with CaptureQueriesContext(connection) as captured:
            assert Client().get("/search/", {"q": typed}).status_code == 200
        return len(captured)

    person = PersonFactory(name="Bridge Person")
    for number in range(2):
        review(f"Bridge {number}", credits=stream(blocks.credit(person, "review_author")))
    catch_up_wholly()
    few = queries("bridge")
    for number in range(2, 6):
        review(f"Bridge {number}", credits=stream(blocks.credit(PersonFactory(), "review_author")))
    catch_up_wholly()

    assert queries("bridge") == few <= 25
    # Corrected, then taken apart because nothing holds all of the words: the most that a search asks.
    assert queries("brigde weather") <= 25


def test_the_page_is_not_for_search_engines_and_the_same_for_everyone() -> None:
    response = Client().get("/search/", {"q": "sleep"})

    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert find(search("sleep"), "meta[name=robots]")["content"] == "noindex, follow"


def test_every_page_leads_to_the_search_and_a_topic_to_one_within_it() -> None:
    topic = TopicPageFactory(title="Weather")
    review("Rain", topic=topic)
    review("Rain elsewhere")
    catch_up_wholly()

    assert links(find(read("/"), ".masthead"))["Search"] == "/search/"
    form = find(read(topic.url), "form[role=search]")
    assert form["action"] == "/search/"
    assert find(form, "[name=topic]")["value"] == "weather"
    assert titles("rain", topic="weather") == ["Rain"]
