"""Damaged and hostile exports through the whole command: what is in the database afterwards, and what was said."""

from __future__ import annotations

import html
import json
import re
import time
import tracemalloc
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError

from comments.models import Comment
from core.safe_http import connections
from research_reviews.models import ReviewPage
from tests.wordpress_import.exports import manifest
from tests.wordpress_import.test_reading_damaged import BROKEN, REFUSED
from tests.wordpress_import.writing.moves import bring, outcomes, rows
from wordpress_import.writing import fetching

pytestmark = pytest.mark.django_db

READABLE = [name for name in BROKEN if name not in REFUSED]
BOMB_SECONDS, BOMB_BYTES = 5, 300 * 1024 * 1024
RUNS = re.compile(r"<script|javascript:|<iframe|<svg|<style|<[^>]*\son\w+\s*=")
ENTERED = ("post", "page", "attachment", "wp_block", "guest-author", "team_member", "nav_menu_item")


def entered(told: dict[str, Any]) -> int:
    """Return how many items of the export are accounted for."""
    return sum(entry["kind"] in ENTERED for entry in told["items"])


@pytest.mark.parametrize("name", READABLE)
def test_a_damaged_export_becomes_what_it_must(exports: Path, tmp_path: Path, name: str) -> None:
    must = json.loads((exports / "broken" / "EXPECT.json").read_text())[name]["must"]
    answers = manifest(exports / "gen-60.xml")
    told = bring(exports / "broken" / name, report=tmp_path / "report.json")
    twice = 1 if name == "duplicate-item.xml" else 2 if name == "two-channels.xml" else 0
    extra = {1: 1, 2: answers["items"]}.get(twice, 0)
    is_cut = name.startswith("truncated")
    assert told["status"] == (3 if is_cut else 0), told["said"]
    assert not [entry for entry in told["items"] if entry["outcome"] == "failed"]
    if must.get("items"):
        assert entered(told) in (must["items"], must["items"] + extra)
    if must.get("posts"):
        assert ReviewPage.objects.count() == must["posts"] - answers["post_status"].get("trash", 0)
        responses = answers["comments"]["types"]["comment"]
        assert Comment.objects.count() == responses
        assert len({(c.page_id, c.created_at, c.name, c.text) for c in Comment.objects.all()}) == responses
    keys = Counter((entry["kind"], entry["key"]) for entry in told["items"] if entry["outcome"] == "made")
    assert not [key for key, number in keys.items() if number > 1]
    assert "root:" not in "".join(map(str, rows().values())) + json.dumps(told)


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_what_is_no_export_is_refused_and_nothing_written(exports: Path, tmp_path: Path, name: str) -> None:
    before = rows()
    with pytest.raises(CommandError, match=REFUSED[name]) as refused:
        bring(exports / "broken" / name, report=tmp_path / "report.json")
    assert refused.value.returncode == 1
    assert rows() == before


def test_an_entity_bomb_goes_off_nowhere(exports: Path, tmp_path: Path) -> None:
    tracemalloc.start()
    begin = time.process_time()
    bring(exports / "broken" / "entity-bomb.xml", report=tmp_path / "report.json", dry_run=True)
    seconds, (_now, most) = time.process_time() - begin, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    # Keeping count of memory makes Python several times slower.
    assert seconds < 4 * BOMB_SECONDS
    assert most < BOMB_BYTES / 3


def test_nothing_that_runs_is_stored_anywhere(exports: Path, tmp_path: Path) -> None:
    told = bring(exports / "broken" / "hostile-html.xml", report=tmp_path / "report.json")
    for table, stored in rows().items():
        for row in stored:
            # What the import remembers of the old site's words is plain text, and escaped where it is shown.
            found = RUNS.search(html.unescape(row).lower()) if not table.startswith("wordpress_import") else None
            assert not found, (table, row[max(0, found.start() - 80) : found.end() + 80])
    assert told["status"] == 0


def test_no_attachment_leads_into_the_network(exports: Path, tmp_path: Path, monkeypatch: Any, settings: Any) -> None:
    settings.STATE_DIR = tmp_path
    connected: list[str] = []
    find = connections.getaddrinfo

    def resolve(host: str, *rest: Any, **names: Any) -> Any:
        if host == "old.example.org":
            raise OSError("there is no network here")
        return find(host, *rest, **names)

    def connect(address: str, *rest: Any) -> Any:
        connected.append(address)
        raise OSError

    monkeypatch.setattr(fetching, "WAITS", ())
    monkeypatch.setattr(connections, "getaddrinfo", resolve)
    monkeypatch.setattr(connections, "connect", connect)
    evil = ("http://169.254.169.254/latest/meta-data/", "file:///etc/passwd#", "http://127.0.0.1:5432/")
    text = (exports / "broken" / "ssrf-attachments.xml").read_text()
    for address in evil:
        text = re.sub(r"(attachment_url><!\[CDATA\[)https://[\w.]+/", rf"\g<1>{address}", text, count=1)
    path = tmp_path / "ssrf.xml"
    path.write_text(text)
    told = bring(path, fetch_media=True)
    failed = {entry["address"]: entry["reason"] for entry in told["items"] if entry["outcome"] == "failed"}
    for address in evil:
        assert [reason for url, reason in failed.items() if url.startswith(address) and reason], address
        assert [note for note in told["notes"] if address in note], address
    assert connected == []
    assert not any("root:" in row for row in rows()["wordpress_import_importeditem"])
    assert told["status"] == 2
    assert outcomes(told, "post") == {"made": 60}
