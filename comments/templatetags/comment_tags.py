"""What a review's page shows of its responses."""

from __future__ import annotations

import re
from typing import Any

from django import template
from django.http import Http404
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from comments.closing import is_open
from comments.defence import purpose
from comments.forms import ResponseForm
from comments.models import CommentSettings
from comments.notices import notice_in
from comments.text import as_html
from comments.threads import PARAMETER, responses_of
from research_reviews.models import ReviewPage

NUMBER = re.compile("[1-9][0-9]{0,5}")

register = template.Library()


@register.inclusion_tag("components/responses.html", takes_context=True)
def responses(context: dict[str, Any], page: ReviewPage) -> dict[str, Any]:
    """Show what readers responded to the review, and the form. A page that was never saved, as in a preview, has none.

    Raises Http404 for a page of responses that there is not.
    """
    if not page.pk:
        return {}
    request = context["request"]
    number = request.GET.get(PARAMETER, "1")
    shown = responses_of(page, int(number)) if NUMBER.fullmatch(number) else None
    if shown is None:
        raise Http404
    settings = CommentSettings.for_request(request)
    is_closed = not is_open(page, settings)
    return {
        "review": page,
        "list": shown,
        "heading": heading(shown.total),
        "notice": notice_in(request.GET),
        "settings": settings,
        "is_closed": is_closed,
        "is_shown": shown.total > 0 or not is_closed,
        "form": None if is_closed else ResponseForm(),
    }


def heading(total: int) -> str | Promise:
    """Return how many responses there are, or an invitation."""
    if not total:
        return _("Be the first to respond")
    return ngettext("One response", "%(number)d responses", total) % {"number": total}


@register.simple_tag
def response_purpose(review: ReviewPage) -> str:
    """Return the purpose of the form for responses to the review, for `{% form_guard %}`."""
    return purpose(review.pk)


@register.filter
def response_text(text: str) -> SafeString:
    """Return the text of a response as paragraphs with links."""
    return as_html(text)
