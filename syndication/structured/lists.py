"""Lists of reviews and topics, and every other page."""

from __future__ import annotations

from typing import Any

from wagtail.models import Page

from research_reviews.models import TopicPage
from syndication.structured.graph import Node, node
from syndication.structured.publication import Publication
from syndication.structured.reviews import sponsor_node


def home_page(publication: Publication) -> list[Node]:
    """Describe the site's first page."""
    return [publication.website(), publication.publisher_with_profiles()]


def collection_page(page: Page, context: dict[str, Any], publication: Publication) -> list[Node]:
    """Describe a page that lists others, with those that it shows."""
    return described(
        "CollectionPage",
        page,
        publication,
        mainEntity=item_list(context, publication),
        sponsor=sponsor_node(page) if isinstance(page, TopicPage) else None,
    )


def plain_page(page: Page, publication: Publication) -> list[Node]:
    """Describe any other page."""
    return described("WebPage", page, publication)


def described(kind: str, page: Page, publication: Publication, **properties: Any) -> list[Node]:
    """Return a page with its publisher, and the way to it."""
    address = publication.address_of(page)
    about = {"name": page.title, "description": page.meta_description, "publisher": publication.publisher()}
    main = node(kind, address, url=address, **about, **properties)
    return [main, publication.breadcrumbs(page)]


def item_list(context: dict[str, Any], publication: Publication) -> Node | None:
    """Return the list that the page shows; none where a reader has filtered it, because the address says all."""
    if getattr(context.get("filters"), "are_set", False):
        return None
    reviews, topics = context.get("reviews"), context.get("topics")
    shown = list(reviews if reviews is not None else topics or ())
    first = reviews.start_index() if reviews else 1
    items = [
        node("ListItem", position=place, url=publication.address_of(page)) for place, page in enumerate(shown, first)
    ]
    total = reviews.paginator.count if reviews is not None else len(shown)
    return node("ItemList", numberOfItems=total, itemListElement=items) if items else None
