"""What the owner decides about machines that read the site."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import register_setting

from site_settings.models import SiteSetting
from syndication.robots import problem_of
from syndication.robots_panel import RobotsWarning


@register_setting(icon="globe", order=600)
class SyndicationSettings(SiteSetting):
    """The licence of the texts, the address for questions, what crawlers are told and who is told of new reviews."""

    licence_url = models.URLField(
        _("licence of the reviews"),
        blank=True,
        help_text=_(
            "The address of the licence that your own texts are under, such as "
            "https://creativecommons.org/licenses/by/4.0/. Left empty, nothing is said, and all rights are reserved."
        ),
    )
    contact_email = models.EmailField(
        _("address for questions"),
        blank=True,
        help_text=_("Of somebody whom those who harvest the site can ask. Left empty, it is the sender of its mails."),
    )
    robots = models.TextField(
        _("robots.txt"),
        blank=True,
        help_text=_(
            "What crawlers may read, one rule a line. Left empty, they may read everything that readers can find. "
            "The address of the sitemap is added by itself."
        ),
    )
    websub_hub = models.URLField(
        _("WebSub hub"),
        blank=True,
        help_text=_("The address of a hub that tells feed readers of new reviews at once. Left empty, none is told."),
    )

    panels = [
        RobotsWarning(),
        MultiFieldPanel([FieldPanel("licence_url"), FieldPanel("contact_email")], _("Reuse"), icon="openquote"),
        MultiFieldPanel([FieldPanel("robots"), FieldPanel("websub_hub")], _("Crawlers and feeds"), icon="globe"),
    ]

    class Meta:
        verbose_name = _("machines that read the site")

    def clean(self) -> None:
        """Refuse a robots.txt that crawlers could not read. Raises ValidationError at the field."""
        super().clean()
        if problem := problem_of(self.robots):
            raise ValidationError({"robots": problem})
