"""What the buttons beside a review and in the list of mailings do, and the preview of a mail."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMultiAlternatives
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from research_reviews.models import ReviewPage
from subscriptions import contents, planning
from subscriptions.mailing_actions import ACTIONS, perform
from subscriptions.models import Mailing
from subscriptions.progress import progress_of


def editable(request: HttpRequest, page_id: int) -> Any:
    """Return a review and what the user may do with it, who has to be one of its editors."""
    page = get_object_or_404(ReviewPage, pk=page_id)
    user: Any = request.user
    permissions = page.permissions_for_user(user)
    if not permissions.can_edit():
        raise PermissionDenied
    return page, permissions


@require_POST
def review_action(request: HttpRequest, page_id: int, name: str) -> HttpResponse:
    """Do what an editor decided about the mail of a review."""
    page, permissions = editable(request, page_id)
    action = ACTIONS.get(name)
    if action is None:
        raise Http404
    if action.needs_publisher and not permissions.can_publish():
        raise PermissionDenied
    mailing = planning.mailing_of(page)
    if mailing is None and name == "send":
        # Reserved on hold and released: also an old review, which publication alone would not mail.
        done, message = planning.send_anyway(page), str(action.done)
        return told(done, message if done else _("The review is not published."))
    if mailing is None:
        mailing = planning.reserve(page)
        if name == "hold":
            return told(True, str(action.done))
    return told(*perform(name, mailing, str(request.user)))


@require_POST
def mailing_action(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Do what somebody decided about a mailing, and lead back to it."""
    if not request.user.has_perm("subscriptions.change_mailing"):
        raise PermissionDenied
    mailing = get_object_or_404(Mailing.objects.select_related("page"), pk=pk)
    if name not in ACTIONS:
        raise Http404
    done, message = perform(name, mailing, str(request.user))
    (messages.success if done else messages.warning)(request, message)
    return redirect("mailings_modeladmin_inspect", pk)


@require_POST
def review_mail_test(request: HttpRequest, page_id: int) -> HttpResponse:
    """Send the mail of a review's latest draft to the editor's own address."""
    page, _permissions = editable(request, page_id)
    user: Any = request.user
    email = user.email
    if not email:
        return told(False, _("Your account has no e-mail address. Add one to your account first."))
    message = test_mail(page, email)
    try:
        message.send()
    except Exception as error:
        return told(False, _("The mail server did not take it: %(error)s") % {"error": error})
    return told(True, _("A test was sent to %(email)s. Its links to unsubscribe lead to the form.") % {"email": email})


def test_mail(page: ReviewPage, email: str) -> EmailMultiAlternatives:
    """Return the mail of the latest draft as a test."""
    content = contents.of_review(page.get_latest_revision_as_object())
    return content.sample(email, _("[Test] %(subject)s") % {"subject": content.subject})


@never_cache
def review_mail_preview(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show the mail of a review's latest draft."""
    page, _permissions = editable(request, page_id)
    message = contents.of_review(page.get_latest_revision_as_object()).sample("", page.title)
    context = {
        "mail": shown(message),
        "heading": _("Mail to subscribers"),
        "edit_url": reverse("wagtailadmin_pages:edit", args=[page.pk]),
    }
    return render(request, "subscriptions/admin/mail_preview.html", context)


@never_cache
def mailing_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer how far a mailing has come, for the list and the page that show it."""
    if not request.user.has_perm("subscriptions.view_mailing"):
        raise PermissionDenied
    mailing = get_object_or_404(Mailing, pk=pk)
    return render(request, "subscriptions/admin/progress.html", {"progress": progress_of([mailing])[pk]})


def shown(message: EmailMultiAlternatives) -> dict[str, Any]:
    """Return the parts of a mail for the template that shows it."""
    html = str(message.alternatives[0][0])
    return {"subject": message.subject, "sender": message.from_email, "html": html, "text": str(message.body)}


def told(done: bool, message: str) -> HttpResponse:
    """Answer a button beside a review."""
    return HttpResponse(message, content_type="text/plain; charset=utf-8", status=200 if done else 409)
