"""XML that every reader can parse, whatever people wrote."""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import BytesIO
from xml.sax.xmlreader import AttributesImpl

from django.utils.xmlutils import SimplerXMLGenerator

# What XML 1.0 may not hold in any form, and what it advises against.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def allowed(text: str) -> str:
    """Return the text, also one that is still to be translated, without what XML may not hold."""
    return FORBIDDEN.sub("", str(text))


def one_line(text: str) -> str:
    """Return the text in one line, as titles and names are."""
    return " ".join(allowed(text).split())


class Document(SimplerXMLGenerator):
    """An XML document that is written from top to bottom."""

    def __init__(self) -> None:
        self.file = BytesIO()
        super().__init__(self.file, "utf-8", short_empty_elements=True)
        self.startDocument()

    def open(self, name: str, attributes: Mapping[str, str] | None = None) -> None:
        """Begin an element that holds others."""
        self.startElement(name, AttributesImpl(cleaned(attributes)))

    def close(self, name: str) -> None:
        """End an element."""
        self.endElement(name)

    def leaf(self, name: str, text: str | None = None, **attributes: str) -> None:
        """Write an element that holds text, or only attributes. Those without a value are left out."""
        self.addQuickElement(name, None if text is None else allowed(text), cleaned(attributes))

    def written(self) -> bytes:
        """End the document and return it."""
        self.endDocument()
        return self.file.getvalue()


def cleaned(attributes: Mapping[str, str] | None) -> dict[str, str]:
    """Return the attributes that have a value."""
    return {name: allowed(value) for name, value in (attributes or {}).items() if value}
