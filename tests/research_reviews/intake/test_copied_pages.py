"""Texts as people copy and save them, looked at as an editor would."""

from __future__ import annotations

import pytest

from research_reviews.intake.draft import Draft
from tests.research_reviews.intake.reading_samples import block, chrome, issues, kinds, structured


def quoted(draft: Draft) -> list[tuple[str, str]]:
    """Return every quote of the findings with who speaks."""
    parts = [part for issue in block(draft, "findings")["issues"] for part in issue["body"]]
    return [(part["value"]["words"], part["value"]["who"]) for part in parts if part["type"] == "quote"]


def left_out(draft: Draft, kind: str) -> list[str]:
    """Return what was left out as being of a kind."""
    return [piece.text for piece in draft.report.chrome if piece.kind == kind]


def written(source: str, name: str = "a.txt") -> Draft:
    """Return the draft of a text."""
    return structured(name, source.encode())


def test_a_page_with_a_sponsor_and_quotes_that_lack_a_mark() -> None:
    draft = structured("page_with_sponsor.txt")
    assert draft.title == "Peer support in prisons"
    assert draft.standfirst == "How prisoners help each other through the first nights in custody."
    assert draft.study.title == "The strength of a listening ear: peer support in four English prisons"
    assert draft.study.published == "2023-05-25"
    assert [(one.name, one.descriptor, one.handles) for one in draft.credits] == [
        ("Dr Marla Quillfeather", "University of Invented Studies", {"x": "marlaquill"}),
        ("Tobin Ashgrove", "former prisoner", {"x": "tobinash"}),
        ("Professor Ines Van Derlake", "academic", {"x": "ivanderlake"}),
        ("Kit Morrow", "", {"bluesky": "kit.bsky.social"}),
    ]
    assert kinds(draft) == ["section", "findings", "recommendations", "conclusion"]
    assert issues(draft) == [
        ("Inconsistent training of peer supporters", "Training", True),
        ("The emotional burden on supporters", "The weight of other people's troubles", True),
        ("Lack of private space", "No place to talk", True),
        ("Staff attitudes", "Attitudes of officers", True),
        ("Paying people for their work", "", False),
    ]
    assert quoted(draft) == [
        ("Nobody told me what to do at night. I had to make it up.", "Listener, Category B prison"),
        ("I go back to my cell and I can't switch it off.", "Participant 12"),
        ("They think we are having a jolly.", ""),
    ]
    assert "<li>" not in str(draft.body)
    assert [item["audiences"] for item in block(draft, "recommendations")["items"]] == [
        ["Prison governors"], [], ["Commissioners"],
    ]  # fmt: skip
    assert block(draft, "conclusion")["body"] == (
        "<p>Peer support works where it is prepared and protected. I hope that prisons take note.</p>"
    )
    assert draft.image_credit.text.startswith("Thanks to Andy Example")
    assert left_out(draft, "sponsor") == [
        "Prison posts are kindly sponsored by Invented Software",
        "Invented Software offers digital services in prisons.",
    ]
    assert {"menu", "search", "share", "related", "comments", "subscribe", "cookies", "footer"} <= chrome(draft)


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        ("The report, Does it work? A review, was written by a charity.", "Does it work? A review"),
        ("The paper is entitled Talking through the door, and is based on 40 interviews.", "Talking through the door"),
        ("The study, “Talking through the door”, was done by a charity.", "Talking through the door"),
        ("The study – Talking through the locked door – was done by a charity.", "Talking through the locked door"),
        ("The study was done by a charity, Invented Help, and by its members.", ""),
        ("The study, which was done by a charity, is short.", ""),
        ("The report, a long one by anybody's standards, is sad.", ""),
    ],
)  # fmt: skip
def test_the_title_of_the_study_may_stand_in_another_sentence(sentence: str, title: str) -> None:
    source = (
        f"Peer support in prison\n\nA new study (published 3 May 2023) looks at prisons.\n\n{sentence}\n\nMore text."
    )
    assert written(source).study.title == title


def test_links_of_quotes_are_kept_below_them() -> None:
    draft = written(
        "<h1>Peer support in prison</h1><p>First text.</p><blockquote><p>“We all know "
        '<a href="https://a.example/x?a=1&amp;b=2">the wing</a> is cold.</p>'
        '<cite><a href="https://b.example/">A report, 2020, p. 4</a></cite></blockquote><p>Last text.</p>',
        "a.html",
    )
    assert block(draft, "quote")["words"] == "We all know the wing is cold."
    assert block(draft, "quote")["source"] == "A report, 2020"
    below = draft.body[2].value["body"]
    assert '<a href="https://b.example/">A report, 2020, p. 4</a>' in below
    assert '<a href="https://a.example/x?a=1&amp;b=2">the wing</a>' in below
    assert any("Links stood within quotes" in guess.why for guess in draft.report.guesses)
