"""Where the images and files of the old site are here: found, brought in once, and remembered."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model

from images.models import CustomImage
from wordpress_import.models import ImportedItem, Outcome
from wordpress_import.writing.addresses import original, upload_path
from wordpress_import.writing.fetching import Host
from wordpress_import.writing.files import File
from wordpress_import.writing.ledger import Ledger
from wordpress_import.writing.memory import Memory, Remembered
from wordpress_import.writing.options import Options
from wordpress_import.writing.storing import FileError, is_image, store_document, store_image
from wordpress_import.writing.survey import ATTACHMENT, SiteSurvey
from wordpress_import.writing.uploads import Folder

# A file that no attachment of the export tells of.
LOOSE = "file"
# So many are fetched at once, before the next are looked at.
FILES_A_STEP = 24


class Source(Protocol):
    """Where files come from. `is_slow` where it is asked only once for what it does not have."""

    is_slow: bool

    def ahead(self, urls: Any) -> None:
        """Get several files ready."""

    def find(self, url: str) -> Path:
        """Return the file of an address. Raises FileError."""

    def forget(self, url: str) -> None:
        """Keep nothing of an address whose file turned out to be none."""


class SiteLibrary:
    """The files of one old site. Without a source it knows what earlier runs have brought in."""

    def __init__(self, site: SiteSurvey, memory: Memory, options: Options, ledger: Ledger) -> None:
        self.site, self.memory, self.options, self.ledger = site, memory, options, ledger
        self.source = source_for(site, options)
        self._there = {
            CustomImage._meta.label_lower: set(CustomImage.objects.values_list("pk", flat=True)),
            get_document_model()._meta.label_lower: set(get_document_model().objects.values_list("pk", flat=True)),
        }
        self._failed: set[tuple[str, str]] = set()

    def image(self, url: str) -> int | None:
        """Return the key of the image that was at the address, brought in where it is not here yet."""
        return self._key(url) if url and is_image(url) else None

    def document(self, url: str) -> int | None:
        """Return the key of the document that was at the address, likewise."""
        return self._key(url) if url and not is_image(url) else None

    def credit(self, url: str) -> str:
        """Return who the image here says made it; empty where it does not, or is not here."""
        file = self.site.file_at(url)
        return file.credit if file and file.credit and self.image(url) else ""

    def bring(self) -> Iterator[tuple[int, int]]:
        """Bring in every file of the old library and enter what became of it, yielding how many of how many."""
        files = iter(self.site.files.values())
        done = 0
        while some := list(islice(files, FILES_A_STEP)):
            if self.source:
                self.source.ahead([file.url for file in some if self._is_wanted(str(file.wp_id))])
            for file in some:
                self._enter(file)
            done += len(some)
            yield done, len(self.site.files)

    def _enter(self, file: File) -> None:
        row = self.memory.new(ATTACHMENT, file.wp_id, file.title, file.url)
        if self._known(ATTACHMENT, str(file.wp_id)):
            self.ledger.enter(row, Outcome.UNCHANGED)
        elif not self.source:
            self.ledger.enter(row, Outcome.SKIPPED, _("Images and files come with --uploads or --fetch-media."))
        else:
            self._brought(row, file.url, file)

    def _key(self, url: str) -> int | None:
        file = self.site.file_at(url)
        path = upload_path(url)
        if not file and not path:
            return None
        kind, key = (ATTACHMENT, str(file.wp_id)) if file else (LOOSE, original(path or "")[-255:])
        if known := self._known(kind, key):
            return known
        row = self.memory.get(kind, key)
        if not self.source or (kind, key) in self._failed or (row and not self._may_retry(row)):
            return None
        return self._brought(self.memory.new(kind, key, link=url), file.url if file else url, file)

    def _known(self, kind: str, key: str) -> int | None:
        row = self.memory.get(kind, key)
        if row and row.object_id and any(row.object_id in there for there in self._there.values()):
            return row.object_id
        return None

    def _is_wanted(self, key: str) -> bool:
        row = self.memory.get(ATTACHMENT, key)
        return not self._known(ATTACHMENT, key) and (row is None or self._may_retry(row))

    def _may_retry(self, row: Remembered) -> bool:
        return row.outcome != Outcome.FAILED or self.options.retries_failed or not (self.source and self.source.is_slow)

    def _brought(self, row: ImportedItem, url: str, about: File | None) -> int | None:
        """Bring a file in, and enter what became of it."""
        known = self.memory.get(row.kind, row.key)
        if known and not self._may_retry(known):
            self.ledger.enter(row, Outcome.FAILED, known.reason)
            return None
        try:
            thing = self._stored(self.source, row, url, about)  # type: ignore[arg-type]
        except FileError as error:
            self.source.forget(url)  # type: ignore[union-attr]
            self._failed.add((row.kind, row.key))
            self.ledger.enter(row, Outcome.FAILED, str(error))
            if not known or known.reason != str(error):
                self.memory.store(row.becomes(Outcome.FAILED, str(error)))
            return None
        self._there[row.model].add(thing.pk)
        self.ledger.enter(row, Outcome.MADE, row.reason)
        return int(thing.pk)

    def _stored(self, source: Source, row: ImportedItem, url: str, about: File | None) -> Any:
        path = source.find(url)
        store = store_image if is_image(url) else store_document
        with transaction.atomic():
            thing = store(path, upload_path(url) or url, about)
            label = thing._meta.label_lower
            shared = thing.pk in self._there[label]
            reason = _("The same file was here already.") if shared else ""
            self.memory.save([row.becomes(Outcome.MADE, reason, object_id=thing.pk, model=label)])
        self.memory.learn([row])
        return thing


def source_for(site: SiteSurvey, options: Options) -> Source | None:
    """Return where files come from in this run; None where only what is here already is used."""
    if options.is_dry:
        return None
    if options.uploads:
        return Folder(options.uploads)
    return Host(site.record.key, options.allows_private_hosts) if options.fetches_media else None
