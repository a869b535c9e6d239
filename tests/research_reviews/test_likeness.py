"""How alike texts are."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import LazySettings

from research_reviews import likeness
from research_reviews.likeness import likenesses, words_of


@pytest.fixture(autouse=True)
def no_language_is_remembered() -> Iterator[None]:
    """Each test has the stems of its own language."""
    yield
    likeness._language.cache_clear()
    likeness.stem.cache_clear()


def test_words_are_counted_in_their_stems_whatever_their_case_and_form() -> None:
    assert words_of("Prisoners’ letters", "The PRISONER’s ﬁrst letter, 2 of 3") == {
        "prison": 2,
        "letter": 2,
        "the": 1,
        "first": 1,
        "of": 1,
    }


@pytest.mark.parametrize(("language", "stem"), [("de", "gefang"), ("pt-br", "gefangenen"), ("zh-hans", "gefangenen")])
def test_stems_are_those_of_the_sites_language(settings: LazySettings, language: str, stem: str) -> None:
    settings.LANGUAGE_CODE = language
    likeness._language.cache_clear()
    likeness.stem.cache_clear()
    assert list(words_of("Gefangenen")) == [stem]


def test_the_same_words_are_as_alike_as_can_be_and_others_not_at_all() -> None:
    letters, prison = words_of("letters home from prison"), words_of("prison, from home: letters")
    same, other, empty = likenesses(letters, [prison, words_of("a week of sleep"), words_of("")])
    assert same == pytest.approx(1)
    assert (other, empty) == (0, 0)


def test_a_rare_word_in_common_counts_for_more_than_one_that_most_texts_have() -> None:
    common = [words_of(f"prison and {word}") for word in ("food", "sport", "work", "heat")]
    rare = words_of("letters and something")
    *of_common, of_rare = likenesses(words_of("prison letters"), [*common, rare])
    assert of_rare > max(of_common) > 0


@pytest.mark.parametrize(
    "text", ["", "12 % — …", "العربية", "日本語の文", "\u202e\u0000", "e\u0301" * 300, "prison " * 10_000]
)
def test_any_text_can_be_compared(text: str) -> None:
    one = words_of(text)
    assert all(0 <= value <= 1 + 1e-9 for value in likenesses(one, [one, words_of("prison")]))
