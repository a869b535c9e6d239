"""Where exports and copies of uploads lie on the server, for the worker to read: in one folder, outside the media."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import get_valid_filename

ENDINGS = (".xml", ".xml.gz", ".gz", ".zip")


def folder() -> Path:
    """Return the folder, made where it is missing. What an owner's server copies there can be chosen in the admin."""
    path = Path(settings.STATE_DIR) / "wordpress-imports"
    path.mkdir(parents=True, exist_ok=True)
    return path


def exports() -> list[str]:
    """Return the names of the exports that lie there."""
    return sorted(path.name for path in folder().iterdir() if path.is_file() and path.name.lower().endswith(ENDINGS))


def folders() -> list[str]:
    """Return the names of the folders that lie there: copies of uploads."""
    return sorted(path.name for path in folder().iterdir() if path.is_dir() and not path.name.startswith("upload-"))


def kept(files: Iterable[UploadedFile]) -> list[str]:
    """Keep files that were uploaded, and return their paths."""
    place = folder() / f"upload-{uuid4().hex[:12]}"
    place.mkdir()
    paths = []
    for number, file in enumerate(files):
        path = place / f"{number}-{get_valid_filename(file.name or 'export.xml')[-100:]}"
        with path.open("wb") as out:
            for piece in file.chunks():
                out.write(piece)
        paths.append(str(path))
    return paths


def forget(paths: Iterable[str]) -> None:
    """Delete files that were uploaded. What lies on the server otherwise stays."""
    for path in map(Path, paths):
        if path.parent.parent == folder() and path.parent.name.startswith("upload-"):
            path.unlink(missing_ok=True)
            if not any(path.parent.iterdir()):
                path.parent.rmdir()
