"""Damaged exports: what is whole is read, what is not is said, and no damage reaches further than its item."""

from __future__ import annotations

import json
import random
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.wordpress_import.handmade import END, HEAD, item, items, items_of, numbered, read, sites, write
from wordpress_import.reading import NotAnExportError, open_exports, pieces
from wordpress_import.records import ItemRecord

BROKEN = [
    "control-chars.xml",
    "bad-utf8.xml",
    "utf8-split-truncated.xml",
    "raw-ampersand.xml",
    "nbsp-entity.xml",
    "cdata-end.xml",
    "truncated.xml",
    "truncated-in-item-then-closed.xml",
    "php-warning-first.xml",
    "php-warning-inside.xml",
    "blank-and-bom-first.xml",
    "undeclared-prefix.xml",
    "ns-1.1.xml",
    "ns-1.3-unknown.xml",
    "utf16.xml",
    "cp1252.xml",
    "declared-utf8-is-latin1.xml",
    "pretty-printed.xml",
    "duplicate-item.xml",
    "two-channels.xml",
    "html-after.xml",
    "entity-bomb.xml",
    "xxe.xml",
    "not-wxr-rss.xml",
    "not-xml.html",
    "empty.xml",
    "export.xml.gz",
    "wordpress-com.zip",
    "hostile-html.xml",
    "ssrf-attachments.xml",
]
LARGE = "export.xml: item 2, line 32: It is larger than anything that is read in one piece, and was left out."
LONGEST_DAMAGE = 3000
# An item that the damage does not touch is read as if there were none.
MARGIN = 100
REFUSED = {
    "not-wxr-rss.xml": "is an RSS feed, not an export",
    "not-xml.html": "is a web page, not an export",
    "empty.xml": "is empty",
}
# Differences from the sound export that each file has on purpose.
OWN_WORDS = {"control-chars.xml", "bad-utf8.xml", "utf8-split-truncated.xml", "cdata-end.xml", "hostile-html.xml"} | {
    "truncated.xml",
    "truncated-in-item-then-closed.xml",
    "declared-utf8-is-latin1.xml",
    "ssrf-attachments.xml",
    "wordpress-com.zip",
    "raw-ampersand.xml",
    "php-warning-inside.xml",
    "cp1252.xml",
}


def expected(exports: Path) -> dict[str, Any]:
    answers: dict[str, Any] = json.loads((exports / "broken" / "EXPECT.json").read_text())
    return answers


def test_every_damaged_export_is_tested(exports: Path) -> None:
    assert sorted(BROKEN) == sorted(expected(exports))


@pytest.mark.parametrize("name", BROKEN)
def test_a_damaged_export_yields_what_it_must(exports: Path, name: str) -> None:
    must = expected(exports)[name]["must"]
    path = exports / "broken" / name
    if name in REFUSED:
        with pytest.raises(NotAnExportError, match=REFUSED[name]):
            open_exports([path])
        return
    records, export = read(path)
    found = items_of(records)
    assert len(found) == must.get("items", len(found))
    assert sum(record.kind == "post" for record in found) == must.get("posts", sum(r.kind == "post" for r in found))
    comments = sum(len(record.comments) for record in found)
    assert comments == must.get("comments", comments)
    assert export.is_cut == name.startswith("truncated")
    if name not in OWN_WORDS:
        sound = items(exports / "gen-60.xml")
        for record, original in zip(found, sound, strict=True):
            record.problems.clear()
            assert record == original


@pytest.mark.parametrize("name", ["entity-bomb.xml", "xxe.xml"])
def test_entities_of_the_file_s_own_are_left_as_they_stand(exports: Path, name: str) -> None:
    records, export = read(exports / "broken" / name)
    assert sites(records)[0].title in {"&j;", "&x;"}
    assert "root:" not in repr(records)
    assert "entities" in export.problems[0].sentence


def test_a_file_that_ends_early_is_said_loudly_with_the_last_whole_item(exports: Path) -> None:
    records, export = read(exports / "broken" / "truncated.xml")
    (cut,) = export.cuts
    last = items_of(records)[-1]
    assert cut in export.problems
    assert cut.file == "truncated.xml"
    assert cut.place == "after item 89"
    assert f"“{last.title}”" in cut.sentence


def test_a_file_that_ends_after_an_item_is_cut_too(tmp_path: Path) -> None:
    records, export = read(write(tmp_path, numbered(1), numbered(2), end="\n"))
    assert len(items_of(records)) == 2
    assert export.is_cut


