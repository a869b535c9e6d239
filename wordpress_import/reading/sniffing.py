"""Looks at the start of a file: whether it is an export, and how it is to be read."""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from wordpress_import.reading import encoding
from wordpress_import.reading.problems import NotAnExportError
from wordpress_import.reading.sources import BrokenPartError, Part, chunks

SAMPLE = 1 << 20
NAMESPACE = re.compile(rb"""xmlns:([\w.-]{1,40})\s*=\s*["']\s*([^"'<>]{1,200}?)\s*["']""")
EXPORT = re.compile(rb"wordpress\.org/export/([\d.]{1,8})/?(excerpt)?")
OWN_TAG = re.compile(rb"<(?:wp:)(?:wxr_version|post_id|post_type|author|wp_author|category|tag|term)[\s>]")
KNOWN_VERSIONS = {"1.0", "1.1", "1.2"}
OTHER_PREFIXES = {
    b"http://purl.org/rss/1.0/modules/content": "content",
    b"http://purl.org/dc/elements/1.1": "dc",
    b"http://wellformedweb.org/CommentAPI": "wfw",
}
# What a file is by its first bytes, in small letters; the first that fits counts.
VERDICTS = (
    (rb"(?s)\A.{257}ustar", gettext_noop("is a tar archive. Unpack it and give the .xml files.")),
    (rb"\Apk\x03\x04", gettext_noop("is a zip archive in another archive. Unpack it and give the .xml files.")),
    (
        rb"<rss|<rdf:rdf",
        gettext_noop("is an RSS feed, not an export: WordPress writes one under Tools, Export, All content."),
    ),
    (rb"<feed", gettext_noop("is an Atom feed, not a WordPress export.")),
    (
        rb"<!doctype html|<html|<head|<body",
        gettext_noop(
            "is a web page, not an export. Sign in to WordPress and export again: Tools, Export, All content."
        ),
    ),
    (rb"\A[{\[]", gettext_noop("is JSON, not a WordPress export, which is XML.")),
    (rb"\A<", gettext_noop("is XML, but not a WordPress export.")),
)


@dataclass(frozen=True)
class Format:
    """How a part is to be read. `aliases` has the usual prefix for each unusual one that the file declares."""

    encoding: str
    aliases: dict[bytes, str]
    version: str
    has_document_type: bool
    sample: bytes

    @property
    def prefix(self) -> str:
        """Return what the file has before the colon in WordPress's own elements."""
        return next((alias.decode() for alias, usual in self.aliases.items() if usual == "wp"), "wp")


def sniff(part: Part) -> Format:
    """Return how to read the part. Raises NotAnExportError with what it is instead."""
    start = beginning(part)
    name = encoding.find(start)
    sample = b"".join(encoding.in_utf8(iter([start]), name))[: 4 * SAMPLE]
    declared = NAMESPACE.findall(sample)
    versions = [found for _prefix, address in declared if (found := EXPORT.search(address))]
    if not versions and not OWN_TAG.search(sample):
        raise NotAnExportError(_("%(file)s %(verdict)s") % {"file": part.name, "verdict": verdict(sample)})
    return Format(
        encoding=name,
        # What is declared but not used was declared by a slip.
        aliases={prefix: usual for prefix, usual in aliases(declared).items() if f"<{usual}:".encode() not in sample},
        version=versions[0][1].decode() if versions else "",
        has_document_type=bool(re.search(rb"<!DOCTYPE[^>\[]{0,200}\[", sample)),
        sample=sample,
    )


def beginning(part: Part) -> bytes:
    """Return the first megabyte of the part, or as much as can be read of it."""
    start = b""
    with closing(chunks(part, lambda _read: None)) as source:
        try:
            while len(start) < SAMPLE and (chunk := next(source, b"")):
                start += chunk
        except BrokenPartError as error:
            # What is broken further on is said when the part is read.
            if not start:
                raise NotAnExportError(f"{part.name}: {error}") from error
    return start


def aliases(declared: list[tuple[bytes, bytes]]) -> dict[bytes, str]:
    """Return the usual prefix for each that is declared for the same in other letters."""
    found: dict[bytes, str] = {}
    for prefix, address in declared:
        if export := EXPORT.search(address):
            usual = "excerpt" if export[2] else "wp"
        else:
            usual = OTHER_PREFIXES.get(address.rstrip(b"/"), "")
        if usual and prefix.decode() != usual:
            found.setdefault(prefix, usual)
    return found


def verdict(sample: bytes) -> str:
    """Return what a file is that is no export, and what to do."""
    text = sample.lstrip(b"\xef\xbb\xbf \t\r\n\0")
    if not text:
        return _("is empty. Export again in WordPress: Tools, Export, All content.")
    start = text[:4096].lower()
    for pattern, sentence in VERDICTS:
        if re.search(pattern, start):
            return _(sentence)
    return _("is not XML, and no WordPress export.")
