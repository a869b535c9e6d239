"""The home page and plain pages such as “About us”."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from core.models import BasePage
from home.blocks import LandingBodyBlock, StandardBodyBlock
from home.landing import fetch_body, fetch_landing, listed_topics, newest_reviews

LATEST_REVIEWS = 7


class HomePage(BasePage):
    """The first page of the site. With nothing in its body it shows the latest reviews and the topics."""

    headline = models.CharField(
        _("headline"), max_length=160, blank=True, help_text=_("Left empty, it is the site's strapline.")
    )
    introduction = models.TextField(_("introduction"), max_length=500, blank=True)
    body = StreamField(LandingBodyBlock(), verbose_name=_("body"), blank=True)

    picture_kinds = {**BasePage.picture_kinds, "body": ("figure",)}

    template = "home/home_page.html"
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["home.StandardPage", "research_reviews.ReviewIndexPage", "research_reviews.TopicIndexPage"]
    max_count_per_parent = 1
    content_panels = [*BasePage.content_panels, FieldPanel("headline"), FieldPanel("introduction"), FieldPanel("body")]
    page_description = _("The first page of the site.")

    class Meta:
        verbose_name = _("home page")

    @property
    def shows_strapline(self) -> bool:
        """Whether the site's strapline is the headline, so that it need not stand beside the name as well."""
        return not self.headline

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the latest reviews and the topics, for as long as nobody has composed the page."""
        context = super().get_context(request, *args, **kwargs)
        if self.body:
            fetch_landing(self.body)
            return context
        return {**context, "latest_reviews": newest_reviews(LATEST_REVIEWS), "topics": listed_topics()}


class StandardPage(BasePage):
    """A page that is no review: about us, how we work, privacy policy."""

    introduction = models.TextField(_("introduction"), max_length=500, blank=True)
    body = StreamField(StandardBodyBlock(), verbose_name=_("body"), blank=True)

    picture_kinds = {**BasePage.picture_kinds, "body": ("figure",)}

    template = "home/standard_page.html"
    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]
    content_panels = [*BasePage.content_panels, FieldPanel("introduction"), FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("introduction"), index.SearchField("body")]
    page_description = _("A page that is no review, such as “About us”.")

    class Meta:
        verbose_name = _("plain page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Fetch what the blocks choose, show and link to."""
        context = super().get_context(request, *args, **kwargs)
        fetch_body(self.body)
        return context
