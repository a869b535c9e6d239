"""/oai: answers harvesters, always with status 200 and in the protocol's words; and the schema of our own format."""

from __future__ import annotations

from contextlib import nullcontext

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from core.snapshot import snapshot
from syndication.oai import arguments, verbs
from syndication.oai.arguments import Question
from syndication.oai.dates import written
from syndication.oai.errors import OaiError
from syndication.oai.formats import csl
from syndication.oai.repository import Repository
from syndication.oai.xml import Element, as_xml, qualified

NAMESPACE = "http://www.openarchives.org/OAI/2.0/"


# A form that changes nothing needs no token, and harvesters could not send one.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def harvest(request: HttpRequest) -> HttpResponse:
    """Answer one request of a harvester."""
    # Reads by GET have their snapshot already.
    with snapshot() if request.method == "POST" else nullcontext():
        document = as_xml(answer(request, Repository.now()))
    response = HttpResponse(document, content_type="text/xml; charset=utf-8")
    # It says when it was made, so it is not kept; without a verb it would be, as a page without parameters.
    response["Cache-Control"] = "no-cache" if "verb" in request.GET else "no-store"
    return response


def answer(request: HttpRequest, repository: Repository) -> Element:
    """Return the whole answer: what was asked when, and what is said to it."""
    question: Question | None = None
    try:
        question = arguments.read(request)
        said = [Element(question.verb, verbs.VERBS[question.verb](question, repository))]
        repeated = question.repeatable
    except OaiError as error:
        said = [Element("error", sentence, {"code": code}) for code, sentence in error.faults]
        repeated = question.repeatable if question and error.is_readable else {}
    content = [
        Element("responseDate", written(repository.moment)),
        Element("request", repository.base_url, repeated),
        *said,
    ]
    return qualified("OAI-PMH", {"": NAMESPACE}, f"{NAMESPACE}OAI-PMH.xsd", content)


@require_safe
def csl_schema(request: HttpRequest) -> HttpResponse:
    """Answer with the schema of the format `csl`."""
    return HttpResponse(csl.SCHEMA, content_type="application/xml; charset=utf-8")
