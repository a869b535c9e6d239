"""What an uploaded image must be before anything decodes it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.uploadedfile import UploadedFile
from django.forms import FileField
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError
from wagtail.images.fields import WagtailImageField

from images.renditions import IMAGE_ERRORS

# Pillow's names of what a name's ending promises. A phone's JPEG with a second picture in it is MPO to Pillow.
FORMATS = {
    "avif": ("AVIF",),
    "gif": ("GIF",),
    "jpeg": ("JPEG", "MPO"),
    "jpg": ("JPEG", "MPO"),
    "png": ("PNG",),
    "webp": ("WEBP",),
}
PARSERS = sorted({names[0] for names in FORMATS.values()})
# A picture holds none of these by chance; a file that is a picture and a page or a program at once does.
FOREIGN = re.compile(rb"<script|<\?php|<!doctype html|<html|<svg|javascript:|%PDF-1|PK\x05\x06\0\0\0\0", re.IGNORECASE)
CHUNK = 1024 * 1024
OVERLAP = 32


class UploadedImageField(WagtailImageField):
    """Wagtail's field, which decodes the file, behind checks that only read its first bytes."""

    def to_python(self, data: UploadedFile | None) -> Any:
        """Return the file as an image. Raises ValidationError that says what is wrong and what to do."""
        file = FileField.to_python(self, data)
        if file is None:
            return None
        self.check_image_file_size(file)
        check_header(file)
        check_nothing_else_inside(file)
        try:
            return super().to_python(file)
        except IMAGE_ERRORS as error:
            raise damaged() from error


def check_header(file: File) -> None:
    """Refuse what is not the kind of image that its name says, or is larger than fits into memory. Decodes nothing."""
    extension = Path(file.name or "").suffix.lower().lstrip(".")
    if extension not in FORMATS:
        raise ValidationError(unsupported(extension), code="invalid_image_extension")
    try:
        file.seek(0)
        with_header = Image.open(file, formats=PARSERS)
    except Image.DecompressionBombError as error:
        raise ValidationError(too_many_pixels(), code="file_too_many_pixels") from error
    except UnidentifiedImageError as error:
        message = _("This file is no image, although its name ends in .%(extension)s. Export it again as JPEG or PNG.")
        raise ValidationError(message, code="invalid_image", params={"extension": extension}) from error
    except IMAGE_ERRORS as error:
        raise damaged() from error
    if with_header.format not in FORMATS[extension]:
        message = _(
            "This file is of the type %(type)s, but its name ends in .%(extension)s. Rename it or export it again."
        )
        params = {"type": with_header.format, "extension": extension}
        raise ValidationError(message, code="invalid_image_known_format", params=params)
    if with_header.width * with_header.height > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
        raise ValidationError(too_many_pixels(*with_header.size), code="file_too_many_pixels")
    if getattr(with_header, "is_animated", False) and with_header.format != "MPO":
        message = _("This image moves, and pages show still ones only. Upload one of its pictures as JPEG or PNG.")
        raise ValidationError(message, code="animated")
    file.seek(0)


def check_nothing_else_inside(file: File) -> None:
    """Refuse a picture that is also a web page, a program or an archive. Reads a piece at a time."""
    file.seek(0)
    before = b""
    while piece := file.read(CHUNK):
        if FOREIGN.search(before + piece):
            message = _("This image also holds a script or another file. Export it again from an image editor.")
            raise ValidationError(message, code="foreign_content")
        before = piece[-OVERLAP:]
    file.seek(0)


def unsupported(extension: str) -> str:
    """Return what to say of a type that is not taken."""
    if extension == "svg":
        return _("SVG files can hold scripts and are not taken. Export the drawing as PNG and upload that.")
    formats = ", ".join(name.upper() for name in FORMATS if name != "jpeg")
    return _("Files of this type are not taken. Export the image as one of these: %(formats)s.") % {"formats": formats}


def too_many_pixels(width: int = 0, height: int = 0) -> str:
    """Return what to say of an image that would not fit into memory."""
    most = settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS // 1_000_000
    if not width:
        message = _("This image has far more than %(most)d million pixels. Make it smaller, then upload it.")
        return message % {"most": most}
    message = _(
        "This image has %(width)d by %(height)d pixels; up to %(most)d million in all are taken. "
        "Make it smaller: 2,000 pixels across are plenty."
    )
    return message % {"width": width, "height": height, "most": most}


def damaged() -> ValidationError:
    """Return the refusal of a file that begins like an image and goes on otherwise."""
    message = _("This image is damaged or incomplete. Save or download it again, then upload the new file.")
    return ValidationError(message, code="damaged")
