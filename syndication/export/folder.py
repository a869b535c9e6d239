"""The folder of an export: written file by file, each of them wholly or not at all."""

from __future__ import annotations

import filecmp
import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.core.files.storage import Storage
from django.utils.translation import gettext as _

MARK = "export.json"
FORMAT = "research-reviews/site"
# Of a file that is being written; what an interrupted run left of one is deleted by the next.
UNFINISHED = ".unfinished"
CHUNK = 1024 * 1024


class FolderError(Exception):
    """The folder cannot take an export. Says what to do."""


class Folder:
    """A folder that holds an export and nothing else. Written again, it holds what the site holds by then."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.kept: set[str] = set()
        self.written = self.unchanged = 0

    def open(self) -> None:
        """Make the folder, or take the one that holds an earlier export. Raises FolderError for any other."""
        if self.path.exists() and not self.path.is_dir():
            raise FolderError(_("%(path)s is no folder. Name one that is empty.") % {"path": self.path})
        if self.path.is_dir() and any(self.path.iterdir()) and not self.is_ours():
            message = _("%(path)s holds other things, which an export would mix with. Name an empty folder.")
            raise FolderError(message % {"path": self.path})
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            # The mark comes first: a run that is interrupted leaves a folder that the next may go on with.
            if not self.is_ours():
                self.json(MARK, {"format": FORMAT, "complete": False})
        except OSError as error:
            message = _("%(path)s cannot be written: %(error)s.")
            raise FolderError(message % {"path": self.path, "error": error.strerror}) from None

    def is_ours(self) -> bool:
        """Whether the folder holds an export."""
        try:
            mark = json.loads((self.path / MARK).read_text())
        except (OSError, ValueError):
            return False
        return isinstance(mark, dict) and mark.get("format") == FORMAT

    def json(self, name: str, data: Any) -> None:
        """Write data as JSON."""
        self.text(name, json.dumps(data, ensure_ascii=False, indent=1) + "\n")

    def text(self, name: str, text: str) -> None:
        """Write a text."""
        with self.stream(name) as file:
            file.write(text.encode(errors="replace"))

    @contextmanager
    def stream(self, name: str) -> Iterator[IO[bytes]]:
        """Give a file to write to. It takes its name once it is whole; where nothing changed, the old one stays."""
        path = self._place(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(path.name + UNFINISHED)
        try:
            with unfinished.open("wb") as file:
                yield file
            if path.is_file() and filecmp.cmp(path, unfinished, shallow=False):
                unfinished.unlink()
                self.unchanged += 1
                return
            unfinished.replace(path)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise
        self.written += 1

    def copy(self, storage: Storage, source: str, name: str) -> bool:
        """Copy a file of the storage. One of the same size stays. Returns whether there is such a file."""
        path = self._place(name)
        try:
            if path.is_file() and path.stat().st_size == storage.size(source):
                self.unchanged += 1
                return True
            with storage.open(source) as file, self.stream(name) as copy:
                for chunk in iter(lambda: file.read(CHUNK), b""):
                    copy.write(chunk)
        except (FileNotFoundError, ValueError):
            self.kept.discard(name)
            return False
        return True

    def clear(self) -> int:
        """Delete what an earlier export wrote and this one did not. Returns how many files."""
        gone = 0
        for path in sorted(self.path.rglob("*"), reverse=True):
            if path.is_dir() and not path.is_symlink():
                with suppress(OSError):
                    path.rmdir()
            elif path.relative_to(self.path).as_posix() not in self.kept:
                path.unlink()
                gone += 1
        return gone

    def _place(self, name: str) -> Path:
        """Return where the file stands. Raises ValueError for a name that leads out of the folder."""
        parts = PurePosixPath(name).parts
        if not parts or PurePosixPath(name).is_absolute() or ".." in parts:
            raise ValueError(name)
        self.kept.add(name)
        return self.path.joinpath(*parts)
