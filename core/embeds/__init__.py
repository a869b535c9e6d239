"""Content of other sites: a placeholder, or only a link, until the reader asks for more."""

from core.embeds.block import EmbedBlock, EmbedValue
from core.embeds.pages import embeds_in, providers_in
from core.embeds.players import Player, find_player, find_provider, provider_name
from core.embeds.providers import Cookie, Provider, Shape
from core.embeds.web_address import host_name

__all__ = [
    "Cookie",
    "EmbedBlock",
    "EmbedValue",
    "Player",
    "Provider",
    "Shape",
    "embeds_in",
    "find_player",
    "find_provider",
    "host_name",
    "provider_name",
    "providers_in",
]
