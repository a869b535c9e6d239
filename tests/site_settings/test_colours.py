"""The accent colour as arithmetic: what can be read, and the nearest that can."""

from __future__ import annotations

import re
from dataclasses import astuple
from pathlib import Path

import pytest
from coloraide import Color
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from site_settings.colours import DARK, LIGHT, Ground, accent_style, nearest, normalised, ratio
from site_settings.models import BrandSettings

TOKENS = Path(__file__).parents[2] / "static/css/tokens.css"
SEEN_AS_COLOURED = 0.04

untimed = settings(deadline=None)
colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(("ground", "block"), [(LIGHT, 0), (DARK, 1)])
def test_the_colours_are_those_of_the_stylesheet(ground: Ground, block: int) -> None:
    tokens = re.findall(r"--paper: (#\w+);\s*--surface: (#\w+);.*?--accent: (#\w+);", TOKENS.read_text(), re.DOTALL)
    assert tokens[block] == astuple(ground)[:3]


@pytest.mark.parametrize("ground", [LIGHT, DARK])
def test_the_sites_own_accent_can_be_read(ground: Ground) -> None:
    assert ground.passes(ground.accent)


@untimed
@given(colours)
def test_any_colour_is_accepted_or_leads_to_one_that_is(colour: str) -> None:
    refusal = refused(colour)
    if not refusal:
        assert LIGHT.passes(colour)
        return
    offers = re.findall(r"is (#[0-9a-f]{6}) \((4\.\d\d):1\)", refusal)
    assert len(offers) == 1
    assert float(offers[0][1]) >= 4.5
    assert refused(offers[0][0]) == ""


@untimed
@given(colours)
def test_the_nearest_colour_keeps_its_hue_and_goes_no_further_than_it_must(colour: str) -> None:
    for ground in (LIGHT, DARK):
        found = nearest(colour, ground)
        assert ground.passes(found)
        if found != colour:
            assert ground.contrast(found) < 4.8
        before, after = Color(colour).convert("oklch"), Color(found).convert("oklch")
        if min(before["chroma"], after["chroma"]) > SEEN_AS_COLOURED:
            assert abs((before["hue"] - after["hue"] + 180) % 360 - 180) < 15


@pytest.mark.parametrize(
    ("text", "colour"),
    [
        ("#1d70b8", "#1d70b8"),
        (" 1D70B8 ", "#1d70b8"),
        ("#FC0", "#ffcc00"),
        ("", ""),
        ("teal", ""),
        ("#12", ""),
        ("#1d70b8f", ""),
        ("#1d70b8;}", ""),
        ("#\uff11d70b8", ""),
    ],
)
def test_a_colour_is_known_however_it_is_typed(text: str, colour: str) -> None:
    assert normalised(text) == colour


def test_a_contrast_is_never_rounded_up_to_one_that_would_pass() -> None:
    assert [ratio(4.4999), ratio(4.5), ratio(21)] == ["4.49:1", "4.50:1", "21.00:1"]


def test_what_is_no_colour_styles_nothing() -> None:
    assert accent_style("red}body{display:none") == ""


def test_a_colour_that_came_in_by_another_way_can_be_read_too() -> None:
    styled = re.findall(r"--accent:(#\w+)", accent_style("#ffee00"))
    assert styled == [nearest("#ffee00", LIGHT), nearest(nearest("#ffee00", LIGHT), DARK)]


def refused(colour: str) -> str:
    """Return what the settings say of the colour; empty where they take it."""
    try:
        BrandSettings(accent_colour=colour).clean()
    except ValidationError as error:
        return " ".join(error.message_dict["accent_colour"])
    return ""
