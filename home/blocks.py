"""What a landing page is composed of."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from core.blocks import CallOutBlock, DownloadBlock, FigureBlock, LeftoverBlock, ProseBlock, SectionBlock
from core.embeds import EmbedBlock
from core.table_block import TableBlock
from home.landing import chosen_reviews, latest_reviews, listed_topics
from research_reviews.models import ReviewPage, TopicPage
from site_settings.policy_block import ServicesBlock


class LatestReviewsValue(blocks.StructValue):
    """The reviews to show."""

    @property
    def reviews(self) -> list[ReviewPage]:
        """The newest listed reviews."""
        return latest_reviews(self["number"])


class LatestReviewsBlock(blocks.StructBlock):
    """The newest reviews."""

    heading = blocks.CharBlock(max_length=120, default=_("Latest reviews"), label=_("Heading"))
    number = blocks.IntegerBlock(default=6, min_value=1, max_value=24, label=_("How many"))

    class Meta:
        icon = "doc-full-inverse"
        label = _("Latest reviews")
        label_format = "{heading}"
        value_class = LatestReviewsValue
        template = "blocks/latest_reviews.html"
        description = _("The newest reviews, as cards.")
        preview_value = {"heading": "Latest reviews", "number": 3}


class FeaturedReviewsValue(blocks.StructValue):
    """The chosen reviews, as far as the public may see them."""

    @property
    def reviews(self) -> list[ReviewPage]:
        """The chosen reviews in the editor's order, without those that are not listed."""
        return chosen_reviews(page.pk for page in self["pages"] if page)


class FeaturedReviewsBlock(blocks.StructBlock):
    """Reviews that an editor chose."""

    heading = blocks.CharBlock(max_length=120, default=_("Featured"), label=_("Heading"))
    pages = blocks.ListBlock(blocks.PageChooserBlock("research_reviews.ReviewPage"), label=_("Reviews"))

    class Meta:
        icon = "pick"
        label = _("Chosen reviews")
        label_format = "{heading}"
        value_class = FeaturedReviewsValue
        template = "blocks/featured_reviews.html"
        description = _("Reviews that you choose, in your order.")
        preview_value = {"heading": "Featured", "pages": []}


class TopicsValue(blocks.StructValue):
    """The topics to show."""

    @property
    def topics(self) -> list[TopicPage]:
        """Every listed topic with how many reviews it has."""
        return listed_topics()


class TopicsBlock(blocks.StructBlock):
    """Every topic."""

    heading = blocks.CharBlock(max_length=120, default=_("Topics"), label=_("Heading"))

    class Meta:
        icon = "tag"
        label = _("Topics")
        label_format = "{heading}"
        value_class = TopicsValue
        template = "blocks/topics.html"
        description = _("Every topic, with how many reviews it has.")
        preview_value = {"heading": "Topics"}


class StandardBodyBlock(blocks.StreamBlock):
    """The body of a plain page."""

    prose = ProseBlock(label=_("Text"))
    section = SectionBlock()
    image = FigureBlock()
    table = TableBlock()
    embed = EmbedBlock()
    download = DownloadBlock()
    callout = CallOutBlock()
    services = ServicesBlock()
    leftover = LeftoverBlock()

    class Meta:
        icon = "doc-full"
        required = False
        description = _("The page, block by block.")


class LandingBodyBlock(blocks.StreamBlock):
    """The body of the home page."""

    latest_reviews = LatestReviewsBlock(group=_("Reviews"))
    featured_reviews = FeaturedReviewsBlock(group=_("Reviews"))
    topics = TopicsBlock(group=_("Reviews"))
    section = SectionBlock(group=_("Text"))
    image = FigureBlock(group=_("Text"))
    callout = CallOutBlock(group=_("Text"))

    class Meta:
        icon = "home"
        required = False
        description = _("The home page, block by block.")
