"""What code the process runs: pages rendered by another release are not served."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings

SOURCES = {".py", ".html"}


def release() -> str:
    """Return a short text that differs wherever code, templates or static files differ."""
    digest = hashlib.sha256()
    for path in _files():
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _files() -> Iterator[Path]:
    folders = [Path(app.path) for app in apps.get_app_configs() if Path(app.path).parent == settings.BASE_DIR]
    for folder in (*sorted(folders), settings.BASE_DIR / "config", settings.BASE_DIR / "templates"):
        yield from sorted(path for path in folder.rglob("*") if path.suffix in SOURCES)
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if manifest.exists():
        yield manifest
