"""Replaces the shortcodes of a text by HTML.

A shortcode is what a registered name makes one, or the form: attributes, a closing tag, a slash at the end. All other
brackets are prose: [sic], [2], [the authors]. The syntax: https://developer.wordpress.org/apis/shortcode/
"""

from __future__ import annotations

import re
from html import unescape

from wordpress_import.content.registry import Shortcode, ShortcodeRule, rule_of
from wordpress_import.content.shortcode_tokens import Token, pairs_of, settle_escapes, tokens_of
from wordpress_import.content.work import Work

ATTRIBUTE = re.compile(
    r"""([\w:.-]++)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'<>]++))|"([^"]*+)"|'([^']*+)'|([^\s"']++|["'])"""
)
QUOTED = re.compile(r"""[\w:.-]\s*+=\s*+(?:"[^"]*+"|'[^']*+')""")
# id=12, but not the figures that stand in brackets in a paper: [p=0.03], [OR=1.2], [adjusted hr=2].
UNQUOTED = re.compile(
    r"""(?:\s++(?!(?:ci|df|hr|irr|md|or|rd|rr|sd|se|smd|chi|aor|nnt)=)[a-z][a-z_-]++=[^\s"'<>=]++)++\s*+"""
)
TYPOGRAPHIC = str.maketrans({"“": '"', "”": '"', "„": '"', "″": '"', "«": '"', "»": '"'})
# Shortcodes within captions within galleries: nobody goes deeper, and each level reads its content again.
DEEPEST = 8


def expand(html: str, work: Work) -> str:
    """Return the text with its shortcodes rendered. Unknown ones are counted and kept for editors."""
    if ("[" not in html and "((" not in html) or work.depth >= DEEPEST:
        return html
    work.depth += 1
    try:
        return Expansion(html, work).expanded()
    finally:
        work.depth -= 1


class Expansion:
    """One text, its brackets and which of them belong together."""

    def __init__(self, html: str, work: Work) -> None:
        self.html = html
        self.work = work
        self.tokens = list(tokens_of(html))
        self.pairs = pairs_of(self.tokens)
        settle_escapes(html, self.tokens, self.pairs)
        self.openers = {closer: opener for opener, closer in self.pairs.items()}

    def expanded(self) -> str:
        """Return the text with what stands for its shortcodes."""
        parts: list[str] = []
        position = index = 0
        while index < len(self.tokens):
            token = self.tokens[index]
            text, last = self.replacement(index)
            if text is not None:
                parts += [self.html[position : token.start], text]
                position = self.tokens[last].end
            index = last + 1
        parts.append(self.html[position:])
        return "".join(parts)

    def replacement(self, index: int) -> tuple[str | None, int]:
        """Return what stands for a token, None for prose, and the last token that this covers."""
        token = self.tokens[index]
        if token.note:
            return self.work.note(expand(token.note, self.work)), index
        rule = rule_of(token.name)
        if token.is_closing:
            return self.closing(index, rule), index
        if not is_shortcode(token, rule, index in self.pairs):
            return None, index
        last = self.pairs.get(index, index)
        if token.is_escaped:
            return literal_brackets(self.html[token.start + 1 : self.tokens[last].end - 1]), last
        if rule is None:
            return self.work.leave(self.html[token.start : token.end], token.name), index
        return self.rendered(index, index if rule.wraps else last, rule)

    def rendered(self, index: int, last: int, rule: ShortcodeRule) -> tuple[str, int]:
        """Return the HTML of a known shortcode that reaches to the last token."""
        token, closer = self.tokens[index], self.tokens[last]
        attributes, values = attributes_of(token.said)
        content = self.html[token.end : closer.start] if last != index else None
        source = self.html[token.start : closer.end]
        return rule.render(Shortcode(token.name, source, attributes, values, content), self.work), last

    def closing(self, index: int, rule: ShortcodeRule | None) -> str | None:
        """Return what stands for a closing tag whose content stayed where it is; None for prose."""
        is_paired = index in self.openers
        if rule is not None and rule.wraps:
            return rule.closing if is_paired else ""
        name = self.tokens[index].name
        return self.work.keep(f"[/{name}]", name) if is_paired else None


def literal_brackets(text: str) -> str:
    """Return an escaped shortcode so that nothing takes it for one again."""
    return text.replace("[", "&#91;").replace("]", "&#93;")


def is_shortcode(token: Token, rule: ShortcodeRule | None, is_closed: bool) -> bool:
    """Tell whether the brackets are a shortcode and not prose."""
    said = with_plain_quotes(token.said)
    bare = said.strip().rstrip("/").strip()
    is_tag = is_closed or token.is_single
    if rule is None:
        return "<" not in said and (is_tag or "_" in token.name or has_attributes(said))
    return is_tag or (rule.bare and not bare) or has_attributes(said) or has_value(rule, bare)


def has_value(rule: ShortcodeRule, said: str) -> bool:
    """Tell whether what stands behind a known name is an address, or a value such as it takes."""
    value = said.lstrip("=").split(maxsplit=1)[0] if said.strip("=") else ""
    return value.startswith(("http://", "https://")) or (bool(rule.value) and bool(re.fullmatch(rule.value, value)))


def has_attributes(said: str) -> bool:
    """Tell whether names and values stand behind a shortcode's name."""
    return bool(QUOTED.search(said) or UNQUOTED.fullmatch(said.rstrip("/")))


def with_plain_quotes(said: str) -> str:
    """Return what stands in the brackets with quote marks that delimit, where an editor has made others of them."""
    return said if '"' in said or "'" in said else unescape(said).translate(TYPOGRAPHIC)


def attributes_of(said: str) -> tuple[dict[str, str], list[str]]:
    """Return the attributes by name, and the values without one."""
    attributes: dict[str, str] = {}
    values: list[str] = []
    for match in ATTRIBUTE.finditer(with_plain_quotes(said)):
        name, value = match[1], unescape(next((group for group in match.groups()[1:] if group is not None), ""))
        if name:
            attributes.setdefault(name.lower(), value)
        elif value.strip("/="):
            values.append(value.removeprefix("="))
    return attributes, values
