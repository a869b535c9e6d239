"""Where responses are sent to, found again, answered, and seen by their author while they wait."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from comments.closing import is_open
from comments.defence import Outcome, Verdict
from comments.defence.proof_page import ask_for_proof
from comments.forms import ResponseForm
from comments.models import Comment, CommentSettings
from comments.notices import NOTICE, SEE, Notice
from comments.posting import Posting, post
from comments.threads import path_of, place_on_review
from comments.waiting import key_in, token_of
from core.querysets import is_listed
from core.senders import takes_own_forms
from research_reviews.models import ReviewPage

STATUSES = {Outcome.AGAIN: 422, Outcome.TOO_MANY: 429}
LONGEST_KEY = 9


@method_decorator(takes_own_forms, name="dispatch")
@method_decorator(cache_control(private=True, no_store=True), name="dispatch")
class RespondView(View):
    """Takes a response. What cannot be taken comes back in the form, with nothing lost."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Lead on to the reviews: the forms are below them."""
        return redirect("/")

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """Take the response and lead back to the review. Raises Http404 where that is not there (any more)."""
        review = self.review(request.POST.get("page", ""))
        form, parent_key = ResponseForm(request.POST), request.POST.get("parent", "")
        parent = self.parent(review, parent_key) if parent_key else None
        page = {"review": review, "parent": parent, "form": form}
        if not is_open(review, CommentSettings.for_request(request)):
            return show(request, {**page, "is_closed": True}, 409)
        if parent_key and parent is None:
            problem = _("The response that you answer is no longer here. You can send yours to the review itself.")
            return show(request, {**page, "problem": problem}, 422)
        if not form.is_valid():
            problem = _("Something is missing or wrong: see below. Nothing is lost.")
            return show(request, {**page, "problem": problem}, 422)
        return self.answer(page, post(form.cleaned_data, review, parent, request))

    def review(self, key: str) -> ReviewPage:
        """Return the listed review that the form names."""
        review: ReviewPage = get_object_or_404(ReviewPage.objects.listed().select_related("topic"), pk=number(key))
        return review

    def parent(self, review: ReviewPage, key: str) -> Comment | None:
        """Return the response that is answered, if readers see it below this review."""
        return Comment.objects.approved().filter(page=review, pk=number(key)).first()

    def answer(self, page: dict[str, Any], posting: Posting) -> HttpResponseBase:
        """Say what became of a valid response."""
        verdict = posting.verdict
        if verdict.status is Outcome.PROVE:
            return ask_for_proof(self.request)
        if status := STATUSES.get(verdict.status):
            return refusal(self.request, page, verdict, status)
        return see_other(page["review"], posting)


def number(key: str) -> int:
    """Return the number that a form names a thing by; 0, which nothing has, where it is none."""
    return int(key) if key.isascii() and key.isdecimal() and len(key) <= LONGEST_KEY else 0


def refusal(request: HttpRequest, page: dict[str, Any], verdict: Verdict, status: int) -> HttpResponse:
    """Show the form again, filled, with a fresh stamp and the reason."""
    response = show(request, {**page, "problem": " ".join(verdict.reasons)}, status)
    if verdict.try_again_at:
        response["Retry-After"] = http_date(verdict.try_again_at.timestamp())
    return response


def show(request: HttpRequest, page: dict[str, Any], status: int = 200) -> HttpResponse:
    """Show the form on a page of its own."""
    context = {"is_closed": False, "settings": CommentSettings.for_request(request), **page}
    return render(request, "comments/respond.html", context, status=status)


def see_other(review: ReviewPage, posting: Posting) -> HttpResponse:
    """Lead to the review with a notice in the address, which no cache keeps."""
    address, notice, more = path_of(review), Notice.WAITING, {}
    if posting.comment is None:
        notice = Notice.DUPLICATE
    elif posting.comment.status == Comment.Status.APPROVED:
        notice, address = Notice.PUBLISHED, place_on_review(posting.comment)
    else:
        more = {SEE: token_of(posting.comment)}
    address, _hash, anchor = address.partition("#")
    mark = "&" if "?" in address else "?"
    response = HttpResponseRedirect(
        f"{address}{mark}{urlencode({NOTICE: notice.value, **more})}#{anchor or 'responses'}"
    )
    response.status_code = 303
    return response


def public_response(pk: int) -> Comment:
    """Return an approved response to a listed review. Raises Http404 where there is none."""
    comment = Comment.objects.approved().filter(pk=pk).select_related("page__topic").first()
    if comment is None or not is_listed(comment.page):
        raise Http404
    return comment


@require_safe
def permalink(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to the response on its review, whichever page of responses it is on by now."""
    return redirect(place_on_review(public_response(pk)))


@require_safe
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a response with the form that answers it."""
    parent = public_response(pk)
    is_closed = not is_open(parent.page, CommentSettings.for_request(request))
    page = {"review": parent.page, "parent": parent, "form": None if is_closed else ResponseForm()}
    return show(request, {**page, "is_closed": is_closed})


@require_safe
@cache_control(private=True, no_store=True)
def waiting(request: HttpRequest, token: str) -> HttpResponse:
    """Show a response to the one who sent it, until readers see it. What is taken for spam waits as well."""
    comment = get_object_or_404(Comment.objects.select_related("page__topic"), pk=key_in(token))
    if not is_listed(comment.page):
        raise Http404
    if comment.status == Comment.Status.APPROVED:
        return redirect(place_on_review(comment))
    is_refused = comment.status == Comment.Status.REMOVED
    context = {"response": comment, "review": comment.page, "is_refused": is_refused}
    return render(request, "comments/waiting.html", context)
