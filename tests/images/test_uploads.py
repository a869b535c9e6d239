"""What happens to images that editors upload, by each of the three ways that the admin has."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from core.roles import EDITOR
from images.models import CustomImage
from tests.factories import ImageFactory, UserFactory
from tests.images import files

pytestmark = pytest.mark.django_db

Upload = Callable[[str, bytes], str]


@pytest.fixture
def editor(client: Client) -> Client:
    """A client that an editor has signed in with."""
    client.force_login(UserFactory(role=EDITOR))
    return client


def upload_one(editor: Client, name: str, content: bytes) -> str:
    """Upload by the form for one image and return the words of the refusal, or nothing."""
    response = editor.post(
        reverse("wagtailimages:add"), {"title": "A wall", "file": SimpleUploadedFile(name, content), "collection": "1"}
    )
    return "" if response.status_code == 302 else " ".join(response.context["form"].errors.get("file", ["?"]))


def upload_many(editor: Client, name: str, content: bytes) -> str:
    """Upload by the page that takes many images and return the words of the refusal, or nothing."""
    response = editor.post(
        reverse("wagtailimages:add_multiple"), {"files[]": SimpleUploadedFile(name, content), "collection": "1"}
    )
    answer = json.loads(response.content)
    return "" if answer["success"] else str(answer["error_message"])


def upload_in_chooser(editor: Client, name: str, content: bytes) -> str:
    """Upload in the chooser of the page editor and return the words of the refusal, or nothing."""
    response = editor.post(
        reverse("wagtailimages_chooser:create"),
        {
            "image-chooser-upload-title": "A wall",
            "image-chooser-upload-file": SimpleUploadedFile(name, content),
            "image-chooser-upload-collection": "1",
        },
    )
    answer = json.loads(response.content)
    return "" if answer["step"] == "chosen" else " ".join(answer_errors(response.content))


def answer_errors(content: bytes) -> list[str]:
    """Return the messages that stand in the chooser's answer."""
    from bs4 import BeautifulSoup

    page = BeautifulSoup(json.loads(content)["htmlFragment"], "html.parser")
    return [error.get_text(" ", strip=True) for error in page.select(".error-message, .w-field__errors")]


WAYS = [upload_one, upload_many, upload_in_chooser]
HOSTILE = {
    "an SVG with a script": ("drawing.svg", files.SVG, "can hold scripts"),
    "an SVG named as a PNG": ("drawing.png", files.SVG, "no image"),
    "a page named as a PNG": ("page.png", files.HTML, "no image"),
    "a program named as a JPEG": ("shell.jpg", files.PHP, "no image"),
    "a PNG named as a JPEG": ("wall.jpg", files.png_that_claims(8, 8), "of the type PNG"),
    "a JPEG named as a PNG": ("wall.png", files.jpeg(), "of the type JPEG"),
    "50,000 by 50,000 pixels": ("huge.png", files.png_that_claims(50_000, 50_000), "million pixels"),
    "12,000 by 12,000 pixels": ("large.png", files.png_that_claims(12_000, 12_000), "12000 by 12000 pixels"),
    "a truncated JPEG": ("wall.jpg", files.jpeg()[:4_000], "damaged or incomplete"),
    "a truncated PNG": ("wall.png", files.png_that_claims(80, 80), "damaged or incomplete"),
    "only the first bytes": ("wall.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF", "damaged or incomplete"),
    "nothing": ("wall.jpg", b"", "empty"),
    "a GIF with a script in it": ("wall.gif", files.gif_with_script(), "holds a script"),
    "a JPEG with an archive behind it": ("wall.jpg", files.jpeg_with_archive(), "holds a script or another file"),
    "a JPEG with a PHP program behind it": ("wall.jpg", files.jpeg() + files.PHP, "holds a script or another file"),
    "an animation": ("dance.gif", files.animation(), "moves"),
    "a Photoshop file": ("wall.psd", b"8BPS\0\1" + bytes(40), "not taken"),
    "a TIFF named as a JPEG": ("wall.jpg", b"II*\0" + bytes(400), "no image"),
    "two endings": ("wall.jpg.php", files.jpeg(), "not taken"),
}


@pytest.mark.parametrize("upload", WAYS)
@pytest.mark.parametrize(("name", "content", "reason"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_refused_and_the_editor_is_told_why(
    editor: Client, upload: Callable[[Client, str, bytes], str], name: str, content: bytes, reason: str
) -> None:
    refusal = upload(editor, name, content)

    assert reason in refusal
    assert not CustomImage.objects.exists()


@pytest.mark.parametrize("upload", WAYS)
def test_a_file_over_the_limit_is_refused_with_the_limit(
    editor: Client, upload: Callable[[Client, str, bytes], str]
) -> None:
    refusal = upload(editor, "wall.jpg", files.jpeg() + bytes(20 * 1024 * 1024))

    assert "too big" in refusal
    assert "20.0\xa0MB" in refusal


@pytest.mark.parametrize("upload", WAYS)
@pytest.mark.parametrize("ending", ["jpg", "jpeg", "JPG", "png", "webp", "avif", "gif"])
def test_an_honest_image_is_taken(
    editor: Client, upload: Callable[[Client, str, bytes], str], ending: str, temporary_media: Path
) -> None:
    from PIL import Image

    format_name = {"jpg": "JPEG"}.get(ending.lower(), ending.upper())
    content = files.encoded(Image.new("RGB", (64, 48), "teal"), format_name)

    assert upload(editor, f"Ein Bild äöü.{ending}", content) == ""
    image = CustomImage.objects.get()
    assert (image.width, image.height) == (64, 48)


def test_the_memory_that_a_decompression_bomb_costs_is_bounded(tmp_path: Path) -> None:
    """A PNG of 100 kB that unpacks to 300 MB is refused by a process that may not have 300 MB more."""
    bomb = tmp_path / "bomb.png"
    bomb.write_bytes(files.png_bomb(10_000, 10_000))
    assert bomb.stat().st_size < 400_000
    program = textwrap.dedent(
        f"""
        import os, resource, django
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.testing"
        django.setup()
        from django.core.exceptions import ValidationError
        from django.core.files.uploadedfile import SimpleUploadedFile
        from PIL import Image; Image.init()
        from images.uploads import UploadedImageField
        field = UploadedImageField()
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        try:
            field.to_python(SimpleUploadedFile("bomb.png", open({str(bomb)!r}, "rb").read()))
        except ValidationError as error:
            print(error.messages[0])
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
        """
    )

    command = [sys.executable, "-c", program]
    result = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)

    message, grown_kilobytes = result.stdout.strip().splitlines()
    assert "10000 by 10000 pixels" in message
    assert int(grown_kilobytes) < 20_000


def test_replacing_an_image_with_a_hostile_file_keeps_the_old_one(editor: Client) -> None:
    editor.force_login(UserFactory(superuser=True))
    image = ImageFactory()
    before = image.file.name

    response = editor.post(
        reverse("wagtailimages:edit", args=[image.pk]),
        {"title": "A wall", "collection": "1", "file": SimpleUploadedFile("wall.png", files.HTML)},
    )

    assert "no image" in str(response.context["form"].errors["file"])
    image.refresh_from_db()
    assert image.file.name == before
    assert image.file.storage.exists(before)
