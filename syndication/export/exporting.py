"""Writes the whole site into a folder: reviews as JSON and Markdown, all of it as a WordPress export, and the files."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any, Protocol
from urllib.parse import quote

from django.utils import timezone
from wagtail.models import Locale, Site

from research_reviews.portable import SCHEMA
from research_reviews.portable.records import Record
from site_settings.models import BrandSettings
from syndication.export import files, markdown, responses, selection, wxr_items
from syndication.export.folder import FORMAT, MARK, Folder
from syndication.export.names import Names
from syndication.export.selection import Taken
from syndication.export.wxr import Wxr

VERSION = 1
MEGABYTE = 1024 * 1024
README = """This folder was written by `manage.py export_site`. It holds:

reviews/         each review as JSON; review.schema.json says what stands where
index.json       every review with its title, state, dates and files
markdown/        each review and plain page as Markdown, to be read or put into another program
responses/       what readers answered, as JSON
wordpress/       all of it as WordPress reads it (Tools > Import > WordPress), and as `manage.py import_wordpress` does
media/           the images and documents; hand this folder to import_wordpress as --uploads
export.json      when and how this was written; written again into the same folder, the export is brought up to date
"""


@dataclass(frozen=True)
class Options:
    """What is wanted. `wxr_size` is in megabytes."""

    media: bool = True
    only_public: bool = False
    with_addresses: bool = False
    wxr_size: int = 30


class Progress(Protocol):
    """Is told how far the export is."""

    def begin(self, stage: str, total: int) -> None:
        """A stage with so many things begins."""

    def step(self) -> None:
        """One of them is done."""


class Export:
    """One run."""

    def __init__(self, folder: Folder, options: Options, progress: Progress) -> None:
        self.folder, self.options, self.progress = folder, options, progress
        self.counts: Counter[str] = Counter()
        self.missing: list[str] = []
        self.names, self.index = Names(), list[Record]()
        self.attached: set[int] = set()
        self.root_url = ""

    def run(self) -> Counter[str]:
        """Write everything, and delete what an earlier run wrote of things that are gone. Returns how many of what."""
        site = Site.objects.get(is_default_site=True)
        self.root_url = site.root_url
        self.folder.text("README.txt", README)
        self.folder.text(SCHEMA.name, SCHEMA.read_text())
        sizes: dict[str, Any] = {"largest": self.options.wxr_size * MEGABYTE, "only_public": self.options.only_public}
        language = Locale.get_default().language_code
        with Wxr(self.folder, BrandSettings.for_site(site), site.root_url, language, **sizes) as wxr:
            self.reviews(wxr)
            self.plain_pages(wxr)
            self.files(wxr)
        self.counts["WordPress files"] = wxr.number
        self.folder.json("index.json", {"format": f"{FORMAT}/index", "version": VERSION, "reviews": self.index})
        self.mark()
        self.counts["deleted"] = self.folder.clear()
        return self.counts

    def reviews(self, wxr: Wxr) -> None:
        """Write every review, and its responses."""
        pks = selection.reviews(self.options.only_public)
        self.progress.begin("reviews", len(pks))
        for taken in selection.read_reviews(pks, self.options.only_public):
            self.review(taken, wxr)
            self.progress.step()

    def review(self, taken: Taken, wxr: Wxr) -> None:
        """Write a review everywhere."""
        record, pk, comments = taken.record, taken.page.pk, taken.comments
        name = self.names.of(record["slug"] or "review", pk)
        self.folder.json(f"reviews/{name}.json", record)
        self.folder.text(f"markdown/reviews/{name}.md", markdown.review(record, beside))
        if comments:
            told = responses.responses_record(record["path"], comments, self.options.with_addresses)
            self.folder.json(f"responses/{name}.json", told)
        header = wxr_items.image_id(taken.page.header_image_id) if record["header_image"] else None
        options = {"address": self.address, "with_addresses": self.options.with_addresses}
        self.add(wxr, wxr_items.review_item(record, pk, header, comments, **options), taken)
        told = {key: record[key] for key in ("title", "slug", "path", "address", "status", "private", "dates")}
        places = {"json": f"reviews/{name}.json", "markdown": f"markdown/reviews/{name}.md"}
        self.index.append({**told, **places, "responses": len(comments)})
        self.counts.update({"reviews": 1, "responses": len(comments)})

    def plain_pages(self, wxr: Wxr) -> None:
        """Write every plain page."""
        pks = selection.plain_pages(self.options.only_public)
        known, names = {}, Names()
        self.progress.begin("pages", len(pks))
        for taken in selection.read_plain_pages(pks, self.options.only_public):
            page, record = taken.page, taken.record
            known[page.path] = page.pk
            parent = known.get(page.path[: -page.steplen])
            name = names.of(record["path"].strip("/").replace("/", "-"), page.pk)
            self.folder.text(f"markdown/pages/{name}.md", markdown.page(record, beside))
            self.add(wxr, wxr_items.plain_page_item(record, page.pk, parent, self.address), taken)
            self.counts["pages"] += 1
            self.progress.step()

    def add(self, wxr: Wxr, item: str, taken: Taken) -> None:
        """Add a page to the WordPress export, after what it shows."""
        attachments = files.attachments_of(taken.known, taken.record, self.root_url)
        self.attached |= attachments.keys()
        wxr.add(item, attachments)

    def files(self, wxr: Wxr) -> None:
        """Write the images and documents; with the drafts, also those that no page shows."""
        self.progress.begin("files", files.number_of_files())
        for file, record in files.every_file():
            self.progress.step()
            number = files.number_of(file)
            if number not in self.attached:
                if self.options.only_public:
                    continue
                wxr.add("", {number: files.attachment(file, record, self.root_url)})
            if self.options.media:
                found = files.copy(self.folder, file)
                self.counts["files"] += found
                self.missing += [] if found else [file.file.name]

    def address(self, name: str) -> str:
        """Return where a file can be fetched from, for programs that fetch it."""
        return files.url_of(name, self.root_url)

    def mark(self) -> None:
        """Say when and how the export was made, and that it is whole."""
        told = {"format": FORMAT, "version": VERSION, "site": self.root_url, "made_at": timezone.now().isoformat()}
        wanted = asdict(self.options)
        self.folder.json(
            MARK, {**told, "options": wanted, "counts": self.counts, "missing_files": self.missing, "complete": True}
        )


def beside(name: str) -> str:
    """Return where a file lies, as seen from a Markdown file two folders down."""
    return quote(f"../../{files.MEDIA}/{name}")
