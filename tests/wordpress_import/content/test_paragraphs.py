"""What the classic editor stores becomes the paragraphs that readers saw."""

from __future__ import annotations

import pytest

from research_reviews.intake.nodes import Code, Download, EmbedNode, Heading, ListNode, Paragraph, Quotation
from tests.wordpress_import.content.posts import BASE, nodes, post


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_blank_lines_make_paragraphs_and_line_ends_make_breaks(end: str) -> None:
    content = f"One{end}two{end}{end}{end}three{end} {end}four"
    assert nodes(content) == [Paragraph("One<br>\ntwo"), Paragraph("three"), Paragraph("four")]


def test_a_break_that_is_there_already_is_not_doubled() -> None:
    assert nodes("One<br />\ntwo\n<br>three") == [Paragraph("One<br>two<br>three")]


def test_block_elements_stand_for_themselves() -> None:
    content = "<h2>Findings</h2>\nText\n<ul>\n \t<li>a</li>\n\n \t<li>b\nc</li>\n</ul>\nafter <div>in\n\ndiv</div>"
    assert nodes(content) == [
        Heading(2, "Findings"),
        Paragraph("Text"),
        ListNode([[Paragraph("a")], [Paragraph("b<br>\nc")]]),
        Paragraph("after"),
        Paragraph("in"),
        Paragraph("div"),
    ]


def test_a_quotation_holds_paragraphs_and_who_said_them() -> None:
    content = "<blockquote>First\n\nsecond\n\n<cite>Jane Roe</cite></blockquote>tail"
    assert nodes(content) == [
        Quotation([Paragraph("First"), Paragraph("second")], "Jane Roe"),
        Paragraph("tail"),
    ]


def test_emphasis_across_a_blank_line_goes_on_in_the_next_paragraph() -> None:
    assert nodes("A <em>b\n\nc</em> d") == [Paragraph("A <em>b</em>"), Paragraph("<em>c</em> d")]


def test_paragraphs_that_are_marked_up_already_stay_as_they_are() -> None:
    assert nodes("<p>One</p>\n<p class='x'>two\nlines</p>\nloose") == [
        Paragraph("One"),
        Paragraph("two<br>\nlines"),
        Paragraph("loose"),
    ]


def test_preformatted_text_keeps_its_white_space_and_its_entities() -> None:
    content = "See:\n<pre><code>if (a &lt; b) {\n\n\treturn x[0];\n}</code></pre>\nend"
    assert nodes(content) == [
        Paragraph("See:"),
        Code("if (a < b) {\n\n\treturn x[0];\n}"),
        Paragraph("end"),
    ]


def test_the_marks_for_more_and_for_pages_leave_nothing_behind() -> None:
    assert nodes("One\n\n<!--more Read on-->\n\ntwo\n\n<!--nextpage-->\n\nthree") == [
        Paragraph("One"),
        Paragraph("two"),
        Paragraph("three"),
    ]


def test_a_comment_that_never_ends_hides_no_words() -> None:
    assert nodes("Kept <!-- these words, too") == [Paragraph("Kept &lt;!-- these words, too")]


def test_an_address_alone_on_its_line_is_what_it_leads_to() -> None:
    content = (
        "https://vimeo.com/76979871\n\nSee https://vimeo.com/1 there\n\n<p>https://example.net/a?b=1&#038;c=2</p>\n"
        f"{BASE}/wp-content/uploads/talk.mp3"
    )
    assert nodes(content) == [
        EmbedNode("https://vimeo.com/76979871"),
        Paragraph("See https://vimeo.com/1 there"),
        EmbedNode("https://example.net/a?b=1&c=2"),
        EmbedNode(f"{BASE}/wp-content/uploads/talk.mp3"),
    ]


def test_the_site_s_own_page_or_a_file_alone_on_its_line_is_a_link() -> None:
    converted = post(
        f"{BASE}/2012/05/a-review/\n\nhttps://example.net/report.pdf\n\n<pre>\nhttps://vimeo.com/1\n</pre>"
    )
    assert converted.links == [f"{BASE}/2012/05/a-review/"]
    assert converted.media == ["https://example.net/report.pdf"]
    assert [type(node) for node in converted.document.nodes] == [Paragraph, Download, Code]


@pytest.mark.parametrize("content", ["", " \n\n \u00a0", "<p></p>", "<!--more-->", "<script>alert(1)</script>"])
def test_nothing_becomes_nothing(content: str) -> None:
    converted = post(content)
    assert (converted.document.nodes, converted.document.text.strip()) == ([], "")
