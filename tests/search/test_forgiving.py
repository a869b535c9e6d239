"""What is typed wrongly, and what is no query at all."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from search import text
from search.query import LONGEST_QUERY, MOST_CLAUSES, parse
from tests.reading import every, find, links, words
from tests.search.searching import catch_up_wholly, review, search, section, titles

HOSTILE = [
    "",
    " ",
    '"',
    '""',
    '"unbalanced quote',
    "-",
    "--",
    '-"',
    'AND OR NOT : * ( ) & | ! < -> "',
    "a:b c*",
    "' OR 1=1 --",
    "%",
    "_",
    "\\",
    "\0",
    "\x01\x1f\x7f",
    "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
    "🙂 👩‍👩‍👧",
    "监狱里的自杀",
    "السجن والنوم",
    "क़ैदी और नींद",
    "e\u0301" * 300,
    "½ ﷺ ﬁ ²",
    "x" * 10_000,
    "word " * 2_000,
    "<script>alert(1)</script>",
    "{% now 'Y' %}",
]


@pytest.mark.django_db
def test_a_word_typed_wrongly_is_answered_with_the_one_that_was_meant() -> None:
    review("Preventing suicide")
    catch_up_wholly()

    for typed in ("suicde", "sucide", "suicidee", "siucide", "Suicde!"):
        page = search(typed)
        assert every(page, ".card-title") == ["Preventing suicide"]
        note = find(page, ".privacy-note")
        assert words(note).startswith("Did you mean suicide")
        assert f"Nothing was found for “{typed}”. These are the results for" in words(note)
        assert next(iter(links(note).values())).startswith("/search/?q=suicide")


@pytest.mark.django_db
def test_a_word_is_corrected_among_others_and_quotes_stay() -> None:
    review("Mental health in custody", section("A recommendation."))
    catch_up_wholly()

    assert list(links(find(search('"mentel health" custody'), ".privacy-note"))) == ['"mental health" custody']
    assert titles("recomendaton health") == ["Mental health in custody"]


@pytest.mark.django_db
def test_nothing_is_suggested_where_no_word_is_near() -> None:
    review("Preventing suicide")
    catch_up_wholly()

    page = search("xylophone")
    assert not page.select(".privacy-note")
    assert "Nothing was found" in words(find(page, ".empty"))


@pytest.mark.django_db
def test_any_text_at_all_is_answered_with_a_page() -> None:
    review("A review", section("a:b AND 1=1 监狱里的自杀 🙂"))
    catch_up_wholly()

    paths = [f"/search/{part}?q={quote(typed)}" for typed in HOSTILE for part in ("", "suggestions/")]
    assert [path for path in paths if Client().get(path).status_code != 200] == []


@pytest.mark.django_db
@pytest.mark.parametrize("raw", ["%00", "%ed%a0%80", "%ff%fe", "a%00b", "%0a%0d"])
def test_bytes_that_are_no_text_are_answered_with_a_page(raw: str) -> None:
    for name in ("q", "topic", "year", "study_type", "audience", "lived_experience", "sort"):
        assert Client().get(f"/search/?{name}={raw}").status_code == 200
    assert Client().get(f"/search/?q=a&page={raw}").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["0", "-1", "2", "1e3", "٣", "9" * 5_000, "1.0"])
def test_a_page_that_is_not_there_is_not_found(page: str) -> None:
    search("sleep", status=404, page=page)


@pytest.mark.django_db
def test_a_search_is_read_and_not_sent() -> None:
    assert Client().post("/search/", {"q": "sleep"}).status_code == 405
    assert Client().delete("/search/suggestions/").status_code == 405


@pytest.mark.django_db
def test_a_long_text_is_cut_and_the_page_says_so() -> None:
    review("A very long question")
    catch_up_wholly()

    page = search("question " + "x" * 10_000)
    assert len(str(find(page, "#search-words")["value"])) <= LONGEST_QUERY
    assert "was left out" in words(find(page, ".privacy-note"))


@pytest.mark.django_db
def test_words_of_scripts_without_spaces_are_found_within_a_sentence() -> None:
    review("监狱里的自杀预防")
    catch_up_wholly()

    assert titles("自杀") == ["监狱里的自杀预防"]
    assert titles("杀自") == []


@pytest.mark.django_db
def test_an_empty_search_explains_itself() -> None:
    page = search()

    assert "Quote marks keep words together" in words(find(page, ".empty"))
    assert not page.select("main .count")
    assert find(page, "form[role=search]")


@given(st.text(max_size=400))
def test_the_parser_takes_any_text(typed: str) -> None:
    query = parse(typed)

    assert len(query.text) <= LONGEST_QUERY
    assert len(query.required) <= MOST_CLAUSES
    for clause in (*query.required, *query.excluded):
        assert clause
        assert all(word and not set(word) & set(" \t\n:\0") for word in clause)
    for word in query.words:
        assert text.fold(query.text[word.start : word.end]) == word.folded


@given(st.lists(st.sampled_from(['"', "-", " ", "a", "the", "prison", "“", "”", "\0", "é", "监"]), max_size=60))
def test_the_parser_finds_the_same_in_what_it_made_of_a_text(parts: list[str]) -> None:
    query = parse("".join(parts))

    assert parse(query.text).required == query.required
    assert parse(query.text).excluded == query.excluded


@given(st.text(max_size=60))
def test_a_folded_word_folds_to_itself_and_holds_nothing_that_parts_words(typed: str) -> None:
    for word in text.words(typed):
        assert text.fold(word.folded) == word.folded
        assert not set(word.folded) & set(" \t\n:\0")
        assert text.stem(word.folded)
