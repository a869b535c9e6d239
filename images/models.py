"""Images that say who made them, under what licence, and what they show."""

from __future__ import annotations

from django.core.files import File
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Filter, Image, ImageQuerySet
from wagtail.search import index

from core.snapshot import ShelfQuerySet
from images.metadata import PlainFilter


class CustomImageQuerySet(ShelfQuerySet, ImageQuerySet):
    """Images; blocks find those that were fetched ahead."""


class CustomImage(AbstractImage):
    """An image with its credit and licence. What it shows is Wagtail's own description field."""

    class Licence(models.TextChoices):
        """The licences that pictures for the web commonly carry."""

        UNKNOWN = "", _("Not known")
        OWN = "own", _("Our own")
        PERMISSION = "permission", _("Used with permission")
        PUBLIC_DOMAIN = "public-domain", _("Public domain")
        CC0 = "cc0-1.0", _("CC0 1.0")
        CC_BY = "cc-by-4.0", _("CC BY 4.0")
        CC_BY_SA = "cc-by-sa-4.0", _("CC BY-SA 4.0")
        CC_BY_NC = "cc-by-nc-4.0", _("CC BY-NC 4.0")
        CC_BY_ND = "cc-by-nd-4.0", _("CC BY-ND 4.0")
        CC_BY_NC_SA = "cc-by-nc-sa-4.0", _("CC BY-NC-SA 4.0")
        CC_BY_NC_ND = "cc-by-nc-nd-4.0", _("CC BY-NC-ND 4.0")
        UNSPLASH = "unsplash", _("Unsplash licence")
        STOCK = "stock", _("Bought from an agency")

    credit = models.CharField(
        _("credit"), max_length=255, blank=True, help_text=_("Who made it, as they wish to be named.")
    )
    credit_url = models.URLField(
        _("credit link"), blank=True, help_text=_("The maker's page, or the page that the image came from.")
    )
    licence = models.CharField(_("licence"), max_length=30, choices=Licence.choices, blank=True, default="")

    objects = CustomImageQuerySet.as_manager()

    admin_form_fields = (
        "title",
        "file",
        "description",
        "credit",
        "credit_url",
        "licence",
        *(name for name in Image.admin_form_fields if name not in ("title", "file", "description")),
    )
    search_fields = [*AbstractImage.search_fields, index.SearchField("credit")]

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = [("choose_image", "Can choose image")]

    @cached_property
    def fetched_kinds(self) -> dict[str, list[CustomRendition]]:
        """The renditions that `images.renditions.prefetch` fetched, by kind."""
        return {}

    @property
    def shown_licence(self) -> str:
        """The licence as readers are told of it. That an image is the site's own needs no saying."""
        return "" if self.licence in ("", self.Licence.OWN) else self.get_licence_display()

    @property
    def licence_url(self) -> str:
        """The address of the licence's text, where it is a Creative Commons licence."""
        name, _dash, version = self.licence.rpartition("-")
        if name == "cc0":
            return f"https://creativecommons.org/publicdomain/zero/{version}/"
        return (
            f"https://creativecommons.org/licenses/{name.removeprefix('cc-')}/{version}/" if name[:3] == "cc-" else ""
        )

    @property
    def default_alt_text(self) -> str:
        """What the image shows, in words; empty where nobody wrote them. A file name is no description."""
        return str(self.description)

    @property
    def alt_text(self) -> str:
        """The words for the place where the image stands now, else the image's own; empty where it only decorates."""
        if getattr(self, "decorative", False):
            return ""
        return getattr(self, "contextual_alt_text", "") or self.default_alt_text

    def generate_rendition_file(self, filter: Filter, *, source: File | None = None) -> File:  # noqa: A002
        """Make a rendition without what the camera wrote into the original: place, time, serial number."""
        return super().generate_rendition_file(PlainFilter(filter.spec), source=source)


class CustomRendition(AbstractRendition):
    """A size and format of an image."""

    image = models.ForeignKey(CustomImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_a_spec")
        ]
