"""Every address at which readers found something at the old site leads, in one hop, to what it is here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.encoding import iri_to_uri
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from wordpress_import.records import ItemRecord
from wordpress_import.writing.addresses import old_paths
from wordpress_import.writing.survey import SiteSurvey

LONGEST = 255
# WordPress's feeds, and what they are here, below the list of reviews or a topic.
FEEDS = {"feed": "feed/", "feed/rss2": "feed/", "feed/rss": "feed/", "feed/rdf": "feed/", "feed/atom": "feed/atom/"}


@dataclass(frozen=True)
class Lead:
    """An old path and where it leads: to a page by its key, or to an address on the site."""

    path: str
    page: int | None = None
    address: str = ""


class Redirects:
    """Writes the redirects that are missing. One that is there, of an owner's or of an earlier run, stays."""

    def __init__(self, index: Page) -> None:
        self.site = index.get_site() or Site.objects.filter(is_default_site=True).first()
        self.index_url = address_of(index)

    def write(self, leads: Iterable[Lead]) -> int:
        """Write the redirects, and return how many there were to write. Call it in a transaction."""
        wanted: dict[str, Lead] = {}
        for lead in leads:
            path = normal(lead.path)
            if path not in ("", "/") and len(path) <= LONGEST and path != lead.address.rstrip("/"):
                wanted.setdefault(path, lead)
        there = set()
        paths = list(wanted)
        for start in range(0, len(paths), 500):
            found = Redirect.objects.filter(old_path__in=paths[start : start + 500])
            there.update(found.values_list("old_path", flat=True))
        new = [
            Redirect(
                old_path=path,
                site=self.site,
                redirect_page_id=lead.page,
                redirect_link=iri_to_uri(lead.address)[:LONGEST],
                automatically_created=True,
            )
            for path, lead in wanted.items()
            if path not in there
        ]
        Redirect.objects.bulk_create(new, batch_size=500, ignore_conflicts=True)
        return len(new)


def normal(path: str) -> str:
    """Return a path as the middleware of redirects looks for it."""
    return str(Redirect.normalise_path(iri_to_uri(path)))


def address_of(page: Page) -> str:
    """Return the path of a page on its site."""
    parts = page.get_url_parts()
    return parts[2] if parts else "/"


def leads_of(item: ItemRecord, site: SiteSurvey, pk: int, address: str, has_responses: bool) -> Iterator[Lead]:
    """Yield the old addresses of a post or page: its own, former ones, its feed and those of its files."""
    for path in old_paths(item, site.old):
        if site.owners.get(path, item.wp_id) != item.wp_id or path == address.rstrip("/"):
            continue
        yield Lead(path, page=pk)
        if "?" not in path:
            yield Lead(f"{path}/feed", address=f"{address}responses/feed/" if has_responses else address)
            yield Lead(f"{path}/amp", page=pk)
    for number in site.children.get(item.wp_id, ()):
        for path, owner in _paths_of_file(site, number):
            if owner == number:
                yield Lead(path, page=pk)


def _paths_of_file(site: SiteSurvey, number: int) -> Iterator[tuple[str, int]]:
    paths = site.file_pages.get(number, ())
    for path in (*paths, f"{site.old.folder}/?p={number}"):
        yield path, site.owners.get(path, number)


def leads_of_site(site: SiteSurvey, index_url: str, topics: Iterable[tuple[str, str, str]]) -> Iterator[Lead]:
    """Yield the old addresses of lists: the blog's feeds, and each category with its feeds.

    `topics` are, for each category that has become a topic, its slug, its path with those above it, and its address.
    """
    folder = site.old.folder
    for old, new in FEEDS.items():
        yield Lead(f"{folder}/{old}", address=f"{index_url}{new}")
        yield Lead(f"{folder}/?feed={old.rpartition('/')[2].replace('feed', 'rss2')}", address=f"{index_url}{new}")
    yield Lead(f"{folder}/comments/feed", address=f"{index_url}feed/")
    for slug, path, address in topics:
        for old_path in dict.fromkeys((path, slug)):
            yield Lead(f"{folder}/category/{old_path}", address=address)
            for old, new in FEEDS.items():
                yield Lead(f"{folder}/category/{old_path}/{old}", address=f"{address}{new}")
        if term := site.terms.get(("category", slug)):
            yield Lead(f"{folder}/?cat={term.wp_id}", address=address)


def leads_of_lists(site: SiteSurvey, index_url: str) -> Iterator[Lead]:
    """Yield the old addresses of tags and authors, which list their posts at the old site: here it is the search."""
    folder = site.old.folder
    for (kind, slug), term in site.terms.items():
        if kind == "post_tag":
            found = f"/search/?q={term.name}"
            yield Lead(f"{folder}/tag/{slug}", address=found)
            yield Lead(f"{folder}/tag/{slug}/feed", address=f"{index_url}feed/")
            yield Lead(f"{folder}/?tag={slug}", address=found)
