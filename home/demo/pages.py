"""The demo site's pages. A page that is there already, by its address, is left as its editors have it."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Site

from core.models import BasePage
from home.demo import records
from home.demo.bodies import BodyBuilder
from home.demo.content import Content
from home.models import HomePage, StandardPage
from research_reviews.models import (
    ChosenReview,
    ReviewIndexPage,
    ReviewPage,
    ReviewStudy,
    TopicIndexPage,
    TopicPage,
)
from research_reviews.related import refresh_all
from users.models import User

SAMPLE_EDITOR = "sample.editor"


class NoHomePageError(Exception):
    """There is no page to put the demo site below."""


def home_page() -> HomePage:
    """Return the page that the default site begins with. Raises NoHomePageError."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    home = site.root_page.specific if site else None
    if not isinstance(home, HomePage):
        raise NoHomePageError
    return home


def topic(content: Content) -> bool:
    """Make a topic below the list of topics. Return whether it was not there before."""
    parent = index_page(TopicIndexPage, "Topics")
    if is_there(parent, content["slug"]):
        return False
    page = TopicPage(
        title=content["title"],
        slug=content["slug"],
        introduction=content["introduction"],
        image=records.picture(content["picture"]),
    )
    publish(parent, page)
    return True


def standard_page(content: Content) -> bool:
    """Make a plain page below the home page. Return whether it was not there before."""
    parent = home_page()
    if is_there(parent, content["slug"]):
        return False
    page = StandardPage(
        title=content["title"],
        slug=content["slug"],
        introduction=content["introduction"],
        search_description=content["introduction"],
    )
    page.body = BodyBuilder(page.slug).body(content["body"])
    publish(parent, page)
    return True


def review(content: Content) -> bool:
    """Make a review in its state, with its studies. Return whether it was not there before."""
    parent = index_page(ReviewIndexPage, "Reviews")
    if is_there(parent, content["slug"]):
        return False
    page = composed_review(content)
    studies = [records.study(study) for study in content["studies"]]
    page.review_studies = [ReviewStudy(study=study, sort_order=place) for place, study in enumerate(studies)]
    related = ReviewPage.objects.child_of(parent).filter(slug__in=content.get("related", ())).order_by("slug")
    page.chosen_reviews = [ChosenReview(chosen=other, sort_order=place) for place, other in enumerate(related)]
    STATES[content.get("state", "published")](parent, page, content)
    return True


def composed_review(content: Content) -> ReviewPage:
    """Return a review that is not saved yet."""
    build = BodyBuilder(content["slug"])
    wanted = [content["topic"], *content.get("other_topics", [])]
    topics = {topic.slug: topic for topic in TopicPage.objects.filter(slug__in=wanted)}
    page = ReviewPage(
        title=content["title"],
        slug=content["slug"],
        standfirst=content["standfirst"],
        header_image=records.picture(content["picture"]),
        topic=topics.pop(content["topic"]),
        credits=build.credits(content["credits"]),
        key_messages=build.key_messages(content["key_messages"]),
        body=build.body(content["body"]),
        interests=content.get("interests", ""),
        published_on=content.get("published_on"),
    )
    page.other_topics = list(topics.values())
    return page


def publish(parent: Page, page: BasePage, content: Content | None = None) -> None:
    """Put the page below its parent and publish it, as an editor would: wholly or not at all."""
    if content:
        page.first_published_at = timezone.make_aware(datetime.combine(content["published_on"], time(9)))
    with transaction.atomic():
        save_draft(parent, page).publish()


def leave_as_draft(parent: Page, page: BasePage, content: Content) -> None:
    """Save the page, whatever it still lacks, and publish nothing of it."""
    with transaction.atomic():
        save_draft(parent, page, clean=False)


def schedule(parent: Page, page: BasePage, content: Content) -> None:
    """Publish the page at a time to come."""
    page.go_live_at = timezone.make_aware(datetime.combine(content["go_live_on"], time(9)))
    with transaction.atomic():
        save_draft(parent, page).publish()


def publish_privately(parent: Page, page: BasePage, content: Content) -> None:
    """Publish the page for those who sign in. It is private before it is live: at no moment can anyone else see it."""
    page.first_published_at = timezone.make_aware(datetime.combine(content["published_on"], time(9)))
    with transaction.atomic():
        revision = save_draft(parent, page)
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
        revision.publish()


def submit(parent: Page, page: BasePage, content: Content) -> None:
    """Hand the page to the moderators."""
    with transaction.atomic():
        save_draft(parent, page)
        if workflow := page.get_workflow():
            workflow.start(page, sample_editor())


STATES = {
    "published": publish,
    "draft": leave_as_draft,
    "scheduled": schedule,
    "private": publish_privately,
    "moderation": submit,
}


def save_draft(parent: Page, page: BasePage, clean: bool = True) -> Any:
    """Put the page below its parent, unpublished, and return its first revision, checked as publishing would."""
    page.live = False
    page.has_unpublished_changes = True
    parent.add_child(instance=page)
    return page.save_revision(clean=clean)


def sample_editor() -> User:
    """Return the invented colleague who submits reviews. Nobody can sign in as them: they have no password."""
    user, is_new = User.objects.get_or_create(
        username=SAMPLE_EDITOR, defaults={"first_name": "Sample", "last_name": "Editor", "is_active": False}
    )
    if is_new:
        user.set_unusable_password()
        user.save()
    return user


def index_page(model: type[Any], title: str) -> Any:
    """Return the list of this kind, made below the home page where there is none."""
    if page := model.objects.descendant_of(home_page()).first():
        return page
    page = model(title=title, slug=title.lower())
    publish(home_page(), page)
    return page


def is_there(parent: Page, slug: str) -> bool:
    """Whether a page stands at this address."""
    return parent.get_children().filter(slug=slug).exists()


def lead_to_one_another() -> bool:
    """Find the related reviews of every review, now that all are there. Return whether any leads to others."""
    return refresh_all(ReviewPage.objects.order_by("pk").values_list("pk", flat=True)) > 0


def fill_once(page: BasePage, **fields: Any) -> bool:
    """Give a page that nobody has edited yet its text. Return whether it had not been."""
    if page.latest_revision_id:
        return False
    for name, value in fields.items():
        setattr(page, name, value)
    with transaction.atomic():
        page.save_revision().publish()
    return True
