"""The record of readers' choices: enough to show that a choice was made, and nothing that says whose it was."""

from __future__ import annotations

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _


class ConsentText(models.Model):
    """What readers were shown when they chose, kept once however many chose."""

    digest = models.CharField(_("hash"), max_length=64, primary_key=True)
    content = models.JSONField(_("texts"))
    first_shown = models.DateTimeField(_("first shown"), auto_now_add=True)

    class Meta:
        verbose_name = _("text shown")
        verbose_name_plural = _("texts shown")

    def __str__(self) -> str:
        return self.digest[:12]


class ConsentReceipt(models.Model):
    """One choice of one reader. The reader's browser keeps the same random number; no address, no browser's name."""

    class Source(models.TextChoices):
        """Where the choice was made."""

        BANNER = "banner", _("Banner")
        CENTRE = "centre", _("Preference centre")
        EMBED = "embed", _("Embedded content")
        PAGE = "page", _("Page without script")

    visitor = models.CharField(_("visitor's number"), max_length=32, db_index=True)
    made_at = models.DateTimeField(_("time (UTC)"), db_index=True)
    version = models.PositiveIntegerField(_("version"))
    granted = models.JSONField(_("allowed"), default=list)
    objected = models.JSONField(_("objected to"), default=list)
    text = models.ForeignKey(ConsentText, verbose_name=_("texts shown"), on_delete=models.PROTECT, related_name="+")
    language = models.CharField(_("language"), max_length=20)
    source = models.CharField(_("where it was made"), max_length=6, choices=Source.choices)

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.visitor[:8]}, {self.made_at:%Y-%m-%d %H:%M}"

    @property
    def granted_names(self) -> str:
        """The services that were allowed, as they were called."""
        return ", ".join(self.names.get(slug, slug) for slug in self.granted)

    @property
    def objected_names(self) -> str:
        """The services that were objected to, as they were called."""
        return ", ".join(self.names.get(slug, slug) for slug in self.objected)

    @cached_property
    def names(self) -> dict[str, str]:
        """What the services were called, by slug."""
        return {service.get("slug", ""): service["service"] for service in self.text.content["services"]}
