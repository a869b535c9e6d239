"""The embeds of a page, wherever they stand."""

from __future__ import annotations

from collections.abc import Iterator

from wagtail.fields import StreamField
from wagtail.models import Page

from core.embeds.block import EmbedBlock
from core.embeds.players import find_player
from core.embeds.providers import Provider
from core.prefetch import parts_of


def embeds_in(page: Page) -> Iterator[dict[str, str]]:
    """Yield the stored form of every embed in any body of the page, at every level."""
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            for block, raw in parts_of(getattr(page, field.name)):
                if isinstance(block, EmbedBlock):
                    yield raw


def providers_in(page: Page) -> list[Provider]:
    """Return whose players the page shows, each once."""
    players = (find_player(embed.get("url") or "") for embed in embeds_in(page))
    return list(dict.fromkeys(player.provider for player in players if player))
