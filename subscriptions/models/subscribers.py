"""Who gets new reviews by e-mail, and how that came about."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _


def new_key() -> str:
    """Return a key for a subscriber's links."""
    return get_random_string(32)


class SubscriberQuerySet(models.QuerySet):
    """Subscribers, asked for by what they are to get."""

    def active(self) -> Self:
        """Keep those who are to get mails now."""
        pause_over = Q(paused_until__isnull=True) | Q(paused_until__lte=timezone.localdate())
        return self.filter(pause_over, status=Subscriber.Status.ACTIVE)


class Subscriber(models.Model):
    """An e-mail address that asked for new reviews."""

    class Status(models.TextChoices):
        PENDING = "pending", _("not confirmed")
        ACTIVE = "active", _("active")
        UNSUBSCRIBED = "unsubscribed", _("unsubscribed")
        SUPPRESSED = "suppressed", _("bounced or complained")

    class Rhythm(models.TextChoices):
        EACH = "each", _("every review")
        WEEKLY = "weekly", _("weekly digest")

    email = models.EmailField(_("e-mail"), max_length=254, unique=True, help_text=_("In small letters."))
    status = models.CharField(_("status"), max_length=12, choices=Status.choices, default=Status.PENDING)
    suppressed_because = models.CharField(_("why no mail is sent"), max_length=250, blank=True)
    rhythm = models.CharField(_("rhythm"), max_length=6, choices=Rhythm.choices, default=Rhythm.EACH)
    all_topics = models.BooleanField(_("all topics"), default=True)
    topics = models.ManyToManyField(
        "research_reviews.TopicPage", verbose_name=_("topics"), blank=True, related_name="topic_subscribers"
    )
    paused_until = models.DateField(_("paused until"), null=True, blank=True)
    # Part of every signed link: a new key makes the old links void.
    key = models.CharField(max_length=32, default=new_key, editable=False)
    created_at = models.DateTimeField(_("first asked"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    ended_at = models.DateTimeField(_("unsubscribed or suppressed"), null=True, blank=True)
    # A confirmation that is asked for but not sent yet, and the last one that was.
    confirmation_due_at = models.DateTimeField(null=True, blank=True, editable=False)
    confirmation_sent_at = models.DateTimeField(_("confirmation sent"), null=True, blank=True)
    # The address that they want instead, until it is confirmed there.
    new_email = models.EmailField(_("new e-mail"), max_length=254, blank=True, editable=False)
    # When the new address is to be asked whether it is theirs; empty where it has been.
    new_email_due_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscriber")
        verbose_name_plural = _("subscribers")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["status", "rhythm", "id"], name="subscriber_to_mail"),
            models.Index(fields=["-created_at", "-id"], name="subscriber_newest_first"),
            models.Index(
                fields=["confirmation_due_at"],
                condition=Q(confirmation_due_at__isnull=False),
                name="subscriber_to_confirm",
            ),
            models.Index(
                fields=["new_email_due_at"],
                condition=Q(new_email_due_at__isnull=False),
                name="subscriber_to_move",
            ),
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def is_paused(self) -> bool:
        """Whether mails wait for a day to come."""
        return bool(self.paused_until and self.paused_until > timezone.localdate())


class ConsentRecord(models.Model):
    """Something that a subscriber agreed to or took back: in which words, where and when."""

    class Event(models.TextChoices):
        ASKED = "asked", _("asked for it")
        CONFIRMED = "confirmed", _("confirmed")
        IMPORTED = "imported", _("imported")
        CHANGED = "changed", _("changed preferences")
        UNSUBSCRIBED = "unsubscribed", _("unsubscribed")
        BOUNCED = "bounced", _("mail came back")
        COMPLAINED = "complained", _("complained of spam")

    subscriber = models.ForeignKey(
        Subscriber, verbose_name=_("subscriber"), on_delete=models.CASCADE, related_name="records"
    )
    event = models.CharField(_("event"), max_length=12, choices=Event.choices)
    wording = models.TextField(_("wording"), blank=True)
    where = models.CharField(_("where"), max_length=500, blank=True)
    at = models.DateTimeField(_("when"), default=timezone.now)
    # Of an import: what the list that they came from says of their consent. Of a change: from what, to what.
    evidence = models.JSONField(_("evidence"), default=dict, blank=True)

    class Meta:
        verbose_name = _("consent record")
        verbose_name_plural = _("consent records")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_event_display()}, {self.at:%Y-%m-%d}"


class Suppression(models.Model):
    """An address that was erased and must not come back by an import. Only its hash is kept."""

    address_hash = models.CharField(_("hash of the address"), max_length=64, unique=True)
    reason = models.CharField(_("reason"), max_length=100)
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("suppression")
        verbose_name_plural = _("suppressions")

    def __str__(self) -> str:
        return self.reason


class AskedAddress(models.Model):
    """An address that was asked of late whether it wants our mails, by its hash: it is not asked again that day."""

    address_hash = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return self.address_hash


class PastGrowth(models.Model):
    """How many erased subscribers had joined or left on a day: the number stays when all else of them is gone."""

    day = models.DateField(unique=True)
    joined = models.PositiveIntegerField(default=0)
    left = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.day}: +{self.joined}, -{self.left}"
