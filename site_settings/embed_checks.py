"""What an editor should know of the embeds in a page."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField

from core.editor_checks import Check, Level, register_check
from core.embeds import EmbedBlock, find_provider
from core.models import BasePage
from site_settings.embeds import was_taken_away


@register_check(BasePage)
def embeds_that_stay_links(page: BasePage) -> Iterator[Check]:
    """An embed of a known provider that readers cannot load in the page."""
    for block in embed_blocks(page):
        provider = find_provider(block.value["url"] or "")
        if provider is None:
            continue
        named = {"title": block.value["title"], "provider": provider.name}
        if block.value.player is None:
            message = _(
                "Readers see “%(title)s” as a link: this page of %(provider)s cannot be shown in place. Give the "
                "address of one video, recording, post, map or chart if that is what you mean."
            )
            yield Check(message % named, Level.ADVICE, block_id=block.id)
        elif was_taken_away(provider):
            message = _(
                "Readers see “%(title)s” as a link: the site's owner has taken “%(provider)s” off the list of "
                "services. A service of this name, added there, brings it back."
            )
            yield Check(message % named, Level.ADVICE, block_id=block.id)


def embed_blocks(page: BasePage) -> Iterator[StreamValue.StreamChild]:
    """Yield the embeds that stand in a body of the page."""
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            yield from (child for child in getattr(page, field.name) if isinstance(child.block, EmbedBlock))
