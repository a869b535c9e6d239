"""The block by which an editor shows something of another site."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from core.embeds.players import Player, find_player, provider_name
from core.embeds.web_address import host_name


class EmbedValue(blocks.StructValue):
    """What the placeholder, or the link, shows."""

    @property
    def provider(self) -> str:
        """The name of the site that the content comes from."""
        return provider_name(self["url"])

    @property
    def player(self) -> Player | None:
        """The frame that can show it in place; None where it can only be a link."""
        return find_player(self["url"])

    @property
    def link(self) -> str:
        """The address, where it is one of the web: what came in by another way than the editor was never checked."""
        return self["url"] if host_name(self["url"]) else ""


class EmbedBlock(blocks.StructBlock):
    """Something of another site. The page asks that site for nothing before the reader does."""

    url = blocks.URLBlock(label=_("Address"), help_text=_("The page that shows the video, post or map."))
    title = blocks.CharBlock(max_length=200, label=_("Title"), help_text=_("What it is, in the reader's words."))
    summary = blocks.TextBlock(required=False, label=_("Summary"), help_text=_("For those who do not follow the link."))

    def clean(self, value: EmbedValue) -> EmbedValue:
        """Refuse an address that is none of the web, such as ftp: Django's own field takes it."""
        value = super().clean(value)
        if value["url"] and not host_name(value["url"]):
            message = _("Give an address that begins with https:// or http://.")
            raise blocks.StructBlockValidationError(block_errors={"url": ValidationError(message)})
        return value

    class Meta:
        icon = "media"
        label = _("Embed")
        label_format = "{title}"
        value_class = EmbedValue
        template = "blocks/embed.html"
        description = _("A video, recording, post, map or chart of another site, loaded only once the reader asks.")
        help_text = _(
            "Readers can load it here where it is one video of YouTube or Vimeo, a recording on Spotify or SoundCloud, "
            "a post on Bluesky or Mastodon, a map of OpenStreetMap (share its address with #map=…) or Google Maps "
            "(the address inside its embed code), or a chart of Datawrapper. Anything else is shown as a link."
        )
        preview_value = {
            "url": "https://vimeo.com/000000",
            "title": "How peer support works on a wing",
            "summary": "A four-minute film with captions.",
        }
