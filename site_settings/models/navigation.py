"""Where a reader can go from every page."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import register_setting
from wagtail.fields import StreamField

from site_settings.blocks import FooterColumnBlock, MenuItemBlock
from site_settings.models.base import SiteSetting


@register_setting(icon="list-ul", order=110)
class NavigationSettings(SiteSetting):
    """Where a reader can go from every page."""

    main_menu = StreamField(
        [("item", MenuItemBlock())],
        verbose_name=_("main menu"),
        blank=True,
        help_text=_(
            "At the head of every page. Five or six fit on one line; each can have links below it. "
            "Left empty, it lists reviews and topics."
        ),
    )
    footer_columns = StreamField(
        [("column", FooterColumnBlock())],
        verbose_name=_("columns"),
        blank=True,
        max_num=4,
        help_text=_("At the foot of every page: up to four, beside your profiles from Brand."),
    )
    footer_text = models.CharField(
        _("last line"),
        max_length=255,
        blank=True,
        help_text=_("Such as the name of who runs the site. Left empty, it is the site's name."),
    )

    panels = [
        FieldPanel("main_menu", icon="list-ul"),
        MultiFieldPanel([FieldPanel("footer_columns"), FieldPanel("footer_text")], _("Footer"), icon="list-ul"),
    ]

    class Meta:
        verbose_name = _("navigation")
