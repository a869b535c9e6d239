"""Shortcodes that arrange: columns, boxes, tabs and the page builders Divi and WPBakery. Their content stays."""

from __future__ import annotations

import csv
import re
from base64 import b64decode
from dataclasses import replace
from html import escape, unescape
from urllib.parse import unquote

from research_reviews.intake.nodes import Code, TableNode
from wordpress_import.content.addresses import embed_or_link, numbers, pictures
from wordpress_import.content.registry import Shortcode, shortcode
from wordpress_import.content.work import Work, web_address

GAP = "\n\n"
# What a page builder shows of its attributes: headings first, then text, then links.
HEADINGS = ("title", "heading", "h2", "h4", "head")
TEXTS = (
    "subhead",
    "subheading",
    "author",
    "job_title",
    "position",
    "company_name",
    "text",
    "label",
    "desc",
    "description",
)
LINK_WORDS = ("button_text", "button_one_text", "button_two_text")
LINKS = ("button_url", "button_one_url", "button_two_url", "url", "link", "href")
# Attributes of these are a theme's names of things, not words for readers.
SILENT = re.compile(
    r"(?:et_pb_(?:section|row|row_inner|column|column_inner|text|fullwidth_section)|vc_(?:row|row_inner|column|column_inner|column_text|section))"
)
LINK_PART = re.compile(r"(url|title):([^|]*+)")
BUTTON = re.compile(r"btn|button")
BREAKS = re.compile(r"<br\s*/?>|</?p>", re.IGNORECASE)


@shortcode(
    *("column", "columns", "col", "row", "section", "container", "one_half", "one_half_last", "one_third"),
    *("one_third_last", "two_third", "two_third_last", "one_fourth", "one_fourth_last", "three_fourth"),
    *("three_fourth_last", "su_row", "su_column", "su_columns", "tabs", "tabgroup", "accordion", "accordions"),
    *("su_tabs", "su_accordion", "toggles", "fusion_builder_container", "fusion_builder_row", "fusion_builder_column"),
    *("fusion_text", "cs_content", "cs_element_section", "cs_element_row", "cs_element_column", "box_content", "aside"),
    *("center", "align", "div", "content_box", "su_list", "list", "checklist"),
    wraps=True,
    closing=GAP,
)
def arrangement(tag: Shortcode, work: Work) -> str:
    """What only says where its content stands."""
    return GAP


@shortcode("dropcap", "su_dropcap", "highlight", "su_highlight", "span", "small", "lead", "color", wraps=True)
def decoration(tag: Shortcode, work: Work) -> str:
    """What only says how its content looks."""
    return ""


@shortcode(
    *("spacer", "divider", "hr", "clear", "clearfix", "su_spacer", "su_divider", "separator"),
    *("nextpage", "page-break"),
    wraps=True,
    closing=GAP,
    bare=True,
)
def gap(tag: Shortcode, work: Work) -> str:
    """What shows nothing of its own."""
    return GAP


@shortcode("toc", "ez-toc", "lwptoc", "table-of-contents", "tableofcontents", "contents_list", wraps=True, bare=True)
def contents(tag: Shortcode, work: Work) -> str:
    """A table of contents: the page makes its own. It is counted, so that nobody looks for it in vain."""
    work.unknown[tag.name] += 1
    return GAP


@shortcode(
    *("box", "su_box", "su_note", "note", "callout", "alert", "info", "infobox", "info_box", "notice", "message_box"),
)
def box(tag: Shortcode, work: Work) -> str:
    """A box beside the text."""
    title = tag.attributes.get("title", "").strip()
    heading = f"<h4>{escape(title)}</h4>" if title else ""
    return f"{GAP}<aside>{heading}{GAP}{work.expand(tag.content or '')}</aside>{GAP}"


@shortcode(
    *("tab", "toggle", "su_tab", "su_spoiler", "spoiler", "accordion-item", "accordion_item", "pane"),
    wraps=True,
    closing=GAP,
)
def titled(tag: Shortcode, work: Work) -> str:
    """Content that a title opens."""
    return heading(tag.attributes.get("title") or next(iter(tag.values), ""), "h4")


@shortcode("quote", "blockquote", "pullquote", "su_quote", "su_pullquote", "testimonial")
def quotation(tag: Shortcode, work: Work) -> str:
    """A quotation, with who said it."""
    who = next((tag.attributes[name] for name in ("cite", "author", "name", "source") if tag.attributes.get(name)), "")
    if tag.content is None:
        return work.leave(tag.source, tag.name)
    cite = f"\n\n<cite>{escape(who)}</cite>" if who else ""
    return f"{GAP}<blockquote>{work.expand(tag.content)}{cite}</blockquote>{GAP}"


