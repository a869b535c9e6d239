"""A whole site whose files come from a host that fails: brought in, stopped, gone on with, tried again."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from urllib.request import urlopen

import pytest
from django.core.management import call_command

from images.models import CustomImage
from research_reviews.models import ReviewPage
from tests.wordpress_import.exports import DATA, generate
from tests.wordpress_import.writing.moves import bring, outcomes, rows
from tests.wordpress_import.writing.test_files import fault, free_port
from wordpress_import.models import ImportedItem
from wordpress_import.writing import fetching

pytestmark = pytest.mark.django_db

# What the host never hands out whole: gone, a page in place of the file, cut short.
NEVER = (6, 7, 8, 9)


class OldSite:
    """A host with the files of an old site, and the site's export."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        arguments = ("--base", self.base, "--media", str(folder / "uploads"), "--comments", "0")
        self.export = generate(folder, 60, arguments=arguments)
        self.server: subprocess.Popen[bytes] | None = None

    def serve(self, *arguments: str) -> None:
        """Serve the files, in place of what served them before."""
        self.stop()
        program = [sys.executable, str(DATA / "media_server.py"), "--root", str(self.folder / "uploads")]
        self.server = subprocess.Popen([*program, "--port", str(self.port), *arguments])
        for _try in range(200):
            try:
                urlopen(f"{self.base}/_stats").close()
                return
            except OSError:
                time.sleep(0.1)

    def stop(self) -> None:
        """End the host."""
        if self.server:
            self.server.terminate()
            self.server.wait()

    def answers(self, url: str) -> bool:
        """Whether the host, with its faults, ever hands out the file."""
        path = unquote(urlsplit(url).path)
        there = (self.folder / "uploads" / path.removeprefix("/wp-content/uploads/")).is_file()
        return there and fault(path) not in NEVER


@pytest.fixture
def old_site(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch, temporary_media: Path
) -> Iterator[OldSite]:
    """An old site that is served with faults."""
    settings.STATE_DIR = tmp_path / "state"
    monkeypatch.setattr(fetching, "SECONDS", 2)
    monkeypatch.setattr(fetching, "WAITS", (0.05, 0.1, 0.2))
    site = OldSite(tmp_path)
    site.serve("--faults")
    yield site
    site.stop()


def fetch(site: OldSite, **options: Any) -> dict[str, Any]:
    """Bring the site in with its files."""
    return bring(site.export, fetch_media=True, allow_private_hosts=True, **options)


def attachments(site: OldSite) -> list[str]:
    """Return the addresses of the files in the export's library."""
    return re.findall(r"<wp:attachment_url><!\[CDATA\[(.*?)\]\]>", site.export.read_text())


def test_a_site_comes_with_what_its_host_hands_out(old_site: OldSite) -> None:
    urls = attachments(old_site)
    expected = [url for url in urls if old_site.answers(url)]
    assert 0 < len(expected) < len(urls)
    told = fetch(old_site)
    failed = {
        e["address"]: e["reason"] for e in told["items"] if e["kind"] == "attachment" and e["outcome"] == "failed"
    }
    assert sorted(failed) == sorted(set(urls) - set(expected))
    assert all(failed.values())
    assert str(old_site.folder) not in "".join(failed.values())
    assert outcomes(told, "attachment") == {"made": len(expected), "failed": len(failed)}
    assert outcomes(told, "post") == {"made": 60}
    assert told["status"] == 2
    # The same name in different months is a file of its own, with its own content.
    brought = ImportedItem.objects.filter(kind="attachment", outcome="made")
    assert len(set(brought.values_list("object_id", flat=True))) == len(expected)
    for row in brought:
        path = unquote(urlsplit(row.link).path).removeprefix("/wp-content/uploads/")
        size = (old_site.folder / "uploads" / path).stat().st_size
        assert CustomImage.objects.get(pk=row.object_id).file.size == size
    before = rows()
    again = fetch(old_site)
    assert rows() == before
    assert outcomes(again, "post") == {"unchanged": 60}
    # The host was mended: only what failed is asked for, and the pages that lacked it get it.
    old_site.serve()
    mended = fetch(old_site, retry_failed=True)
    there = {url for url in failed if (old_site.folder / "uploads" / unquote(url).partition("/uploads/")[2]).is_file()}
    files = [entry for entry in mended["items"] if entry["kind"] == "attachment"]
    wrong = {entry["address"]: entry["reason"] for entry in files if entry["outcome"] == "failed"}
    assert sorted(wrong) == sorted(set(failed) - there), wrong
    assert outcomes(mended, "attachment")["made"] == len(there)
    # Of a draft only the revision has what came later.
    latest = [page.get_latest_revision_as_object() for page in ReviewPage.objects.all()]
    assert sum(page.header_image_id is not None for page in latest) == len(expected) + len(there)
    assert [row.key for row in ImportedItem.objects.filter(kind="post") if row.missing] == ["1010"]


def test_a_stopped_import_goes_on_without_asking_twice(old_site: OldSite, monkeypatch: pytest.MonkeyPatch) -> None:
    real, asked = fetching.Host._ask, []

    def ask(self: fetching.Host, url: str, place: Path) -> Any:
        asked.append(url)
        answer = real(self, url, place)
        if len(asked) > 25:
            raise KeyboardInterrupt
        return answer

    monkeypatch.setattr(fetching.Host, "_ask", ask)
    with pytest.raises(SystemExit) as stopped:
        bring_raw(old_site)
    assert stopped.value.code == 130
    done = {place.name for place in (old_site.folder / "state").rglob("*") if place.is_file() and not place.suffix}
    assert done
    monkeypatch.setattr(fetching.Host, "_ask", real)
    requests: list[str] = []

    def note(self: fetching.Host, url: str, place: Path) -> Any:
        requests.append(place.name)
        return real(self, url, place)

    monkeypatch.setattr(fetching.Host, "_ask", note)
    told = fetch(old_site)
    assert not done & set(requests)
    expected = [url for url in attachments(old_site) if old_site.answers(url)]
    assert outcomes(told, "attachment")["made"] + outcomes(told, "attachment").get("unchanged", 0) == len(expected)
    assert outcomes(told, "post") == {"made": 60}


def bring_raw(site: OldSite) -> None:
    """Bring the site in, letting the end of the command through."""
    call_command("import_wordpress", str(site.export), fetch_media=True, allow_private_hosts=True)
