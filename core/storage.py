"""Static files for production: stylesheets joined, then hashed and compressed."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

import rcssmin
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = re.compile(r"""@import\s+url\(["']?([^"')]+)["']?\)\s*(?:layer\(([\w.-]+)\))?\s*([^;]*);""")
# An address that is read from where its stylesheet lies: neither absolute nor data.
RELATIVE_URL = re.compile(r"""url\(\s*["']?(?![/#]|[a-z]+:)([^"')]+?)["']?\s*\)""", re.IGNORECASE)


class BundledStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage, which first puts the imports of css/site.css into the file itself, so a page asks once."""

    bundles = ("css/site.css",)

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[tuple]:
        """Join the bundles, then hash and compress everything as WhiteNoise does."""
        bundles = [] if dry_run else [name for name in self.bundles if name in paths]
        for name in bundles:
            self._write(name, rcssmin.cssmin(self._joined(PurePosixPath(name))))
        # Django reads what it hashes from where it was collected; for the bundles that is here.
        yield from super().post_process({**paths, **{name: (self, name) for name in bundles}}, dry_run, **options)

    def _joined(self, path: PurePosixPath) -> str:
        """Return the stylesheet with what it imports in place of the imports."""
        with self.open(str(path)) as file:
            css = file.read().decode()

        def inline(match: re.Match[str]) -> str:
            target, layer, media = match.groups()
            content = moved(self._joined(path.parent / target), PurePosixPath(target).parent)
            content = f"@layer {layer} {{{content}}}" if layer else content
            return f"@media {media} {{{content}}}" if media.strip() else content

        return IMPORT.sub(inline, css)

    def _write(self, name: str, css: str) -> None:
        self.delete(name)
        self._save(name, ContentFile(css.encode()))


def moved(css: str, folder: PurePosixPath) -> str:
    """Return css, which was written for the folder, for the folder's parent."""
    return RELATIVE_URL.sub(lambda match: f'url("{posixpath.normpath(folder / match[1])}")', css)
