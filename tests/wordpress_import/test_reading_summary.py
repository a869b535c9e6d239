"""The numbers of a dry run are those of the generator and of an independent count."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.wordpress_import.exports import manifest, truth
from wordpress_import.reading import open_exports
from wordpress_import.reading.summary import Summary, shortcodes


def test_the_summary_counts_what_the_generator_wrote(exports: Path) -> None:
    path = exports / "gen-200.xml"
    summary = Summary()
    records = list(summary.watch(open_exports([path]).records()))
    answers, facts = manifest(path), truth(path)
    assert len(records) == sum(summary.kinds.values()) + answers["authors"] + sum(summary.declared_terms.values()) + 1
    assert summary.kinds == answers["types"]
    assert {f"{kind}:{status}": count for (kind, status), count in summary.statuses.items()} == facts["type_status"]
    assert sum(summary.comments.values()) == answers["comments"]["total"]
    assert summary.declared_authors == answers["authors"]
    assert summary.passwords == answers["password_posts"]
    assert summary.blocks == facts["blocks"]
    counts = answers["counts"]
    assert summary.shortcodes["gallery"] == counts["sc_gallery"]
    assert summary.shortcodes["caption"] == counts["sc_caption"]
    assert summary.shortcodes["embed"] == counts["sc_embed"]
    assert summary.shortcodes["contact-form-7"] == counts["sc_unknown"]
    assert summary.years[0] == sum(answers["post_status"].get(status, 0) for status in ("draft", "pending")) + 1
    assert summary.repaired == 0


def test_the_summary_says_how_much_was_repaired(exports: Path) -> None:
    summary = Summary()
    list(summary.watch(open_exports([exports / "broken" / "cdata-end.xml"]).records()))
    assert summary.repaired == 2


@pytest.mark.parametrize(
    ("content", "names"),
    [
        ('[caption id="a"]x[/caption] [gallery]', ["caption", "gallery"]),
        ("[[gallery]] and [1] and [ sic ] and [sic]", ["sic"]),
        ("<pre>[gallery]</pre><code>[b]</code> [c/]", ["c"]),
        ('<!-- wp:acme/x {"a":"[d]"} /--> [e x=1]', ["e"]),
        ("<pre>[never ends", []),
    ],
)
def test_brackets_in_code_and_comments_are_no_shortcodes(content: str, names: list[str]) -> None:
    assert list(shortcodes(content)) == names
