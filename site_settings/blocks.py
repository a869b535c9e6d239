"""Links of menus, footers and profiles."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError


class LinkBlock(blocks.StructBlock):
    """A link to a page of the site or to an address elsewhere."""

    page = blocks.PageChooserBlock(required=False, label=_("Page"))
    url = blocks.CharBlock(
        required=False, label=_("Or address"), help_text=_("Such as /search/ or https://example.org/.")
    )
    label = blocks.CharBlock(
        max_length=60, required=False, label=_("Text"), help_text=_("Left empty, it is the page's title.")
    )

    class Meta:
        icon = "link"
        label = _("Link")
        label_format = "{label}"
        description = _("A link to a page of the site or to an address elsewhere.")
        preview_value = {"url": "/reviews/", "label": "Reviews"}

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        """Ask for a page, or for an address with its text. Raises StructBlockValidationError at the field."""
        value = super().clean(value)
        if not value["page"] and not value["url"]:
            raise StructBlockValidationError({"page": ValidationError(_("Choose a page or type an address."))})
        if value["url"] and not value["url"].startswith(("/", "https://", "http://", "mailto:")):
            raise StructBlockValidationError({"url": ValidationError(_("An address begins with / or https://."))})
        if value["url"] and not value["page"] and not value["label"]:
            raise StructBlockValidationError({"label": ValidationError(_("Say what the link should be called."))})
        return value


class MenuItemBlock(LinkBlock):
    """A link of the main menu, with at most one level of links below it."""

    children = blocks.ListBlock(LinkBlock(), default=[], label=_("Below it"))

    class Meta:
        icon = "list-ul"
        label = _("Menu item")
        description = _("A link of the main menu, with or without links below it.")
        preview_value = {
            "url": "/topics/",
            "label": "Topics",
            "children": [{"url": "/topics/prison/", "label": "Prison"}],
        }


class FooterColumnBlock(blocks.StructBlock):
    """A column of links at the foot of every page."""

    heading = blocks.CharBlock(max_length=60, label=_("Heading"))
    links = blocks.ListBlock(LinkBlock(), label=_("Links"))

    class Meta:
        icon = "list-ul"
        label = _("Column")
        label_format = "{heading}"
        description = _("A heading and the links below it.")
        preview_value = {"heading": "About us", "links": [{"url": "/about/", "label": "Who we are"}]}


class SocialLinkBlock(blocks.StructBlock):
    """The site's own profile on a network."""

    name = blocks.CharBlock(max_length=40, label=_("Network"), help_text=_("Such as Bluesky."))
    url = blocks.URLBlock(label=_("Address of the profile"))

    class Meta:
        icon = "site"
        label = _("Profile")
        label_format = "{name}"
        description = _("The site's own profile on a network.")
        preview_value = {"name": "Bluesky", "url": "https://bsky.app/profile/reviews.example"}
