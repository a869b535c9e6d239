"""What moderators send: decisions, their undoing, notes and answers. Each is a POST of the admin."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.log_actions import get_active_log_context, log

from comments import decisions, moderation
from comments.models import Comment, ModerationNote
from comments.moderation_forms import AnswerForm, NoteForm
from comments.queue_filters import number_in
from comments.team import may_moderate, standing_of

View = Callable[..., HttpResponse]
PLAIN = "text/plain; charset=utf-8"


def for_moderators(view: View) -> View:
    """Let in only who may moderate, by POST."""

    @require_POST
    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_moderate(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return checked


@for_moderators
def decide(request: HttpRequest) -> HttpResponse:
    """Give responses a status: `decide` is "approved:12" for one, or "approved" for those that are ticked."""
    status, _colon, key = request.POST.get("decide", "").partition(":")
    if status not in Comment.Status.values:
        return answer(request, _("Nothing was decided. Use one of the buttons."), messages.ERROR)
    chosen = {number_in(key) for key in ([key] if key else request.POST.getlist("chosen"))}
    if not chosen:
        return answer(request, _("No response was ticked, so nothing has changed."), messages.WARNING)
    number = moderation.decide_all(Comment.objects.filter(pk__in=chosen), status, request.user)  # type: ignore[arg-type]
    if not number:
        return answer(request, _("Nothing has changed: somebody else was quicker."), messages.WARNING)
    return answer(request, decisions.sentence(status, number), action=get_active_log_context().uuid)


@for_moderators
def undo(request: HttpRequest) -> HttpResponse:
    """Give back what the moderator's own last action changed."""
    try:
        number = moderation.undo(UUID(request.POST.get("action", "")), request.user)  # type: ignore[arg-type]
    except ValueError:
        number = 0
    if not number:
        return answer(request, _("There is nothing to undo: it has been decided otherwise since."), messages.WARNING)
    said = ngettext("%(number)d response is as it was before.", "%(number)d responses are as they were before.", number)
    return answer(request, said % {"number": number})


def answer(request: HttpRequest, said: str, level: int = messages.SUCCESS, action: UUID | None = None) -> HttpResponse:
    """Say what was done, with a button that undoes it, where the moderator came from."""
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        return HttpResponse(said, content_type=PLAIN)
    back = came_from(request)
    context = {"said": said, "action": action, "next": back}
    messages.add_message(request, level, render_to_string("comments/admin/decided.html", context, request))
    return redirect(back)


def came_from(request: HttpRequest) -> str:
    """Return the admin's page that the form names; the queue, where it names none of ours."""
    back = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return back if is_ours else reverse("responses_modeladmin_index")


@for_moderators
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a note on a response."""
    comment, form = get_object_or_404(Comment, pk=pk), NoteForm(request.POST)
    if not form.is_valid():
        return refused(request, comment, form)
    ModerationNote.objects.create(comment=comment, user=request.user, text=form.cleaned_data["note"])  # type: ignore[misc]
    log(comment, "comments.note", user=request.user)
    messages.success(request, _("The note is kept. Readers never see it."))
    return redirect(page_of(comment))


@for_moderators
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish the team's answer to a response. One that still waits is approved by it."""
    parent, form = get_object_or_404(Comment.objects.select_related("page"), pk=pk), AnswerForm(request.POST)
    if parent.status not in {Comment.Status.APPROVED, Comment.Status.WAITING}:
        messages.error(request, _("What readers do not see cannot be answered. Approve the response first."))
        return redirect(page_of(parent))
    if not form.is_valid():
        return refused(request, parent, form)
    user: Any = request.user
    moderation.decide(parent, Comment.Status.APPROVED, user)
    written = moderation.publish(
        Comment(
            page=parent.page,
            parent=parent,
            name=form.cleaned_data["signed"],
            email=user.email,
            text=form.cleaned_data["answer"],
            user=user,
            standing=standing_of(user, parent.page),
        )
    )
    log(parent, "comments.reply", user=user, data={"answer": written.pk})
    messages.success(request, _("Your answer is published."))
    return redirect(page_of(parent))


def refused(request: HttpRequest, comment: Comment, form: NoteForm | AnswerForm) -> HttpResponse:
    """Show the page of the response again, with the form as it was filled in and what is wrong with it."""
    from comments.response_admin import responses_admin

    request.method = "GET"
    request.refused_form = form  # type: ignore[attr-defined]
    response: HttpResponse = responses_admin.inspect_view(request, str(comment.pk))
    response.status_code = 422
    return response


def page_of(comment: Comment) -> str:
    """Return where moderators see the response."""
    return reverse("responses_modeladmin_inspect", args=[comment.pk])
