"""Images are served from the media folder, and nothing else is."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from django.http import Http404
from django.test import Client, RequestFactory

from core.media import serve_image
from core.roles import EDITOR
from tests.factories import UserFactory

PICTURE = b"RIFF....WEBP"


@pytest.fixture(autouse=True)
def media(temporary_media: Path) -> Path:
    """A media folder with a rendition, an upload and a document."""
    for name in ("images/cat.width-400.webp", "original_images/cat.webp", "documents/minutes.pdf"):
        path = temporary_media / name
        path.parent.mkdir(parents=True)
        path.write_bytes(PICTURE)
    (temporary_media.parent / "secret.webp").write_bytes(b"secret")
    return temporary_media


def body(response: Any) -> bytes:
    """What is sent, piece by piece."""
    return b"".join(response.streaming_content)


def test_a_rendition_is_sent_to_be_kept_for_ever(client: Client) -> None:
    response = client.get("/media/images/cat.width-400.webp")
    assert body(response) == PICTURE
    assert response["Content-Type"] == "image/webp"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert not response.cookies


def test_a_browser_that_has_the_image_is_told_so(client: Client) -> None:
    modified = client.get("/media/images/cat.width-400.webp")["Last-Modified"]
    response = client.get("/media/images/cat.width-400.webp", headers={"If-Modified-Since": modified})
    assert response.status_code == HTTPStatus.NOT_MODIFIED


@pytest.mark.django_db
def test_an_upload_which_may_say_where_it_was_taken_is_for_the_team_alone(client: Client) -> None:
    assert client.get("/media/original_images/cat.webp").status_code == HTTPStatus.NOT_FOUND
    client.force_login(UserFactory())
    assert client.get("/media/original_images/cat.webp").status_code == HTTPStatus.NOT_FOUND
    client.force_login(UserFactory(role=EDITOR))
    response = client.get("/media/original_images/cat.webp")
    assert body(response) == PICTURE
    assert response["Cache-Control"] == "private, max-age=3600"


def test_a_file_of_another_kind_is_sent_as_bytes_that_no_browser_runs(client: Client, media: Path) -> None:
    (media / "images" / "page.html").write_text("<script>alert(1)</script>")
    response = client.get("/media/images/page.html")
    assert response["Content-Type"] == "application/octet-stream"
    assert "sandbox" in response["Content-Security-Policy"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "/media/documents/minutes.pdf",
        "/media/images/",
        "/media/images/missing.webp",
        "/media/images/../documents/minutes.pdf",
        "/media/images/..%2fdocuments%2fminutes.pdf",
        "/media/images/%2e%2e/%2e%2e/secret.webp",
        "/media/images//etc/hostname",
        "/media/images/cat%00.webp",
        "/media/images/" + "a" * 5000,
    ],
)
def test_nothing_else_is_sent(client: Client, address: str) -> None:
    assert client.get(address).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("path", ["../documents/minutes.pdf", "../../secret.webp", "/etc/hostname", "link.webp"])
def test_no_path_leads_out_of_the_folder(rf: RequestFactory, media: Path, path: str) -> None:
    (media / "images" / "link.webp").symlink_to(media.parent / "secret.webp")
    with pytest.raises(Http404):
        serve_image(rf.get("/"), "images", path)


def test_an_image_cannot_be_written_to(client: Client) -> None:
    assert client.post("/media/images/cat.width-400.webp").status_code == HTTPStatus.METHOD_NOT_ALLOWED
