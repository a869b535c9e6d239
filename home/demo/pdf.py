"""A document to download: one page of text as a PDF file."""

from __future__ import annotations

from collections.abc import Sequence

FONTS = "/Resources << /Font << /F1 5 0 R /F2 6 0 R >> >>"
PAGE = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R {FONTS} >>"
FONT = "<< /Type /Font /Subtype /Type1 /BaseFont /{} /Encoding /WinAnsiEncoding >>"


def write(title: str, lines: Sequence[str]) -> bytes:
    """Return a PDF of one A4 page: the title and, below it, the lines."""
    text = ["BT", "/F2 20 Tf", "56 770 Td", f"({escaped(title)}) Tj", "/F1 12 Tf", "0 -36 Td", "18 TL"]
    text += [f"({escaped(line)}) Tj T*" for line in lines]
    stream = "\n".join([*text, "ET"])
    return assemble(
        [
            "<< /Type /Catalog /Pages 2 0 R /Lang (en-GB) >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            PAGE,
            f"<< /Length {len(stream.encode('cp1252'))} >>\nstream\n{stream}\nendstream",
            FONT.format("Helvetica"),
            FONT.format("Helvetica-Bold"),
            f"<< /Title ({escaped(title)}) >>",
        ]
    )


def escaped(text: str) -> str:
    """Return text as it may stand in a PDF string."""
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def assemble(objects: Sequence[str]) -> bytes:
    """Return the file: the objects, the table of where each begins, and the trailer. The last object describes it."""
    written = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(written))
        written += f"{number} 0 obj\n{content}\nendobj\n".encode("cp1252")
    table = len(written)
    rows = "".join(f"{place:010d} 00000 n \n" for place in places)
    written += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{rows}".encode()
    trailer = f"<< /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>"
    return bytes(written + f"trailer\n{trailer}\nstartxref\n{table}\n%%EOF\n".encode())