@shortcode("table", verbatim=True)
def table(tag: Shortcode, work: Work) -> str:
    """A table of lines with commas. One that is only named by its number is not in the export."""
    lines = unescape(BREAKS.sub("\n", tag.content or "")).strip().splitlines()
    rows = [[escape(cell.strip(), quote=False) for cell in row] for row in csv.reader(lines) if row]
    if "<" in "".join(lines) or not any(len(row) > 1 for row in rows):
        return work.leave(tag.source, "table") if tag.content is None else tag.content
    return work.slot(TableNode(rows[1:], rows[0]) if len(rows) > 1 else TableNode(rows))


@shortcode(
    *("code", "sourcecode", "source", "crayon", "cc", "pre", "highlighter", "bash", "cpp", "csharp", "css", "java"),
    *("javascript", "js", "json", "php", "python", "ruby", "sql", "xml", "html", "text", "plain", "latex"),
    verbatim=True,
)
def code(tag: Shortcode, work: Work) -> str:
    """Source code."""
    if tag.content is None:
        return work.leave(tag.source, tag.name)
    return work.slot(Code(unescape(tag.content).strip("\n")))


@shortcode("et_pb_code", "vc_raw_html", "vc_raw_js", "et_pb_fullwidth_code", verbatim=True)
def raw_html(tag: Shortcode, work: Work) -> str:
    """HTML that a page builder keeps as it is, or encoded."""
    content = tag.content or ""
    if tag.name == "vc_raw_js":
        return ""
    if tag.name.startswith("vc_"):
        try:
            return unquote(b64decode(unquote(content.strip()), validate=True).decode())
        except ValueError:
            return content
    return content.replace("<!-- [et_pb_line_break_holder] -->", "\n")


@shortcode("et_pb_*", "vc_*", wraps=True, closing=GAP, bare=True)
def builder(tag: Shortcode, work: Work) -> str:
    """A part of a page by Divi or WPBakery: what its attributes show; its content follows."""
    if SILENT.fullmatch(tag.name):
        return GAP
    said = dict(tag.attributes)
    if BUTTON.search(tag.name):
        said.setdefault("button_text", said.pop("title", ""))
    elif tag.name.endswith("heading"):
        said.setdefault("title", said.pop("text", ""))
    tag = replace(tag, attributes=said)
    parts = [GAP, *(heading(said.get(name, ""), "h3") for name in HEADINGS)]
    parts += [f"<p>{escape(decoded(said[name]))}</p>{GAP}" for name in TEXTS if said.get(name)]
    return "".join([*parts, builder_media(tag, work), builder_links(tag, work)])


def builder_media(tag: Shortcode, work: Work) -> str:
    """Return the pictures and films of a page builder's part."""
    said, image = tag.attributes, tag.attributes.get("image", "")
    ids = numbers(said.get("images") or said.get("gallery_ids") or (image if image.isdigit() else ""))
    nodes = pictures(ids, work)
    parts = [work.slot(*nodes)] if nodes else []
    source = web_address(said.get("src") or image, work.site.base)
    if source and "video" in tag.name:
        parts.append(embed_or_link(source, work))
    elif source:
        parts.append(f'<figure><img src="{escape(source)}" alt="{escape(decoded(said.get("alt", "")))}"></figure>')
    if tag.name == "vc_video" and said.get("link"):
        parts.append(embed_or_link(said["link"], work))
    return GAP.join([*parts, ""]) if parts else ""


def builder_links(tag: Shortcode, work: Work) -> str:
    """Return the buttons of a page builder's part. WPBakery writes url:…|title:… into one attribute."""
    said = tag.attributes
    packed = dict(LINK_PART.findall(said.get("link", "")))
    address = unquote(packed["url"]) if "url" in packed else next((said[name] for name in LINKS if said.get(name)), "")
    words = next((said[name] for name in LINK_WORDS if said.get(name)), "")
    target = web_address(address, work.site.base)
    if not words or tag.name == "vc_video":
        return ""
    return (
        f'<p><a href="{escape(target)}">{escape(decoded(words))}</a></p>{GAP}' if target else f"<p>{escape(words)}</p>"
    )


def heading(words: str, level: str) -> str:
    """Return a heading; nothing without words."""
    return f"{GAP}<{level}>{escape(decoded(words))}</{level}>{GAP}" if words.strip() else ""


def decoded(value: str) -> str:
    """Return an attribute of a page builder as readers see it: Divi writes %91 for a bracket and %22 for a quote."""
    return value.replace("%91", "[").replace("%93", "]").replace("%22", '"').replace("``", '"')
