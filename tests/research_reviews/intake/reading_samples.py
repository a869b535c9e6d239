"""The samples, structured: pure, without a database."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

from research_reviews.intake.draft import Draft
from research_reviews.intake.reading import read
from research_reviews.intake.structure import structure

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "intake"
AUDIENCES = ("Prison staff", "Prison governors", "Commissioners", "Policymakers", "Teachers")
TODAY = date(2023, 6, 20)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def structured(name: str, content: bytes | None = None) -> Draft:
    """Return the draft of a sample, or of some content under a name."""
    content = (SAMPLES / name).read_bytes() if content is None else content
    return structure(read(name, content), audiences=AUDIENCES, today=TODAY)


def kinds(draft: Draft) -> list[str]:
    """Return the names of the draft's blocks."""
    return [block.type for block in draft.body]


def block(draft: Draft, kind: str) -> Any:
    """Return the value of the first block of a kind."""
    return next(block.value for block in draft.body if block.type == kind)


def chrome(draft: Draft) -> set[str]:
    """Return for what the parts that were left out are."""
    return {piece.kind for piece in draft.report.chrome}


def issues(draft: Draft) -> list[tuple[str, str, bool]]:
    """Return each issue's label, own heading and whether it has a section."""
    return [(one["label"], one["own_heading"], bool(one["body"])) for one in block(draft, "findings")["issues"]]


def word_document(*paragraphs: tuple[str, str]) -> bytes:
    """Return a .docx file of paragraphs, each with the name of its style."""
    written = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'
        for style, text in paragraphs
    )
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in {"Title": "Title", "H2": "heading 2", "Quote": "Quote", "Normal": "Normal"}.items()
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default '
        f'Extension="xml" ContentType="{kind}.document.main+xml"/></Types>',
        "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{written}</w:body></w:document>',
        "word/styles.xml": f'<w:styles xmlns:w="{WORD}">{styles}</w:styles>',
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return packed.getvalue()
