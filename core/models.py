"""What every page type of the site shares."""

from __future__ import annotations

from http import HTTPMethod
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PageViewRestriction
from wagtail.url_routing import RouteResult

from core.forms import BasePageForm
from core.permissions import PagePermissions
from core.querysets import ListedPageManager, private_parts
from core.routing import page_below

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser
    from wagtail.images.models import AbstractImage


class BasePage(Page):
    """A page with what lists and shared links show of it. Every page type inherits from it."""

    listing_title = models.CharField(
        _("title in lists"), max_length=255, blank=True, help_text=_("Only if lists should show another title.")
    )
    listing_summary = models.CharField(
        _("summary in lists"), max_length=300, blank=True, help_text=_("One sentence. Lists show it below the title.")
    )
    listing_image = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("image in lists"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Only if lists should show another image than the page's own."),
    )
    social_image = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("image when shared"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown where the page is shared on a social network. 1200 × 630 pixels or more."),
    )

    # What the page shows its images as (images.signals): made ahead of the first view.
    picture_kinds: ClassVar[dict[str, tuple[str, ...]]] = {"listing_image": ("card",), "social_image": ("social",)}

    # What is fetched along with the page when a reader asks for it.
    read_with: ClassVar[tuple[str, ...]] = ()

    objects = ListedPageManager()

    base_form_class = BasePageForm
    promote_panels = [
        MultiFieldPanel(
            [
                # A draft without one, as of a title without letters, gets one when it is saved.
                FieldPanel("slug", required_on_save=False),
                FieldPanel("seo_title"),
                FieldPanel("search_description"),
            ],
            _("For search engines"),
        ),
        MultiFieldPanel(
            [FieldPanel("listing_title"), FieldPanel("listing_summary"), FieldPanel("listing_image")], _("In lists")
        ),
        MultiFieldPanel([FieldPanel("social_image")], _("When shared")),
    ]
    show_in_menus_default = False
    # Pages are read; what readers send goes to addresses of its own.
    allowed_http_methods: ClassVar[list[HTTPMethod]] = [HTTPMethod.GET, HTTPMethod.HEAD, HTTPMethod.OPTIONS]

    class Meta:
        abstract = True

    @property
    def title_in_lists(self) -> str:
        """The title that lists show."""
        return self.listing_title or self.title

    @property
    def summary_in_lists(self) -> str:
        """The sentence that lists show below the title."""
        return self.listing_summary or self.search_description

    @property
    def meta_description(self) -> str:
        """The sentence that search engines and shared links show."""
        return self.search_description or self.summary_in_lists

    @property
    def image_when_shared(self) -> AbstractImage | None:
        """The picture that shared links show, where the page has one."""
        image: AbstractImage | None = self.social_image or self.listing_image
        return image

    def permissions_for_user(self, user: AbstractBaseUser) -> PagePermissions:
        """Return what the user may do with the page."""
        return PagePermissions(user, self)

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Answer 404 for a page past its expiry, also before the worker has taken it down."""
        if path_components and (page := page_below(self, path_components)):
            result: RouteResult = page.route(request, [])
            return result
        if not path_components and self.expire_at and self.expire_at <= timezone.now():
            raise Http404
        return super().route(request, path_components)

    def get_view_restrictions(self) -> QuerySet:
        """Return the restrictions of the page and of those above it; of an alias, those of its source as well."""
        pks = {pk for path, pk in private_parts() if self.path.startswith(path)}
        return PageViewRestriction.objects.filter(pk__in=pks) if pks else PageViewRestriction.objects.none()
