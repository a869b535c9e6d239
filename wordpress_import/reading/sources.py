"""Files, folders and archives as a row of parts, each read in chunks and unpacked on the way, nothing to the disk.

What a file is, its first bytes say, not its name. Archives may be hostile: how far one may unfold is limited.
"""

from __future__ import annotations

import gzip
import io
import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Generator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from wordpress_import.reading.problems import NotAnExportError, Problem

CHUNK = 1 << 20
# Small, because what an archive gives out in the read that finds it broken is lost.
SIP = 1 << 15
DAMAGED = gettext_noop("The archive is damaged from here on.")
MOST_ENTRIES = 2000
MOST_UNPACKED = 16 << 30
# Text of exports packs 1:6 to 1:30. Below the first figure the ratio means nothing.
RATIO_COUNTS_FROM = 64 << 20
HIGHEST_RATIO = 200
UNPRINTABLE = re.compile(r"[^ -~\w]")
UNPACKING_ERRORS = (EOFError, OSError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError)


class BrokenPartError(Exception):
    """A part cannot be read any further; the text says why."""


@dataclass(frozen=True)
class Part:
    """One file of an export: `size` is in bytes as it lies there, packed. `was_named`: not merely found in a folder."""

    name: str
    path: Path
    size: int
    entry: str = ""
    was_named: bool = True


def find(paths: Sequence[Path]) -> tuple[list[Part], list[Problem]]:
    """Return the parts behind the paths in their order (those of folders and archives by name), and what was left out.

    Raises NotAnExportError where a path cannot be read or an archive has nothing to read in it.
    """
    parts: list[Part] = []
    left_out: list[Problem] = []
    for path in paths:
        try:
            found, problems = parts_of(Path(path))
        except OSError as error:
            reason = error.strerror or str(error)
            raise NotAnExportError(
                _("%(file)s cannot be read: %(reason)s.") % {"file": path, "reason": reason}
            ) from error
        parts += found
        left_out += problems
    return parts, left_out


def parts_of(path: Path) -> tuple[list[Part], list[Problem]]:
    """Return the parts of one path, and what was left out of it."""
    if path.is_dir():
        return parts_of_folder(path)
    if is_zip(path):
        return parts_of_archive(path, was_named=True)
    return [Part(path.name, path, path.stat().st_size)], []


def parts_of_folder(folder: Path) -> tuple[list[Part], list[Problem]]:
    """Return the parts of all exports in the folder, by name: .xml, .gz and .zip."""
    parts: list[Part] = []
    left_out: list[Problem] = []
    for path in sorted(folder.iterdir(), key=lambda path: by_number(path.name)):
        if not path.is_file() or path.suffix.lower() not in {".xml", ".wxr", ".gz", ".zip"}:
            continue
        if is_zip(path):
            found, problems = parts_of_archive(path, was_named=False)
            parts += found
            left_out += problems
        else:
            parts.append(Part(path.name, path, path.stat().st_size, was_named=False))
    if not parts:
        raise NotAnExportError(_("%(folder)s holds no .xml, .gz or .zip file.") % {"folder": folder})
    return parts, left_out


def is_zip(path: Path) -> bool:
    """Tell whether the file begins as a zip archive does."""
    with path.open("rb") as file:
        return file.read(4) in {b"PK\x03\x04", b"PK\x05\x06"}


def parts_of_archive(path: Path, *, was_named: bool) -> tuple[list[Part], list[Problem]]:
    """Return the XML files in the archive as parts, by name, and what was left out with the reason."""
    parts: list[Part] = []
    left_out: list[Problem] = []
    for entry in sorted(entries(path), key=lambda entry: by_number(entry.filename)):
        name = f"{path.name}/{UNPRINTABLE.sub('?', entry.filename)}"
        if entry.is_dir() or entry.filename.startswith("__MACOSX/") or Path(entry.filename).name.startswith("."):
            continue
        if reason := reason_against(entry):
            left_out.append(Problem(name, "", reason))
        else:
            parts.append(Part(name, path, entry.compress_size, entry.filename, was_named=False))
    if was_named and not parts:
        reasons = " ".join(dict.fromkeys(problem.sentence for problem in left_out))
        raise NotAnExportError(_("%(file)s holds no export. %(reasons)s") % {"file": path.name, "reasons": reasons})
    return parts, left_out


