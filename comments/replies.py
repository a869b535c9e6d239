"""Who wants it is told by e-mail of answers to their response: once confirmed, and of each approved answer once."""

from __future__ import annotations

import logging
from datetime import timedelta
from smtplib import SMTPRecipientsRefused

from django.core.mail import EmailMessage
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from comments.models import Comment
from comments.reply_links import Purpose, url
from core.mail import compose
from core.querysets import is_listed
from core.schedule import register_each_round
from core.site_address import absolute

A_DAY = timedelta(days=1)
# What a round sends at most: publishing waits behind it.
MOST_A_ROUND = 50

logger = logging.getLogger(__name__)


@register_each_round
def ask_to_confirm() -> None:
    """Ask those whose response is published and who want mails of answers: at most once a day an address."""
    unasked = Comment.objects.approved().filter(wants_replies=True, replies_asked_at=None).exclude(email="")
    for comment in unasked.select_related("page").order_by("pk")[:MOST_A_ROUND]:
        ask(comment)


def ask(comment: Comment) -> None:
    """Send the question, unless the address has confirmed before, or was asked within a day."""
    now = timezone.now()
    if not is_listed(comment.page):
        return
    if not Comment.objects.filter(pk=comment.pk, replies_asked_at=None).update(replies_asked_at=now):
        return
    same = wishes_of(comment.email).exclude(pk=comment.pk)
    if same.filter(replies_confirmed_at__isnull=False).exists():
        Comment.objects.filter(pk=comment.pk).update(replies_confirmed_at=now)
        return
    # That mail's link confirms this wish as well.
    if same.filter(replies_asked_at__gt=now - A_DAY).exists():
        return
    mail = compose(
        "confirm_replies",
        to=comment.email,
        subject=_("Shall we tell you of answers to your response?"),
        context={
            "name": comment.name,
            "review": comment.page.title,
            "response_url": absolute(reverse("comments:permalink", args=[comment.pk])),
            "confirm_url": url(comment, Purpose.CONFIRM),
        },
    )
    if not sent(mail):
        Comment.objects.filter(pk=comment.pk).update(replies_asked_at=None)


@register_each_round
def announce_answers() -> None:
    """Tell the authors of answered responses, where they want that and have confirmed it."""
    answers = Comment.objects.approved().filter(announced_at=None, parent__isnull=False)
    answers.exclude(parent__wants_replies=True).update(announced_at=timezone.now())
    due = answers.filter(parent__wants_replies=True, parent__replies_confirmed_at__isnull=False)
    for answer in due.select_related("parent", "page").order_by("pk")[:MOST_A_ROUND]:
        announce(answer)


def announce(answer: Comment) -> None:
    """Tell the author of the answered response of this answer, once, whichever worker comes first."""
    answered = answer.parent
    # What nobody can read now is told when it can be read.
    if answered is None or answered.status != Comment.Status.APPROVED or not is_listed(answer.page):
        return
    if not Comment.objects.filter(pk=answer.pk, announced_at=None).update(announced_at=timezone.now()):
        return
    if answered.email.casefold() == answer.email.casefold() or not answered.email:
        return
    if not sent(mail_of(answer, answered)):
        Comment.objects.filter(pk=answer.pk).update(announced_at=None)


def mail_of(answer: Comment, answered: Comment) -> EmailMessage:
    """Return the mail that tells of an answer."""
    stop_url = url(answered, Purpose.STOP)
    return compose(
        "answer",
        to=answered.email,
        subject=_("%(name)s answered your response") % {"name": answer.name},
        context={
            "name": answer.name,
            "review": answer.page.title,
            "text": answer.text,
            "answer_url": absolute(reverse("comments:permalink", args=[answer.pk])),
            "stop_url": stop_url,
        },
        headers={"List-Unsubscribe": f"<{stop_url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )


def sent(mail: EmailMessage) -> bool:
    """Send the mail. Returns whether it is done with: an address that is refused is not tried again."""
    try:
        mail.send()
    except SMTPRecipientsRefused as error:
        codes = [code for code, _said in error.recipients.values()]
        logger.warning("A mail about answers was refused: %s.", codes)
        return all(code >= 500 for code in codes)
    except OSError:
        logger.exception("A mail about answers could not be sent. The next round tries again.")
        return False
    return True


def confirm(comment: Comment) -> None:
    """Keep that the owner of the address wants mails of answers, to whatever they asked that for."""
    wishes_of(comment.email).filter(replies_confirmed_at=None).update(replies_confirmed_at=timezone.now())


def stop(comment: Comment) -> None:
    """Send the address no mail of answers any more. Who asks again, is asked to confirm again."""
    wishes_of(comment.email).update(wants_replies=False, replies_asked_at=None, replies_confirmed_at=None)


def wishes_of(email: str) -> QuerySet[Comment]:
    """Return the responses of the address that want answers told."""
    return Comment.objects.filter(email__iexact=email, wants_replies=True)
