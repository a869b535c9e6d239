"""How the site introduces itself."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import register_setting
from wagtail.fields import StreamField

from site_settings.blocks import SocialLinkBlock
from site_settings.models.base import SiteSetting


@register_setting(icon="image", order=100)
class BrandSettings(SiteSetting):
    """How the site introduces itself."""

    site_name = models.CharField(_("site name"), max_length=80, default="Research Reviews")
    strapline = models.CharField(
        _("strapline"), max_length=160, blank=True, default=_("New research, explained for people who can use it")
    )
    logo = models.ForeignKey(
        "images.CustomImage",
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown instead of the name, 40 pixels high. Without one, the name is set in type."),
    )
    logo_dark = models.ForeignKey(
        "images.CustomImage",
        verbose_name=_("logo for dark mode"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    default_social_image = models.ForeignKey(
        "images.CustomImage",
        verbose_name=_("image when shared"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("For pages without an image of their own. 1200 × 630 pixels or more."),
    )
    social_links = StreamField([("profile", SocialLinkBlock())], verbose_name=_("profiles"), blank=True)

    select_related = ("logo", "logo_dark", "default_social_image")
    picture_kinds = {"logo": ("logo",), "logo_dark": ("logo",), "default_social_image": ("social",)}
    panels = [
        MultiFieldPanel([FieldPanel("site_name"), FieldPanel("strapline")], _("Name")),
        MultiFieldPanel([FieldPanel("logo"), FieldPanel("logo_dark"), FieldPanel("default_social_image")], _("Images")),
        FieldPanel("social_links"),
    ]

    class Meta:
        verbose_name = _("brand")
