"""A review or a plain page as HTML that means the same everywhere: headings, paragraphs, lists, quotes, figures.

It is made of the record that is written as JSON, without a query, and needs neither our styles nor our address.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from core.blocks import LEFTOVER
from core.rich_text import clean
from core.table_block import written_number
from images.models import CustomImage
from research_reviews.blocks import Contribution
from research_reviews.blocks.context import SCHEMES
from research_reviews.blocks.quotes import without_outer_marks
from research_reviews.blocks.recommendations import MADE_BY, OTHER_BODY
from research_reviews.models import Study
from research_reviews.portable.records import Record
from syndication.export.references import reference

Licence = CustomImage.Licence
DOCUMENT = re.compile(r'<a href="[^"]*" data-document="([^"]*)"')
BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')
# Stands for what was left over from an old site: readers see a comment as little as they see that. No text holds one.
LEFTOVER_MARK = re.compile(r"<!--leftover (\d+)-->")
EMPTY_LINES = re.compile(r"\s*\n\s*")
NOTICES = {"corrected", "concern", "retracted"}
# Where a file of the site is found: takes its name in the storage.
Address = Callable[[str], str]


class Plain:
    """Writes the HTML of one record. What was left over from an old site is collected, with a mark in its place."""

    def __init__(self, record: Record, address: Address) -> None:
        self.record, self.address = record, address
        self.leftovers: list[str] = []

    def review(self) -> str:
        """Return the whole review, but for its title and header image."""
        record = self.record
        context = {
            "standfirst": record["standfirst"],
            "credits": [self.credit(block["value"]) for block in record["credits"]],
            "key_messages": [block["value"] for block in record["key_messages"]],
            "blocks": self.blocks(record["body"]),
            "studies": [self.study(study) for study in record["studies"]],
            "no_study_reason": record["no_study_reason"],
            "interests": record["interests"],
        }
        return compact(render_to_string("syndication/export/review.html", context))

    def body(self) -> str:
        """Return the blocks alone."""
        return compact("\n".join(self.blocks(self.record["body"])))

    def blocks(self, body: list[Record]) -> list[SafeString]:
        """Return the HTML of each block."""
        return [self.block(block["type"], block["value"]) for block in body if block["value"]]

    def block(self, kind: str, value: Any) -> SafeString:
        """Return the HTML of a block."""
        if kind == LEFTOVER:
            self.leftovers.append(value.get("source") or "")
            return mark_safe(f"<!--leftover {len(self.leftovers) - 1}-->")  # noqa: S308 (a number)
        if isinstance(value, dict):
            prose = {name: self.prose(value[name]) for name in PROSE & value.keys()}
            value = {**value, **prose, **SHOWN.get(kind, _as_it_is)(self, value)}
        else:
            value = self.prose(value)
        return render_to_string(f"syndication/export/blocks/{TEMPLATES.get(kind, kind)}.html", {"value": value})

    def prose(self, html: str | None) -> SafeString:
        """Return rich text, without what only our editor needs."""

        def lead(match: re.Match[str]) -> str:
            return f'<a href="{escape(self.address(match[1]))}"'

        linked = DOCUMENT.sub(lead, html or "")
        return mark_safe(BLOCK_KEY.sub("", clean(linked)))  # noqa: S308 (cleaned in this very line)

    def credit(self, value: Record) -> Record:
        """Return who is credited with what, in words."""
        return {
            "name": self.name(value["person"]),
            "descriptor": value.get("descriptor") or "",
            "contribution": Contribution(value["contribution"]).label,
        }

    def name(self, slug: str | None) -> str:
        """Return the name of one of the people."""
        return str(self.record["people"][slug]["name"]) if slug else ""

    def study(self, record: Record) -> Record:
        """Return a study as it is cited, with its link."""
        status = record["notices"]["status"]
        return {
            "reference": reference(record, [self.name(slug) for slug in record["authors"]]),
            "link": f"https://doi.org/{record['doi']}" if record["doi"] else record["url"],
            "notice": Study.Retraction(status).label if status in NOTICES else "",
        }

    def findings(self, value: Record) -> Record:
        """Number the issues, each with the HTML of its section."""
        issues = [item["value"] for item in value["issues"]]
        numbered = enumerate(issues, start=1)
        return {"issues": [{**one, "number": at, "body": self.blocks(one.get("body") or [])} for at, one in numbered]}

    def quote(self, value: Record) -> Record:
        """Say whose words they are."""
        speaker = self.name(value.get("person")) or value.get("who")
        source = ", ".join(filter(None, [speaker, value.get("source"), value.get("page")]))
        return {"words": without_outer_marks(value["words"]), "attribution": source}

    def recommendations(self, value: Record) -> Record:
        """Say who recommends what to whom."""
        made_by = value.get("made_by") or ""
        audiences = self.record["audiences"]
        return {
            "attribution": value.get("other_body") if made_by == OTHER_BODY else dict(MADE_BY).get(made_by, ""),
            "items": [
                {
                    "text": self.prose(item["value"]["text"]),
                    "audiences": ", ".join(
                        audiences[one["value"]]["name"]
                        for one in item["value"].get("audiences") or []
                        if one["value"] in audiences
                    ),
                }
                for item in value["items"]
            ],
        }

    def evidence_strength(self, value: Record) -> Record:
        """Name the scheme and who rated."""
        scheme = value.get("scheme") or ""
        return {
            "scheme_name": value.get("other_scheme") if scheme == "other" else dict(SCHEMES).get(scheme, ""),
            "rated_by": self.name(value.get("person")) or value.get("rater") or "",
        }

    def author_response(self, value: Record) -> Record:
        """Name who responds."""
        return {"name": self.name(value.get("person"))}

    def image(self, value: Record) -> Record:
        """Say where the picture is, what it shows and who made it."""
        chosen = value.get("image") or {}
        image = self.record["images"].get(chosen.get("image") or "")
        if not image:
            return {"src": ""}
        alt = "" if chosen.get("decorative") else chosen.get("alt_text") or image["description"]
        return {"src": self.address(image["file"]), "alt": alt, "credit": credit_line(image)}

    def table(self, value: Record) -> Record:
        """Return the cells, written as a reader writes them."""
        table = value.get("table") or {"columns": [], "rows": [], "caption": ""}
        kinds = [column["type"] for column in table["columns"]]
        return {
            "caption": table["caption"],
            "headings": [column["heading"] for column in table["columns"]],
            "rows": [
                [self.cell(kind, cell) for kind, cell in zip(kinds, row["values"], strict=True)]
                for row in table["rows"]
            ],
        }

    def cell(self, kind: str, value: Any) -> Any:
        """Return what a cell of a column of this kind shows."""
        if kind == "number":
            return written_number(value)
        return self.prose(value) if kind == "rich_text" else value or ""

    def download(self, value: Record) -> Record:
        """Say where the document is."""
        document = self.record["documents"].get(value.get("document") or "")
        if not document:
            return {"src": ""}
        return {"src": self.address(document["file"]), "title": value.get("title") or document["title"]}


def _as_it_is(plain: Plain, value: Record) -> Record:
    return {}


def credit_line(image: Record) -> str:
    """Return who made an image and under which licence, in one line."""
    # Making an image of it, to ask it, would ask the database for the collection that new ones belong to.
    is_told = image["licence"] not in (Licence.UNKNOWN, Licence.OWN)
    licence = Licence(image["licence"]).label if is_told else ""
    parts = ", ".join(filter(None, [image["credit"], str(licence)]))
    return _("Image: %(credit)s") % {"credit": parts} if parts else ""


def compact(html: str) -> str:
    """Return the HTML without empty lines, which WordPress would make paragraphs of."""
    return EMPTY_LINES.sub("\n", html).strip()


# Which fields of which names are rich text, in every block.
PROSE = {"body", "caption", "introduction", "rationale", "text"}
TEMPLATES = dict.fromkeys(("conclusion", "practice_implications", "limitations", "lived_experience"), "section")
SHOWN: dict[str, Callable[[Plain, Record], Record]] = {
    "findings": Plain.findings,
    "quote": Plain.quote,
    "recommendations": Plain.recommendations,
    "evidence_strength": Plain.evidence_strength,
    "author_response": Plain.author_response,
    "image": Plain.image,
    "table": Plain.table,
    "download": Plain.download,
}
