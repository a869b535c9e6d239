"""Paragraphs as the classic editor means them: it stores blank lines, and WordPress makes p and br of them.

The rule, as https://developer.wordpress.org/reference/functions/wpautop/ describes it: text between blank lines is a
paragraph, a single line break is a br, block-level elements stand for themselves, pre, script and style are left
alone. In elements that hold text as well as blocks (li, td, div), only blank lines make paragraphs.
"""

from __future__ import annotations

import re

from wordpress_import.content.addresses import with_embeds
from wordpress_import.content.work import MARK, Work

RAW = ("pre", "script", "style", "textarea", "svg", "math", "xmp", "select", "object")
# Elements that stand for themselves; those whose own text, where there is any, is not for reading.
LAYOUT = {"ul", "ol", "dl", "table", "thead", "tbody", "tfoot", "tr", "colgroup", "figure", "video", "audio", "picture"}
FLOW = {"blockquote", "body", "main", "article", "section"}
LOOSE = {
    *(
        "div",
        "li",
        "td",
        "th",
        "dd",
        "dt",
        "aside",
        "header",
        "footer",
        "nav",
        "address",
        "details",
        "form",
        "fieldset",
    ),
    *("center", "hgroup", "menu", "dialog", "map", "noscript"),
}
TIGHT = {"h1", "h2", "h3", "h4", "h5", "h6", "caption", "figcaption", "summary", "legend"}
VOID = {"hr", "col", "p"}
BLOCKS = LAYOUT | FLOW | LOOSE | TIGHT | VOID
PART = re.compile(
    r"(?P<comment><!--)|<(?P<raw>" + "|".join(RAW) + r")\b|<(?P<slash>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*+)[^<>]*+>"
    r"|(?P<mark>\uf8f0[0-9]{1,7}\uf8f1)|(?P<blank>\n[ \t\u00a0]*+\n\s*+)|(?P<line>[ \t]*+\n)|[^<\n\uf8f0]++|.",
    re.IGNORECASE | re.DOTALL,
)

# Where the list of posts, or a page of the post, ended.
PAGE_END = re.compile(r"<!--\s{0,9}(?:more|nextpage|noteaser)\b(?:(?!-->).){0,300}-->", re.IGNORECASE | re.DOTALL)


class Writer:
    """Writes HTML and knows whether a paragraph is open in it."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.parts: list[str] = []
        self.containers: list[str] = []
        self.in_paragraph = False
        # After a blank line, text in a div or a list item is a paragraph, too.
        self.had_blank = False
        # A line break counts only once more text follows it.
        self.has_text = self.breaks = False

    def text(self, html: str) -> None:
        """Write text or an inline tag, in a paragraph where one is due."""
        container = self.containers[-1] if self.containers else "body"
        if container in LAYOUT and not html.strip():
            return
        is_due = container in FLOW or (container in LOOSE and self.had_blank)
        if is_due and not self.in_paragraph:
            if not html.strip(" \t\u00a0"):
                return
            self.parts.append("<p>")
            self.in_paragraph = True
        is_break = html[:3].lower() == "<br"
        if self.breaks and self.has_text and not is_break:
            self.parts.append("<br>\n")
        self.breaks = False
        self.has_text = not is_break and (self.has_text or bool(html.strip()))
        self.parts.append(html)

    def end_paragraph(self) -> None:
        """Close the paragraph that is open, if one is."""
        if self.in_paragraph:
            self.parts.append("</p>\n")
        self.in_paragraph = self.has_text = self.breaks = False

    def blank(self) -> None:
        """Write a blank line: what follows is another paragraph, or another word where there can be none."""
        self.end_paragraph()
        self.had_blank = True
        self.parts.append("\n")

    def block(self, html: str, name: str, is_closing: bool) -> None:
        """Write the tag of a block-level element."""
        self.end_paragraph()
        if name == "p" and is_closing:
            return
        if name == "p":
            self.in_paragraph = True
        elif name not in VOID:
            self.nest(name, is_closing)
        self.had_blank = False
        self.parts.append(html)

    def nest(self, name: str, is_closing: bool) -> None:
        """Keep account of the element that the text is in."""
        if not is_closing:
            self.containers.append(name)
        elif self.containers and self.containers[-1] == name:
            self.containers.pop()
        elif name in self.containers[-50:]:
            while self.containers.pop() != name:
                pass

    def mark(self, html: str, number: int) -> None:
        """Write what stands for nodes: as a block of its own, or as text where it must not break the paragraph."""
        slots = self.work.slots
        if number < len(slots) and slots[number].breaks and not self.in_tight():
            self.end_paragraph()
            self.parts.append(f"<p>{html}</p>\n")
            self.had_blank = True
        else:
            self.text(html)

    def in_tight(self) -> bool:
        """Tell whether nothing but inline text may stand here."""
        return bool(self.containers) and self.containers[-1] in TIGHT | LAYOUT


def with_paragraphs(html: str, work: Work) -> str:
    """Return HTML with its paragraphs and line breaks as elements. Takes time that grows with its length alone."""
    html = PAGE_END.sub("\n\n", html.replace("\r\n", "\n").replace("\r", "\n"))
    html = with_embeds(html, work)
    writer = Writer(work)
    unclosed: set[str] = set()
    position = 0
    while match := PART.match(html, position):
        position = match.end()
        kind = match.lastgroup
        if match["comment"] or match["raw"]:
            position = write_raw(html, match, writer, unclosed)
        elif match["mark"]:
            found = MARK.fullmatch(match["mark"])
            writer.mark(match["mark"], int(found[1]) if found else 0)
        elif kind == "blank":
            writer.blank()
        elif kind == "line":
            writer.breaks = True
        elif match["name"] and match["name"].lower() in BLOCKS:
            writer.block(match[0], match["name"].lower(), bool(match["slash"]))
        else:
            writer.text(match[0])
    writer.end_paragraph()
    return "".join(writer.parts)


def write_raw(html: str, match: re.Match[str], writer: Writer, unclosed: set[str]) -> int:
    """Write a comment, or an element whose white space is its own, as it stands; return where it ends."""
    end = "-->" if match["comment"] else f"</{match['raw'].lower()}"
    found = None if end in unclosed else re.compile(re.escape(end), re.IGNORECASE).search(html, match.end())
    if found is None:
        unclosed.add(end)
        writer.text("&lt;" + match[0][1:])
        return match.end()
    stop = found.end()
    if match["raw"]:
        stop = html.find(">", stop) + 1 or len(html)
        writer.end_paragraph()
    writer.parts.append(html[match.start() : stop])
    return stop
