"""What a page tells machines of itself."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString
from wagtail.models import Page

from core.querysets import is_listed
from research_reviews.models import Person, ReviewIndexPage, ReviewPage, TopicIndexPage, TopicPage
from syndication.signposting import Signpost, address_signposts, put_up, review_signposts
from syndication.structured import lists, people, reviews
from syndication.structured.graph import Node, write
from syndication.structured.publication import Publication

register = template.Library()

LISTS = (ReviewIndexPage, TopicIndexPage, TopicPage)


@register.simple_tag(takes_context=True)
def structured_data(context: dict[str, Any], thing: Page | Person) -> SafeString:
    """Describe a page, or a person's page, to machines: as data in its head and as signposts in its header.

    What the public may not see is described to nobody, nor what was never saved, as in a preview.
    """
    if not (thing.pk and "request" in context and (isinstance(thing, Person) or is_listed(thing))):
        return SafeString("")
    publication = Publication.of(context["request"])
    put_up(context["request"], signposts_of(thing, publication))
    return write(describe(thing, context, publication))


def describe(thing: Page | Person, context: dict[str, Any], publication: Publication) -> list[Node]:
    """Return what is said of the thing, made from what its view has fetched already."""
    if isinstance(thing, Person):
        return people.profile_page(thing, publication)
    if isinstance(thing, ReviewPage):
        return reviews.review_page(thing, context["study_boxes"], publication)
    if isinstance(thing, LISTS):
        return lists.collection_page(thing, context, publication)
    if thing.pk == publication.site.root_page_id:
        return lists.home_page(publication)
    return lists.plain_page(thing, publication)


def signposts_of(thing: Page | Person, publication: Publication) -> list[Signpost]:
    """Return where the thing leads machines."""
    if isinstance(thing, Person):
        return address_signposts(publication.absolute(thing.get_absolute_url()), "ProfilePage")
    if isinstance(thing, ReviewPage):
        return review_signposts(thing, publication)
    kind = "CollectionPage" if isinstance(thing, LISTS) else "WebPage"
    return address_signposts(publication.address_of(thing), kind)
