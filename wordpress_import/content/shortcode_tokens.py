"""Finds brackets that may be shortcodes, and which of them belong together.

Nothing within pre, code, script and style, within a tag or within a comment is a shortcode. Every step is taken once a
character: a text made to keep a reader busy does not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from wordpress_import.content.registry import rule_of

FOUND = re.compile(
    r"<!--|<(?P<raw>pre|code|script|style|textarea|svg|math|xmp)\b|</?[A-Za-z][^<>]*+>?|(?P<note>\(\()"
    r"|(?P<escape>\[?)\[(?P<slash>/?)(?P<name>[A-Za-z_][\w:.-]*+)(?P<said>(?:[\s/=][^\[\]]*+)?)\](?P<unescape>\]?)",
    re.IGNORECASE,
)
# The footnotes of a plug-in: ((text)). Its text may hold parentheses, but in pairs.
NOTE = re.compile(r"\(\((?=[^\s()])((?:[^()\n]|\n(?!\s*\n)|\([^()]*+\))*+)\)\)")
WORDS_OF_NOTE = re.compile(r"[^\W\d_]{2,}+")


@dataclass(frozen=True)
class Token:
    """A pair of brackets that may be a shortcode, or a footnote in double parentheses (without a name)."""

    start: int
    end: int
    name: str
    said: str = ""
    is_closing: bool = False
    is_escaped: bool = False
    note: str = ""

    @property
    def is_single(self) -> bool:
        """Whether a slash, other than that of an address, says that it encloses nothing."""
        said = self.said.rstrip()
        return said.endswith("/") and "://" not in said[said.rfind(" ") + 1 :]


def tokens_of(html: str) -> Iterator[Token]:
    """Yield all brackets that have the form of a shortcode, in order, but not those in code and in tags."""
    unclosed: set[str] = set()
    position = 0
    while match := FOUND.search(html, position):
        position = match.end()
        if match["note"]:
            position = match.start() + 1
            note = NOTE.match(html, match.start())
            if note and len(WORDS_OF_NOTE.findall(note[1])) >= 2:
                position = note.end()
                yield Token(note.start(), note.end(), "", note=note[1])
        elif match["name"]:
            token = token_of(match)
            yield token
            position = token.end
            if closer := verbatim_end(html, token, unclosed):
                yield closer
                position = closer.end
        elif match["raw"] or match[0] == "<!--":
            found = first(html, f"</{match['raw']}" if match["raw"] else "-->", position, unclosed)
            position = found[1] if found else position


def token_of(match: re.Match[str]) -> Token:
    """Return the token of a match. Its first bracket is part of it where it may be escaped."""
    is_escaped = bool(match["escape"]) and not match["slash"]
    start = match.start() if is_escaped else match.start() + len(match["escape"])
    end = match.end() - len(match["unescape"])
    return Token(start, end, match["name"].lower(), match["said"], bool(match["slash"]), is_escaped)


def settle_escapes(html: str, tokens: list[Token], pairs: dict[int, int]) -> None:
    """Decide which doubled brackets are doubled on the far side, too: [[tag]], [[tag]text[/tag]]."""
    for index, token in enumerate(tokens):
        if not token.is_escaped:
            continue
        last = pairs.get(index, index)
        end = tokens[last].end
        if html[end : end + 1] == "]":
            tokens[last] = replace(tokens[last], end=end + 1)
        else:
            tokens[index] = replace(token, start=token.start + 1, is_escaped=False)


def verbatim_end(html: str, token: Token, unclosed: set[str]) -> Token | None:
    """Return the closing tag of a shortcode within which nothing is one."""
    rule = rule_of(token.name)
    if rule is None or not rule.verbatim or token.is_closing or token.is_single:
        return None
    found = first(html, f"[/{token.name}]", token.end, unclosed)
    return Token(*found, token.name, is_closing=True) if found else None


def first(html: str, wanted: str, position: int, missing: set[str]) -> tuple[int, int] | None:
    """Return where the wanted text begins and ends, in whatever case. What is missing is looked for only once."""
    if wanted.lower() in missing:
        return None
    found = literal(wanted.lower()).search(html, position)
    if found is None:
        missing.add(wanted.lower())
        return None
    return found.span()


@lru_cache(maxsize=256)
def literal(wanted: str) -> re.Pattern[str]:
    """Return the pattern that finds the text in whatever case."""
    return re.compile(re.escape(wanted), re.IGNORECASE)


def pairs_of(tokens: list[Token]) -> dict[int, int]:
    """Return the closing tag's index by the opening one's. What is open when another closes encloses nothing."""
    pairs: dict[int, int] = {}
    waiting: list[int] = []
    names: Counter[str] = Counter()
    for index, token in enumerate(tokens):
        if token.is_closing and names[token.name]:
            while tokens[opener := waiting.pop()].name != token.name:
                names[tokens[opener].name] -= 1
            names[token.name] -= 1
            pairs[opener] = index
        elif token.name and not token.is_closing and not token.is_single and "<" not in token.said:
            waiting.append(index)
            names[token.name] += 1
    return pairs
