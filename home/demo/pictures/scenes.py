"""What each kind of picture shows: one scene a topic, varied by a name."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from PIL import ImageOps

from home.demo.pictures import motifs, places
from home.demo.pictures.canvas import Canvas

WIDTH_IN_PIXELS = 1600

SCENES: dict[str, Callable[[Random, int], Canvas]] = {
    "arches": places.arches,
    "window": places.window,
    "rooftops": places.rooftops,
    "lighthouse": places.lighthouse,
    "path": places.path,
    "dawn": places.dawn,
    "books": motifs.books,
    "quilt": motifs.quilt,
    "nest": motifs.nest,
    "letter": motifs.letter,
}


def draw(scene: str, name: str) -> bytes:
    """Return the scene as a JPEG file. The same name draws the same picture."""
    # The pictures must come out the same in every run; nothing here is a secret.
    random = Random(name)  # noqa: S311
    canvas = SCENES[scene](random, WIDTH_IN_PIXELS)
    if random.random() < 0.5:
        canvas.sheet = ImageOps.mirror(canvas.sheet)
    return canvas.jpeg(random)
