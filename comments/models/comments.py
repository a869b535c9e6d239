"""Responses of readers to a review."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.folding import digest

# Of a response's own number in its place.
DIGITS = 10
DEEPEST = 3


class CommentQuerySet(models.QuerySet):
    """Responses, asked for by who may see them."""

    def approved(self) -> Self:
        """Keep what readers see."""
        return self.filter(status=Comment.Status.APPROVED)

    def waiting(self) -> Self:
        """Keep what moderators have yet to look at."""
        return self.filter(status=Comment.Status.WAITING)

    def in_threads(self) -> Self:
        """Sort as the page shows them: each response below what it answers, the oldest first."""
        return self.order_by("place")


class Comment(models.Model):
    """A response to a review, or to another response.

    Threads are of any depth. `place` sorts them: the numbers of the response and of its ancestors, each with leading
    zeros. Below the third indent all answers stand in one row, in the order in which they came.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("waiting")
        APPROVED = "approved", _("approved")
        SPAM = "spam", _("spam")
        REMOVED = "removed", _("removed")

    class Standing(models.TextChoices):
        READER = "", _("reader")
        AUTHOR = "author", _("author of the review")
        RESEARCHER = "researcher", _("author of the study")
        EDITOR = "editor", _("editor")

    page = models.ForeignKey(
        "research_reviews.ReviewPage", verbose_name=_("review"), on_delete=models.CASCADE, related_name="comments"
    )
    parent = models.ForeignKey(
        "self", verbose_name=_("in reply to"), null=True, blank=True, on_delete=models.SET_NULL, related_name="replies"
    )
    place = models.CharField(_("place in the threads"), max_length=DIGITS * (DEEPEST + 1), editable=False)
    name = models.CharField(_("name"), max_length=80)
    email = models.EmailField(_("e-mail"), blank=True, help_text=_("Never shown to readers."))
    website = models.URLField(_("website"), blank=True)
    text = models.TextField(_("response"), max_length=10_000)
    standing = models.CharField(_("written as"), max_length=10, choices=Standing.choices, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Who of the team wrote it, signed in."),
    )
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.WAITING)
    # What made it wait or be taken for spam: sentences for moderators.
    reasons = models.JSONField(_("reasons"), default=list, blank=True)
    created_at = models.DateTimeField(_("sent"), default=timezone.now)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    moderators_told_at = models.DateTimeField(_("moderators told"), null=True, blank=True)
    # The network address, hashed with the site's key, for as long as the setting says.
    sender = models.CharField(_("sender"), max_length=64, blank=True, editable=False)
    # What texts that say the same have in common.
    digest = models.CharField(_("digest of the text"), max_length=32, blank=True, editable=False)

    wants_replies = models.BooleanField(_("wants replies by e-mail"), default=False)
    replies_asked_at = models.DateTimeField(_("asked to confirm"), null=True, blank=True)
    replies_confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    # When the author of the response that this one answers was told of it.
    announced_at = models.DateTimeField(_("announced"), null=True, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["page", "status", "place"], name="comment_in_threads"),
            models.Index(fields=["status", "-created_at", "-id"], name="comment_queue"),
            models.Index(fields=["email", "status"], name="comment_by_email"),
            models.Index(fields=["digest", "-created_at"], name="comment_by_digest"),
            models.Index(fields=["created_at"], condition=~Q(sender=""), name="comment_sender_kept"),
            models.Index(
                fields=["id"],
                condition=Q(announced_at=None, parent__isnull=False, status="approved"),
                name="comment_to_announce",
            ),
            models.Index(
                fields=["id"],
                condition=Q(wants_replies=True, replies_asked_at=None, status="approved"),
                name="comment_to_ask",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.text[:60]}"

    @property
    def depth(self) -> int:
        """How far it is indented, from 0 to 3."""
        return len(self.place) // DIGITS - 1

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with the text's digest, and give a new response its place."""
        self.digest = digest(self.text)
        if "text" in (kwargs.get("update_fields") or ()):
            kwargs["update_fields"] = {*kwargs["update_fields"], "digest"}
        if self.place:
            super().save(*args, **kwargs)
            return
        with transaction.atomic():
            super().save(*args, **kwargs)
            self.place = place_of(self)
            super().save(update_fields=["place"])


def place_of(comment: Comment) -> str:
    """Return where the response stands: below its parent, or in the last row that is still indented."""
    above = comment.parent.place[: DIGITS * DEEPEST] if comment.parent else ""
    return f"{above}{comment.pk:0{DIGITS}}"
