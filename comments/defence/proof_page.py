"""The page that asks for proof of work."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from comments.defence import proof


def ask_for_proof(request: HttpRequest) -> HttpResponse:
    """Answer a form that was sent with a page that holds all of it, and a calculation for the browser to do first.

    Without JavaScript a button sends it to the moderators instead. Either way it is sent to the same address again.
    """
    fields = [(name, value) for name, values in request.POST.lists() for value in values if name != proof.FIELD]
    context = {
        "challenge": proof.challenge(),
        "fields": [(name, value) for name, value in fields if name != "text"],
        "text": request.POST.get("text", ""),
        "without": proof.WITHOUT,
    }
    response = render(request, "comments/proof.html", context)
    response["Cache-Control"] = "private, no-store"
    return response
