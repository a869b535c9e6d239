"""The stamp of a form, and the field that people leave empty."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.conf import LazySettings
from django.template import engines
from django.utils import timezone

from core.snapshot import snapshot
from core.stamps import Reading, read, stamp


def made(purpose: str, ago: timedelta) -> str:
    """Return the stamp of a page that was made some time ago."""
    with time_machine.travel(timezone.now() - ago, tick=False):
        return stamp(purpose)


@pytest.mark.parametrize(
    ("ago", "reading"),
    [
        (timedelta(0), Reading.HASTY),
        (timedelta(seconds=1), Reading.HASTY),
        (timedelta(seconds=3), Reading.FINE),
        (timedelta(days=2, hours=23), Reading.FINE),
        (timedelta(days=3, seconds=2), Reading.OLD),
        # A server whose clock is ahead made the page.
        (timedelta(seconds=-30), Reading.HASTY),
    ],
)
def test_a_stamp_tells_how_old_the_form_is(ago: timedelta, reading: Reading) -> None:
    assert read(made("subscribe", ago), "subscribe") is reading


@pytest.mark.parametrize("forged", ["", ".", "1.", "1764000000.AAAA", "é.ü", "\u0661.x", "9" * 5000 + ".x"])
def test_a_stamp_that_is_not_ours_is_forged(forged: str) -> None:
    assert read(forged, "subscribe") is Reading.FORGED


def test_a_stamp_counts_for_its_purpose_only_and_cannot_be_made_younger(settings: LazySettings) -> None:
    old = made("subscribe", timedelta(days=4))
    seconds, _dot, signature = old.partition(".")

    assert read(old, "response-1") is Reading.FORGED
    assert read(f"{int(seconds) + 3 * 86_400}.{signature}", "subscribe") is Reading.FORGED
    settings.SECRET_KEY = "another site's"
    assert read(old, "subscribe") is Reading.FORGED


def test_all_forms_of_a_page_are_made_at_the_same_time() -> None:
    with snapshot(), time_machine.travel("2026-11-24 12:00:00+00:00", tick=False) as clock:
        first = stamp("subscribe")
        clock.shift(60)
        assert stamp("subscribe") == first


@time_machine.travel("2026-11-24 12:00:00+00:00", tick=False)
def test_a_form_carries_a_stamp_and_a_field_that_nobody_sees() -> None:
    form = engines["django"].from_string('{% load core_tags %}{% form_guard "subscribe" %}').render()

    assert '<div hidden><label>Leave this empty <input name="subject"' in form
    assert f'name="stamp" value="{stamp("subscribe")}"' in form
