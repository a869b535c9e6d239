"""Lists of subscribers that are taken over from elsewhere."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# What is shown of the rows that were left out. The numbers of all are in `counts`.
MOST_PROBLEMS = 500


class SubscriberImport(models.Model):
    """A list of subscribers with the evidence of their consent: first checked as a whole, then taken over.

    The worker goes through it in pieces and keeps how far it is, so that it can be stopped and go on.
    """

    class Status(models.TextChoices):
        UPLOADED = "uploaded", _("uploaded")
        CHECKING = "checking", _("being checked")
        CHECKED = "checked", _("checked")
        RUNNING = "running", _("being imported")
        STOPPED = "stopped", _("stopped")
        DONE = "done", _("imported")

    class Program(models.TextChoices):
        MAILCHIMP = "mailchimp", "Mailchimp"
        MAILPOET = "mailpoet", "MailPoet"
        JETPACK = "jetpack", "Jetpack"

    class Holds(models.TextChoices):
        SUBSCRIBED = "subscribed", _("people who are subscribed")
        UNSUBSCRIBED = "unsubscribed", _("people who unsubscribed")
        BOUNCED = "bounced", _("addresses that mails came back from (cleaned)")
        NEVER_AGREED = "never", _("people who never subscribed")

    file_name = models.CharField(_("file"), max_length=200)
    # The program that wrote the list, where that is recognised, and whom a row without a status is one of.
    program = models.CharField(_("program"), max_length=12, choices=Program.choices, blank=True)
    holds = models.CharField(max_length=12, choices=Holds.choices, default=Holds.SUBSCRIBED)
    # Whether those who left are remembered, so that no later list brings them in.
    keeps_ended = models.BooleanField(default=False)
    # The list itself is deleted as soon as it has been imported.
    content = models.TextField(blank=True)
    delimiter = models.CharField(max_length=1, default=",")
    # Which column holds what: by name of the field, the column's place.
    columns = models.JSONField(default=dict)
    statement = models.TextField(_("how they agreed"), max_length=1000, blank=True)
    rhythm = models.CharField(max_length=6, blank=True)
    topics = models.JSONField(default=list, blank=True)
    status = models.CharField(_("status"), max_length=8, choices=Status.choices, default=Status.UPLOADED)
    # Where the first row begins in the content, and where the next; how many rows there are and how many are done.
    starts_at = models.PositiveIntegerField(default=0)
    position = models.PositiveBigIntegerField(default=0)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    rows_done = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("uploaded"), default=timezone.now)
    finished_at = models.DateTimeField(_("imported"), null=True, blank=True)

    class Meta:
        verbose_name = _("import of subscribers")
        verbose_name_plural = _("imports of subscribers")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_at_work(self) -> bool:
        """Whether the worker is to go on with it."""
        return self.status in (self.Status.CHECKING, self.Status.RUNNING)

    @property
    def percent(self) -> int:
        """How far it is."""
        return 100 * self.rows_done // self.rows if self.rows else 100

    def begin(self, status: str) -> None:
        """Let the worker go through the list from its first row."""
        self.status, self.position, self.rows_done = status, self.starts_at, 0
        self.counts, self.problems = {}, []

    def add_problem(self, text: str) -> None:
        """Keep what is wrong with a row, as far as anybody would read on."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(text)
