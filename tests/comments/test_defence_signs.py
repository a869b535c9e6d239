"""What the words of a response give away, in any script."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.defence.signs import count_links, held_words
from comments.folding import digest, folded


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("", 0),
        ("No link at all. Not one, e.g. here, i.e. nowhere; it costs 3.50, says Fig.2.", 0),
        ("See https://example.com/a?b=c#d and http://example.org.", 2),
        ("HTTPS://EXAMPLE.COM and EXAMPLE.ORG and www.example.net", 3),
        ("Buy at shop.example.com, best-pills.example or пример.рф/дом or münchen.example", 4),
        ("Write to ada@example.org or ada.reader@mail.example.org", 0),
        ("I read it in the study.The authors say so.It is in data.csv and paper.pdf", 0),
        ("[url=http://a.example]pills[/url]", 1),
        ("[url=http://a.example]http://a.example[/url]", 1),
        ("[URL]http://a.example[/URL] [url]b.example[/url] [link=c.example]c[/link]", 3),
        ('<a href="http://a.example">http://a.example</a> <a href=b.example>b</a>', 2),
        ("http://a.example http://a.example http://a.example", 3),
        ("https://例え.テスト/ and ftp://files.example/x", 2),
        ("t.co:8080/path?x=[y] and X.COM, whatever the p.value", 2),
    ],
)
def test_links_are_counted_however_they_are_written(text: str, links: int) -> None:
    assert count_links(text) == links


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        ("casino", "The CASINO is open.", ["casino"]),
        ("casino", "Casinos are open; so is le cásinò!", ["casino"]),
        ("casino", "Occasinoally", []),
        ("Straße", "In the STRASSE", ["Straße"]),
        ("café\n\n  crème brûlée \ncafé", "Cafe, creme   BRULEE", ["café", "crème brûlée"]),
        ("казино", "Онлайн-КАЗИНО тут", ["казино"]),
        ("казино", "казиношка", []),
        ("博彩", "这里有博彩网站", ["博彩"]),
        ("カジノ", "オンラインｶｼﾞﾉで遊ぶ", ["カジノ"]),
        ("คาสิโน", "เล่นคาสิโนออนไลน์", ["คาสิโน"]),
        ("قمار", "لَعِبُ القِمَار", []),
        ("قمار", "هذا قِمَار هنا", ["قمار"]),
        ("हिन्द", "हिन्दी", []),
        ("casino", "ca\u200bsi\u00adno", ["casino"]),
        ("casino", "\uff43\uff41\uff53\uff49\uff4e\uff4f", ["casino"]),
        ("c++", "I like C++, too", ["c++"]),
        ("a", "A b", ["a"]),
        ("\n \n", "anything", []),
        ("\u200b", "anything", []),
    ],
)
def test_held_words_are_whole_words_whatever_their_case_accents_and_script(
    words: str, text: str, found: list[str]
) -> None:
    assert held_words([text], words) == found


def test_texts_that_only_look_different_say_the_same() -> None:
    assert digest("Great  Post,\nthank you!") == digest("great post, THANK\u200b you!")
    assert digest("Great post") != digest("Great poster")


@given(st.text(max_size=300))
def test_any_text_can_be_read_and_folding_it_again_changes_nothing(text: str) -> None:
    assert count_links(text) >= 0
    assert folded(folded(text)) == folded(text)
    assert isinstance(held_words([text], text), list)


@pytest.mark.parametrize("piece", ["<a ", "[url=", "a.", "a.b", "[url]", "www.", "http://", "aa-", "\u0301", "xx.xx/"])
def test_a_text_made_to_be_slow_to_read_is_read(piece: str) -> None:
    text = (piece * 10_000)[:10_000]

    assert count_links(text) >= 0
    assert held_words([text], piece) in ([], [piece.strip()])
