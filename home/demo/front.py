"""What the demo site's owner would set: the brand, the menus and the front page."""

from __future__ import annotations

import json
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from wagtail.models import Page, Site

from home.demo import records
from home.demo.content import Content
from home.demo.markup import rich_text
from home.demo.pages import fill_once, home_page, index_page
from research_reviews.models import ReviewIndexPage, TopicIndexPage
from site_settings.models import BrandSettings, NavigationSettings, PrivacySettings


def brand(content: Content) -> bool:
    """Set name and strapline, unless the owner has. Return whether they had not."""
    site = Site.objects.get(is_default_site=True)
    if BrandSettings.objects.filter(site=site).exists():
        return False
    settings = BrandSettings(
        site=site,
        site_name=content["site_name"],
        strapline=content["strapline"],
        default_social_image=records.picture(content["picture"]),
    )
    settings.social_links = stream("profile", content["profiles"])
    records.cleaned(settings)
    return True


def navigation(content: Content) -> bool:
    """Set the menus, unless the owner has. Return whether they had not."""
    site = Site.objects.get(is_default_site=True)
    if NavigationSettings.objects.filter(site=site).exists():
        return False
    items = [{**link(item), "children": list_items(item.get("children", []))} for item in content["main_menu"]]
    columns = [{"heading": column["heading"], "links": list_items(column["links"])} for column in content["footer"]]
    settings = NavigationSettings(site=site, footer_text=content["footer_text"])
    settings.main_menu, settings.footer_columns = stream("item", items), stream("column", columns)
    records.cleaned(settings)
    return True


def privacy(content: Content) -> bool:
    """Name the page that is the privacy policy, unless the owner has set up privacy. Return whether they had not."""
    site = Site.objects.get(is_default_site=True)
    if PrivacySettings.objects.filter(site=site).exists():
        return False
    records.cleaned(PrivacySettings(site=site, policy_page_id=page_pk(content["policy"])))
    return True


def front_page(content: Content) -> bool:
    """Fill the front page, unless somebody has edited it. Return whether nobody had."""
    featured = [page_pk(f"/reviews/{slug}/") for slug in content["featured"]]
    chosen = [{"type": "item", "id": make_id(f"featured-{pk}"), "value": pk} for pk in featured]
    blocks = {
        "latest_reviews": {"heading": content["latest_heading"], "number": 7},
        "featured_reviews": {"heading": content["featured_heading"], "pages": chosen},
        "topics": {"heading": content["topics_heading"]},
        "callout": {"heading": content["note_heading"], "text": rich_text(content["note"])},
    }
    body = [{"type": name, "id": make_id(f"front-{name}"), "value": value} for name, value in blocks.items()]
    return fill_once(
        home_page(), headline=content["headline"], introduction=content["introduction"], body=json.dumps(body)
    )


def lists(content: Content) -> bool:
    """Introduce the lists of reviews and topics, unless somebody has. Return whether nobody had."""
    reviews = fill_once(index_page(ReviewIndexPage, "Reviews"), introduction=content["reviews"])
    topics = fill_once(index_page(TopicIndexPage, "Topics"), introduction=content["topics"])
    return reviews or topics


def link(content: Content) -> dict[str, Any]:
    """Return a link as the database stores it: to a page by its address where there is one."""
    pk = page_pk(content["address"])
    return {"page": pk, "url": "" if pk else content["address"], "label": content["label"]}


def list_items(contents: list[Content]) -> list[dict[str, Any]]:
    """Return links as the items of a list."""
    return [{"type": "item", "id": make_id(json.dumps(content)), "value": link(content)} for content in contents]


def stream(block_type: str, values: list[Any]) -> str:
    """Return values as blocks of one type."""
    return json.dumps([{"type": block_type, "id": make_id(json.dumps(value)), "value": value} for value in values])


def page_pk(address: str) -> int | None:
    """Return the key of the page of the demo site at the address, such as "/about/"."""
    url_path = home_page().url_path + address.lstrip("/")
    return Page.objects.filter(url_path=url_path).values_list("pk", flat=True).first()


def make_id(name: str) -> str:
    """Return a block's id, the same in every run."""
    return str(uuid5(NAMESPACE_URL, f"sample/{name}"))
