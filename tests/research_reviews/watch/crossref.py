"""A Crossref of our own, which answers as the real one does: https://api.crossref.org/swagger-ui/index.html."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

Work = dict[str, Any]
Trouble = Callable[[Request], Response | None]
TOO_MANY = "<html><head><title>429 Too Many Requests</title></head><body><h1>Slow down</h1></body></html>"
RATE = {"X-Rate-Limit-Limit": "1000", "X-Rate-Limit-Interval": "1s", "X-Concurrency-Limit": "3"}


def dated(*parts: int) -> dict[str, Any]:
    """Return a date as Crossref writes it."""
    return {"date-parts": [list(parts)], "timestamp": 1_700_000_000_000}


def entry(doi: str, kind: str = "retraction", *date: int, source: str | None = "publisher", **more: Any) -> Work:
    """Return an entry of `updated-by` or `update-to`."""
    said = {"DOI": doi, "type": kind, "label": kind.title(), "updated": dated(*date) if date else None, **more}
    return {**said, "source": source} if source else said


@dataclass
class Crossref:
    """What it knows, what it was asked, and what troubles it: the first trouble that answers comes before the rest."""

    server: HTTPServer
    works: dict[str, Work] = field(default_factory=dict)
    asked: list[Request] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=lambda: dict(RATE))

    def __post_init__(self) -> None:
        self.server.expect_request("/works").respond_with_handler(self.answer)
        self.server.expect_request(re.compile(r"/works/.+")).respond_with_handler(self.answer)

    def add(self, doi: str, *updates: Work, **work: Any) -> None:
        """Know a work, in the letters that its publisher gave its DOI."""
        said = {"updated-by": list(updates)} if updates else {}
        self.works[doi.lower()] = {"DOI": doi, "type": "journal-article", "title": ["A study"], **said, **work}

    def add_notice(self, doi: str, *about: Work) -> None:
        """Know a notice, which names the works that it is about."""
        self.add(doi, **{"update-to": list(about), "title": ["A notice"]})

    def answer(self, request: Request) -> Response:
        """Answer as the real one does, unless there is trouble."""
        self.asked.append(request)
        for trouble in self.troubles:
            if response := trouble(request):
                return response
        alone = unquote(request.path.removeprefix("/works").removeprefix("/"))
        return self.one(alone) if alone else self.several(request)

    def one(self, doi: str) -> Response:
        """Answer about one DOI: with 404 in plain text where it is not known."""
        work = self.works.get(doi.lower())
        if not work:
            return Response("Resource not found.", 404, content_type="text/plain", headers=self.headers)
        return self.said({"status": "ok", "message-type": "work", "message": work})

    def several(self, request: Request) -> Response:
        """Answer with a list: conditions with the same name are alternatives."""
        conditions = [part.split(":", 1) for part in request.args["filter"].split(",")]
        names, dois = {name for name, _doi in conditions}, {doi.lower() for _name, doi in conditions}
        if names == {"doi"}:
            found = [work for doi, work in self.works.items() if doi in dois]
        else:
            found = [
                work
                for work in self.works.values()
                if any(str(each["DOI"]).lower() in dois for each in work.get("update-to", []))
            ]
        fields = request.args["select"].split(",") if "select" in request.args else None
        items = [{name: work[name] for name in fields or work if name in work} for work in found]
        message = {"total-results": len(items), "items": items[: int(request.args["rows"])]}
        return self.said({"status": "ok", "message-type": "work-list", "message": message})

    def said(self, answer: Any) -> Response:
        """Return an answer in JSON."""
        return Response(json.dumps(answer), content_type="application/json", headers=self.headers)

    @property
    def paths(self) -> list[str]:
        """What was asked for, as path and filter."""
        return [
            unquote(request.path) + ("?" + request.args["filter"] if request.args.get("filter") else "")
            for request in self.asked
        ]


def once(*responses: Response) -> Trouble:
    """Answer the first requests in this way, and no others."""
    left = list(responses)
    return lambda request: left.pop(0) if left else None


def too_many(retry_after: str = "") -> Response:
    """Return 429 as HTML, as the servers in front of Crossref have it."""
    headers = {"Retry-After": retry_after} if retry_after else {}
    return Response(TOO_MANY, 429, content_type="text/html", headers=headers)
