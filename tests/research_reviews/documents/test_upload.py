"""A document is brought as a file or pasted; what cannot be read is refused in a sentence, and nothing hostile runs."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.test import Client
from django.urls import reverse

from core.roles import EDITOR, MODERATOR, SITE_OWNER
from research_reviews.models import IntakeDocument, Person, ReviewPage, Study
from tests.factories import UserFactory, review_index
from tests.research_reviews.desk import signed_in
from tests.research_reviews.documents.samples import UPLOAD, WRITE_UP, bring, brought, settle_url

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> Client:
    review_index()
    return signed_in(EDITOR)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", WRITE_UP.encode()),
        ("A.HTML", f"<h1>What peers need</h1><pre>{WRITE_UP}</pre>".encode()),
        ("a.md", b"# What peers need\n\nA study of peers.\n\n## Findings\n\nTraining differs."),
        ("观察.txt", "同伴支持\n\n一项关于监狱中同伴支持的研究。".encode()),
    ],
)
def test_every_kind_of_text_is_read_and_kept_for_its_editor(editor: Client, name: str, content: bytes) -> None:
    intake = brought(editor, file=(name, content))

    assert intake.name == name
    assert intake.draft["title"]
    assert intake.source
    assert (Person.objects.count(), Study.objects.count(), ReviewPage.objects.count()) == (0, 0, 0)


def test_pasted_html_counts_before_the_plain_text_beside_it(editor: Client) -> None:
    intake = brought(editor, "A title\nSome words.", markup="<h1>A title</h1><p>Some <b>words</b>.</p>")

    assert "<b>words</b>" in intake.source


def test_pasted_source_of_a_page_is_read_as_a_page(editor: Client) -> None:
    intake = brought(editor, "<h1>A title</h1><p>Some <em>words</em> of a text.</p>")

    assert intake.draft["title"] == "A title"
    assert "<em>words</em>" in intake.source


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.pdf", b"%PDF-1.7 ...", "“.pdf” cannot be read"),
        ("a.exe", b"MZ", "“.exe” cannot be read"),
        ("noending", b"words", "cannot be read"),
        ("a.txt", b"", "The file is empty"),
        ("a.txt", b"  \n\n ", "no words"),
        ("a.html", b"<html><body><script>alert(1)</script></body></html>", "no words"),
        ("a.docx", b"not a zip", "not a Word document"),
        ("a.docx", b"%PDF-1.7", "PDF"),
        ("a.txt", b"\x00\x01\x02\x03" * 50, "not a text"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(editor: Client, name: str, content: bytes, said: str) -> None:
    response = bring(editor, file=(name, content))

    assert response.status_code == 422
    assert said in " ".join(response.context["form"].errors["file"])
    assert not IntakeDocument.objects.exists()


def test_a_file_of_more_than_10_mb_is_refused(editor: Client) -> None:
    response = bring(editor, file=("a.txt", b"word " * (2 * 1024 * 1024 + 1)))

    assert "larger than 10 MB" in response.content.decode()


def test_a_text_of_more_than_5_mb_is_refused_in_a_sentence_and_comes_back(editor: Client) -> None:
    assert "At most 5 MB" in editor.get(reverse(UPLOAD)).content.decode()

    response = bring(editor, "Wörter " * (700 * 1024) + "and the last")

    assert response.status_code == 422
    assert "longer than 5 MB" in " ".join(response.context["form"].errors["text"])
    assert "Wörter and the last</textarea>" in response.content.decode()


def test_nothing_and_two_things_at_once_are_refused_and_what_was_pasted_comes_back(editor: Client) -> None:
    assert "Choose a file, or paste the text" in bring(editor).content.decode()

    response = bring(
        editor, "My pasted words & more", file=("a.txt", b"words"), markup="<p>My pasted words &amp; more</p>"
    )

    html = response.content.decode()
    assert "Empty the text, or choose no file" in html
    assert "My pasted words &amp; more</textarea>" in html
    assert "&lt;p&gt;My pasted words &amp;amp; more" in html


def test_a_word_document_that_unpacks_to_gigabytes_is_refused(editor: Client) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w", force_zip64=True) as part:
            for _number in range(300):
                part.write(b" " * 1024 * 1024)

    response = bring(editor, file=("bomb.docx", packed.getvalue()))

    assert len(packed.getvalue()) < 1024 * 1024
    assert response.status_code == 422
    assert response.context["form"].errors["file"]


HOSTILE = """<html><head><title>T</title><style>body{display:none}</style></head><body>
<h1>A title<script>alert(1)</script></h1>
<p onclick="alert(2)">Some <a href="javascript:alert(3)">linked</a> words <img src=x onerror=alert(4)> in a text.</p>
<iframe src="https://evil.example/"></iframe><svg onload=alert(5)></svg><p>&lt;script&gt;alert(6)&lt;/script&gt;</p>
<form action="https://evil.example/"><input name="password"></form><object data="x"></object>
<base href="//evil.example"></body></html>"""
SIGNS = [
    "<script",
    "<iframe",
    "<svg",
    "<img",
    "<form",
    "<input",
    "<object",
    "<base",
    "<style",
    "javascript:",
    "onclick",
    "onerror",
]


def test_nothing_of_a_hostile_page_runs_or_loads_where_its_source_is_shown(editor: Client) -> None:
    intake = brought(editor, file=("hostile.html", HOSTILE.encode()))

    for sign in SIGNS:
        assert sign not in intake.source.lower(), sign
    assert "&lt;script&gt;alert(6)" in intake.source
    page = editor.get(settle_url(intake), follow=True).content.decode()
    assert "alert(1)" not in page
    assert "<script>alert" not in page


def test_those_who_may_add_a_review_are_let_in_and_nobody_else() -> None:
    review_index()
    for role in (EDITOR, MODERATOR, SITE_OWNER):
        assert signed_in(role).get(reverse(UPLOAD)).status_code == 200
    outsider = Client()
    outsider.force_login(UserFactory())

    for client in (outsider, Client()):
        assert client.get(reverse(UPLOAD)).status_code == 302
        assert bring(client, WRITE_UP).status_code == 302
    assert not IntakeDocument.objects.exists()


def test_the_way_there_is_in_the_menu_the_list_of_reviews_and_the_explorer(editor: Client) -> None:
    address = reverse(UPLOAD)

    for page in ("/admin/", reverse("reviews:index"), reverse("wagtailadmin_explore", args=[review_index().pk])):
        assert address in editor.get(page).content.decode(), page
