"""Mailings, and a row for each mail of them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from subscriptions.models.subscribers import Subscriber


class Mailing(models.Model):
    """One mail to many: of a new review, or of a week's reviews."""

    class Kind(models.TextChoices):
        REVIEW = "review", _("new review")
        DIGEST = "digest", _("weekly digest")

    class Status(models.TextChoices):
        PLANNED = "planned", _("planned")
        HELD = "held", _("on hold")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        STOPPED = "stopped", _("stopped")
        SKIPPED = "skipped", _("not to be sent")

    kind = models.CharField(_("kind"), max_length=6, choices=Kind.choices)
    page = models.ForeignKey(
        "research_reviews.ReviewPage",
        verbose_name=_("review"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="mailings",
    )
    # Of a digest: from when (included) to when (left out) its reviews went live.
    since = models.DateTimeField(_("since"), null=True, blank=True)
    until = models.DateTimeField(_("until"), null=True, blank=True)
    title = models.CharField(_("subject"), max_length=255)
    status = models.CharField(_("status"), max_length=8, choices=Status.choices, default=Status.PLANNED)
    reason = models.CharField(_("reason"), max_length=250, blank=True)
    send_after = models.DateTimeField(_("not before"), default=timezone.now)
    created_at = models.DateTimeField(_("made"), default=timezone.now)
    started_at = models.DateTimeField(_("begun"), null=True, blank=True)
    finished_at = models.DateTimeField(_("ended"), null=True, blank=True)
    # The subscribers up to this number have their delivery; all have, where `is_filled`.
    filled_to = models.PositiveBigIntegerField(default=0, editable=False)
    is_filled = models.BooleanField(default=False, editable=False)
    # The mail as it went out, with marks where each subscriber's own links go.
    html = models.TextField(blank=True, editable=False)
    text = models.TextField(blank=True, editable=False)

    class Meta:
        verbose_name = _("mailing")
        verbose_name_plural = _("mailings")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["page"], condition=Q(kind="review"), name="one_mailing_a_review"),
            models.UniqueConstraint(fields=["until"], condition=Q(kind="digest"), name="one_digest_a_week"),
        ]

    def __str__(self) -> str:
        return self.title


class Delivery(models.Model):
    """One mail of a mailing to one subscriber."""

    class Status(models.TextChoices):
        QUEUED = "queued", _("queued")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")
        BOUNCED = "bounced", _("bounced")
        COMPLAINED = "complained", _("complained")
        DROPPED = "dropped", _("dropped")

    mailing = models.ForeignKey(Mailing, verbose_name=_("mailing"), on_delete=models.CASCADE, related_name="deliveries")
    subscriber = models.ForeignKey(
        Subscriber, verbose_name=_("subscriber"), null=True, on_delete=models.SET_NULL, related_name="deliveries"
    )
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    # Queued: not to be tried before. Being sent: whose worker does not answer by then is taken to be dead.
    due_at = models.DateTimeField(_("next try"), default=timezone.now)
    worker = models.CharField(max_length=32, blank=True, editable=False)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    message_id = models.CharField(_("Message-ID"), max_length=200, blank=True)
    detail = models.CharField(_("the server's answer"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["mailing", "subscriber"], name="one_delivery_a_subscriber"),
        ]
        indexes = [
            # By mailing, so that a worker looking for the next does not walk over those of one that was stopped.
            models.Index(
                fields=["mailing", "due_at", "id"],
                condition=Q(status__in=["queued", "sending"]),
                name="delivery_next_of_mailing",
            ),
            models.Index(fields=["mailing", "status"], name="delivery_progress"),
            models.Index(fields=["message_id"], name="delivery_by_message_id"),
        ]

    def __str__(self) -> str:
        return f"{self.mailing_id} › {self.subscriber_id}"
