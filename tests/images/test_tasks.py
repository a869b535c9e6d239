"""Renditions that are made ahead of the first view."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from wagtail.models import Site

from images.models import CustomImage
from images.renditions import KINDS, make
from images.tasks import make_renditions
from site_settings.models import BrandSettings
from tests.factories import (
    ImageFactory,
    PersonFactory,
    ReviewPageFactory,
    TopicPageFactory,
    UserFactory,
    block_id,
    stream,
)
from tests.images import files

Commit = Callable[..., AbstractContextManager[Any]]

# The first card of a page has the sizes of the others.
CARD = {"card", "lead"}

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("temporary_media", "tasks_at_once")]


def kinds_made(image: CustomImage) -> set[str]:
    """Return the kinds of which every rendition has been made."""
    specs = set(image.renditions.values_list("filter_spec", flat=True))
    return {name for name, kind in KINDS.items() if specs.issuperset(kind.filters)}


def files_in(folder: Path) -> set[str]:
    """Return the names of all rendition files."""
    return {path.name for path in (folder / "images").iterdir()}


def figure(image: CustomImage) -> dict[str, Any]:
    """Return an image block as the database stores it."""
    value = {"image": {"image": image.pk, "alt_text": "A wall", "decorative": False}, "caption": ""}
    return {"type": "image", "id": block_id("figure"), "value": value}


def test_publishing_a_review_makes_what_its_page_and_its_card_show(
    django_capture_on_commit_callbacks: Commit,
) -> None:
    header, inside = ImageFactory(), ImageFactory()

    with django_capture_on_commit_callbacks(execute=True):
        ReviewPageFactory(header_image=header, body=stream(figure(inside)))

    assert kinds_made(header) == {"header", *CARD, "social"}
    assert kinds_made(inside) == {"figure"}


def test_a_draft_makes_nothing(django_capture_on_commit_callbacks: Commit) -> None:
    header = ImageFactory()

    with django_capture_on_commit_callbacks(execute=True):
        ReviewPageFactory(header_image=header, published=False)

    assert kinds_made(header) == set()


def test_publishing_a_topic_and_saving_a_person_make_theirs(django_capture_on_commit_callbacks: Commit) -> None:
    image, photo = ImageFactory(), ImageFactory()

    with django_capture_on_commit_callbacks(execute=True):
        TopicPageFactory(image=image)
        PersonFactory(photo=photo)

    assert kinds_made(image) == {*CARD, "figure", "social"}
    assert kinds_made(photo) == {"portrait"}


def test_the_brand_makes_its_logo_as_every_page_shows_it(
    client: Client, django_capture_on_commit_callbacks: Commit
) -> None:
    logo = ImageFactory(file__format="PNG", file__filename="logo.png", file__width=900, file__height=300)
    with django_capture_on_commit_callbacks(execute=True):
        BrandSettings.objects.create(site=Site.objects.get(), logo=logo)
    made = [rendition.url for rendition in logo.renditions.all()]

    assert len(made) == 1
    assert made[0].endswith(".png")
    assert f'src="{made[0]}" width="240" height="80"' in client.get("/").content.decode()


def test_made_again_it_ends_in_the_same_state(temporary_media: Path) -> None:
    image = ImageFactory()
    make_renditions.enqueue(image.pk, ["card"])
    before = files_in(temporary_media)

    make_renditions.enqueue(image.pk, ["card"])

    assert files_in(temporary_media) == before
    assert image.renditions.count() == len(KINDS["card"].filters)


def test_interrupted_it_goes_on_where_it_stopped(temporary_media: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    image = ImageFactory()
    generate = CustomImage.generate_rendition_file
    done: list[int] = []

    def killed_after_three(*args: Any, **kwargs: Any) -> Any:
        if len(done) == 3:
            raise KeyboardInterrupt
        done.append(1)
        return generate(*args, **kwargs)

    monkeypatch.setattr(CustomImage, "generate_rendition_file", killed_after_three)
    with pytest.raises(KeyboardInterrupt):
        make_renditions.enqueue(image.pk, ["card"])
    monkeypatch.undo()
    assert image.renditions.count() == 3

    make_renditions.enqueue(image.pk, ["card"])

    assert kinds_made(image) == CARD
    assert len(files_in(temporary_media)) == image.renditions.count()


def test_a_worker_that_comes_second_leaves_no_file_behind(
    temporary_media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    image = ImageFactory()
    generate = CustomImage.generate_rendition_file

    def overtaken(self: CustomImage, wanted: Any, **kwargs: Any) -> Any:
        file = generate(self, wanted, **kwargs)
        monkeypatch.setattr(CustomImage, "generate_rendition_file", generate)
        make(CustomImage.objects.get(), "card")
        return file

    monkeypatch.setattr(CustomImage, "generate_rendition_file", overtaken)
    make(image, "card")

    assert image.renditions.count() == len(KINDS["card"].filters)
    assert files_in(temporary_media) == {Path(rendition.file.name).name for rendition in image.renditions.all()}


def test_a_damaged_image_is_logged_and_the_others_are_made(
    caplog: pytest.LogCaptureFixture, django_capture_on_commit_callbacks: Commit
) -> None:
    damaged, whole = ImageFactory(), ImageFactory()
    with damaged.file.storage.open(damaged.file.name, "wb") as file:
        file.write(files.HTML)

    with caplog.at_level(logging.ERROR), django_capture_on_commit_callbacks(execute=True):
        ReviewPageFactory(header_image=damaged, body=stream(figure(whole)))

    assert f"Image {damaged.pk}" in caplog.text
    assert kinds_made(damaged) == set()
    assert kinds_made(whole) == {"figure"}


def test_an_image_that_is_deleted_meanwhile_costs_nothing() -> None:
    image = ImageFactory()
    image_id = image.pk
    image.delete()

    result = make_renditions.enqueue(image_id, ["card"])

    assert result.return_value == 0


def test_a_replaced_file_is_made_anew_in_the_sizes_in_use(
    client: Client, temporary_media: Path, django_capture_on_commit_callbacks: Commit
) -> None:
    client.force_login(UserFactory(superuser=True))
    image = ImageFactory()
    with django_capture_on_commit_callbacks(execute=True):
        make_renditions.enqueue(image.pk, ["card", "header"])
    old = files_in(temporary_media)

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(
            reverse("wagtailimages:edit", args=[image.pk]),
            {
                "title": "Other",
                "collection": image.collection_id,
                "file": SimpleUploadedFile("new.jpg", files.jpeg(900, 500)),
            },
        )

    assert response.status_code == 302
    image = CustomImage.objects.get()
    assert kinds_made(image) == {*CARD, "header"}
    assert image.renditions.get(filter_spec="width-800|format-webp").width == 800
    assert not old & files_in(temporary_media)


def test_a_moved_focal_point_is_made_anew(client: Client, django_capture_on_commit_callbacks: Commit) -> None:
    client.force_login(UserFactory(superuser=True))
    image = ImageFactory()
    make_renditions.enqueue(image.pk, ["card"])
    before = image.renditions.count()
    point = {"focal_point_x": 50, "focal_point_y": 60, "focal_point_width": 20, "focal_point_height": 20}

    with django_capture_on_commit_callbacks(execute=True):
        client.post(
            reverse("wagtailimages:edit", args=[image.pk]),
            {"title": "Other", "collection": image.collection_id, **point},
        )

    assert image.renditions.count() == 2 * before


@pytest.mark.django_db(transaction=True)
def test_the_worker_makes_what_a_published_review_shows(settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    header = ImageFactory()
    ReviewPageFactory(header_image=header)
    assert kinds_made(header) == set()

    call_command("db_worker", batch=True, worker_id="test", verbosity=0)

    assert kinds_made(header) == {"header", *CARD, "social"}
    assert not DBTaskResult.objects.exclude(status="SUCCESSFUL").exists()


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_make_each_rendition_once(temporary_media: Path) -> None:
    image = ImageFactory()

    def work() -> None:
        make_renditions.func(image.pk, ["card"])
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=60)

    assert image.renditions.count() == len(KINDS["card"].filters)
    assert files_in(temporary_media) == {Path(rendition.file.name).name for rendition in image.renditions.all()}
