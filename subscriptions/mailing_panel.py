"""The mail of a review, in the review's editor: what will happen and when, and what editors can do about it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.models import Page

from core.editor_panels import EditorPanel
from research_reviews.models import ReviewPage
from subscriptions import planning, subscribers
from subscriptions.current import current_settings
from subscriptions.mailing_actions import ACTIONS, Action, describe, offered
from subscriptions.models import Mailing
from subscriptions.progress import progress_of

Status = Mailing.Status


def mailing_panel(page: Page, request: HttpRequest) -> EditorPanel | None:
    """Return what there is to say and to decide about the mail of a review."""
    if not isinstance(page, ReviewPage):
        return None
    user: Any = request.user
    mailing, readers = planning.mailing_of(page), subscribers.for_review(page).count()
    may_publish = page.permissions_for_user(user).can_publish()
    context: dict[str, Any] = {
        "sentence": sentence(page, mailing, readers),
        "reason": mailing.reason if mailing else "",
        "progress": progress_of([mailing])[mailing.pk] if mailing and mailing.started_at else None,
        "buttons": [
            {**describe(action, readers), "url": reverse("review_mailing_action", args=[page.pk, action.name])}
            for action in (offered(mailing) if mailing else first_choices(page))
            if may_publish or not action.needs_publisher
        ],
        "preview_url": reverse("review_mail_preview", args=[page.pk]),
        "test_url": reverse("review_mail_test", args=[page.pk]),
        "email": user.email,
    }
    return EditorPanel(gettext_lazy("Mail to subscribers"), "subscriptions/admin/mailing_panel.html", context, "mail")


def first_choices(page: ReviewPage) -> list[Action]:
    """Return what can be decided about a review that nothing was decided about yet."""
    return [ACTIONS["send"]] if page.live else [ACTIONS["hold"], ACTIONS["skip"]]


def sentence(page: ReviewPage, mailing: Mailing | None, readers: int) -> str:
    """Return what will happen, in words."""
    if mailing is None:
        return undecided(page, readers)
    moment = date_format(timezone.localtime(mailing.send_after), "j F Y, H:i")
    values = {"people": people(readers), "time": moment}
    if mailing.status == Status.PLANNED and mailing.send_after > timezone.now():
        return _("It goes out at %(time)s to %(people)s.") % values
    sentences = {
        Status.PLANNED: _("It goes out to %(people)s within a minute, as soon as the review is public."),
        Status.HELD: _("It is on hold: nothing is sent until you release it. It would go to %(people)s.")
        if page.live
        else _("It is on hold: nothing is sent when the review is published, until you release it."),
        Status.SKIPPED: _("It will not be mailed."),
        Status.SENDING: _("It is being sent."),
        Status.STOPPED: _("Sending has been stopped."),
        Status.SENT: _("It has been sent. A new edition of the review is not mailed again."),
    }
    return sentences[Status(mailing.status)] % values


def undecided(page: ReviewPage, readers: int) -> str:
    """Return what will happen to a review that nothing was decided about."""
    if page.live:
        return _("It was not mailed. If you send it now, it goes to %(people)s.") % {"people": people(readers)}
    if reason := planning.refusal(page.get_latest_revision_as_object()):
        return _("It will not be mailed by itself when it is published. %(reason)s") % {"reason": reason}
    minutes = current_settings().minutes_before_mailing
    after = ngettext("%(number)d minute", "%(number)d minutes", minutes) % {"number": minutes}
    return _(
        "When it is published for the first time, it goes to %(people)s %(minutes)s later; those who chose the weekly "
        "digest find it there."
    ) % {"people": people(readers), "minutes": after}


def people(number: int) -> str:
    """Return how many get every review of its topics at once."""
    return ngettext("%(number)d subscriber", "%(number)d subscribers", number) % {"number": number}
