"""Files of an old site that fails as hosts do, and addresses that nobody may be led to."""

from __future__ import annotations

import hashlib
import json
import socket
import subprocess
import sys
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from PIL import Image

from tests.wordpress_import.exports import DATA
from wordpress_import.writing import fetching
from wordpress_import.writing.addresses import OldSite, original, upload_path
from wordpress_import.writing.fetching import Host
from wordpress_import.writing.storing import FileError, looked_at
from wordpress_import.writing.uploads import Folder


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture
def uploads(tmp_path: Path) -> Path:
    """A folder of uploads with 120 images."""
    root = tmp_path / "uploads"
    for number in range(120):
        path = root / "2019" / f"{number % 12 + 1:02}" / f"figure-{number}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (40, 30), (number, 90, 120)).save(path)
    return root


@pytest.fixture
def old_host(uploads: Path) -> Iterator[str]:
    """Serve the uploads as a host that fails. Returns its address."""
    port = free_port()
    command = [sys.executable, str(DATA / "media_server.py"), "--root", str(uploads), "--port", str(port), "--faults"]
    server = subprocess.Popen(command)
    for _try in range(100):
        try:
            urlopen(f"http://127.0.0.1:{port}/_stats").close()
            break
        except OSError:
            time.sleep(0.1)
    yield f"http://127.0.0.1:{port}"
    server.terminate()
    server.wait()


def fault(path: str) -> int:
    """Return which fault the server has for a path."""
    return int(hashlib.sha1(path.encode(), usedforsecurity=False).hexdigest(), 16) % 100


def test_files_are_fetched_from_a_host_that_fails(
    uploads: Path, old_host: str, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.STATE_DIR = tmp_path / "state"
    monkeypatch.setattr(fetching, "SECONDS", 3)
    paths = [f"/wp-content/uploads/{path.relative_to(uploads)}" for path in sorted(uploads.rglob("*.png"))]
    host = Host("old.example", allows_private_hosts=True)
    host.ahead(f"{old_host}{path}" for path in paths)
    for path in paths:
        kind = fault(path)
        try:
            looked_at(host.find(f"{old_host}{path}"))
            is_there = True
        except FileError:
            is_there = False
        # Gone for good, a page in place of the file, or cut short each time.
        assert is_there == (kind not in (6, 7, 8, 9)), (path, kind)
    with urlopen(f"{old_host}/_stats") as answer:
        stats = json.load(answer)
    assert 1 < stats["max_at_once"] <= fetching.AT_ONCE + 1
    assert not list((settings.STATE_DIR / "wordpress-files").rglob("*.part.*"))
    # Run again, what is there is not asked for.
    again = Host("old.example", allows_private_hosts=True)
    again.ahead(f"{old_host}{path}" for path in paths if fault(path) not in (6, 7, 8, 9))
    with urlopen(f"{old_host}/_stats") as answer:
        assert json.load(answer)["requests"] == stats["requests"]


@pytest.mark.parametrize(
    "url",
    [
        "http://169.254.169.254/latest/meta-data/2019/01/a.png",
        "file:///etc/passwd#2019/01/a.png",
        "http://127.0.0.1:5432/2019/01/a.png",
        "http://[::ffff:127.0.0.1]/a.png",
        "http://2130706433/a.png",
        "gopher://old.example/a.png",
    ],
)
def test_nothing_inside_the_network_is_fetched(url: str, settings: Any, tmp_path: Path) -> None:
    settings.STATE_DIR = tmp_path
    with pytest.raises(FileError):
        Host("old.example").find(url)
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and path.suffix != ".part"]


def test_names_are_found_however_they_are_written(tmp_path: Path) -> None:
    for name in ("photo-é.png", unicodedata.normalize("NFD", "brüder.png"), quote("研究.png"), "big-scaled.jpg"):
        path = tmp_path / "2019" / "01" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    folder = Folder(tmp_path)
    base = "https://old.example/wp-content/uploads/2019/01"
    for name in (
        "photo-é.png",
        "photo-%C3%A9-1024x683.png",
        "brüder.png",
        "研究.png",
        "big-300x200.jpg",
        "big-scaled.jpg",
    ):
        assert folder.find(f"{base}/{name}").is_file(), name
    for url in (f"{base}/../../../etc/passwd", f"{base}/%2e%2e/%2e%2e/%2e%2e/passwd", "https://old.example/x.png"):
        with pytest.raises(FileError):
            folder.find(url)


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.png"
    secret.touch()
    uploads = tmp_path / "uploads"
    (uploads / "2019" / "01").mkdir(parents=True)
    (uploads / "2019" / "01" / "a.png").symlink_to(secret)
    with pytest.raises(FileError):
        Folder(uploads).find("https://old.example/wp-content/uploads/2019/01/a.png")


@pytest.mark.parametrize(
    ("name", "whole"),
    [
        ("2019/01/x-1024x683.png", "2019/01/x.png"),
        ("2019/01/x-scaled.jpg", "2019/01/x.jpg"),
        ("2019/01/x-e1234567890.jpg", "2019/01/x.jpg"),
        ("2019/01/x-e1234567890-300x200.jpg", "2019/01/x.jpg"),
        ("2019/01/plan-2x4.pdf.png", "2019/01/plan-2x4.pdf.png"),
        ("2019/01/figure-3.png", "2019/01/figure-3.png"),
    ],
)
def test_sizes_are_folded_on_their_original(name: str, whole: str) -> None:
    assert original(name) == whole


def test_the_same_address_is_known_in_every_form() -> None:
    site = OldSite("old.example/blog")
    for url in (
        "https://old.example/blog/2019/01/x/",
        "http://www.old.example/blog/2019/01/x",
        "/blog/2019/01/x/?utm_source=nl&#038;x=1",
        "https://old.example/blog/2019/01/x/#comments",
        "//old.example/blog/2019/01/x",
    ):
        assert site.local(url) == "/blog/2019/01/x", url
    assert site.local("https://old.example/blog/?p=12") == "/blog/?p=12"
    assert site.local("https://old.example/blog/?page_id=12&amp;preview=1") == "/blog/?p=12"
    assert site.local("https://elsewhere.example/blog/x/") is None
    assert site.local("mailto:a@old.example") is None
    assert site.local("https://[bad") is None
    assert OldSite("old.example").local("/2019/%D0%BE%D0%B1%D0%B7%D0%BE%D1%80/") == "/2019/обзор"


def test_uploads_are_known_by_their_path() -> None:
    assert upload_path("https://cdn.example/wp-content/uploads/2019/01/photo-%C3%A9.png?w=3") == "2019/01/photo-é.png"
    assert upload_path("https://name.files.wordpress.com/2019/01/a.png") == "2019/01/a.png"
    assert upload_path("https://old.example/wp-content/uploads/../../wp-config.php") is None
