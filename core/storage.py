"""Static files for production: stylesheets joined, then hashed and compressed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

import rcssmin
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = re.compile(r"""@import\s+url\(["']?([^"')]+)["']?\)\s*(?:layer\(([\w.-]+)\))?\s*([^;]*);""")


class BundledStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage, which first puts the imports of css/site.css into the file itself, so a page asks once."""

    bundles = ("css/site.css",)

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[tuple]:
        """Join the bundles, then hash and compress everything as WhiteNoise does."""
        if not dry_run:
            for name in self.bundles:
                if name in paths:
                    self._write(name, rcssmin.cssmin(self._joined(name)))
        yield from super().post_process(paths, dry_run, **options)

    def _joined(self, name: str) -> str:
        with self.open(name) as file:
            css = file.read().decode()

        def inline(match: re.Match[str]) -> str:
            target, layer, media = match.groups()
            content = self._joined(str(PurePosixPath(name).parent / target))
            content = f"@layer {layer} {{{content}}}" if layer else content
            return f"@media {media} {{{content}}}" if media.strip() else content

        return IMPORT.sub(inline, css)

    def _write(self, name: str, css: str) -> None:
        self.delete(name)
        self._save(name, ContentFile(css.encode()))
