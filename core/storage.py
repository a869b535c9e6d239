"""Static files for production: stylesheets joined, scripts minified, then hashed and compressed."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

import rcssmin
import rjsmin
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = re.compile(r"""@import\s+url\(["']?([^"')]+)["']?\)\s*(?:layer\(([\w.-]+)\))?\s*([^;]*);""")
# An address that is read from where its stylesheet lies: neither absolute nor data.
RELATIVE_URL = re.compile(r"""url\(\s*["']?(?![/#]|[a-z]+:)([^"')]+?)["']?\s*\)""", re.IGNORECASE)


class BundledStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage, which first makes small what every reader's page asks for.

    The imports of css/site.css go into the file itself, so a page asks once; scripts lose their comments and spaces.
    What few pages need has a bundle of its own, which they ask for besides.
    """

    bundles = (
        "css/site.css",
        "css/cite.css",
        "css/evidence.css",
        "css/person.css",
        "css/search.css",
        "css/subscriptions.css",
    )
    scripts = ("js/consent.js", "js/search.js", "js/share.js")

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[tuple]:
        """Join the bundles and minify the scripts, then hash and compress everything as WhiteNoise does."""
        made = [] if dry_run else [name for name in (*self.bundles, *self.scripts) if name in paths]
        for name in made:
            self._write(name, self._small(name))
        # Django reads what it hashes from where it was collected; for what was made that is here.
        yield from super().post_process({**paths, **{name: (self, name) for name in made}}, dry_run, **options)

    def _small(self, name: str) -> str:
        """Return what readers get of the file."""
        if name in self.bundles:
            return rcssmin.cssmin(self._joined(PurePosixPath(name)))
        with self.open(name) as file:
            return rjsmin.jsmin(file.read().decode())

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

    def _write(self, name: str, text: str) -> None:
        self.delete(name)
        self._save(name, ContentFile(text.encode()))


def moved(css: str, folder: PurePosixPath) -> str:
    """Return css, which was written for the folder, for the folder's parent."""
    return RELATIVE_URL.sub(lambda match: f'url("{posixpath.normpath(folder / match[1])}")', css)
