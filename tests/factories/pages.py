"""Pages, each below the page where editors would make it."""

from __future__ import annotations

from typing import Any, TypeVar

import factory
import wagtail_factories
from django.utils import timezone
from django.utils.text import slugify
from wagtail.models import Locale, Page, Site

from core.models import BasePage
from home.models import HomePage, StandardPage
from research_reviews.models import ReviewIndexPage, ReviewPage, ReviewStudy, TopicIndexPage, TopicPage
from tests.factories import blocks
from tests.factories.images import ImageFactory
from tests.factories.people import AudienceFactory, PersonFactory
from tests.factories.studies import StudyFactory

PageType = TypeVar("PageType", bound=BasePage)


def home_page() -> HomePage:
    """Return the site's first page, made anew after a test has emptied the database."""
    if home := HomePage.objects.first():
        return home
    Locale.objects.get_or_create(language_code="en-gb")
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root")
    home = root.add_child(instance=HomePage(title="Home", slug="home"))
    Site.objects.update_or_create(hostname="localhost", defaults={"root_page": home, "is_default_site": True})
    return home


def review_index() -> ReviewIndexPage:
    """Return the list of reviews at /reviews/."""
    return index_page(ReviewIndexPage, "Reviews")


def topic_index() -> TopicIndexPage:
    """Return the list of topics at /topics/."""
    return index_page(TopicIndexPage, "Topics")


def index_page(model: type[PageType], title: str) -> PageType:
    """Return the one page of the model below the home page."""
    if page := model.objects.first():
        return page
    page = model(title=title, slug=title.lower(), first_published_at=timezone.now())
    home_page().add_child(instance=page)
    return page


class BasePageFactory(wagtail_factories.PageFactory):
    """A page that went live as an editor's would; `published=False` leaves it a draft."""

    class Meta:
        abstract = True

    published = True
    slug: Any = factory.LazyAttribute(lambda page: slugify(page.title, allow_unicode=True))

    @classmethod
    def _create(cls, model_class: type[BasePage], *args: Any, **kwargs: Any) -> BasePage:
        published = kwargs.pop("published")
        page = super()._create(model_class, *args, live=False, has_unpublished_changes=True, **kwargs)
        revision = page.save_revision(clean=published)
        if published:
            revision.publish()
        return model_class.objects.get(pk=page.pk)


class TopicPageFactory(BasePageFactory):
    """A topic below /topics/."""

    class Meta:
        model = TopicPage

    title = factory.Sequence(lambda number: f"Topic {number}")
    parent: Any = factory.LazyFunction(topic_index)
    introduction = "What the topic is and why it matters."


class StandardPageFactory(BasePageFactory):
    """A plain page below the home page."""

    class Meta:
        model = StandardPage

    title = factory.Sequence(lambda number: f"Plain page {number}")
    parent: Any = factory.LazyFunction(home_page)
    introduction = "What the page is about."


def review_credits(review: Any) -> str:
    """Return the credits of a review: its reviewer, then its studies' authors."""
    authors = [link.person for study in review.studies for link in study.study_authors.all()]
    return blocks.stream(
        blocks.credit(review.reviewer, "review_author", "editor"), *(blocks.credit(author) for author in authors)
    )


def review_body(review: Any) -> str:
    """Return a body with everything that evidence rows are made of."""
    return blocks.stream(
        blocks.section(name="section-background"),
        blocks.findings(
            blocks.issue(
                "Inconsistent training",
                blocks.prose(),
                blocks.quote("Nobody told me what to do at night.", name="quote-night"),
                own_heading="Training by chance",
                name="finding-training",
            ),
            blocks.issue("No quiet room", name="finding-room"),
            introduction="<p>Two issues stand out:</p>",
            name="findings",
        ),
        blocks.quote("That is why I am still here.", name="quote-here"),
        blocks.recommendations(
            blocks.recommendation("Train before the first shift.", review.audience, name="recommendation-train"),
            blocks.recommendation("Give them a room.", name="recommendation-room"),
            name="recommendations",
        ),
        blocks.conclusion(name="conclusion"),
    )


class ReviewPageFactory(BasePageFactory):
    """A complete review below /reviews/: one study, credits, findings with quotes, recommendations, a conclusion.

    `studies` and `other_topics` take lists; `reviewer` and `audience` stand in the credits and recommendations.
    Its blocks carry ids made from their names: `block_id("finding-training")`.
    """

    class Meta:
        model = ReviewPage
        exclude = ("reviewer", "audience")

    title = factory.Sequence(lambda number: f"What waiting rooms tell us, part {number}")
    parent: Any = factory.LazyFunction(review_index)
    reviewer = factory.SubFactory(PersonFactory)
    audience = factory.SubFactory(AudienceFactory, name="Prison staff")
    topic = factory.SubFactory(TopicPageFactory)
    other_topics: Any = ()
    studies: Any = factory.LazyFunction(lambda: [StudyFactory()])
    standfirst = "A study of people who wait. It finds that a chair by the window matters."
    header_image = factory.SubFactory(ImageFactory)
    credits = factory.LazyAttribute(review_credits)
    key_messages = blocks.stream(
        blocks.block("message", "Peer support helps most where the supporters are supported."),
        blocks.block("message", "Training differs from place to place."),
    )
    body = factory.LazyAttribute(review_body)
    interests = "None"

    @classmethod
    def _create_instance(cls, model_class: type[ReviewPage], parent: Page, kwargs: dict[str, Any]) -> ReviewPage:
        studies, other_topics = kwargs.pop("studies"), kwargs.pop("other_topics")
        review = model_class(**kwargs)
        review.review_studies = [ReviewStudy(study=study, sort_order=place) for place, study in enumerate(studies)]
        review.other_topics = list(other_topics)
        parent.add_child(instance=review)
        return review
