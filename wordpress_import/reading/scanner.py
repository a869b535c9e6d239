"""Finds the elements of an export in text that no XML parser would take, whatever stands between them.

The time it takes grows with the length of the text alone, however the text is made.
"""

from __future__ import annotations

import re
from html.entities import html5

from wordpress_import.reading.trees import CONTAINERS, MOST_NODES, Node, UnsoundError

# Which containers an element may stand in; any other one that is open has lost its end tag.
PLACES = {"wp:commentmeta": {"wp:comment"}, "wp:termmeta": {"wp:category", "wp:tag", "wp:term"}}
PLAIN = r"item|title|link|pubDate|guid|description|category|language|generator|enclosure|image|url|author|comments"
OWN = "wp|dc|content|excerpt|wfw"
TAG = re.compile(
    rf"<!\[CDATA\[|<(?P<end>/?)(?P<name>(?:{OWN}|atom|media|itunes|georss|geo|slash|sy):[\w-]+|{PLAIN})"
    r"(?=[\s/>])(?P<attributes>[^<>]*?)(?P<empty>/?)>"
)
# The end of CDATA in truth, and not two brackets in the text, is followed by a tag of the export.
CDATA_END = re.compile(rf"\]\]>\s*(?=</?(?:(?:{OWN}):|(?:{PLAIN}|channel|rss)[\s/>])|\Z)")
CDATA_OR_TAG = re.compile(rf"<!\[CDATA\[|<(?P<end>/?)(?P<name>(?:{OWN}):[\w-]+|{PLAIN})(?=[\s/>])")
CDATA = "<![CDATA["
SECTION = re.compile(r"<!\[CDATA\[(.*?)(?:\]\]>|\Z)", re.DOTALL)
SPACE = re.compile(r"\s*")
CLOSING = re.compile(r"\s*</([\w:-]+)\s*>")
ATTRIBUTE = re.compile(r"""([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
REFERENCE = re.compile(r"&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{1,31}));")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def scan(text: str) -> list[Node]:
    """Return the elements that can be made out in the text; one without an end tag ends where the next begins.

    Raises UnsoundError for more elements than any item has.
    """
    return Scanner(text).nodes()


class Scanner:
    """Goes through the text once, from tag to tag."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0
        self.stack = [Node("", {}, "", [])]
        # From here on no CDATA ends before a tag: looking again and again would take for ever.
        self.last_cdata_end = len(text) + 1

    def nodes(self) -> list[Node]:
        """Return the elements outside any other."""
        root = self.stack[0]
        for _number in range(MOST_NODES):
            tag = TAG.search(self.text, self.position)
            if not tag:
                return root.children
            self.position = tag.end()
            self.take(tag)
        raise UnsoundError

    def take(self, tag: re.Match[str]) -> None:
        """Add the element that begins with the tag, or close the one that ends with it."""
        name = tag["name"]
        if name is None:
            self.position = self.cdata_end(self.position)[1]
        elif tag["end"]:
            self.close(name)
        elif tag["empty"]:
            self.add(Node(name, attributes(tag["attributes"]), "", []))
        elif name in CONTAINERS and not self.text.startswith(CDATA, self.position):
            allowed = PLACES.get(name, {"item", ""})
            while len(self.stack) > 1 and self.stack[-1].name not in allowed:
                self.stack.pop()
            node = Node(name, attributes(tag["attributes"]), "", [])
            self.add(node)
            self.stack.append(node)
        else:
            self.add(Node(name, attributes(tag["attributes"]), self.leaf(name), []))

    def add(self, node: Node) -> None:
        """Put the element into the container that is open."""
        self.stack[-1].children.append(node)

    def close(self, name: str) -> None:
        """Close the container of that name and all in it, if it is open."""
        for depth in range(len(self.stack) - 1, 0, -1):
            if self.stack[depth].name == name:
                del self.stack[depth:]
                return

    def leaf(self, name: str) -> str:
        """Return the text of the element whose start tag has just been read, and go on behind its end."""
        start = self.position
        space = SPACE.match(self.text, start)
        content = space.end() if space else start
        if self.text.startswith(CDATA, content):
            content += len(CDATA)
            end, self.position = self.cdata_end(content)
            self.skip_end_tag(name)
            return self.text[content:end].replace("]]]]><![CDATA[>", "]]>")
        end = self.position = self.next_tag(start)
        self.skip_end_tag(name)
        return unescaped(self.text[start:end])

    def skip_end_tag(self, name: str) -> None:
        """Go on behind the end tag, if it stands here."""
        closing = CLOSING.match(self.text, self.position)
        if closing and closing[1] == name:
            self.position = closing.end()

    def next_tag(self, start: int) -> int:
        """Return where the next tag of an export stands outside CDATA."""
        while found := CDATA_OR_TAG.search(self.text, start):
            if found["name"]:
                return found.start()
            start = self.cdata_end(found.end())[1]
        return len(self.text)

    def cdata_end(self, start: int) -> tuple[int, int]:
        """Return where the CDATA that began there ends, and the index behind its mark and the space after it."""
        if start < self.last_cdata_end:
            if found := CDATA_END.search(self.text, start):
                return found.span()
            self.last_cdata_end = start
        end = self.text.find("]]>", start)
        return (end, end + 3) if end >= 0 else (len(self.text), len(self.text))


def attributes(text: str) -> dict[str, str]:
    """Return the attributes of a start tag."""
    return {name: unescaped(double or single) for name, double, single in ATTRIBUTE.findall(text)} if text else {}


def unescaped(text: str) -> str:
    """Return the text with sections of CDATA as they are and references outside them replaced."""
    if CDATA not in text:
        return REFERENCE.sub(character, text)
    parts = SECTION.split(text)
    return "".join(part if index % 2 else REFERENCE.sub(character, part) for index, part in enumerate(parts))


def character(reference: re.Match[str]) -> str:
    """Return what a reference stands for: HTML's names are known too, any other stays as it is."""
    decimal, hexadecimal, name = reference.groups()
    if name:
        return html5.get(f"{name};", reference[0])
    number = int(decimal) if decimal else int(hexadecimal, 16)
    return CONTROL.sub("", chr(number)) if number <= 0x10FFFF else ""
