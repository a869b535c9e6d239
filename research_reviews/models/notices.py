"""What publishers have said of studies since they came out, and how often that is asked."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from research_reviews.identifiers import doi_url
from research_reviews.models.studies import Study
from research_reviews.partial_date import PartialDate
from research_reviews.watch.kinds import NoticeKind


class StudyNoticeQuerySet(models.QuerySet):
    """Notices by whether anybody has seen to them."""

    def open(self) -> Self:
        """Keep those that nobody has dealt with."""
        return self.filter(dealt_with_at=None)

    def newest_first(self) -> Self:
        """Order by when we found them, the newest first."""
        return self.order_by("-found_at", "-pk")


class StudyNotice(models.Model):
    """A publisher's notice about a study: a retraction, a correction or another. Found, never typed."""

    study = models.ForeignKey(
        "research_reviews.Study", verbose_name=_("study"), on_delete=models.CASCADE, related_name="notices"
    )
    kind = models.CharField(_("notice"), max_length=20, choices=NoticeKind.choices)
    doi = models.CharField(_("DOI of the notice"), max_length=255, blank=True)
    # In ISO form, as exact as it is known: 2023, 2023-05 or 2023-05-25.
    date = models.CharField(_("date of the notice"), max_length=10, blank=True)
    source = models.CharField(_("who says so"), max_length=40)
    found_at = models.DateTimeField(_("found"), default=timezone.now, db_index=True)
    dealt_with_at = models.DateTimeField(_("dealt with"), null=True, blank=True)
    dealt_with_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("dealt with by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = StudyNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice about a study")
        verbose_name_plural = _("notices about studies")
        ordering = ["-found_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["study", "kind", "doi"], name="a_notice_once")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.study}"

    @property
    def url(self) -> str:
        """Where the notice can be read; empty where only its existence is known."""
        return doi_url(self.doi) if self.doi else ""

    @property
    def published(self) -> PartialDate | None:
        """The date of the notice, as exact as it is known."""
        return PartialDate(*map(int, self.date.split("-"))) if self.date else None

    @property
    def is_open(self) -> bool:
        """Whether nobody has dealt with it."""
        return self.dealt_with_at is None


@register_setting(icon="warning", order=650)
class StudyWatchSettings(BaseGenericSetting):
    """Whether and how often Crossref is asked about the studies of the library."""

    class Interval(models.IntegerChoices):
        """After how many days a study is asked about again."""

        DAILY = 1, _("Every day")
        WEEKLY = 7, _("Every week")
        MONTHLY = 30, _("Every month")

    is_on = models.BooleanField(
        _("check studies for retractions"),
        default=True,
        help_text=_(
            "Crossref is asked about every study with a DOI. Only the DOIs and the contact address of this site's "
            "server are sent. Nothing is asked while the server has no contact address of its own (CONTACT_ADDRESS)."
        ),
    )
    interval_days = models.PositiveSmallIntegerField(_("how often"), choices=Interval.choices, default=Interval.WEEKLY)

    panels = [MultiFieldPanel([FieldPanel("is_on"), FieldPanel("interval_days")], _("Retractions and corrections"))]

    class Meta:
        verbose_name = _("retraction watch")

    @property
    def interval(self) -> timedelta:
        """After how long a study is asked about again."""
        return timedelta(days=self.interval_days)

    @classmethod
    def current(cls) -> StudyWatchSettings:
        """Return the settings, or the defaults, unsaved, where nothing has been set."""
        return cls.objects.first() or cls()


def due_studies(before: datetime) -> models.QuerySet[Study]:
    """Return the studies with a DOI that were not checked since the moment, those that waited longest first."""
    checked = models.Q(retraction_checked_at=None) | models.Q(retraction_checked_at__lt=before)
    oldest_first = models.F("retraction_checked_at").asc(nulls_first=True)
    return Study.objects.exclude(doi="").filter(checked).order_by(oldest_first, "pk")
