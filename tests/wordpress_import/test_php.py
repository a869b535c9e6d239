"""Values that PHP serialised: read without running anything, also with lengths that no longer fit."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.wordpress_import.handmade import items
from wordpress_import.reading import php


def test_the_data_of_a_picture_is_a_dictionary(exports: Path) -> None:
    picture = next(record for record in items(exports / "gen-60.xml") if "_wp_attachment_metadata" in record.meta)
    data = php.mapping(picture.meta["_wp_attachment_metadata"][0])
    assert (data["width"], data["height"]) == (1600, 1067)
    assert data["file"] == picture.meta["_wp_attached_file"][0]
    assert data["sizes"]["large"]["width"] == 1024


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("N;", None),
        ("b:1;", True),
        ("i:-5;", -5),
        ("d:0.5;", 0.5),
        ('s:5:"caf\u00e9";', "café"),
        ('a:2:{i:0;s:1:"a";i:1;s:1:"b";}', {0: "a", 1: "b"}),
        ('O:8:"stdClass":1:{s:4:"name";s:3:"x;y";}', {"name": "x;y"}),
        ("  a:0:{}\n", {}),
        # A host name of another length, and a text whose encoding was changed.
        ('a:2:{s:3:"url";s:22:"https://new.example.org/";s:1:"n";i:3;}', {"url": "https://new.example.org/", "n": 3}),
        ('a:1:{s:7:"caption";s:4:"café";}', {"caption": "café"}),
        ('a:1:{s:1:"a";s:99:"say "no"; or {1}";}', {"a": 'say "no"; or {1}'}),
    ],
)
def test_values_are_read(text: str, value: object) -> None:
    assert php.load(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "plain text",
        "a:1:{",
        "a:99999999999999999999:{}",
        's:99999999999999999999:"a";',
        "i:" + "9" * 5000 + ";",
        "a:1:{a:0:{}i:1;}",
        "R:1;",
        'C:7:"Exploit":4:{boom}',
        "a:1:{i:0;" * 5000,
        's:1:"' * 300_000,
        "x" * (3 << 20),
    ],
)
def test_anything_else_is_refused_at_once(text: str) -> None:
    started = time.process_time()
    with pytest.raises(ValueError, match="value is"):
        php.load(text)
    assert php.mapping(text) == {}
    assert time.process_time() - started < 3


@given(st.text(alphabet='abidsONC:;{}"0123456789-é', max_size=60))
def test_no_text_does_more_than_be_refused(text: str) -> None:
    assert isinstance(php.mapping(text), dict)
