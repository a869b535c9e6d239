"""The page types: reviews, topics and their lists."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import nullcontext
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index

from core.models import BasePage
from core.pagination import paginate
from research_reviews import panels
from research_reviews.blocks import Contribution, CreditsBlock, KeyMessageBlock, ReviewBodyBlock
from research_reviews.bylines import CreditGroup, credit_groups, reviewers
from research_reviews.contents import ContentsEntry, table_of_contents
from research_reviews.filters import ReviewFilters, selects
from research_reviews.prefetch import fetch_review
from research_reviews.querysets import ReviewManager, TopicManager
from research_reviews.readiness import NotReadyError, not_asked_for, published_as_it_is, refusal
from research_reviews.study_box import study_boxes
from site_settings.models import BrandSettings, NavigationSettings

if TYPE_CHECKING:
    from wagtail.models import Revision

    from images.models import CustomImage
    from research_reviews.models.people import Person

REVIEWS_A_PAGE = 12


class ReviewIndexPage(BasePage):
    """Every review, newest first, with filters. Lives at /reviews/."""

    introduction = models.TextField(_("introduction"), max_length=500, blank=True)

    template = "research_reviews/review_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["research_reviews.ReviewPage"]
    max_count_per_parent = 1
    edit_handler = panels.index_page()
    page_description = _("The list of all reviews. Reviews are written below it.")

    class Meta:
        verbose_name = _("list of reviews")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the filters, their choices and the page of reviews that the address asks for."""
        context = super().get_context(request, *args, **kwargs)
        filters = ReviewFilters.from_query(request.GET)
        reviews = filters.apply(ReviewPage.objects.listed().descendant_of(self)).newest_first().for_cards()
        return {
            **context,
            "filters": filters,
            "selects": selects(filters),
            "reviews": paginate(reviews, request, REVIEWS_A_PAGE),
        }


