"""How often pages with a sponsor were opened, and the sponsor's link followed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from sponsors.models.sponsorship import Sponsorship


class CountedPage(models.Model):
    """A page that was counted, by the number that it has or had: what was counted stays when the page goes."""

    number = models.PositiveIntegerField(_("number of the page"), primary_key=True)
    title = models.CharField(_("title"), max_length=255, blank=True)

    class Meta:
        verbose_name = _("counted page")
        verbose_name_plural = _("counted pages")

    def __str__(self) -> str:
        return self.title or f"{self.number}"


class DailyCount(models.Model):
    """The totals of one page under one sponsorship on one day, in the site's time zone. Nothing about anybody."""

    sponsorship = models.ForeignKey(
        Sponsorship, verbose_name=_("sponsorship"), on_delete=models.CASCADE, related_name="counts"
    )
    page = models.ForeignKey(CountedPage, verbose_name=_("page"), on_delete=models.PROTECT, related_name="counts")
    day = models.DateField(_("day"))
    views = models.PositiveIntegerField(_("views"), default=0)
    clicks = models.PositiveIntegerField(_("clicks"), default=0)

    class Meta:
        verbose_name = _("daily count")
        verbose_name_plural = _("daily counts")
        constraints = [models.UniqueConstraint(fields=["sponsorship", "page", "day"], name="one_count_a_day")]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}: {self.views}, {self.clicks}"
