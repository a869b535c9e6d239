"""How readers pass pages on."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import StreamBlockValidationError, StreamValue
from wagtail.contrib.settings.models import register_setting
from wagtail.fields import StreamField

from site_settings.models.base import SiteSetting
from site_settings.networks import DEFAULT, EMAIL, NETWORKS, Network, network_choices


class NetworksBlock(blocks.StreamBlock):
    """Networks in the owner's order, each once."""

    network = blocks.ChoiceBlock(
        choices=network_choices,
        icon="site",
        label=_("Network"),
        description=_("A network on which readers can share."),
        preview_value=DEFAULT[0],
    )

    def clean(self, value: StreamValue, *args: Any, **kwargs: Any) -> StreamValue:
        """Refuse a network that is in the list already. Raises StreamBlockValidationError at the second."""
        cleaned: StreamValue = super().clean(value, *args, **kwargs)
        chosen = [block.value for block in cleaned]
        twice = [place for place, slug in enumerate(chosen) if slug in chosen[:place]]
        if twice:
            message = _("This network is in the list already.")
            raise StreamBlockValidationError(block_errors={place: ValidationError(message) for place in twice})
        return cleaned


def default_networks() -> list[tuple[str, str]]:
    """Return the networks of a site whose owner has chosen none."""
    return [("network", slug) for slug in DEFAULT]


@register_setting(icon="link-external", order=115)
class SharingSettings(SiteSetting):
    """Whether and where readers are helped to share a review."""

    is_offered = models.BooleanField(
        _("help readers to share"),
        default=True,
        help_text=_("Below each review and on the pages for citing: by e-mail, as a link and on the networks below."),
    )
    networks = StreamField(
        NetworksBlock(),
        verbose_name=_("networks"),
        blank=True,
        default=default_networks,
        help_text=_(
            "In this order. They are plain links: a network learns nothing of a reader who does not follow its link. "
            "A device with a way to share of its own offers it besides, and so leads to every app on it."
        ),
    )

    panels = [FieldPanel("is_offered"), FieldPanel("networks", icon="site")]

    class Meta:
        verbose_name = _("sharing")

    def ways(self) -> list[Network]:
        """Return the ways to share that need no script, e-mail first; none where the owner wants none."""
        if not self.is_offered:
            return []
        # One that a later release no longer knows is left out.
        return [EMAIL, *(NETWORKS[block.value] for block in self.networks if block.value in NETWORKS)]
