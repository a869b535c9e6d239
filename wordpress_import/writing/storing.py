"""Puts a file into the library of images or documents, once, whatever it is called there."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File as DjangoFile
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError
from wagtail.documents import get_document_model

from core.documents import PAGE_OR_PROGRAM, check_content
from images.models import CustomImage
from images.renditions import IMAGE_ERRORS
from images.uploads import FORMATS, check_header, check_nothing_else_inside
from wordpress_import.writing.addresses import original
from wordpress_import.writing.files import File

# Kinds of files that editors do not upload here and that old sites have. Handed out as files, never shown in place.
OTHER_ENDINGS = {
    "mp3",
    "m4a",
    "ogg",
    "oga",
    "wav",
    "mp4",
    "m4v",
    "webm",
    "doc",
    "xls",
    "ppt",
    "epub",
    "zip",
    "bib",
    "ris",
}
CHUNK = 1024 * 1024
NAME = re.compile(r"[^\w.-]+")
ENDING_OF = {names[0]: ending for ending, names in FORMATS.items()} | {"MPO": "jpg"}
TITLE = 255


class FileError(Exception):
    """A file cannot be brought in. Its text says why."""


def is_image(url: str) -> bool:
    """Whether an address is that of a picture, by its ending."""
    return ending_of(url) in FORMATS


def ending_of(url: str) -> str:
    """Return the ending of an address or a name, in small letters."""
    return Path(re.sub(r"[?#].*$", "", url)).suffix.lower().lstrip(".")


def digest_of(path: Path) -> str:
    """Return the hash by which Wagtail tells files apart."""
    digest = hashlib.sha1(usedforsecurity=False)
    with path.open("rb") as file:
        while piece := file.read(CHUNK):
            digest.update(piece)
    return digest.hexdigest()


def store_image(path: Path, name: str, about: File | None) -> CustomImage:
    """Return the image of this file: the one that is here already, or a new one. Raises FileError."""
    digest = digest_of(path)
    if there := CustomImage.objects.filter(file_hash=digest).order_by("pk").first():
        return there
    kind, size = looked_at(path)
    image = CustomImage(
        title=(about.title if about and about.title else Path(name).stem)[:TITLE],
        description=(about.alt if about else "")[:TITLE],
        credit=about.credit if about else "",
        width=size[0],
        height=size[1],
        file_size=path.stat().st_size,
        file_hash=digest,
    )
    keep(image.file, path, f"{stem_of(name)}-{digest[:8]}.{kind}")
    image.save()
    return image


def looked_at(path: Path) -> tuple[str, tuple[int, int]]:
    """Return the ending that fits what a file is, and its size. Raises FileError for what is no whole image."""
    if path.stat().st_size > settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE:
        raise FileError(_("The image is larger than 20 MB."))
    try:
        with Image.open(path) as image:
            ending = ENDING_OF.get(image.format or "")
        if not ending:
            raise FileError(_("It is no image of a kind that this site shows."))
        with path.open("rb") as content:
            named = DjangoFile(content, name=f"image.{ending}")
            check_header(named)
            check_nothing_else_inside(named)
        with Image.open(path) as image:
            # Half an image has its header: only who reads all of it knows.
            image.load()
            return ending, image.size
    except ValidationError as error:
        raise FileError(" ".join(error.messages)) from None
    except UnidentifiedImageError:
        # Its own words name the place of the file on this machine.
        raise FileError(_("It is no image, but something else under an image's name.")) from None
    except IMAGE_ERRORS as error:
        raise FileError(_("It is no whole image: %s") % error) from None


def store_document(path: Path, name: str, about: File | None) -> Any:
    """Return the document of this file: the one that is here already, or a new one. Raises FileError."""
    model: Any = get_document_model()
    digest = digest_of(path)
    if there := model.objects.filter(file_hash=digest).order_by("pk").first():
        return there
    ending = ending_of(name)
    if ending not in {*settings.WAGTAILDOCS_EXTENSIONS, *OTHER_ENDINGS}:
        raise FileError(_("Files of the kind “%s” are left out.") % ending)
    if path.stat().st_size > settings.WAGTAILDOCS_MAX_UPLOAD_SIZE:
        raise FileError(_("The file is larger than 50 MB."))
    check_file(path, name)
    document = model(title=(about.title if about and about.title else Path(name).stem)[:TITLE], file_hash=digest)
    document.file_size = path.stat().st_size
    keep(document.file, path, f"{stem_of(name)}-{digest[:8]}.{ending}")
    document.save()
    return document


def check_file(path: Path, name: str) -> None:
    """Raise FileError for a page or a program that is named as something else, as an old host's page of an error."""
    with path.open("rb") as content:
        if PAGE_OR_PROGRAM.match(content.read(1024)):
            raise FileError(_("What came is a page or a program, not the file."))
        content.seek(0)
        try:
            check_content(DjangoFile(content, name=Path(name).name))  # type: ignore[arg-type]
        except ValidationError as error:
            raise FileError(" ".join(error.messages)) from None


def keep(field: Any, path: Path, name: str) -> None:
    """Copy a file to its place. One that a run which was killed has left there is taken over."""
    place = field.field.generate_filename(field.instance, name)
    if field.storage.exists(place):
        field.storage.delete(place)
    with path.open("rb") as content:
        field.save(name, DjangoFile(content), save=False)


def stem_of(name: str) -> str:
    """Return the part of a name that tells people what it is."""
    return NAME.sub("-", Path(original(name)).stem).strip("-")[:60] or "file"
