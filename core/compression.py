"""Response bodies in the encodings that browsers ask for."""

from __future__ import annotations

import gzip
import re
from functools import lru_cache

import brotli
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

IDENTITY = "identity"
# The best first. Levels at which a long page takes about a millisecond.
ENCODINGS = ("br", "gzip")
BROTLI_QUALITY = 5
# Of pages that are kept: a long one takes 20 ms once and is a tenth smaller for all who read it.
KEPT_BROTLI_QUALITY = 10
# Of what is longer than any page, such as a feed of whole texts, that would take a second.
LONG_BODY = 128 * 1024
GZIP_LEVEL = 6
# Below this, compressed is no smaller.
SMALLEST_BODY = 256

COMPRESSIBLE = re.compile(r"^(?:text/|image/svg\+xml|application/(?:[\w.-]+\+)?(?:json|xml|javascript))")
CODING = re.compile(r"^\s*([\w*-]+)\s*(?:;\s*q\s*=\s*([\d.]+)\s*)?$", re.ASCII)


def is_compressible(response: HttpResponse) -> bool:
    """Whether the response is text, of a size worth it and not yet encoded."""
    return (
        not response.streaming
        and len(response.content) >= SMALLEST_BODY
        and not response.has_header("Content-Encoding")
        and COMPRESSIBLE.match(response.get("Content-Type", "")) is not None
    )


def kept_quality(content: bytes) -> int:
    """Return the quality in Brotli of what is kept."""
    return KEPT_BROTLI_QUALITY if len(content) <= LONG_BODY else BROTLI_QUALITY


def encode(content: bytes, encoding: str, quality: int = BROTLI_QUALITY) -> bytes:
    """Return content in the encoding; in Brotli of the quality."""
    if encoding == "br":
        compressed: bytes = brotli.compress(content, mode=brotli.MODE_TEXT, quality=quality)
        return compressed
    return gzip.compress(content, GZIP_LEVEL, mtime=0) if encoding == "gzip" else content


@lru_cache(maxsize=256)
def best_encoding(accepted: str) -> str:
    """Return the best of our encodings that an Accept-Encoding header allows; identity where it allows none."""
    weights = {}
    for part in accepted.lower().split(","):
        if coding := CODING.match(part):
            weights[coding[1].removeprefix("x-")] = _weight(coding[2])
    others = weights.get("*", 0)
    allowed = [name for name in ENCODINGS if weights.get(name, others) > 0]
    return max(allowed, key=lambda name: weights.get(name, others), default=IDENTITY)


def _weight(value: str | None) -> float:
    try:
        return float(value) if value else 1
    except ValueError:
        return 0


def compress_response(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Return the response, compressed where it is text and the reader's browser takes it."""
    if is_compressible(response):
        patch_vary_headers(response, ["Accept-Encoding"])
        encoding = best_encoding(request.headers.get("Accept-Encoding", ""))
        if encoding != IDENTITY:
            response.content = encode(response.content, encoding)
            response["Content-Encoding"] = encoding
            response["Content-Length"] = str(len(response.content))
    return response
