"""Moderators are told what waits: of each response at once, or once a day of all; one mail for many."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.core.mail import get_connection
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from wagtail.models import Site

from comments.models import Comment, CommentSettings
from comments.team import may_moderate
from core.mail import compose
from core.schedule import register_each_round
from core.site_address import absolute

# In one mail. The queue has the rest.
MOST_IN_MAIL = 20


@register_each_round
def tell_moderators() -> None:
    """Send a mail of what they have not been told, where the owner wants that now."""
    rules = CommentSettings.for_site(Site.objects.filter(is_default_site=True).first())
    untold = Comment.objects.waiting().filter(moderators_told_at=None)
    if rules.tell_moderators == CommentSettings.Telling.NEVER or not untold.exists():
        return
    is_daily = rules.tell_moderators == CommentSettings.Telling.DAILY
    if is_daily:
        untold = untold.filter(created_at__lte=last_telling(rules.tell_at_hour))
    if claimed_at := claimed(untold):
        told = Comment.objects.waiting() if is_daily else Comment.objects.filter(moderators_told_at=claimed_at)
        try:
            send_to_moderators(told)
        except Exception:
            # Nobody was told, so the next round tries again.
            Comment.objects.filter(moderators_told_at=claimed_at).update(moderators_told_at=None)
            raise


def last_telling(hour: int) -> datetime:
    """Return when the last daily mail was due, in the site's time zone."""
    now = timezone.localtime()
    due = timezone.make_aware(datetime.combine(now.date(), time(hour)))
    return due if due <= now else timezone.make_aware(datetime.combine(now.date() - timedelta(days=1), time(hour)))


def claimed(untold: QuerySet[Comment]) -> datetime | None:
    """Mark the responses as told, so that no other worker tells of them. Returns when; None where nothing was left."""
    now = timezone.now()
    return now if untold.update(moderators_told_at=now) else None


def send_to_moderators(waiting: QuerySet[Comment]) -> None:
    """Send one mail to each moderator over one connection."""
    number = waiting.count()
    listed = list(waiting.select_related("page", "parent").order_by("created_at", "pk")[:MOST_IN_MAIL])
    if not listed:
        return
    messages = [mail_to(address, listed, number) for address in moderators()]
    get_connection().send_messages(messages)


def mail_to(address: str, listed: Sequence[Comment], number: int) -> Any:
    """Return the mail to one moderator."""
    subject = ngettext("A response waits for a moderator", "%(number)d responses wait for a moderator", number) % {
        "number": number
    }
    responses = [
        {
            "name": comment.name,
            "answered": comment.parent.name if comment.parent else "",
            "review": comment.page.title,
            "text": comment.text,
            "reasons": comment.reasons,
            "url": absolute(reverse("responses_modeladmin_inspect", args=[comment.pk])),
        }
        for comment in listed
    ]
    context = {
        "responses": responses,
        "more": number - len(listed),
        "queue_url": absolute(reverse("responses_modeladmin_index")),
    }
    return compose("moderators", to=address, subject=subject, context=context)


def moderators() -> list[str]:
    """Return the addresses of those who may moderate."""
    users = get_user_model().objects.filter(is_active=True).exclude(email="").order_by("pk")
    return list(dict.fromkeys(user.email for user in users if may_moderate(user)))
