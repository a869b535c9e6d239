"""What has been brought in from where, and the runs that did it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ImportRun(models.Model):
    """Files that are brought in from the admin: first looked through without writing, then imported by the worker.

    A run of the command has no row: it tells in the terminal how far it is.
    """

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("uploaded")
        CHECKING = "checking", _("being checked")
        CHECKED = "checked", _("checked")
        RUNNING = "running", _("being imported")
        STOPPED = "stopped", _("stopped")
        DONE = "done", _("imported")
        REFUSED = "refused", _("cannot be imported")

    names = models.JSONField(_("files"), default=list)
    # Where the worker reads them, and the folder with the uploads of the old site; on the server.
    paths = models.JSONField(default=list)
    uploads = models.CharField(_("folder with the uploads"), max_length=500, blank=True)
    fetches_media = models.BooleanField(_("fetch images and files from the old site"), default=False)
    retries_failed = models.BooleanField(default=False)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.UPLOADED)
    stage = models.CharField(max_length=20, blank=True)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(default=0)
    # By kind of thing, then by what became of it: how many.
    counts = models.JSONField(default=dict)
    # What was found when the files were looked through, or in this run: rows of the report, the first thousands.
    report = models.JSONField(default=list)
    problems = models.JSONField(default=list)
    sites = models.JSONField(default=list)
    is_cut = models.BooleanField(default=False)
    # Which worker is at it, and when it was heard of last: another leaves it alone meanwhile.
    worker = models.CharField(max_length=32, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("uploaded"), default=timezone.now)
    finished_at = models.DateTimeField(_("imported"), null=True, blank=True)

    class Meta:
        verbose_name = _("import from WordPress")
        verbose_name_plural = _("imports from WordPress")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return ", ".join(self.names)

    @property
    def is_at_work(self) -> bool:
        """Whether the worker is to go on with it."""
        return self.state in (self.State.CHECKING, self.State.RUNNING)

    @property
    def percent(self) -> int:
        """How far the present stage is."""
        return min(100, 100 * self.done // self.total) if self.total else 0


class Outcome(models.TextChoices):
    """What became of something in an export."""

    PLANNED = "planned", _("still to come")
    MADE = "made", _("made")
    UPDATED = "updated", _("updated")
    UNCHANGED = "unchanged", _("unchanged")
    SKIPPED = "skipped", _("left out")
    FAILED = "failed", _("failed")


class ImportedItem(models.Model):
    """Something of an old site and what it has become here. Its name is the site and the id there, never the title."""

    site = models.CharField(max_length=255)
    kind = models.CharField(max_length=40)
    # The old id; of authors the login, of files without an id the path below the uploads.
    key = models.CharField(max_length=255)
    title = models.CharField(max_length=255, blank=True)
    link = models.TextField(blank=True)
    # Of the source as it was last brought in.
    digest = models.CharField(max_length=64, blank=True)
    # What it is here. The key of a page is set aside before the page is written, so that links to it can be.
    model = models.CharField(max_length=100, blank=True)
    object_id = models.BigIntegerField(null=True, blank=True)
    # The page as it was left: another latest revision means that somebody has changed it here since.
    revision = models.BigIntegerField(null=True, blank=True)
    was_live = models.BooleanField(default=False)
    outcome = models.CharField(max_length=9, choices=Outcome.choices, default=Outcome.PLANNED)
    reason = models.TextField(blank=True)
    # Images and files that it lacked when it was written: it is written again where they are there.
    missing = models.JSONField(default=list)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("imported item")
        verbose_name_plural = _("imported items")
        constraints = [models.UniqueConstraint(fields=["site", "kind", "key"], name="imported_once")]
        indexes = [models.Index(fields=["site", "outcome"], name="imported_by_outcome")]

    def __str__(self) -> str:
        return f"{self.site} {self.kind} {self.key}"

    def becomes(self, outcome: Outcome, reason: str = "", **changes: Any) -> ImportedItem:
        """Note what became of it, with whatever else changes. Not saved yet."""
        for name, value in {"outcome": outcome, "reason": reason, "changed_at": timezone.now(), **changes}.items():
            setattr(self, name, value)
        return self
