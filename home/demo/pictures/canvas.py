"""A sheet on which coloured paper is laid, layer upon layer, each with its shadow."""

from __future__ import annotations

import math
from collections.abc import Sequence
from io import BytesIO
from random import Random

from PIL import Image, ImageChops, ImageColor, ImageDraw, ImageFilter, ImageOps

# Every scene is composed on a sheet of 16 by 9 units, however many pixels it is drawn with.
WIDTH, HEIGHT = 16.0, 9.0

Point = tuple[float, float]
Colour = tuple[int, int, int]
Box = tuple[int, int, int, int]


def colour(value: str) -> Colour:
    """Return a hexadecimal colour as red, green and blue."""
    red, green, blue = ImageColor.getrgb(value)[:3]
    return red, green, blue


def mix(first: str, second: str, share: float) -> str:
    """Return the colour that lies between two, at the share of the second."""
    pairs = zip(colour(first), colour(second), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def ring(centre: Point, radius: float, start: float = 0, end: float = 360, steps: int = 90) -> list[Point]:
    """Return the points of an arc, in degrees clockwise from the right."""
    angles = [math.radians(start + (end - start) * step / steps) for step in range(steps + 1)]
    return [(centre[0] + radius * math.cos(angle), centre[1] + radius * math.sin(angle)) for angle in angles]


class Canvas:
    """The sheet, its size in pixels, and what has been laid on it."""

    def __init__(self, width: int, top: str, bottom: str) -> None:
        self.scale = width / WIDTH
        self.size = (width, round(HEIGHT * self.scale))
        self.sheet = gradient(self.size, top, bottom)

    def paper(self, shape: Sequence[Point], top: str, bottom: str = "", *, lift: float = 0.16) -> None:
        """Lay down paper of the shape, in one colour or from one to another; lift is how far it stands off."""
        box = self._box(shape, lift * 2.4)
        self._lay(self._mask(shape, box), box, top, bottom or mix(top, "#000000", 0.08), lift)

    def disc(self, centre: Point, radius: float, top: str, bottom: str = "", *, lift: float = 0.16) -> None:
        """Lay down a round piece of paper."""
        self.paper(ring(centre, radius), top, bottom, lift=lift)

    def frame(self, shape: Sequence[Point], top: str, bottom: str = "", *, lift: float = 0.22) -> None:
        """Lay down a whole sheet with the shape cut out of it."""
        box = (0, 0, *self.size)
        self._lay(ImageOps.invert(self._mask(shape, box)), box, top, bottom or mix(top, "#000000", 0.12), lift)

    def glow(self, centre: Point, radius: float, tint: str, strength: float) -> None:
        """Let light fall around a point."""
        across = max(2, round(radius * 2 * self.scale))
        light = ImageOps.invert(Image.radial_gradient("L")).resize((across, across), Image.Resampling.BILINEAR)
        # At the middle of its sides the gradient is still 74 bright; there the light must end.
        fall = [max(0, value - 74) / 181 for value in range(256)]
        light = light.point([round(share**1.6 * 255 * strength) for share in fall])
        corner = (round(centre[0] * self.scale - across / 2), round(centre[1] * self.scale - across / 2))
        self.sheet.paste(Image.new("RGB", light.size, colour(tint)), corner, light)

    def beam(self, shape: Sequence[Point], tint: str, strength: float, softness: float = 0.12) -> None:
        """Let light of a shape fall, soft at its edges."""
        box = self._box(shape, softness * 3)
        mask = self._mask(shape, box).filter(ImageFilter.GaussianBlur(softness * self.scale))
        self.sheet.paste(colour(tint), box, mask.point([round(value * strength) for value in range(256)]))

    def jpeg(self, random: Random) -> bytes:
        """Return the picture with the grain of paper, as a JPEG file."""
        half = (self.size[0] // 2, self.size[1] // 2)
        noise = Image.frombytes("L", half, random.randbytes(half[0] * half[1]))
        grain = noise.point([128 + (value - 128) // 4 for value in range(256)]).resize(self.size)
        grained = ImageChops.soft_light(self.sheet, Image.merge("RGB", [grain] * 3))
        stored = BytesIO()
        Image.blend(self.sheet, grained, 0.5).save(stored, "JPEG", quality=88, progressive=True, subsampling=0)
        return stored.getvalue()

    def _lay(self, mask: Image.Image, box: Box, top: str, bottom: str, lift: float) -> None:
        if lift:
            shadow = mask.filter(ImageFilter.GaussianBlur(lift * 0.9 * self.scale))
            moved = shift(shadow, lift * 0.25 * self.scale, lift * 0.55 * self.scale)
            self.sheet.paste((12, 14, 30), box, moved.point([round(value * 0.34) for value in range(256)]))
        self.sheet.paste(gradient(mask.size, top, bottom), box, mask)
        # The cut edge catches the light from above.
        edge = ImageChops.subtract(mask, shift(mask, 0, max(1, 0.016 * self.scale), 255))
        self.sheet.paste((255, 255, 255), box, edge.point([round(value * 0.2) for value in range(256)]))

    def _box(self, shape: Sequence[Point], margin: float) -> Box:
        """Return the part of the sheet, in pixels, that the shape and its shadow take up."""
        across, down = [x for x, _y in shape], [y for _x, y in shape]
        left = min(self.size[0] - 1, max(0, math.floor((min(across) - margin) * self.scale)))
        top = min(self.size[1] - 1, max(0, math.floor((min(down) - margin) * self.scale)))
        right = min(self.size[0], math.ceil((max(across) + margin) * self.scale))
        bottom = min(self.size[1], math.ceil((max(down) + margin) * self.scale))
        return (left, top, max(right, left + 1), max(bottom, top + 1))

    def _mask(self, shape: Sequence[Point], box: Box) -> Image.Image:
        left, top, right, bottom = box
        mask = Image.new("L", ((right - left) * 2, (bottom - top) * 2))
        points = [((x * self.scale - left) * 2, (y * self.scale - top) * 2) for x, y in shape]
        ImageDraw.Draw(mask).polygon(points, fill=255)
        return mask.reduce(2)


def gradient(size: tuple[int, int], top: str, bottom: str) -> Image.Image:
    """Return a sheet that goes from one colour to another."""
    column = Image.linear_gradient("L").resize((1, size[1]), Image.Resampling.BILINEAR)
    return ImageOps.colorize(column, colour(top), colour(bottom)).resize(size)


def shift(mask: Image.Image, right: float, down: float, fill: int = 0) -> Image.Image:
    """Return the mask moved by pixels, with fill where it was."""
    moved = Image.new("L", mask.size, fill)
    moved.paste(mask, (round(right), round(down)))
    return moved