def test_what_was_repaired_names_the_item_and_the_line(exports: Path) -> None:
    _records, export = read(exports / "broken" / "control-chars.xml")
    (problem,) = export.problems
    assert str(problem) == ("control-chars.xml: item 31 (id 1008), line 2623: Control characters in it were dropped.")


def test_control_characters_are_dropped_and_their_neighbours_kept(tmp_path: Path) -> None:
    content = "<content:encoded><![CDATA[A\x01B\x0bC\x10D\x00E\x85 \ufffe]]></content:encoded>"
    (record,) = items(write(tmp_path, item(content=content)))
    assert record.content == "ABCDE\x85"


def test_bytes_of_windows_1252_amid_utf_8_become_what_they_were(tmp_path: Path) -> None:
    path = write(tmp_path, item(content="<content:encoded><![CDATA[Żółć HERE]]></content:encoded>"))
    path.write_bytes(
        path.read_bytes().replace(b"HERE", b"caf\xe9 na\xefve \x93so\x94 \x80 1\x962 \xc3\xa9 \xd0\xb6\xd0")
    )
    assert items(path)[0].content == "Żółć café naïve “so” € 1–2 é ж\ufffd"


def test_an_export_in_windows_1252_throughout_is_read_as_such_though_it_says_utf_8(tmp_path: Path) -> None:
    path = write(tmp_path, item(content="<content:encoded><![CDATA[à la carte — Ærø “été”]]></content:encoded>"))
    path.write_bytes(path.read_text().encode("cp1252"))
    assert items(path)[0].content == "à la carte — Ærø “été”"


@pytest.mark.parametrize(
    ("declared", "codec", "words"),
    [
        ("ISO-8859-1", "cp1252", "“naïve” € café"),
        ("ISO-8859-1", "utf-8", "“naïve” Żółć 研究"),
        ("KOI8-R", "koi8-r", "обзор исследований"),
        ("windows-1251", "cp1251", "обзор исследований"),
        ("Shift_JIS", "shift_jis", "レビュー 表示ソ"),
        ("GB18030", "gb18030", "研究综述 ㄱ"),
        ("Big5", "big5", "評論 功能"),
        ("ISO-2022-JP", "iso2022_jp", "レビュー 研究"),
        ("UTF-16", "utf-16-le", "研究 🎓"),
        ("UTF-16", "utf-16-be", "研究 🎓"),
        ("UTF-16", "utf-8", "研究 🎓"),
        ("UTF-32", "utf-32", "研究 🎓"),
        ("rot13", "utf-8", "études"),
        ("no-such-thing", "utf-8", "études"),
    ],
)
def test_each_encoding_is_read_whether_or_not_it_is_the_one_declared(
    tmp_path: Path, declared: str, codec: str, words: str
) -> None:
    content = f"<content:encoded><![CDATA[<p>{words}</p>]]></content:encoded>"
    text = HEAD.replace("UTF-8", declared) + item(content=content) + END
    path = tmp_path / "export.xml"
    path.write_bytes(text.encode(codec))
    records, export = read(path)
    assert [record.content for record in records if isinstance(record, ItemRecord)] == [f"<p>{words}</p>"]
    assert not export.problems


def test_raw_ampersands_and_names_of_html_are_read_as_what_they_mean(tmp_path: Path) -> None:
    record = items(
        write(
            tmp_path,
            item(
                title="<title>Q&A: cost &amp; benefit&nbsp;&mdash; R&D &unknown; &#8211; AT&T</title>",
                link="<link>https://old.example.org/?p=7&copy=1&not=2&amp;x=3</link>",
            ),
        )
    )[0]
    assert record.title == "Q&A: cost & benefit — R&D &unknown; – AT&T"
    assert record.link == "https://old.example.org/?p=7&copy=1&not=2&x=3"
    assert "no sound XML" in record.problems[0]


def test_brackets_that_end_cdata_too_early_stay_in_the_text(tmp_path: Path) -> None:
    words = '<p>a[b[0]]>1</p><pre>if (x[y[1]]>2) { print("]]>"); }</pre> <b>end</b>'
    found = items(
        write(
            tmp_path,
            numbered(1, content=f"<content:encoded><![CDATA[{words}]]></content:encoded>"),
            numbered(2, content="<content:encoded><![CDATA[next]]]]><![CDATA[> one]]></content:encoded>"),
        )
    )
    assert [record.content for record in found] == [words, "next]]> one"]


