"""How the site introduces itself."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import register_setting
from wagtail.fields import StreamField

from site_settings.blocks import SocialLinkBlock
from site_settings.colour_input import ColourInput
from site_settings.colours import LEAST_CONTRAST, LIGHT, nearest, normalised, ratio
from site_settings.models.base import SiteSetting


@register_setting(icon="image", order=100)
class BrandSettings(SiteSetting):
    """How the site introduces itself."""

    site_name = models.CharField(
        _("site name"),
        max_length=80,
        default="Research Reviews",
        help_text=_("At the head of every page, in browser tabs and where pages are shared."),
    )
    strapline = models.CharField(
        _("strapline"),
        max_length=160,
        blank=True,
        default=_("New research, explained for people who can use it"),
        help_text=_("A few words beside the name. They are the first page's headline, too, unless it has its own."),
    )
    accent_colour = models.CharField(
        _("accent colour"),
        max_length=32,
        blank=True,
        help_text=_(
            "Of links, numbers and buttons. It has to be dark enough to be read on the page. For dark mode, a lighter "
            "shade of it is found by itself. Left empty, it is the site's own red."
        ),
    )
    logo = models.ForeignKey(
        "images.CustomImage",
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_(
            "Shown instead of the name, 40 pixels high and at most 320 wide. A PNG or WebP with transparent ground, "
            "at least 80 pixels high. Without a logo, the name is set in type."
        ),
    )
    logo_dark = models.ForeignKey(
        "images.CustomImage",
        verbose_name=_("logo for dark mode"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("A light version, in the same size. Without one, dark mode shows the logo on a light plate."),
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
    social_links = StreamField(
        [("profile", SocialLinkBlock())],
        verbose_name=_("profiles"),
        blank=True,
        help_text=_("Where else readers find you. Listed at the foot of every page."),
    )

    select_related = ("logo", "logo_dark", "default_social_image")
    picture_kinds = {"logo": ("logo",), "logo_dark": ("logo",), "default_social_image": ("social",)}
    panels = [
        MultiFieldPanel([FieldPanel("site_name"), FieldPanel("strapline")], _("Name"), icon="title"),
        MultiFieldPanel([FieldPanel("accent_colour", widget=ColourInput)], _("Colour"), icon="view"),
        MultiFieldPanel([FieldPanel("logo"), FieldPanel("logo_dark")], _("Logo"), icon="image"),
        MultiFieldPanel([FieldPanel("default_social_image")], _("When shared"), icon="image"),
        FieldPanel("social_links", icon="group"),
    ]

    class Meta:
        verbose_name = _("brand")

    def clean(self) -> None:
        """Refuse a colour that cannot be read, offering the nearest that can, and a logo for dark mode alone."""
        super().clean()
        errors: dict[str, Any] = {}
        if self.accent_colour:
            self.accent_colour = normalised(self.accent_colour) or self.accent_colour
            if refusal := refusal_of(self.accent_colour):
                errors["accent_colour"] = refusal
        if self.logo_dark_id and not self.logo_id:
            errors["logo"] = _("Choose the logo for light mode as well.")
        if errors:
            raise ValidationError(errors)


def refusal_of(colour: str) -> str:
    """Return why the colour cannot be the accent; empty where it can."""
    if not normalised(colour):
        return gettext("Write a colour as # and six digits or letters from a to f, such as #8a2b1a.")
    if LIGHT.passes(colour):
        return ""
    offer = nearest(colour, LIGHT)
    return gettext(
        "%(colour)s is too light to be read: its contrast is %(contrast)s, and %(least)s:1 is needed. "
        "The nearest colour that can be read is %(offer)s (%(better)s)."
    ) % {
        "colour": colour,
        "contrast": ratio(LIGHT.contrast(colour)),
        "least": LEAST_CONTRAST,
        "offer": offer,
        "better": ratio(LIGHT.contrast(offer)),
    }
