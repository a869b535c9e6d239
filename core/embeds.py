"""Content of other sites, shown as a link until the reader asks for more."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

PROVIDERS = {
    "youtube.com": "YouTube",
    "youtu.be": "YouTube",
    "vimeo.com": "Vimeo",
    "open.spotify.com": "Spotify",
    "soundcloud.com": "SoundCloud",
    "bsky.app": "Bluesky",
}


def host_name(url: str) -> str:
    """Return the host that a web address leads to; empty where it is no web address."""
    try:
        parts = urlsplit(url)
        return (parts.hostname or "") if parts.scheme in ("http", "https") else ""
    except ValueError:
        return ""


def provider_name(url: str) -> str:
    """Return the name that readers know the site of url by: its own, or its host name."""
    host = host_name(url).removeprefix("www.")
    return PROVIDERS.get(host, host)


class EmbedValue(blocks.StructValue):
    """What the placeholder shows."""

    @property
    def provider(self) -> str:
        """The name of the site that the content comes from."""
        return provider_name(self["url"])

    @property
    def link(self) -> str:
        """The address, where it is one of the web: what came in by another way than the editor was never checked."""
        return self["url"] if host_name(self["url"]) else ""


class EmbedBlock(blocks.StructBlock):
    """A video, post or map of another site. The page asks that site for nothing: it shows a titled link."""

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
        description = _("A video, post or map on another site. Nothing is loaded from there before the reader asks.")
        preview_value = {
            "url": "https://vimeo.com/000000",
            "title": "How peer support works on a wing",
            "summary": "A four-minute film with captions.",
        }