def test_a_feed_inside_a_post_is_text(tmp_path: Path) -> None:
    words = (
        '<rss version="2.0">\n<channel>\n<item><title>a</title></item>\n<item><title>b</title></item>\n</channel></rss>'
    )
    field = (
        f"<wp:postmeta><wp:meta_key>feed</wp:meta_key><wp:meta_value><![CDATA[{words}]]></wp:meta_value></wp:postmeta>"
    )
    content = f"<content:encoded><![CDATA[{words}]]></content:encoded>"
    found = items(write(tmp_path, numbered(1, content=content, more=field), numbered(2)))
    assert [record.wp_id for record in found] == [1, 2]
    assert found[0].content == words
    assert found[0].meta == {"feed": [words]}


def test_an_item_without_its_end_tag_does_not_swallow_the_next(tmp_path: Path) -> None:
    first = numbered(1).replace("</item>", "")
    records, export = read(write(tmp_path, first, numbered(2), numbered(3).replace("<item>", "<itm>"), numbered(4)))
    found = items_of(records)
    assert [record.wp_id for record in found] == [1, 2, 3, 4]
    assert {record.content for record in found} == {"<p>What was found.</p>"}
    assert len(export.problems) == 2


def test_the_first_item_without_its_start_tag_is_told_from_the_head(tmp_path: Path) -> None:
    path = write(tmp_path, numbered(1).replace("<item>", "<itm>"), numbered(2))
    records, _export = read(path)
    assert [(site.key, site.title) for site in sites(records)] == [("old.example.org", "Evidence Desk")]
    assert [(record.wp_id, record.title) for record in items_of(records)] == [(1, "A review"), (2, "A review")]


def test_an_item_too_large_for_the_memory_is_left_out_and_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "LARGEST_ITEM", 1 << 20)
    huge = f"<content:encoded><![CDATA[{'word ' * 900_000}]]></content:encoded>"
    records, export = read(write(tmp_path, numbered(1), numbered(2, content=huge), numbered(3)))
    assert [record.wp_id for record in items_of(records)] == [1, 3]
    assert [str(problem) for problem in export.problems] == [LARGE]
    records, export = read(write(tmp_path, numbered(1), numbered(2, content=huge)))
    assert [record.wp_id for record in items_of(records)] == [1]
    assert not export.is_cut
    monkeypatch.undo()
    assert len(items(tmp_path / "export.xml")) == 2


def test_cdata_that_never_ends_takes_no_more_than_its_item(tmp_path: Path) -> None:
    open_content = "<content:encoded><![CDATA[never ends</content:encoded>"
    field = "<wp:postmeta><wp:meta_key>a</wp:meta_key><wp:meta_value><![CDATA[open</wp:meta_value>\n</wp:postmeta>"
    found = items(write(tmp_path, numbered(1, content=open_content), numbered(2, more=field), numbered(3)))
    assert [record.wp_id for record in found] == [1, 2, 3]
    assert found[0].slug == "review-1"


def test_two_exports_joined_where_the_first_was_cut(tmp_path: Path) -> None:
    cut = HEAD + numbered(1) + numbered(2)[:180] + "<content:encoded><![CDATA[half a "
    path = tmp_path / "joined.xml"
    path.write_text(cut + HEAD + numbered(2) + numbered(3) + END)
    assert [record.wp_id for record in items(path)] == [1, 2, 3]


def test_messages_of_php_between_elements_are_left_out_and_reported(tmp_path: Path) -> None:
    notice = "<br />\n<b>Warning</b>:  Undefined variable $x in <b>/srv/www/a.php</b> on line <b>12</b><br />\n"
    records, export = read(write(tmp_path, numbered(1), notice, numbered(2, more=notice), head=notice + HEAD))
    found = items_of(records)
    assert [record.wp_id for record in found] == [1, 2]
    assert len(export.problems) == 3


def test_nothing_whose_status_was_lost_is_published(tmp_path: Path) -> None:
    status = "<wp:statXs><![CDATA[draft]]></wp:status>"
    assert only(tmp_path, item(status=status)).status == "draft"


def only(folder: Path, *written: str) -> ItemRecord:
    (record,) = items(write(folder, *written))
    return record


def test_thousands_of_problems_are_counted_rather_than_kept(tmp_path: Path) -> None:
    title = "<title>R&D</title>"
    _records, export = read(write(tmp_path, *(numbered(number, title=title) for number in range(1, 2502))))
    assert len(export.problems) == 2001
    assert export.problems[-1].sentence == "501 more problems, not listed."


