"""What editors can decide about a mailing, in the list of mailings and beside the review alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from subscriptions import planning
from subscriptions.models import Delivery, Mailing

Status = Mailing.Status
CANNOT_BE_TAKEN_BACK = gettext_lazy("Mails go out to subscribers, and cannot be taken back. Send them?")


@dataclass(frozen=True)
class Action:
    """A decision: the button, what it does, what is said afterwards."""

    name: str
    label: str | Promise
    # Takes the mailing and the name of who decides; returns whether it could be done.
    act: Callable[[Mailing, str], object]
    done: str | Promise
    confirm: str | Promise = ""
    # Sends mails, or may not be left to those who only write.
    needs_publisher: bool = True


def skip(mailing: Mailing, who: str) -> bool:
    """Never send the mailing, and note who decided so."""
    return planning.skip(mailing, _("%(name)s decided so.") % {"name": who})


def stop(mailing: Mailing, who: str) -> bool:
    """Stop the mailing, and note who did."""
    return planning.stop(mailing, _("%(name)s stopped it.") % {"name": who})


ACTIONS = {
    action.name: action
    for action in (
        Action(
            "hold",
            gettext_lazy("Hold the mail"),
            lambda mailing, _who: planning.hold(mailing),
            gettext_lazy("The mail is on hold: nothing is sent until somebody releases it."),
            needs_publisher=False,
        ),
        Action(
            "skip",
            gettext_lazy("Do not mail it"),
            skip,
            gettext_lazy("It will not be mailed."),
            needs_publisher=False,
        ),
        Action(
            "plan",
            gettext_lazy("Mail it when it is published"),
            lambda mailing, _who: planning.release(mailing),
            gettext_lazy("It will be mailed when it is published."),
        ),
        Action(
            "send",
            gettext_lazy("Send it now"),
            lambda mailing, _who: planning.release(mailing),
            gettext_lazy("The mail goes out within a minute."),
            CANNOT_BE_TAKEN_BACK,
        ),
        Action(
            "stop",
            gettext_lazy("Stop sending"),
            stop,
            gettext_lazy("Sending has stopped. The mails that were on their way this moment may still arrive."),
        ),
        Action(
            "resume",
            gettext_lazy("Send the rest"),
            lambda mailing, _who: planning.resume(mailing),
            gettext_lazy("The rest is being sent."),
            CANNOT_BE_TAKEN_BACK,
        ),
        Action(
            "retry",
            gettext_lazy("Try the failed ones again"),
            lambda mailing, _who: planning.retry_failed(mailing),
            gettext_lazy("The failed mails are tried again."),
        ),
    )
}


def offered(mailing: Mailing) -> list[Action]:
    """Return what can be decided about the mailing as it is now."""
    return [ACTIONS[name] for name in _names(mailing)]


def perform(name: str, mailing: Mailing, who: str) -> tuple[bool, str]:
    """Do what was decided. Returns whether it could be done, and what to say of it."""
    action = ACTIONS[name]
    if action.act(mailing, who):
        return True, str(action.done)
    if not mailing.pk or not Mailing.objects.filter(pk=mailing.pk).exists():
        return False, _("This mailing is not there any more.")
    state = mailing.get_status_display()
    return False, _("That cannot be done now: the mailing is %(state)s.") % {"state": state}


def describe(action: Action, number: int) -> dict[str, Any]:
    """Return the button for a template, whose question names how many get the mail."""
    confirm = str(action.confirm)
    if action.name == "send":
        confirm = ngettext(
            "The mail goes to %(number)d subscriber and cannot be taken back. Send it?",
            "The mail goes to %(number)d subscribers and cannot be taken back. Send it?",
            number,
        ) % {"number": number}
    return {"name": action.name, "label": action.label, "confirm": confirm}


def _names(mailing: Mailing) -> list[str]:
    is_published = mailing.kind == Mailing.Kind.DIGEST or bool(mailing.page and mailing.page.live)
    release = "send" if is_published else "plan"
    if mailing.page is None and mailing.kind == Mailing.Kind.REVIEW:
        return []
    has_failed = mailing.deliveries.filter(status=Delivery.Status.FAILED).exists()
    names = {
        Status.PLANNED: ["hold", "skip"],
        Status.HELD: [release, "skip"],
        Status.SKIPPED: [release],
        Status.SENDING: ["stop"],
        Status.STOPPED: ["resume"],
    }
    return [*names.get(Status(mailing.status), []), *(["retry"] if has_failed else [])]
