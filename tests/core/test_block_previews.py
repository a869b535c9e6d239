"""What an editor sees in the chooser of blocks: each block as the site shows it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.blocks import Block

from core.checks import chooser_blocks
from tests.reading import find, read, words

BLOCKS = dict(chooser_blocks(None))


@pytest.mark.django_db
@pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS.keys())
def test_every_block_is_previewed_in_the_sites_own_type(block: Block, admin_client: Client) -> None:
    assert block.is_previewable
    page = read(f"{reverse('wagtailadmin_block_preview')}?id={block.definition_prefix}", admin_client)
    assert find(page, "link[rel=stylesheet]")["href"] == "/static/css/site.css"
    assert words(page.main) or page.select("main img")
