"""Images and documents of the site, as files and as records."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from django.core.files.storage import Storage, default_storage
from wagtail.documents import get_document_model

from images.models import CustomImage
from research_reviews.portable import Known
from research_reviews.portable.records import Record, document_record, image_record
from syndication.export.folder import Folder
from syndication.export.wxr_items import attachment_item, document_id, image_id

MEDIA = "media"
BATCH = 500


def url_of(name: str, root_url: str) -> str:
    """Return the address at which a file of the storage can be fetched."""
    return urljoin(f"{root_url}/", default_storage.url(name))


def attachments_of(known: Known, record: Record, root_url: str) -> dict[int, str]:
    """Return the attachments that a review or page shows, by their number."""
    found = {}
    for pk, image in known.images.items():
        if image.file.name in record["images"]:
            found[image_id(pk)] = attachment(image, image_record(image), root_url)
    for pk, document in known.documents.items():
        if document.file.name in record["documents"]:
            found[document_id(pk)] = attachment(document, document_record(document), root_url)
    return found


def number_of(file: Any) -> int:
    """Return the number of an image or document as an attachment."""
    return image_id(file.pk) if isinstance(file, CustomImage) else document_id(file.pk)


def attachment(file: Any, record: Record, root_url: str) -> str:
    """Return an image or document as an attachment."""
    made_at: datetime = file.created_at
    return attachment_item(record, number_of(file), url_of(record["file"], root_url), made_at)


def every_file() -> Iterator[tuple[Any, Record]]:
    """Yield every image and document of the site, with its record."""
    for image in CustomImage.objects.order_by("pk").iterator(chunk_size=BATCH):
        yield image, image_record(image)
    for document in get_document_model().objects.order_by("pk").iterator(chunk_size=BATCH):
        yield document, document_record(document)


def number_of_files() -> int:
    """Return how many images and documents there are."""
    return int(CustomImage.objects.count() + get_document_model().objects.count())


def copy(folder: Folder, file: Any) -> bool:
    """Copy the file of an image or document. Returns whether it is there."""
    storage: Storage = file.file.storage
    return folder.copy(storage, file.file.name, f"{MEDIA}/{file.file.name}")
