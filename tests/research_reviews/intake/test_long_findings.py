"""A finding that is longer than its label may be: nobody reads its beginning twice."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from research_reviews.intake.reading import read
from research_reviews.intake.structure import structure
from research_reviews.intake.words import words
from research_reviews.models import ReviewPage
from tests.factories.pages import review_index

LONGEST = 200
WHY = (
    "shifts were short, the wing was locked for most of the day and nobody had said who would stand in for those who "
    "went away to be trained"
)
PAGE = """<h1>Peer support on three wings</h1><p>The authors studied three wings for a year and spoke to everybody.</p>
<p>The authors identify two key issues:</p><ol><li>{line}</li><li>No quiet room</li></ol>{more}"""


def page(line: str, more: str = "") -> str:
    """Return a write-up whose first finding is the line."""
    return PAGE.format(line=line, more=more)


def printed(tmp_path: Path, source: str) -> list[dict[str, Any]]:
    """Return the findings that the command prints for a page."""
    file, out = tmp_path / "a.html", StringIO()
    file.write_text(source)
    call_command("structure_review", str(file), "--json", stdout=out)
    return next(block["value"]["issues"] for block in json.loads(out.getvalue())["body"] if block["type"] == "findings")


@pytest.mark.parametrize(
    ("line", "label", "body"),
    [
        (
            f"Officers in all three prisons had <em>never</em> been trained. They said so because {WHY}, and meant it.",
            "Officers in all three prisons had never been trained",
            f"They said so because {WHY}, and meant it.",
        ),
        (
            f"Who trains <b>the officers? Nobody does</b>, they say, because {WHY}, and that has not changed.",
            "Who trains the officers?",
            f"<b>Nobody does</b>, they say, because {WHY}, and that has not changed.",
        ),
        (
            f"Dr. Example (of Invented et al. 2020) saw no training on <i>any</i> wing. He said that {WHY}, or "
            "so he had heard from others.",
            "Dr. Example (of Invented et al. 2020) saw no training on any wing",
            f"He said that {WHY}, or so he had heard from others.",
        ),
        (
            f"On <i>all three</i> of the wings nobody had been trained<br>They told others that {WHY}, and more.",
            "On all three of the wings nobody had been trained",
            f"They told others that {WHY}, and more.",
        ),
        (
            f"On <i>all three</i> of the wings nobody had been trained: they told the researchers that {WHY}, and more",
            "On all three of the wings nobody had been trained",
            f"they told the researchers that {WHY}, and more",
        ),
        (
            f"On all three of the wings nobody had been trained; they told others that {WHY}, and so much more",
            "On all three of the wings nobody had been trained",
            f"they told others that {WHY}, and so much more",
        ),
        (
            f"On <i>all three</i> of the wings nobody had been trained – and they told the researchers that {WHY}, too",
            "On all three of the wings nobody had been trained",
            f"and they told the researchers that {WHY}, too",
        ),
        (
            f"Officers, who came from <i>all three</i> of the wings, had had no training, because all year {WHY}",
            "Officers, who came from all three of the wings, had had no training…",
            f"… because all year {WHY}",
        ),
        (
            f"Officers who came from <i>all three</i> of the wings had had no training because all year {WHY}",
            "Officers who came from all three of the wings had had no training…",
            f"… because all year {WHY}",
        ),
        (
            'Officers from <i>all three</i> wings had <a href="https://a.example/?b=c&amp;d=e">no <b>training. Once '
            f"upon</b> a time</a> it was said that {WHY}, or so they told the researchers.",
            "Officers from all three wings had no training",
            '<a href="https://a.example/?b=c&amp;d=e"><b>Once upon</b> a time</a> it was said that '
            f"{WHY}, or so they told the researchers.",
        ),
    ],
)
def test_its_first_sentence_or_what_stands_before_a_break_is_the_label(
    tmp_path: Path, line: str, label: str, body: str
) -> None:
    first, second = printed(tmp_path, page(line))
    assert first["label"] == label
    assert first["body"] == [{"type": "prose", "value": f"<p>{body}</p>"}]
    assert second == {"label": "No quiet room", "own_heading": "", "body": []}


def test_it_is_not_broken_within_brackets_quotes_or_between_two_dashes(tmp_path: Path) -> None:
    line = (
        "Officers on all three of the wings (some of them new; one, who was there for years, was not) said “no. Never: "
        f"not once” – and that was all they said – about training, and told that {WHY}"
    )
    first, _second = printed(tmp_path, page(line))
    assert first["label"].endswith("” – and that was all they said – about training…")
    assert first["body"] == [{"type": "prose", "value": f"<p>… and told that {WHY}</p>"}]


def test_one_that_just_fits_stays_a_line(tmp_path: Path) -> None:
    line = "Nobody was trained. " + "x" * (LONGEST - 20)
    first, _second = printed(tmp_path, page(line))
    assert first == {"label": line, "own_heading": "", "body": []}


def test_its_section_follows_what_the_label_does_not_hold(tmp_path: Path) -> None:
    line = f"Officers had never been trained. They said that {WHY}, on <i>every</i> one of the wings, all the time."
    more = f"<h2>{line}</h2><p>Training took two hours.</p><h2>No quiet room</h2><p>The room was a store.</p>"
    first, second = printed(tmp_path, page(line, more))
    rest = f"They said that {WHY}, on <i>every</i> one of the wings, all the time."
    assert (first["label"], first["own_heading"]) == ("Officers had never been trained", "")
    assert [part["value"] for part in first["body"]] == [f"<p>{rest}</p>", "<p>Training took two hours.</p>"]
    assert [part["value"] for part in second["body"]] == ["<p>The room was a store.</p>"]


def test_a_heading_that_is_a_finding_is_broken_as_well(tmp_path: Path) -> None:
    told = "".join(
        f"<h3>{number}. {line}</h3><p>Training took two hours at most, they said.</p>"
        for number, line in (
            (1, f"Officers had never been trained. They said that {WHY}, on each and every wing."),
            (2, "Rooms"),
        )
    )
    first, second = printed(tmp_path, f"<h1>Peer support</h1><p>A study.</p><h2>Findings</h2>{told}")
    assert first["label"] == "Officers had never been trained"
    text = "".join(part["value"] for part in first["body"])
    assert (
        text
        == f"<p>They said that {WHY}, on each and every wing.</p><p>Training took two hours at most, they said.</p>"
    )
    assert second["label"] == "Rooms"


@pytest.mark.django_db
def test_only_one_without_any_break_is_cut_at_a_word_and_kept_whole(tmp_path: Path) -> None:
    line = "officers " * 24 + "said"
    index = review_index()
    (tmp_path / "a.html").write_text(page(line))
    call_command("structure_review", str(tmp_path / "a.html"), stdout=StringIO())
    review = ReviewPage.objects.child_of(index).get()
    issue = next(block for block in review.body if block.block_type == "findings").value["issues"][0]
    assert len(issue["label"]) <= LONGEST
    assert issue["label"].endswith("officers…")
    assert [str(part.value.source) for part in issue["body"]] == [f"<p><b>{line}</b></p>"]


PIECES = (
    "word",
    "Dr.",
    "A sentence.",
    "one:",
    "two;",
    "–",
    "(in",
    "out)",
    "“said",
    "so”",
    "<b>bold",
    "all</b>",
    "<br>",
    "because",
    "which,",
    "<i>",
    "</i>",
    '<a href="https://a.example/?b=1&amp;c=2">link',
    "ends</a>",
    "&amp;",
    "x,",
)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=30, max_size=90))
def test_its_words_are_in_the_label_or_below_it(pieces: list[str]) -> None:
    draft = structure(read("a.html", page(" ".join(pieces)).encode()))
    assert draft.report.words.lost == draft.report.words.invented == []
    first = next(block.value["issues"][0] for block in draft.body if block.type == "findings")
    assert words(first["label"]), first
