"""A local server in the place of Crossref, DataCite, Unpaywall and PubMed, with the answers of tests/data/lookups."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

DATA = Path(__file__).resolve().parents[2] / "data" / "lookups"
DOI = "10.5555/wing.2023.014"


class Registries:
    """Answers each DOI or number with a file, unknown ones as the registries do: 404, of Crossref as plain text."""

    def __init__(self, server: HTTPServer) -> None:
        self.server = server
        names = ("crossref", "datacite", "unpaywall", "pubmed", "pmc")
        self.known: dict[str, dict[str, Any]] = {name: {} for name in names}
        self.asked: list[str] = []
        self.requests: list[Request] = []
        server.expect_request("/esummary.fcgi").respond_with_handler(self._pubmed)
        for name in ("crossref", "datacite", "unpaywall"):
            server.expect_request(re.compile(f"^/{name}/")).respond_with_handler(self._by_doi)

    @staticmethod
    def addresses(server: HTTPServer) -> dict[str, str]:
        """Return the settings or variables that name the server."""
        paths = {"CROSSREF_URL": "/crossref/", "DATACITE_URL": "/datacite/", "UNPAYWALL_URL": "/unpaywall/"}
        return {**{name: server.url_for(path) for name, path in paths.items()}, "PUBMED_URL": server.url_for("/")}

    def know(self, registry: str, identifier: str, answer: str | Response, seconds: float = 0) -> None:
        """Let a registry answer with a file of tests/data/lookups, or with a response, after some seconds."""
        self.known[registry][identifier] = (answer, seconds)

    def _by_doi(self, request: Request) -> Response:
        registry, _slash, rest = unquote(request.path).lstrip("/").partition("/")
        return self._answer(registry, rest.partition("/")[2], request)

    def _pubmed(self, request: Request) -> Response:
        return self._answer(request.args["db"], request.args["id"], request)

    def _answer(self, registry: str, identifier: str, request: Request) -> Response:
        self.asked.append(registry)
        self.requests.append(request)
        answer, seconds = self.known[registry].get(identifier, ("", 0))
        time.sleep(seconds)
        if isinstance(answer, Response):
            return answer
        if answer:
            return Response((DATA / answer).read_bytes(), content_type="application/json")
        return Response("Resource not found.", 404, content_type="text/plain")