def entries(path: Path) -> list[zipfile.ZipInfo]:
    """Return what the archive says it holds."""
    damaged = _("%(file)s is a damaged or incomplete archive. Fetch it again, or unpack it and give the .xml files.")
    try:
        if announced_entries(path) > MOST_ENTRIES:
            raise NotAnExportError(
                _("%(file)s holds more than %(number)s files. Unpack it and give the .xml files.")
                % {"file": path.name, "number": MOST_ENTRIES}
            )
        with zipfile.ZipFile(path) as archive:
            return archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError, EOFError) as error:
        raise NotAnExportError(damaged % {"file": path.name}) from error


def announced_entries(path: Path) -> int:
    """Return how many files the end of the archive announces, before Python makes an object of each."""
    with path.open("rb") as file:
        size = file.seek(0, io.SEEK_END)
        file.seek(max(0, size - (1 << 16) - 22))
        end = file.read()
    found = end.rfind(b"PK\x05\x06")
    if found < 0 or len(end) < found + 16:
        return 0
    # The length of the directory counts too: archives of more than 65,535 files put a placeholder for their number.
    number = int.from_bytes(end[found + 10 : found + 12], "little")
    return max(number, int.from_bytes(end[found + 12 : found + 16], "little") // 1000)


def reason_against(entry: zipfile.ZipInfo) -> str:
    """Return why a file in an archive is not read, or nothing."""
    if entry.flag_bits & 1:
        return _("It is encrypted. Unpack it with its password and give the .xml file.")
    if stat.S_ISLNK(entry.external_attr >> 16):
        return _("It is a link to another file, and was left out.")
    if not entry.filename.lower().endswith((".xml", ".wxr", ".xml.gz")):
        return _("It is no .xml file, and was left out.")
    if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        return _("It is packed in a way that is not read here. Unpack it and give the .xml file.")
    if is_bomb(entry.file_size, entry.compress_size):
        return _("It unfolds to far more than an export of its size would, and was left out.")
    return ""


def is_bomb(unpacked: int, packed: int) -> bool:
    """Tell whether so many bytes out of so many are more than text can be packed."""
    return unpacked > MOST_UNPACKED or (unpacked > RATIO_COUNTS_FROM and unpacked > HIGHEST_RATIO * max(1, packed))


def by_number(name: str) -> list[tuple[int, str]]:
    """Return a sorting key in which part 10 comes after part 9."""
    return [(int(digits or 0), text) for text, digits in re.findall(r"(\D*)(\d*)", name)]


def chunks(part: Part, report: Callable[[int], None]) -> Generator[bytes]:
    """Yield the part's text, about a megabyte at a time. `report` gets the packed bytes read so far.

    Raises BrokenPartError where it cannot be read on; what could be read before has been yielded.
    """
    unpacked = 0
    with ExitStack() as stack:
        try:
            source, packed = opened(part, stack)
        except UNPACKING_ERRORS as reason:
            raise BrokenPartError(_(DAMAGED)) from reason
        while True:
            chunk, error = filled(source)
            unpacked += len(chunk)
            report(packed())
            if is_bomb(unpacked, part.size):
                raise BrokenPartError(
                    _("It unfolds to far more than an export of its size would; reading stopped here.")
                )
            if chunk:
                yield chunk
            if error:
                raise BrokenPartError(_(DAMAGED)) from error
            if not chunk:
                return


def opened(part: Part, stack: ExitStack) -> tuple[io.BufferedIOBase, Callable[[], int]]:
    """Return what to read the part's text from, and what tells how many packed bytes have been read of it."""
    if part.entry:
        archive = stack.enter_context(zipfile.ZipFile(part.path))
        whole = max(1, archive.getinfo(part.entry).file_size)
        unpacking = cast("zipfile.ZipExtFile", stack.enter_context(archive.open(part.entry)))

        def packed() -> int:
            return min(part.size, part.size * unpacking.tell() // whole)

        return unfolded(unpacking, stack), packed
    file = stack.enter_context(part.path.open("rb"))
    return unfolded(file, stack), file.tell


def unfolded(file: io.BufferedReader | zipfile.ZipExtFile, stack: ExitStack) -> io.BufferedIOBase:
    """Return the file, or what is in it if it is gzip."""
    if file.peek(2)[:2] != b"\x1f\x8b":
        return file
    return stack.enter_context(gzip.GzipFile(fileobj=file))


def filled(source: io.BufferedIOBase) -> tuple[bytes, Exception | None]:
    """Return a chunk, shorter only at the end, and the error that ended it early."""
    sips: list[bytes] = []
    size = 0
    try:
        while size < CHUNK and (sip := source.read1(SIP)):
            sips.append(sip)
            size += len(sip)
    except UNPACKING_ERRORS as error:
        return b"".join(sips), error
    return b"".join(sips), None
