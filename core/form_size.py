"""How much a form may hold: one that holds more is answered in a sentence, not with a bare page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.response import HttpResponseBase
from django.shortcuts import render

# Readers write responses and addresses; editors paste whole write-ups.
MOST_OF_READERS = 2 * 1024 * 1024 + 512 * 1024


class FormSizeMiddleware:
    """Looks at a form before the check of its token reads it, which has no words for one that is too large.

    What editors may send is Django's own setting, files not counted.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer as the site would."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, *_arguments: Any) -> HttpResponse | None:
        """Answer a form that is too large."""
        if request.method != "POST":
            return None
        if not request.path_info.startswith(settings.ADMIN_PATH):
            length = int(request.META.get("CONTENT_LENGTH") or 0)
            return refused(request, MOST_OF_READERS) if length > MOST_OF_READERS else None
        try:
            request.POST.get("csrfmiddlewaretoken")
        except RequestDataTooBig:
            return refused(request, settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0)
        except UnreadablePostError:
            # Who sent it is gone; the check of the token knows what to do.
            pass
        return None


def refused(request: HttpRequest, most: int) -> HttpResponse:
    """Return the answer to a form that is too large, with status 413."""
    return render(request, "too_large.html", {"most": most}, status=413)
