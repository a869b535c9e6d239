"""Files of the old site in a copy of its folder of uploads."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

from django.utils.translation import gettext as _

from wordpress_import.writing.addresses import original, upload_path
from wordpress_import.writing.storing import FileError


class Folder:
    """Finds files below a folder, however their names were written: encoded, composed, or as a smaller size."""

    is_slow = False

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        # Whoever names the folder above it means the same.
        for part in ("wp-content/uploads", "uploads"):
            if (self.root / part).is_dir():
                self.root = self.root / part
                break

    def ahead(self, urls: Iterable[str]) -> None:
        """Nothing has to be fetched ahead."""

    def forget(self, url: str) -> None:
        """Nothing was kept."""

    def find(self, url: str) -> Path:
        """Return the file that was at an address. Raises FileError where it is not there."""
        path = upload_path(url)
        if not path:
            raise FileError(_("It did not lie among the uploads of the old site: %s") % url)
        # The original comes first: what WordPress made of it is smaller.
        for name in dict.fromkeys((*spellings(original(path)), *spellings(path))):
            file = (self.root / name).resolve()
            if file.is_relative_to(self.root) and file.is_file():
                return file
        raise FileError(_("It is not in the folder: %s") % path)


def spellings(path: str) -> Iterator[str]:
    """Yield the ways in which systems write a file's name. Of `-scaled` there may be no original: it is the largest."""
    yield path
    yield unicodedata.normalize("NFD", path)
    yield quote(path)
    yield quote(unicodedata.normalize("NFD", path))
    stem, dot, ending = path.rpartition(".")
    yield f"{stem}-scaled{dot}{ending}"
