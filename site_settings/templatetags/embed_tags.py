"""What an embed needs to know of the privacy preference centre."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest

from core.content_policy import allow
from core.embeds import EmbedValue, Player, Provider
from site_settings.embeds import service_of, was_taken_away

register = template.Library()


@dataclass(frozen=True)
class Offer:
    """A player, and the service by which a reader lets it load."""

    player: Player
    service: str


@register.simple_tag(takes_context=True)
def embed_offer(context: dict[str, Any], embed: EmbedValue) -> Offer | None:
    """Return the player that a reader can load, and let the page frame it; None where there is only a link."""
    request, player = context.get("request"), embed.player
    if request is None or player is None:
        return None
    service = offered_service(request, player.provider)
    if not service:
        return None
    allow(request, "frame-src", player.source)
    return Offer(player, service)


def offered_service(request: HttpRequest, provider: Provider) -> str:
    """Return the provider's service. An editor's preview shows also the one that publishing will make."""
    service = service_of(provider)
    if service or not is_preview(request):
        return service
    return "" if was_taken_away(provider) else provider.slug


def is_preview(request: HttpRequest) -> bool:
    """Whether an editor looks at a draft, or at the block in the chooser."""
    return getattr(request, "is_preview", False) or request.path.startswith(settings.ADMIN_PATH)
