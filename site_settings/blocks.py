"""Links of menus, footers and profiles."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from site_settings.links import check_address, check_web_address


class LinkBlock(blocks.StructBlock):
    """A link to a page of the site or to an address elsewhere."""

    page = blocks.PageChooserBlock(
        required=False, label=_("Page"), help_text=_("One that is not published is left out until it is.")
    )
    url = blocks.CharBlock(
        required=False, label=_("Or address"), help_text=_("Such as /topics/ or https://example.org/.")
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
        if value["page"] and value["url"]:
            message = _("Choose a page or type an address, not both: readers can be led to one.")
            raise StructBlockValidationError({"url": ValidationError(message)})
        check(value, "url", check_address)
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
    url = blocks.CharBlock(
        label=_("Address of the profile"), help_text=_("As your browser shows it, beginning with https://.")
    )

    class Meta:
        icon = "site"
        label = _("Profile")
        label_format = "{name}"
        description = _("The site's own profile on a network.")
        preview_value = {"name": "Bluesky", "url": "https://bsky.app/profile/reviews.example"}

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        """Ask for an address of the web. Raises StructBlockValidationError at the field."""
        value = super().clean(value)
        check(value, "url", check_web_address)
        return value


def check(value: blocks.StructValue, field: str, refuse: Callable[[str], None]) -> None:
    """Have what is typed in a field checked, without the blanks around it. Raises StructBlockValidationError at it."""
    value[field] = (value[field] or "").strip()
    try:
        if value[field]:
            refuse(value[field])
    except ValidationError as error:
        raise StructBlockValidationError({field: error}) from error
