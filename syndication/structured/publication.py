"""The site itself, as machines are told of it: its address, its publisher, its search."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urljoin

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.models import Page, Site

from images.pictures import picture_of
from site_settings.models import BrandSettings
from syndication.models import SyndicationSettings
from syndication.structured.graph import Node, node, reference


@dataclass(frozen=True)
class Publication:
    """The site that a request is for."""

    request: HttpRequest
    site: Site

    @classmethod
    def of(cls, request: HttpRequest) -> Publication:
        """Return the site that the request is for. Raises Http404 where there is none."""
        if site := Site.find_for_request(request):
            return cls(request, site)
        raise Http404

    @property
    def home(self) -> str:
        """The address of the first page."""
        return f"{self.site.root_url}/"

    @property
    def name(self) -> str:
        """What the site is called."""
        return self.brand.site_name

    @cached_property
    def brand(self) -> BrandSettings:
        """How the site introduces itself."""
        return BrandSettings.for_request(self.request)

    @cached_property
    def licence_url(self) -> str:
        """The licence of the reviews; empty where all rights are reserved."""
        return SyndicationSettings.for_request(self.request).licence_url

    def absolute(self, address: str) -> str:
        """Return the whole address of a path of the site; a whole address as it is."""
        return urljoin(self.home, address)

    def address_of(self, page: Page) -> str:
        """Return the whole address of a page; empty where it is on no site."""
        return page.get_full_url(self.request) or ""

    @property
    def publisher_id(self) -> str:
        """What other nodes refer to the publisher by."""
        return f"{self.home}#publisher"

    def publisher(self) -> Node:
        """Return who publishes the site, as its pages name them."""
        return node("Organization", self.publisher_id, name=self.name, url=self.home, logo=self._logo())

    def _logo(self) -> Node | None:
        picture = picture_of(self.brand.logo, "logo") if self.brand.logo else None
        return node("ImageObject", url=picture.fallback.full_url) if picture and picture.fallback else None

    def publisher_with_profiles(self) -> Node:
        """Return who publishes the site, with where else readers find them."""
        profiles = [profile.value["url"] for profile in self.brand.social_links]
        return {**self.publisher(), **({"sameAs": profiles} if profiles else {})}

    def website(self) -> Node:
        """Return the site, with how it is searched."""
        return node(
            "WebSite",
            f"{self.home}#website",
            name=self.name,
            url=self.home,
            description=self.brand.strapline,
            publisher=reference(self.publisher_id),
            potentialAction=self._search(),
        )

    def _search(self) -> Node:
        address = f"{self.absolute(reverse('search:search'))}?q={{words}}"
        # The one property of the vocabulary that is written with a hyphen.
        required = {"query-input": "required name=words"}
        return {**node("SearchAction", target=node("EntryPoint", urlTemplate=address)), **required}

    def breadcrumbs(self, *pages: Page) -> Node:
        """Return the way from the first page; the last is the page itself, which needs no address."""
        steps = [(self.name, self.home), *((page.title, self.address_of(page)) for page in pages[:-1])]
        steps.append((pages[-1].title, ""))
        places = enumerate(steps, start=1)
        items = [node("ListItem", position=place, name=name, item=url) for place, (name, url) in places]
        return node("BreadcrumbList", itemListElement=items)
