"""What the privacy preference centre says, and how long it remembers."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel
from wagtail.contrib.settings.models import register_setting

from site_settings.models.base import SiteSetting

# The day on which sites began to honour Global Privacy Control.
FIRST_HONOURED = date(2026, 11, 24)


@register_setting(icon="lock", order=120)
class PrivacySettings(SiteSetting):
    """The texts of the banner and the preference centre, and how long choices and receipts are kept."""

    banner_heading = models.CharField(_("heading"), max_length=80, default=_("Your privacy"))
    banner_text = models.TextField(
        _("text"),
        max_length=400,
        default=_(
            "Some of what our pages can show comes from other sites, which would learn that you were here. "
            "Nothing of it is loaded unless you agree."
        ),
        help_text=_("Readers see it only where a service needs their consent."),
    )
    introduction = models.TextField(
        _("introduction"),
        max_length=1000,
        default=_(
            "Here is everything that this site, or others through it, may store in your browser or load into it. "
            "You decide about each, and you can change your mind at any time."
        ),
    )
    gpc_text = models.TextField(
        _("what Global Privacy Control does here"),
        max_length=400,
        default=_(
            "Your browser sends Global Privacy Control. Unless you choose otherwise here, we take that as your refusal "
            "of everything that can be refused, and do not ask."
        ),
        help_text=_("Shown to readers whose browser says for them that they refuse."),
    )
    policy_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("privacy policy"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_(
            "Linked from banner and preference centre once it is published. Its block “Services and cookies” lists "
            "everything that is set up under Privacy."
        ),
    )
    version = models.PositiveIntegerField(
        _("version"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(999_999)],
        help_text=_(
            "A higher number asks every reader again: raise it when the same services do something new. "
            "A new purpose or service that needs consent asks again by itself, and so does a service that moves to "
            "another purpose. Corrected texts and removed services ask nobody. It cannot be lowered."
        ),
    )
    version_began_on = models.DateField(null=True, editable=False)
    choice_days = models.PositiveIntegerField(
        _("a choice is kept for (days)"),
        default=180,
        validators=[MinValueValidator(1), MaxValueValidator(395)],
        help_text=_("In the reader's browser. Then they are asked again. Six months is what regulators advise."),
    )
    receipt_days = models.PositiveIntegerField(
        _("a receipt is kept for (days)"),
        default=3 * 365,
        validators=[MinValueValidator(1), MaxValueValidator(3650)],
        help_text=_(
            "The site's own record of a choice, by which you can show that it was made. Older ones are deleted "
            "by themselves, within an hour or so."
        ),
    )

    panels = [
        MultiFieldPanel([FieldPanel("banner_heading"), FieldPanel("banner_text")], _("Banner")),
        MultiFieldPanel(
            [FieldPanel("introduction"), FieldPanel("gpc_text"), PageChooserPanel("policy_page")],
            _("Preference centre"),
        ),
        MultiFieldPanel(
            [FieldPanel("version"), FieldRowPanel([FieldPanel("choice_days"), FieldPanel("receipt_days")])],
            _("How long it counts"),
        ),
    ]
    select_related = ("policy_page",)

    class Meta:
        verbose_name = _("privacy")

    @property
    def gpc_updated_on(self) -> date:
        """Since when the site has dealt with Global Privacy Control as it does."""
        return self.version_began_on or FIRST_HONOURED

    def clean(self) -> None:
        """Refuse a version lower than the present one, and receipts that go before the choice does."""
        super().clean()
        before = type(self).objects.filter(pk=self.pk).values_list("version", flat=True).first()
        if before and self.version and self.version < before:
            message = _("Readers have answered version %(before)d already. Keep %(before)d, or set a higher number.")
            raise ValidationError({"version": message % {"before": before}})
        if self.receipt_days and self.choice_days and self.receipt_days < self.choice_days:
            raise ValidationError({"receipt_days": _("Keep a receipt at least as long as the choice counts.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and note the day on which a new version begins."""
        before = type(self).objects.filter(pk=self.pk).values_list("version", flat=True).first()
        if before is not None and self.version != before:
            self.version_began_on = timezone.localdate()
        super().save(*args, **kwargs)
