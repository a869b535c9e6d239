"""The media files, where no proxy serves them: what pages show to anyone, uploads to the team, and nothing else."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase, HttpResponseNotModified
from django.utils._os import safe_join
from django.utils.http import http_date
from django.views.decorators.http import require_safe
from django.views.static import was_modified_since

# What the site itself makes and takes. Anything else is sent as bytes, which no browser runs.
CONTENT_TYPES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}
# Renditions, and the faces of editors in the admin. Never the documents.
FOLDERS = {"images", "avatar_images"}
# An upload still holds what the camera wrote into it, such as the place. Pages never show one.
UPLOADS = "original_images"
# A rendition's name holds what was made of which file: another picture gets another name.
FOR_EVER = "public, max-age=31536000, immutable"
FOR_AN_HOUR = "private, max-age=3600"


@require_safe
def serve_image(request: HttpRequest, folder: str, path: str) -> HttpResponseBase:
    """Send an image from one of the folders. Documents come through Wagtail, which asks who reads.

    Raises Http404 for what is not there, and for an upload where nobody of the team is signed in.
    """
    if folder not in FOLDERS and not (folder == UPLOADS and request.user.has_perm("wagtailadmin.access_admin")):
        raise Http404
    file = find(folder, path)
    modified = file.stat().st_mtime
    if not was_modified_since(request.headers.get("If-Modified-Since"), modified):
        response: HttpResponseBase = HttpResponseNotModified()
    else:
        response = FileResponse(
            file.open("rb"), content_type=CONTENT_TYPES.get(file.suffix.lower(), "application/octet-stream")
        )
    response["Last-Modified"] = http_date(modified)
    response["Cache-Control"] = FOR_EVER if folder == "images" else FOR_AN_HOUR
    response["X-Content-Type-Options"] = "nosniff"
    # A page of ours shows it; opened by itself it can start nothing.
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def find(folder: str, path: str) -> Path:
    """Return the file below the media folder. Raises Http404 for what is none, or lies elsewhere."""
    base = Path(settings.MEDIA_ROOT).resolve() / folder
    try:
        # Links are followed before it is looked where the file lies.
        file = Path(safe_join(base, path)).resolve()
        found = file.is_relative_to(base) and file.is_file()
    except (SuspiciousFileOperation, ValueError, OSError):
        found = False
    if not found:
        raise Http404
    return file
