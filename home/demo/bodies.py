"""Credits and bodies from the content files, as the database stores them."""

from __future__ import annotations

import json
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from home.demo import records
from home.demo.content import Content
from home.demo.markup import rich_text
from research_reviews.models import Audience, Person

RawBlock = dict[str, Any]

SAMPLE_NOTE = {
    "type": "callout",
    "heading": "Sample content",
    "text": "This page shows what the site can do. The study, the people, the organisations and the figures in it "
    "are invented, and nobody ever said the words that it quotes.",
}
ROLE_HEADINGS = {
    "conclusion": "Conclusion",
    "practice_implications": "What this means in practice",
    "limitations": "Limitations",
    "lived_experience": "Lived experience",
}


class BodyBuilder:
    """Makes the streams of one page. A block's id comes from its place, so that permalinks are the same everywhere."""

    def __init__(self, slug: str) -> None:
        self.slug = slug

    def credits(self, entries: list[Content]) -> str:
        """Return the stream of credits."""
        blocks = [{"descriptor": "", **entry, "person": person_pk(entry["person"])} for entry in entries]
        return self._stream("credit", "credit", blocks)

    def key_messages(self, messages: list[str]) -> str:
        """Return the stream of key messages."""
        return self._stream("message", "message", messages)

    def body(self, blocks: list[Content]) -> str:
        """Return the stream of a body, which begins by saying that it is sample content."""
        return json.dumps([self._block(block, f"body-{place}") for place, block in enumerate([SAMPLE_NOTE, *blocks])])

    def _stream(self, block_type: str, place: str, values: list[Any]) -> str:
        ids = (self._id(f"{place}-{number}") for number in range(len(values)))
        return json.dumps(
            [{"type": block_type, "id": ids_, "value": value} for ids_, value in zip(ids, values, strict=True)]
        )

    def _id(self, place: str) -> str:
        return str(uuid5(NAMESPACE_URL, f"sample/{self.slug}/{place}"))

    def _block(self, content: Content, place: str) -> RawBlock:
        make = getattr(self, f"_{content['type']}", self._role_section)
        return {"type": content["type"], "id": self._id(place), "value": make(content, place)}

    def _items(self, values: list[Any], place: str) -> list[RawBlock]:
        return [
            {"type": "item", "id": self._id(f"{place}-{number}"), "value": value} for number, value in enumerate(values)
        ]

    def _prose(self, content: Content, place: str) -> str:
        return rich_text(content["text"])

    def _section(self, content: Content, place: str) -> RawBlock:
        return {"heading": content["heading"], "body": rich_text(content["text"])}

    def _role_section(self, content: Content, place: str) -> RawBlock:
        heading = content.get("heading") or ROLE_HEADINGS[content["type"]]
        return {"heading": heading, "body": rich_text(content["text"])}

    def _callout(self, content: Content, place: str) -> RawBlock:
        return {"heading": content["heading"], "text": rich_text(content["text"])}

    def _services(self, content: Content, place: str) -> RawBlock:
        return {"heading": content["heading"]}

    def _findings(self, content: Content, place: str) -> RawBlock:
        issues = [
            {
                "label": issue["label"],
                "own_heading": issue.get("own_heading", ""),
                "body": [
                    self._block(block, f"{place}-{number}-{inner}") for inner, block in enumerate(issue.get("body", []))
                ],
            }
            for number, issue in enumerate(content["issues"])
        ]
        return {
            "heading": content.get("heading", "Key findings"),
            "introduction": rich_text(content.get("introduction", "")),
            "issues": self._items(issues, place),
        }

    def _quote(self, content: Content, place: str) -> RawBlock:
        person = content.get("person")
        stored = {name: content.get(name, "") for name in ("words", "who", "source", "page")}
        return {**stored, "person": person_pk(person) if person else None}

    def _recommendations(self, content: Content, place: str) -> RawBlock:
        entries = [
            {
                "text": rich_text(item["text"]),
                "audiences": self._items([audience_pk(slug) for slug in item["audiences"]], f"{place}-{number}-for"),
            }
            for number, item in enumerate(content["items"])
        ]
        return {
            "heading": content.get("heading", "Recommendations"),
            "made_by": content["made_by"],
            "other_body": content.get("other_body", ""),
            "introduction": rich_text(content.get("introduction", "")),
            "items": self._items(entries, place),
        }

    def _evidence_strength(self, content: Content, place: str) -> RawBlock:
        return {
            "scheme": content["scheme"],
            "other_scheme": "",
            "value": content["value"],
            "rationale": rich_text(content["text"]),
            "person": person_pk(content["person"]),
            "rater": "",
            "date": content["date"].isoformat(),
        }

    def _author_response(self, content: Content, place: str) -> RawBlock:
        return {
            "person": person_pk(content["person"]),
            "body": rich_text(content["text"]),
            "date": content["date"].isoformat(),
        }

    def _image(self, content: Content, place: str) -> RawBlock:
        image = records.picture(content["picture"])
        described = {"image": image.pk, "decorative": False, "alt_text": image.description}
        return {"image": described, "caption": rich_text(content.get("caption", ""))}

    def _table(self, content: Content, place: str) -> RawBlock:
        rows = [{"values": row} for row in content["rows"]]
        table = {"columns": content["columns"], "rows": rows, "caption": content["caption"]}
        return {"table": table, "row_headings": True}

    def _embed(self, content: Content, place: str) -> RawBlock:
        return {name: content[name] for name in ("url", "title", "summary")}

    def _download(self, content: Content, place: str) -> RawBlock:
        return {"document": records.document(content["document"]).pk, "title": content.get("title", "")}


def person_pk(slug: str) -> int:
    """Return the key of a person of the demo site."""
    return Person.objects.get(slug=slug).pk


def audience_pk(slug: str) -> int:
    """Return the key of an audience of the demo site."""
    return Audience.objects.get(slug=slug).pk