HOSTILE = {
    "openers": "<item>" * 100_000,
    "cdata": "<item><title><![CDATA[" * 50_000,
    "closed cdata": "<item><wp:a><![CDATA[x]]>y" * 50_000,
    "comments": "<!--" * 300_000 + "<channel>",
    "nesting": "<item>" + "<a>" * 300_000 + "</item>",
    "elements": "<item>" + "<a/>" * 600_000 + "</item>",
    "titles": "<item><title>" + "<!--" * 300_000 + "</title></item>",
    "ends": "<item><![CDATA[" + "</item>" * 200_000 + "]]></item>",
    "starts": "<item><![CDATA[" + "<item> " * 200_000 + "]]></item>",
    "references": "<item><title>" + "&amp" * 300_000 + "</title></item>",
    "leaves": "<item>" + "<wp:a>" * 250_000 + "</item>",
    "attributes": "<item>" + "<category a" * 150_000 + "</item>",
    "spaces": "<item><![CDATA[]]>" + " " * 1_000_000 + "</item>",
    "doctypes": "<!DOCTYPE [" * 100_000,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_text_made_to_keep_the_reader_busy_does_not(tmp_path: Path, kind: str) -> None:
    path = write(tmp_path, numbered(1), HOSTILE[kind], END, HEAD, numbered(2))
    started = time.process_time()
    read(path)
    assert time.process_time() - started < 10


def damaged(content: bytes, seed: int, kind: str) -> tuple[bytes, int]:
    """Return the content with one stretch of bytes deleted, inserted or flipped, and where."""
    dice = random.Random(seed)  # noqa: S311
    place = dice.randrange(len(content))
    length = dice.choice([1, 1, 2, 7, 40, 300, LONGEST_DAMAGE])
    if kind == "delete":
        return content[:place] + content[place + length :], place
    if kind == "insert":
        pieces = [b"]]>", b"<![CDATA[", b"</item>", b"<item>", b"<!--", b"&", b"<", b'"', b"\x00", b"\xff" * length]
        return content[:place] + dice.choice(pieces) + content[place:], place
    flipped = bytes(byte ^ (1 << dice.randrange(8)) for byte in content[place : place + min(length, 40)])
    return content[:place] + flipped + content[place + len(flipped) :], place


@pytest.fixture(scope="module")
def sound(exports: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, dict[int, ItemRecord]]:
    """Return a smaller sound export, and its items by their ids."""
    content = (exports / "gen-60.xml").read_bytes()
    content = content[: content.index(b"</item>\n", 300_000) + len(b"</item>\n")] + END.encode()
    path = tmp_path_factory.mktemp("sound") / "sound.xml"
    path.write_bytes(content)
    return content, {record.wp_id: record for record in items(path)}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32), kind=st.sampled_from(["delete", "insert", "flip"]))
def test_random_damage_stays_where_it_is(
    sound: tuple[bytes, dict[int, ItemRecord]], tmp_path: Path, seed: int, kind: str
) -> None:
    content, records = sound
    broken, place = damaged(content, seed, kind)
    path = tmp_path / "damaged.xml"
    path.write_bytes(broken)
    try:
        found = {record.wp_id: record for record in items(path)}
    except NotAnExportError:
        assert place < content.index(b"<item>")
        return
    for wp_id, (start, end) in items_by_place(content).items():
        if end < place - MARGIN or start > place + LONGEST_DAMAGE + MARGIN:
            assert found.get(wp_id) == records[wp_id]


def items_by_place(content: bytes) -> dict[int, tuple[int, int]]:
    """Return where each item of a sound export starts and ends."""
    places = {}
    end = 0
    while (start := content.find(b"<item>", end)) >= 0:
        end = content.index(b"</item>\n", start)
        wp_id = int(content[content.index(b"<wp:post_id>", start) + 12 : end].split(b"<")[0])
        places[wp_id] = (start, end)
    return places


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=400), is_inside=st.booleans())
def test_any_bytes_are_read_or_refused(tmp_path: Path, content: bytes, is_inside: bool) -> None:
    path = tmp_path / "any.xml"
    path.write_bytes((HEAD + numbered(1)).encode() + content + (numbered(2) + END).encode() if is_inside else content)
    try:
        found = items(path)
    except NotAnExportError:
        assert not is_inside
        return
    assert not is_inside or {record.wp_id for record in found} >= {1, 2}
