"""Images as readers get them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from bs4.element import Tag
from django.core.files.images import ImageFile
from django.template import Context, Template
from PIL import Image

from images.models import CustomImage
from images.renditions import KINDS, make, prefetch
from tests.factories import ImageFactory
from tests.images import files

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("temporary_media", "tasks_at_once")]

Queries = Callable[[int], AbstractContextManager[Any]]


def shown(image: CustomImage | None, kind: str) -> Tag:
    """Return what a template shows of the image."""
    template = Template("{% load image_tags %}{% responsive_picture image kind=kind %}")
    return BeautifulSoup(template.render(Context({"image": image, "kind": kind})), "html.parser")


def image_of(content: bytes, **fields: Any) -> CustomImage:
    """Return an image with the file."""
    return ImageFactory(file=ImageFile(BytesIO(content), name="picture.jpg"), **fields)


def widths(source: Tag) -> list[int]:
    """Return the widths that a source offers."""
    return [int(candidate.split()[1].removesuffix("w")) for candidate in str(source["srcset"]).split(", ")]


def test_a_header_comes_in_both_modern_formats_at_four_widths_and_is_fetched_first() -> None:
    page = shown(image_of(files.jpeg(1800, 900), description="A wall"), "header")

    avif, webp = page.select("picture source")
    assert (avif["type"], webp["type"]) == ("image/avif", "image/webp")
    assert widths(avif) == widths(webp) == [400, 800, 1200, 1600]
    assert avif["sizes"] == webp["sizes"] != ""
    img = page.select_one("picture img")
    assert img is not None
    assert str(img["src"]).endswith(".jpg")
    assert (img["width"], img["height"], img["alt"]) == ("1200", "600", "A wall")
    assert (img["loading"], img["fetchpriority"], img["decoding"]) == ("eager", "high", "async")


@pytest.mark.parametrize(("kind", "size"), [("card", ("480", "320")), ("portrait", ("192", "192"))])
def test_a_card_and_a_portrait_are_cut_to_their_frame_and_wait_for_the_reader(kind: str, size: tuple[str, str]) -> None:
    img = shown(image_of(files.jpeg(1000, 900)), kind).select_one("img")

    assert img is not None
    assert (img["width"], img["height"]) == size
    assert img["loading"] == "lazy"


def test_an_image_for_social_networks_is_one_jpeg_of_their_size() -> None:
    page = shown(image_of(files.jpeg(2000, 1500)), "social")

    assert not page.select("source")
    img = page.select_one("img")
    assert img is not None
    assert (img["width"], img["height"]) == ("1200", "630")


def test_a_small_original_is_not_enlarged_and_offered_once() -> None:
    page = shown(image_of(files.jpeg(300, 200)), "header")

    assert [widths(source) for source in page.select("source")] == [[300], [300]]
    assert page.img is not None
    assert (page.img["width"], page.img["height"]) == ("300", "200")


@pytest.mark.parametrize("mode", ["L", "LA", "P", "1", "I;16", "RGBA", "CMYK"])
def test_an_original_in_any_colour_mode_is_shown(mode: str) -> None:
    picture = Image.new(mode, (200, 100))
    image = image_of(files.encoded(picture, "JPEG" if mode == "CMYK" else "PNG"))

    assert len(shown(image, "header").select("source")) == 2


def test_no_image_is_nothing() -> None:
    assert str(shown(None, "card")).strip() == ""


def test_a_missing_file_leaves_its_description_and_the_page_stands() -> None:
    image = ImageFactory(description="A wall")
    image.file.storage.delete(image.file.name)

    page = shown(image, "header")

    assert not page.select("img")
    assert page.get_text(strip=True) == "A wall"


def test_a_damaged_file_leaves_its_description_and_the_page_stands() -> None:
    image = ImageFactory(description="A wall")
    with image.file.storage.open(image.file.name, "wb") as file:
        file.write(files.jpeg()[:2_000])

    assert shown(image, "header").get_text(strip=True) == "A wall"


def test_the_words_for_the_place_come_before_the_description() -> None:
    image = ImageFactory(description="A wall")
    image.contextual_alt_text, image.decorative = "The wall of the wing", False

    img = shown(image, "figure").img

    assert img is not None
    assert img["alt"] == "The wall of the wing"


def test_an_image_that_only_decorates_has_an_empty_text() -> None:
    image = ImageFactory(description="A wall")
    image.contextual_alt_text, image.decorative = "", True

    img = shown(image, "figure").img

    assert img is not None
    assert img["alt"] == ""


def test_a_file_name_never_stands_in_for_a_description() -> None:
    image = ImageFactory(title="DSC_0042.jpg", description="")

    img = shown(image, "figure").img

    assert img is not None
    assert img["alt"] == ""


def test_a_picture_costs_one_query(django_assert_num_queries: Queries) -> None:
    image = ImageFactory()
    make(image, "header")
    image = CustomImage.objects.get()

    with django_assert_num_queries(1):
        shown(image, "header")


def test_many_pictures_cost_one_query_together(django_assert_num_queries: Queries) -> None:
    for image in ImageFactory.create_batch(5):
        make(image, "card")
    images = list(CustomImage.objects.all())

    with django_assert_num_queries(1):
        prefetch([*images, None], ["card"])
    with django_assert_num_queries(0):
        assert all(shown(image, "card").select("source") for image in images)
        assert shown(images[0], "lead").select("source")


def test_pictures_whose_renditions_came_along_cost_no_query(django_assert_num_queries: Queries) -> None:
    make(ImageFactory(), "card")
    image = CustomImage.objects.prefetch_related("renditions").get()

    with django_assert_num_queries(0):
        assert shown(image, "card").select("source")


def test_a_page_waits_for_one_rendition_and_asks_once_for_the_others(settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    image = ImageFactory()

    first, second = shown(image, "header"), shown(CustomImage.objects.get(), "header")

    assert first.img is not None
    assert not first.select("source")
    assert second == first
    assert image.renditions.count() == 1


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_a_photo_stands_upright_and_keeps_to_itself_where_it_was_taken(orientation: int) -> None:
    original = files.photo_with_place(orientation)
    assert len(Image.open(BytesIO(original)).getexif().get_ifd(0x8825)) == 4
    image = image_of(original)

    shown(image, "header")
    image.get_rendition("max-165x165")

    sideways = orientation in (6, 8)
    renditions = list(image.renditions.all())
    assert len(renditions) == len(KINDS["header"].filters) + 1
    for rendition in renditions:
        content = rendition.file.read()
        picture = Image.open(BytesIO(content))
        assert (picture.width < picture.height) is sideways
        assert not picture.getexif()
        assert b"Example Phone" not in content
        assert b"taken at home" not in content


def test_a_header_at_phone_width_weighs_little() -> None:
    image = image_of(files.jpeg(2400, 1350))

    make(image, "header")

    sizes = {
        rendition.width: rendition.file.size for rendition in image.renditions.filter(filter_spec__endswith="avif")
    }
    assert sizes[400] <= 25_000
    assert sizes[800] <= 4 * sizes[400]


def test_the_colours_of_a_wide_profile_become_those_of_the_web(temporary_media: Path) -> None:
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    image = image_of(files.jpeg(icc_profile=profile))

    assert shown(image, "header").select("source")
    assert "icc_profile" not in Image.open(image.renditions.get(filter_spec="width-400|format-avif").file).info
