"""Files of any kind and encoding, whole or hostile."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from core.blocks import LEFTOVER as BLOCK
from research_reviews.intake.errors import IntakeError
from research_reviews.intake.leftovers import LEFTOVER
from research_reviews.intake.nodes import Code, EmbedNode, Heading, ListNode, Paragraph, Picture, Quotation, TableNode
from research_reviews.intake.reading import decoded, read
from research_reviews.intake.structure import structure
from tests.research_reviews.intake.reading_samples import word_document

ROOT = Path(__file__).resolve().parents[3]
SAID = "Café – “naïve” study"


@pytest.mark.parametrize(
    "content",
    [
        SAID.encode(),
        b"\xef\xbb\xbf" + SAID.encode(),
        SAID.encode("utf-16"),
        SAID.encode("utf-16-be"),
        SAID.encode("utf-16-le"),
        SAID.encode("utf-32"),
        SAID.encode("cp1252"),
        f'<meta charset="windows-1252">{SAID}'.encode("cp1252"),
    ],
)
def test_characters_are_read_whatever_they_are_written_in(content: bytes) -> None:
    assert SAID in decoded(content)


def test_line_ends_and_control_characters() -> None:
    assert decoded(b"a\r\nb\rc\x07\x0cd") == "a\nb\nc\nd"


def test_a_stray_byte_of_another_encoding_does_not_spoil_the_rest() -> None:
    assert decoded("é ".encode() + b"\x93x\x94") == "é “x”"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.pdf", b"%PDF-1.7 x", "PDF"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1", "old Word"),
        ("a.docx", b"not packed", "not a Word document"),
        ("a.docx", b"PK\x03\x04 damaged", "damaged"),
        ("a.rtf", b"{\\rtf1 x}", "rich text"),
        ("a.txt", b"ab\x00cd\x00\x00ef", "not a text"),
        ("a.txt", b"a" * 20_000_001, "20 MB"),
    ],
)
def test_what_cannot_be_read_says_what_to_do_instead(name: str, content: bytes, said: str) -> None:
    with pytest.raises(IntakeError, match=said):
        read(name, content)


def packed(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", content)
    return file.getvalue()


def test_word_documents_made_to_do_harm_are_refused() -> None:
    with pytest.raises(IntakeError, match="too large"):
        read("a.docx", packed(word__document=b"0" * 41_000_000))
    with pytest.raises(IntakeError, match="entities"):
        read("a.docx", packed(word__document=b'<!DOCTYPE x [<!ENTITY a "aaaa">]><w/>'))
    with pytest.raises(IntakeError, match="not a Word document"):
        read("a.docx", packed(other=b"<x/>"))
    with pytest.raises(IntakeError, match="damaged"):
        read("a.docx", word_document(("Normal", "<broken")))


def test_html_becomes_nodes() -> None:
    nodes = read(
        "a.html",
        b"<h2>A <i>b</i></h2>loose <b>text</b><p>one<br>two<script>no()</script></p>"
        b'<ol start="3"><li>x<ul><li>y</ul></ol>'
        b'<blockquote>said.<cite>Ada</cite></blockquote><figure><a href="/full"><img data-src="a.png" src="data:,"></a>'
        b"<figcaption>Of <em>it</em></figcaption></figure>"
        b"<table><caption>C</caption><tr><th>a<th>b<tr><td>1<td>2</table>"
        b'<iframe src="https://v.example/1" title="A film"></iframe><pre>a\n b</pre>'
        b'<p><a href="javascript:x()">bad</a> <a href="/good" onclick="x()">good</a></p>',
    ).nodes
    assert nodes[0] == Heading(2, "A <i>b</i>")
    assert nodes[1:3] == [Paragraph("loose <b>text</b>"), Paragraph("one<br>two")]
    assert nodes[3] == ListNode([[Paragraph("x"), ListNode([[Paragraph("y")]])]], True, 3)
    assert nodes[4] == Quotation([Paragraph("said.")], "Ada")
    assert nodes[5] == Picture("a.png", "", "Of <em>it</em>", "/full")
    assert nodes[6] == TableNode([["1", "2"]], ["a", "b"], "C")
    assert nodes[7:9] == [EmbedNode("https://v.example/1", "A film"), Code("a\n b")]
    assert nodes[9] == Paragraph('bad <a href="/good">good</a>')


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("a.html", "<div>" * 10_000 + "x"),
        ("a.html", "<html><body>" + '<div class="share x">' * 10_000 + "x y z"),
        ("a.html", "<b>w " * 10_000),
        ("a.html", "<ul><li>w " * 10_000),
        ("a.html", "<blockquote>w " * 10_000),
        ("a.html", "<" * 100_000),
        ("a.md", "> " * 5_000 + "x"),
        ("a.txt", "“" * 100_000),
        ("a.txt", "Recommendations\n\n" + "The Ministry of " * 20_000),
        ("a.txt", "\n".join(" " * (place % 900) + "- x" for place in range(2_000))),
        ("a.txt", "The authors of the study said that “training” matters. " * 9_000),
        ("a.txt", "Ada " * 20_000 + "@ada"),
        ("a.html", "<p>a" + " " * 100_000 + "b<br>" + "\xa0" * 100_000 + "c</p>"),
        ("a.html", "<p>a" + " <br>" * 50_000 + "</p>"),
        ("a.html", "<h2>a" + " " * 100_000 + "b</h2><table><tr><td>a" + " " * 100_000 + "b"),
        ("a.html", "<html><body><article><p>x</p></article>" + "<div>" * 5_000 + "<h1>T</h1>"),
        ("a.html", "<html><body><p>" + '<span class="share">x</span> ' * 10_000),
        ("a.html", "<blockquote><p>" + '<a href="https://a.example">b</a> ' * 10_000),
        ("a.txt", "a" + " " * 100_000 + "b"),
        ("a.txt", "The study, " + "Training, " * 30_000),
        ("a.txt", "Posts are sponsored by x\n\n" * 5_000),
    ],
)
def test_hostile_documents_are_read_in_seconds(name: str, source: str) -> None:
    began = time.process_time()
    structure(read(name, source.encode()))
    assert time.process_time() - began < 5


def test_hard_wrapped_text_is_joined_and_quotes_of_mail_are_quotes() -> None:
    source = (
        "The people who took part in the study said that they had waited for a very long\n"
        "time, and that nobody had told them what for. They would not do it again, they\n"
        "said.\n\n> I would not do it again.\n"
    )
    nodes = read("a.txt", source.encode()).nodes
    assert nodes[0] == Paragraph(source.split("\n\n", maxsplit=1)[0].replace("\n", " "))
    assert nodes[1] == Quotation([Paragraph("I would not do it again.")])


def test_a_file_without_a_telling_name_is_taken_for_what_it_holds() -> None:
    assert isinstance(read("paste", b"<h1>A</h1><p>b</p>").nodes[0], Heading)
    assert read("paste", b"a < b").nodes == [Paragraph("a &lt; b")]


def test_the_converter_is_pure_and_runs_without_django_being_set_up() -> None:
    code = """
import sys
from research_reviews.intake import reading, sections, structure
print(sorted({"django.db.models", "wagtail.blocks"} & set(sys.modules)))
"""
    variables = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=variables, capture_output=True, text=True, check=False
    )
    assert (done.stdout.strip(), done.stderr) == ("[]", "")
    assert LEFTOVER == BLOCK
