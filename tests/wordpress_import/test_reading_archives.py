"""What is given instead of an export, and archives that are damaged or made to do harm."""

from __future__ import annotations

import gzip
import io
import stat
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.wordpress_import.handmade import END, HEAD, item, items, items_of, numbered, read, write
from wordpress_import.reading import NotAnExportError, open_exports, sources

EXPORT = (HEAD + item() + END).encode()


def archive(path: Path, *files: tuple[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", packing) as packed:
        for name, content in files:
            packed.writestr(zipfile.ZipInfo(name) if name.endswith("/") else name, content)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(NotAnExportError) as refused:
        open_exports([path])
    return str(refused.value)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b" \n\t\n", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"\x1f\x8b", "damaged"),
        (gzip.compress(b"", mtime=0), "is empty"),
        (b'{"posts": []}', "is JSON"),
        (b"<!DOCTYPE html><title>Log in</title>", "is a web page"),
        (b"<html lang=en>", "is a web page"),
        (b'<?xml version="1.0"?><rss version="2.0"><channel><title>a</title></channel></rss>', "is an RSS feed"),
        (b'<feed xmlns="http://www.w3.org/2005/Atom"><entry/></feed>', "is an Atom feed"),
        (b"<opml/>", "is XML, but not a WordPress export"),
        (b"-- MySQL dump 10.13\nINSERT INTO wp_posts", "is not XML"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "is not XML"),
        ("<html>".encode("utf-16"), "is a web page"),
    ],
)
def test_what_is_no_export_is_named_for_what_it_is(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "given.xml"
    path.write_bytes(content)
    refused = refusal(path)
    assert refused.startswith("given.xml")
    assert sentence in refused


def test_files_that_are_not_there_or_hold_nothing_are_named(tmp_path: Path) -> None:
    assert "No such file" in refusal(tmp_path / "away.xml")
    assert "holds no .xml" in refusal(tmp_path)
    with pytest.raises(NotAnExportError, match="No file was given"):
        open_exports([])


def test_an_export_without_items_is_one(tmp_path: Path) -> None:
    assert items(write(tmp_path)) == []


def test_a_tar_archive_is_named(tmp_path: Path) -> None:
    path = tmp_path / "export.tar.gz"
    with tarfile.open(path, "w:gz") as packed:
        entry = tarfile.TarInfo("export.xml")
        entry.size = len(EXPORT)
        packed.addfile(entry, io.BytesIO(EXPORT))
    # The export inside could be found, but not where it ends: the archive's own padding is around it.
    assert len(items(path)) == 1


def test_names_in_an_archive_go_nowhere(tmp_path: Path) -> None:
    path = archive(
        tmp_path / "export.zip",
        ("../../escape.xml", EXPORT),
        ("/etc/absolute.xml", (HEAD + numbered(2) + END).encode()),
        ("a/b/c/nested.xml", (HEAD + numbered(3) + END).encode()),
        ("C:\\windows.xml", (HEAD + numbered(4) + END).encode()),
        ("folder/", b""),
        ("__MACOSX/._nested.xml", b"\x00\x05"),
        (".DS_Store", b"\x00"),
    )
    before = sorted(tmp_path.rglob("*"))
    found = items(path)
    assert sorted(record.wp_id for record in found) == [2, 3, 4, 7]
    assert sorted(tmp_path.rglob("*")) == before
    assert not (tmp_path.parent.parent / "escape.xml").exists()


def test_what_is_left_out_of_an_archive_is_said_with_the_reason(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link.xml")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    path = archive(tmp_path / "export.zip", ("a.xml", EXPORT), ("readme.txt", b"hello"), ("feed.xml", b"<rss/>"))
    with zipfile.ZipFile(path, "a") as packed:
        packed.writestr(link, "/etc/passwd")
        packed.writestr("other.xml", EXPORT, zipfile.ZIP_BZIP2)
    records, export = read(path)
    assert len(records) == 3
    said = {problem.file.partition("/")[2]: problem.sentence for problem in export.problems}
    assert said.keys() == {"readme.txt", "feed.xml", "link.xml", "other.xml"}
    assert "no .xml file" in said["readme.txt"]
    assert "RSS feed" in said["feed.xml"]
    assert "link" in said["link.xml"]
    assert "packed in a way" in said["other.xml"]


def test_an_encrypted_archive_says_what_to_do(tmp_path: Path) -> None:
    path = archive(tmp_path / "export.zip", ("a.xml", EXPORT))
    content = bytearray(path.read_bytes())
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    assert "Unpack it with its password" in refusal(path)


def test_an_archive_in_an_archive_is_refused(tmp_path: Path) -> None:
    inner = archive(tmp_path / "inner.zip", ("a.xml", EXPORT)).read_bytes()
    assert "no .xml file" in refusal(archive(tmp_path / "outer.zip", ("inner.zip", inner)))
    assert "archive in another archive" in refusal(archive(tmp_path / "other.zip", ("inner.xml", inner)))


def test_gzip_in_an_archive_is_unpacked(tmp_path: Path) -> None:
    records, export = read(archive(tmp_path / "export.zip", ("a.xml.gz", gzip.compress(EXPORT))))
    assert len(records) == 3
    assert export.position == export.size


@pytest.mark.parametrize("size", [0.3, 0.6, 0.95])
def test_an_archive_that_was_cut_is_refused_or_read_as_far_as_it_goes(
    exports: Path, tmp_path: Path, size: float
) -> None:
    content = (exports / "broken" / "wordpress-com.zip").read_bytes()
    path = tmp_path / "cut.zip"
    path.write_bytes(content[: int(len(content) * size)])
    assert "damaged or incomplete archive" in refusal(path)
    content = (exports / "broken" / "export.xml.gz").read_bytes()
    path.write_bytes(content[: int(len(content) * size)])
    records, export = read(path)
    assert export.is_cut
    assert "damaged" in export.cuts[0].sentence
    assert 0 < len(items_of(records)) < 131
    assert export.position == export.size


def test_a_wrong_checksum_is_said(tmp_path: Path) -> None:
    path = archive(tmp_path / "export.zip", ("a.xml", EXPORT), packing=zipfile.ZIP_STORED)
    path.write_bytes(path.read_bytes().replace(b"What was found", b"What was faked"))
    assert "damaged" in refusal(path)


def test_a_bomb_is_left_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "RATIO_COUNTS_FROM", 1 << 20)
    bomb = EXPORT.replace(b"What was found", b" " * (8 << 20))
    assert "unfolds to far more" in refusal(archive(tmp_path / "export.zip", ("a.xml", bomb)))
    path = tmp_path / "export.gz"
    path.write_bytes(gzip.compress(bomb + b" " * (40 << 20)))
    _records, export = read(path)
    assert "unfolds to far more" in export.cuts[0].sentence


def test_an_archive_that_understates_its_size_is_stopped_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "MOST_UNPACKED", 3 << 20)
    path = archive(tmp_path / "export.zip", ("a.xml", EXPORT + b" " * (8 << 20)))
    content = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = content.index(mark) + offset
        content[start : start + 4] = (1 << 20).to_bytes(4, "little")
    path.write_bytes(content)
    _records, export = read(path)
    assert export.position <= export.size


def test_an_archive_of_countless_files_is_refused_before_they_are_listed(tmp_path: Path) -> None:
    path = archive(tmp_path / "export.zip", *((f"{number}.xml", b"") for number in range(2100)))
    assert "more than 2000 files" in refusal(path)
