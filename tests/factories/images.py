"""Images and documents, small and real."""

from __future__ import annotations

from typing import Any

import factory
import wagtail_factories
from wagtail.models import Collection

from images.models import CustomImage


def root_collection() -> Collection:
    """Return the collection that everything belongs to, also after a test has emptied the database."""
    return Collection.get_first_root_node() or Collection.add_root(name="Root")


class ImageFactory(wagtail_factories.ImageFactory):
    """A JPEG with credit, licence and description."""

    class Meta:
        model = CustomImage

    title = factory.Sequence(lambda number: f"Picture {number}")
    file: Any = factory.django.ImageField(width=640, height=360, color="teal", format="JPEG", filename="picture.jpg")
    collection: Any = factory.LazyFunction(root_collection)
    description = "A teal wall in the sun"
    credit = "Ines Inventada"
    credit_url = "https://pictures.example/ines"
    licence = CustomImage.Licence.OWN


class DocumentFactory(wagtail_factories.DocumentFactory):
    """A document that readers can download."""

    title = factory.Sequence(lambda number: f"Paper {number}")
    file: Any = factory.django.FileField(data=b"Words", filename="paper.txt")
    collection: Any = factory.LazyFunction(root_collection)
