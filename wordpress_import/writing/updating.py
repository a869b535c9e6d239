"""Brings a page up to date whose post has changed at the old site, unless somebody has changed it here since."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page, PageViewRestriction

from comments.models import Comment
from core.page_cache import content_changed
from research_reviews.models import ChosenReview, ReviewPage, ReviewStudy, ReviewTag
from wordpress_import.models import Outcome
from wordpress_import.writing import responses
from wordpress_import.writing.keys import reserve
from wordpress_import.writing.made import Made
from wordpress_import.writing.memory import Memory, Remembered
from wordpress_import.writing.redirecting import Redirects, address_of, leads_of
from wordpress_import.writing.standing import PASSWORD

OF_PAGES = ("title", "draft_title", "seo_title", "search_description", "go_live_at", "body")
OF_REVIEWS = ("standfirst", "header_image_id", "topic_id", "credits", "published_on", "responses_open")


def update(
    made: Made, memory: Memory, redirects: Redirects, user: Any, begin: Callable[[], None]
) -> tuple[Outcome, str]:
    """Write what has changed, after calling begin. Return what became of the page, and why it was left alone, if so."""
    known = memory.get(made.item.kind, made.item.wp_id)
    page = Page.objects.filter(pk=made.row.object_id).first()
    if reason := untouchable(page, known):
        return Outcome.SKIPPED, reason
    begin()
    with transaction.atomic():
        page = page.specific
        _copy(made, page)
        _publish(made, page, user)
        _restrict(made, page)
        if isinstance(page, ReviewPage):
            _add_responses(made, page)
        if made.standing.is_public:
            redirects.write(leads_of(made.item, made.site, page.pk, address_of(page), isinstance(page, ReviewPage)))
        page.refresh_from_db()
        changes = {"digest": made.digest, "revision": page.latest_revision_id, "was_live": page.live}
        memory.save([made.row.becomes(Outcome.UPDATED, " ".join(made.notes), **changes)])
        content_changed()
    memory.learn([made.row])
    return Outcome.UPDATED, ""


def untouchable(page: Page | None, known: Remembered | None) -> str:
    """Return why a page is left alone, as it is here; empty where it is as the import left it."""
    if page is None:
        return _("It was deleted here, and is not made again.")
    if known and page.latest_revision_id != known.revision:
        return _("It was changed here since: left as it is.")
    if known and known.was_live and not page.live:
        return _("It was unpublished here: left as it is.")
    return ""


def _copy(made: Made, page: Page) -> None:
    """Give the page what the post says now. Its address stays: readers have it."""
    names = (*OF_PAGES, *OF_REVIEWS) if isinstance(page, ReviewPage) else OF_PAGES
    for name in (*names, *made.copied):
        setattr(page, name, getattr(made.page, name))
    if isinstance(page, ReviewPage):
        page.other_topics = made.topics
        page.tagged_items = [ReviewTag(tag_id=pk) for pk in made.tags]
        page.review_studies = [ReviewStudy(study_id=pk, sort_order=place) for place, pk in enumerate(made.studies)]
    if made.copied:
        there = set(ReviewPage.objects.filter(pk__in=made.chosen).values_list("pk", flat=True))
        chosen = (pk for pk in made.chosen if pk in there)
        page.chosen_reviews = [ChosenReview(chosen_id=pk, sort_order=place) for place, pk in enumerate(chosen)]


def _publish(made: Made, page: Page, user: Any) -> None:
    standing = made.standing
    revision = page.save_revision(user=user, clean=False, approved_go_live_at=standing.goes_live_at, log_action=True)
    if standing.live:
        revision.publish(skip_permission_checks=True)
        dates = {"first_published_at": standing.published, "last_published_at": made.page.last_published_at}
        Page.objects.filter(pk=page.pk).update(**dates)
    elif page.live:
        page.unpublish()


def _restrict(made: Made, page: Page) -> None:
    """Bring who may read the page up to date, and leave alone what is not of the kinds that WordPress has."""
    wanted = made.standing.restriction
    password = made.item.password[:255] if wanted == PASSWORD else ""
    there = PageViewRestriction.objects.filter(page=page).exclude(restriction_type=PageViewRestriction.GROUPS)
    if list(there.values_list("restriction_type", "password")) == ([(wanted, password)] if wanted else []):
        return
    for restriction in there:
        restriction.delete()
    if wanted:
        PageViewRestriction.objects.create(page=page, restriction_type=wanted, password=password)


def _add_responses(made: Made, page: ReviewPage) -> None:
    """Write the responses that came in since. Those that are there stay as moderators left them."""
    author = made.site.authors.get(made.item.author)
    keys = reserve(Comment, len(made.comments))
    all_of_them = responses.unsaved(page, made.comments, keys, author.wp_id if author else 0)
    there = {
        (created_at, digest): pk
        for created_at, digest, pk in Comment.objects.filter(page=page).values_list("created_at", "digest", "pk")
    }
    places = dict(Comment.objects.filter(page=page).values_list("pk", "place"))
    for comment in sorted(all_of_them, key=lambda comment: comment.depth):
        if (comment.created_at, comment.digest) in there:
            comment.pk = there[comment.created_at, comment.digest]
            comment.place = places[comment.pk]
            continue
        comment.parent_id = comment.parent.pk if comment.parent else None
        comment.place = responses.place_of(comment)
        comment.save(force_insert=True)
