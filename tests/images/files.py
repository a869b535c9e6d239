"""Image files for tests, honest and hostile, made in memory."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

from PIL import Image


def jpeg(width: int = 320, height: int = 200, **options: object) -> bytes:
    """Return a JPEG of soft colours, with noise so that it does not compress to nothing."""
    noise = Image.effect_noise((width, height), 40)
    picture = Image.merge("RGB", (noise, noise.rotate(90).resize((width, height)), noise))
    return encoded(picture, "JPEG", **options)


def encoded(picture: Image.Image, format_name: str, **options: object) -> bytes:
    """Return the picture as a file."""
    file = BytesIO()
    picture.save(file, format_name, **options)
    return file.getvalue()


def png_that_claims(width: int, height: int) -> bytes:
    """Return a PNG of a few bytes whose header promises any number of pixels."""
    return png(width, height, zlib.compress(b"\0" * 100))


def png_bomb(width: int, height: int) -> bytes:
    """Return a small PNG that is whole: every row of its pixels is there and takes three bytes a pixel in memory."""
    row = b"\0" * (1 + width * 3)
    deflate = zlib.compressobj(9)
    return png(width, height, b"".join([*(deflate.compress(row) for _ in range(height)), deflate.flush()]))


def png(width: int, height: int, data: bytes) -> bytes:
    """Return a PNG in full colour of these compressed pixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def chunk(name: bytes, data: bytes) -> bytes:
    """Return a chunk of a PNG."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(2)</script></svg>'
HTML = b"<!doctype html><html><body><script>alert(1)</script></body></html>"
PHP = b"<?php system($_GET['c']); ?>"


def gif_with_script() -> bytes:
    """Return a GIF that is a program as well: its comment goes on in JavaScript."""
    return encoded(Image.new("P", (20, 20)), "GIF", comment=b"*/=1;<script>alert(1)</script>")


def jpeg_with_archive() -> bytes:
    """Return a JPEG with an empty ZIP archive behind it."""
    return jpeg() + b"PK\x05\x06" + bytes(18)


def animation() -> bytes:
    """Return a GIF of three pictures."""
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("teal", "navy", "gold")]
    return encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])


def photo_with_place(orientation: int = 1) -> bytes:
    """Return a JPEG that knows where it was taken and how the camera was held."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x0110] = "Example Phone 7"
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 12.0), 3: "W", 4: (0.0, 7.0, 39.0)})
    return jpeg(400, 200, exif=exif, comment=b"taken at home")