class TopicIndexPage(BasePage):
    """Every topic. Lives at /topics/."""

    introduction = models.TextField(_("introduction"), max_length=500, blank=True)

    template = "research_reviews/topic_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["research_reviews.TopicPage"]
    max_count_per_parent = 1
    edit_handler = panels.index_page()
    page_description = _("The list of all topics. Topics are made below it.")

    class Meta:
        verbose_name = _("list of topics")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the topics with how many reviews each has."""
        context = super().get_context(request, *args, **kwargs)
        return {**context, "topics": TopicPage.objects.listed().child_of(self).for_cards().order_by("title")}


class TopicPage(BasePage):
    """A subject that reviews are about, with its reviews."""

    introduction = models.TextField(
        _("introduction"),
        max_length=600,
        blank=True,
        help_text=_("What the topic is and why it matters, in a few sentences."),
    )
    image = models.ForeignKey(
        "images.CustomImage",
        verbose_name=_("image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    picture_kinds = {**BasePage.picture_kinds, "image": ("figure", "card", "social")}

    objects = TopicManager()
    template = "research_reviews/topic_page.html"
    parent_page_types = ["research_reviews.TopicIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    search_fields = [*BasePage.search_fields, index.SearchField("introduction")]
    edit_handler = panels.topic()
    page_description = _("A subject that reviews are about.")

    class Meta:
        verbose_name = _("topic")

    @property
    def summary_in_lists(self) -> str:
        """The sentence that lists show: the editor's, else the introduction."""
        return super().summary_in_lists or self.introduction

    @property
    def image_when_shared(self) -> CustomImage | None:
        """The picture that shared links show: the editor's, else the topic's."""
        return super().image_when_shared or self.image

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the page of reviews that the address asks for."""
        context = super().get_context(request, *args, **kwargs)
        reviews = ReviewPage.objects.listed().about(self).newest_first().for_cards()
        return {**context, "reviews": paginate(reviews, request, REVIEWS_A_PAGE)}


class ReviewPage(BasePage):
    """A structured review of one or more studies."""

    standfirst = models.TextField(
        _("standfirst"), max_length=400, help_text=_("One or two sentences: what was studied and what was found.")
    )
    header_image = models.ForeignKey(
        "images.CustomImage",
        verbose_name=_("header image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    topic = models.ForeignKey(
        "research_reviews.TopicPage",
        verbose_name=_("topic"),
        null=True,
        # RESTRICT, not PROTECT: a topic may go together with all its reviews, as when a whole section is deleted.
        on_delete=models.RESTRICT,
        related_name="reviews",
        help_text=_("The first topic: readers see it above the title."),
    )
    other_topics = ParentalManyToManyField(
        "research_reviews.TopicPage", verbose_name=_("other topics"), blank=True, related_name="also_in"
    )
    tags = ClusterTaggableManager(
        verbose_name=_("tags"),
        through="research_reviews.ReviewTag",
        blank=True,
        help_text=_("Words to find the review by in the admin, with commas between them. Readers do not see them."),
    )
    no_study_reason = models.CharField(
        _("why there is no study"),
        max_length=250,
        blank=True,
        help_text=_("Only where the review is of no single study, such as “An overview of five years of inspections”."),
    )
    credits = StreamField(CreditsBlock(), verbose_name=_("credits"), blank=True)
    key_messages = StreamField(
        [("message", KeyMessageBlock())],
        verbose_name=_("key messages"),
        min_num=2,
        max_num=5,
        help_text=_("Two to five sentences that a reader in a hurry should take away."),
    )
    body = StreamField(ReviewBodyBlock(), verbose_name=_("body"))
    interests = models.TextField(
        _("the reviewer's interests"), help_text=_("Anything that could sway the reviewer. “None” is an answer.")
    )
    published_on = models.DateField(
        _("date"), null=True, blank=True, db_index=True, help_text=_("Left empty, it is the day of first publication.")
    )
    responses_open = models.BooleanField(_("readers can respond"), default=True)

    picture_kinds = {**BasePage.picture_kinds, "header_image": ("header", "card", "social"), "body": ("figure",)}
    read_with = ("topic",)

    objects = ReviewManager()
    template = "research_reviews/review_page.html"
    parent_page_types = ["research_reviews.ReviewIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("standfirst", boost=2),
        index.SearchField("body"),
        index.FilterField("topic"),
        index.FilterField("published_on"),
    ]
    edit_handler = panels.review()
    page_description = _("A structured review of a study.")

    class Meta:
        verbose_name = _("review")
        indexes = [models.Index(fields=["-published_on", "-page_ptr"], name="review_newest_first")]

    @property
    def summary_in_lists(self) -> str:
        """The sentence that lists show: the editor's, else the standfirst."""
        return super().summary_in_lists or self.standfirst

    @property
    def date(self) -> date | None:
        """The date that readers see: the editor's, else the day of first publication in the site's time zone."""
        if self.published_on or not self.first_published_at:
            return self.published_on
        return timezone.localdate(self.first_published_at)

    @property
    def contents(self) -> list[ContentsEntry]:
        """The table of contents; empty for a short review."""
        return table_of_contents(self.body)

    @property
    def reviewers(self) -> list[Person]:
        """Who wrote the review, in the editor's order."""
        return reviewers(self.credits)

    @property
    def credit_groups(self) -> list[CreditGroup]:
        """Everyone credited, as the page lists them."""
        return credit_groups(self.credits)

    @property
    def reviewers_in_lists(self) -> list[Person]:
        """Who wrote the review, from the rows that lists fetch along."""
        return [row.person for row in self.credit_rows.all() if row.contribution == Contribution.REVIEW_AUTHOR]

    @property
    def image_in_lists(self) -> CustomImage | None:
        """The picture that lists show."""
        return self.listing_image or self.header_image

    @property
    def image_when_shared(self) -> CustomImage | None:
        """The picture that shared links show: the editor's, else the header image."""
        return super().image_when_shared or self.header_image

    def publish(self, revision: Revision, user: Any = None, **kwargs: Any) -> None:
        """Publish, unless a person asks for it and the review is not ready.

        The editor and the lists ask first and answer in a friendlier way. Raises NotReadyError.
        """
        if user and (reason := refusal(self)):
            raise NotReadyError(reason)
        with nullcontext() if user else published_as_it_is():
            super().publish(revision, user=user, **kwargs)

    def full_clean(self, exclude: Collection[str] | None = None, **kwargs: Any) -> None:
        """Validate the review, but for what may be lacking where no person publishes it. Raises ValidationError."""
        super().full_clean(exclude={*(exclude or ()), *not_asked_for()}, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the studies with everything that the study box shows of them."""
        context = super().get_context(request, *args, **kwargs)
        fetch_review(self, BrandSettings.for_request(request), NavigationSettings.for_request(request))
        links = self.review_studies.select_related("study")
        return {**context, "study_boxes": study_boxes([link.study for link in links])}


class ReviewStudy(Orderable):
    """A study that a review is about, in the editor's order."""

    review = ParentalKey(ReviewPage, on_delete=models.CASCADE, related_name="review_studies")
    study = models.ForeignKey(
        "research_reviews.Study", verbose_name=_("study"), on_delete=models.PROTECT, related_name="review_links"
    )

    class Meta(Orderable.Meta):
        verbose_name = _("study")
        verbose_name_plural = _("studies")

    def __str__(self) -> str:
        return str(self.study)
