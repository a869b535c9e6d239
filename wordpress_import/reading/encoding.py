"""Which encoding a file is in, whatever it says, and text out of bytes that are not all in it."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

DECLARATION = re.compile(rb"""<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{1,40})["']""")
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
WIDE = (
    ((False, True), "utf-16-le"),
    ((True, False), "utf-16-be"),
    ((False, True, True, True), "utf-32-le"),
    ((True, True, True, False), "utf-32-be"),
)
# Python has codecs that are none (zip, rot13, punycode): a file may only ask for these.
SINGLE_BYTE = re.compile(r"^(cp125\d|iso8859-\d+|koi8-[ru]|mac-roman|cp437|cp85\d|cp866|cp874)$")
MULTIPLE_BYTES = {
    "gb2312",
    "gbk",
    "gb18030",
    "big5",
    "big5hkscs",
    "cp950",
    "shift_jis",
    "cp932",
    "euc_jp",
    "euc_kr",
} | {
    "cp949",
    "iso2022_jp",
}
LEAD_BYTES = range(0xC2, 0xF5)
WESTERN = "wordpress-import-western"
GUESSING = "wordpress-import-guessing"


def find(start: bytes) -> str:
    """Return the Python name of the encoding of a file that starts like this; utf-8 where nothing says otherwise."""
    for mark, name in BYTE_ORDER_MARKS:
        if start.startswith(mark):
            return name
    if (wide := wide_without_mark(start)) is not None:
        return wide
    declared = DECLARATION.search(start)
    try:
        name = codecs.lookup(declared[1].decode("ascii")).name if declared else "utf-8"
    except LookupError:
        return "utf-8"
    # Every web browser reads Latin-1 as Windows-1252, and so must what was written for them.
    name = "cp1252" if name == "iso8859-1" else name
    return name if SINGLE_BYTE.match(name) or name in MULTIPLE_BYTES else "utf-8"


def wide_without_mark(start: bytes) -> str | None:
    """Return UTF-16 or UTF-32 where the first characters are padded with zeros, all of them."""
    zeros = tuple(byte == 0 for byte in start[:8])
    for padding, name in WIDE:
        if start[:1] in {b"<", b"\0"} and zeros == padding * (8 // len(padding)):
            return name
    return None


def in_utf8(chunks: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    """Yield the chunks in UTF-8 where a byte may be part of a wider character, and as they are otherwise."""
    if encoding == "utf-8" or SINGLE_BYTE.match(encoding):
        yield from chunks
        return
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    for chunk in chunks:
        # An empty chunk would be taken for the end.
        if text := decoder.decode(chunk):
            yield text.encode("utf-8")
    yield decoder.decode(b"", final=True).encode("utf-8")


def read(piece: bytes, encoding: str) -> tuple[str, bool]:
    """Return the piece's text, and whether bytes in it had to be guessed.

    UTF-8 is tried first whatever was declared: text in another encoding is next to never valid UTF-8 by accident,
    but much that is UTF-8 says that it is something else.
    """
    try:
        return piece.decode("utf-8"), False
    except UnicodeDecodeError:
        pass
    if SINGLE_BYTE.match(encoding):
        return piece.decode(encoding, errors="replace"), False
    return mixed(piece), True


def mixed(piece: bytes) -> str:
    """Return text of UTF-8 with bytes of Windows-1252 in it, which databases with a history hold."""
    is_partly_utf8 = not piece.decode("utf-8", errors="ignore").isascii()
    return piece.decode("utf-8", errors=GUESSING if is_partly_utf8 else WESTERN)


def western(error: UnicodeError) -> tuple[str, int]:
    """Read one byte as Windows-1252: there is no UTF-8 in the text at all."""
    assert isinstance(error, UnicodeDecodeError)  # noqa: S101 - registered for decoding only
    return error.object[error.start : error.start + 1].decode("cp1252", errors="replace"), error.start + 1


def guessed(error: UnicodeError) -> tuple[str, int]:
    """Read bytes amid UTF-8 as Windows-1252, or as the mark for a character that was cut."""
    assert isinstance(error, UnicodeDecodeError)  # noqa: S101 - registered for decoding only
    piece, start, end = error.object, error.start, error.end
    text = piece[start:end].decode("cp1252", errors="replace")
    if piece[start] not in LEAD_BYTES:
        return text, end
    before, after = piece[max(0, start - 1) : start], piece[end : end + 1]
    # A first byte without the rest, after another character of more bytes or at the end of a value, was cut off.
    was_cut = end - start > 1 or before > b"\x7f" or after in {b"]", b"<", b""}
    stands_in_word = before.isalpha() or after.isalpha() or text.islower()
    return (text if stands_in_word and not was_cut else "\ufffd"), end


codecs.register_error(WESTERN, western)
codecs.register_error(GUESSING, guessed)
