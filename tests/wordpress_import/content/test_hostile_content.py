"""Content made to do harm or to keep the import busy does neither."""

from __future__ import annotations

import time

import pytest

from research_reviews.intake.node_text import inline_of
from research_reviews.intake.nodes import EmbedNode, Paragraph, Picture, walk
from tests.wordpress_import.content.posts import SITE, elementor, nodes, post, widget
from wordpress_import.content import convert
from wordpress_import.records import ItemRecord

HARM = (
    '<script>alert(document.cookie)</script><p onclick="x()">p</p><a href="javascript:alert(1)">j</a>'
    '<iframe src="https://evil.example/x"></iframe><iframe src="javascript:alert(1)"></iframe>'
    "<img src=x onerror=alert(1)>"
    '<img src="javascript:alert(1)"><svg onload=alert(1)><text>t</text></svg><style>body{display:none}</style>'
    '<object data="https://evil.example/o"></object><a href="data:text/html,x">d</a><math><mi>m</mi></math>'
)
LENGTH = 50_000
# What is left of the time for a machine that does other things as well: in peace it takes a tenth of this.
SECONDS = 10


@pytest.mark.parametrize(
    "content",
    [
        HARM,
        f"<!-- wp:html -->{HARM}<!-- /wp:html -->",
        f"[caption]{HARM}[/caption][quote author='<script>alert(1)</script>']x[/quote]",
        "[button link='javascript:alert(1)']b[/button]",
        f"[ref]{HARM}[/ref]",
        "<table><tr><td><a href='javascript:alert(1)' onclick='x()'>j</a></td><td>x</td></tr></table>",
        "[youtube id='javascript:alert(1)'][embed]javascript:alert(1)[/embed][iframe src='data:text/html,x']",
        '<!-- wp:embed {"url":"javascript:alert(1)"} --><figure></figure><!-- /wp:embed -->',
    ],
)
def test_no_script_gets_into_nodes(content: str) -> None:
    converted = post(content)
    found = list(walk(converted.document.nodes))
    texts = " ".join(html for node in found for html in inline_of(node)).lower()
    assert not any(
        bad in texts for bad in ("<script", "onclick", "onerror", "onload", 'href="javascript', 'href="data', "<svg")
    )
    for node in found:
        if isinstance(node, EmbedNode):
            assert node.url.startswith("https://")
        if isinstance(node, Picture):
            assert not node.src.startswith(("javascript:", "data:"))
    assert not any(address.startswith(("javascript:", "data:")) for address in converted.links + converted.media)


def test_nobody_can_write_the_marks_of_this_converter() -> None:
    content = 'A \uf8f00\uf8f1 b [acme id="1"] \uf8f0\uf8f0999\uf8f1'
    assert nodes(content)[0] == Paragraph("A 0 b  999")
    assert len(nodes(content)) == 2


def cases() -> dict[str, str]:
    """Return texts that keep careless readers busy, by what they are made of."""
    pieces = (
        *(
            "x",
            "a\n",
            "a\n\n",
            "\n ",
            "[foo ",
            '[foo a="',
            "[",
            "[[a",
            '[caption id="a"]',
            "[code]",
            "[vc_row]",
            "[ref]",
        ),
        *("((", "((ab cd ", "((ab (y)", "(y)", "<", "<a ", "<p>", "<b>", "<div>", "<ul><li>", "<blockquote>", "<pre>"),
        *("<table><tr><td>", "<em>a\n\n", "<!--", "<!-- wp:", "<!-- wp:group -->", "<!-- /wp:group -->", "<!-- wp:a {"),
        *(
            '<!-- wp:a {"a": --> ',
            "<!-- wp:gallery -->",
            "<!-- wp:verse -->x",
            "<!-- wp:x/y -->",
            "<!-- wp:group --><!-- wp:a -->",
        ),
        *(
            "http://x.example/\n",
            "https://",
            "<p>https://a ",
            '<sup data-fn="a" ',
            '<sup data-fn="a">',
            '<a href="#x">',
        ),
        *(
            'x[foo a="1"]y ',
            '[gallery ids="1"] ',
            "[quote]a[/quote]",
            "<svg><math>",
            "\uf8f01\uf8f1",
            "Photo: ",
            "&amp;lt;",
        ),
    )
    texts = {piece: piece * (LENGTH // len(piece)) for piece in pieces}
    nested = {
        f"{name} nested": f"[{name}]" * 3000 + "x" + f"[/{name}]" * 3000
        for name in ("caption", "ref", "su_box", "vc_row", "acme", "quote", "code")
    }
    attributes = {
        f"attribute {piece}": f"[gallery {piece * (LENGTH // len(piece))}]"
        for piece in ("a", "a=", 'a="', "a-", " a=b", " ")
    }
    caption = {"caption": f'[caption]<img src="https://x.example/a.jpg">{"Photo " * (LENGTH // 6)}[/caption]'}
    return (
        texts
        | nested
        | attributes
        | caption
        | {"spaces": "a" + " " * LENGTH + "b", "breaks": "a" + "<br>" * (LENGTH // 4)}
    )


@pytest.mark.parametrize(("made_of", "content"), cases().items(), ids=list(cases()))
def test_time_grows_with_length_alone(made_of: str, content: str) -> None:
    begun = time.process_time()
    convert(ItemRecord(1, "post", title=content[:5000], excerpt=content[:5000], content=content), SITE)
    assert time.process_time() - begun < SECONDS, made_of


def test_a_text_nested_too_deep_keeps_its_words() -> None:
    converted = post("<div>" * 3000 + "kept" + "</div>" * 3000)
    assert converted.document.nodes == [Paragraph("kept")]
    assert converted.problems == ["The text is nested too deep. Its words were kept, its pictures and lists were not."]


def test_a_tree_of_widgets_without_end_comes_to_one() -> None:
    tree = widget("text-editor", editor="deep")
    for _level in range(300):
        tree = {"elType": "section", "settings": {}, "elements": [tree]}

    assert elementor(tree).document.nodes == [Paragraph("deep")]
