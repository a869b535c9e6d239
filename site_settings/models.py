"""What a site's owner sets: brand and navigation."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField
from wagtail.models import Site

from core.page_cache import until_change
from site_settings.blocks import FooterColumnBlock, MenuItemBlock, SocialLinkBlock


class SiteSetting(BaseSiteSetting):
    """A setting that reading never writes: a site with nothing set has the defaults."""

    class Meta:
        abstract = True

    @classmethod
    def for_site(cls, site: Site | None) -> Any:
        """Return the site's settings, or the defaults, unsaved, where nothing has been set."""
        question = f"{cls.__name__}-{site.pk if site else None}"
        return until_change(question, lambda: cls.base_queryset().filter(site=site).first() or cls(site=site))


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


@register_setting(icon="list-ul", order=110)
class NavigationSettings(SiteSetting):
    """Where a reader can go from every page."""

    main_menu = StreamField(
        [("item", MenuItemBlock())],
        verbose_name=_("main menu"),
        blank=True,
        help_text=_("Left empty, it lists reviews and topics."),
    )
    footer_columns = StreamField([("column", FooterColumnBlock())], verbose_name=_("footer"), blank=True, max_num=4)
    footer_text = models.CharField(
        _("last line"), max_length=255, blank=True, help_text=_("Such as the name of who runs the site.")
    )

    panels = [FieldPanel("main_menu"), FieldPanel("footer_columns"), FieldPanel("footer_text")]

    class Meta:
        verbose_name = _("navigation")
