"""The logos of invented sponsors: a mark of cut paper and a name beside it."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

HEIGHT = 160
INK = "#2b2620"


def candle(pen: ImageDraw.ImageDraw) -> None:
    """A candle with its flame."""
    pen.rectangle((58, 70, 102, 150), fill="#d9a441")
    pen.ellipse((60, 8, 100, 72), fill="#c4572f")
    pen.ellipse((70, 30, 90, 70), fill="#f3d38a")


def houses(pen: ImageDraw.ImageDraw) -> None:
    """Two houses under one roof."""
    pen.polygon([(8, 80), (80, 16), (152, 80)], fill="#2f6b6b")
    pen.rectangle((24, 80, 74, 150), fill="#4d8f86")
    pen.rectangle((86, 80, 136, 150), fill="#8fbdb0")


MARKS: dict[str, Callable[[ImageDraw.ImageDraw], None]] = {"candle": candle, "houses": houses}


def draw_logo(mark: str, words: str) -> bytes:
    """Return the logo as a PNG file on a transparent ground."""
    font = ImageFont.load_default(60)
    width = 190 + round(font.getlength(words))
    sheet = Image.new("RGBA", (width, HEIGHT), (0, 0, 0, 0))
    pen = ImageDraw.Draw(sheet)
    MARKS[mark](pen)
    pen.text((180, HEIGHT / 2), words, font=font, fill=INK, anchor="lm")
    file = BytesIO()
    sheet.save(file, "PNG", optimize=True)
    return file.getvalue()
