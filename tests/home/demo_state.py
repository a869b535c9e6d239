"""What a database with a demo site in it holds, in a form that two loads can be compared by."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.documents import get_document_model
from wagtail.models import (
    Collection,
    Page,
    PageViewRestriction,
    ReferenceIndex,
    Revision,
    WorkflowState,
)

from comments.models import Comment
from images.models import CustomImage
from research_reviews.models import Audience, Credit, Finding, Person, Quote, Recommendation, Study
from site_settings.models import BrandSettings, EmbeddedProvider, NavigationSettings, Purpose, Service
from sponsors.models import Sponsor, Sponsorship
from users.models import User

COUNTED = (
    Audience,
    BrandSettings,
    Collection,
    Comment,
    Credit,
    CustomImage,
    EmbeddedProvider,
    Finding,
    NavigationSettings,
    Page,
    PageViewRestriction,
    Person,
    Purpose,
    Quote,
    Recommendation,
    Revision,
    Service,
    Sponsor,
    Sponsorship,
    Study,
    User,
    WorkflowState,
    get_document_model(),
)


def counts() -> dict[str, int]:
    """Return how many of each thing there are."""
    return {model.__name__: model._default_manager.count() for model in COUNTED}


def revisions() -> list[tuple[Any, ...]]:
    """Return every revision with when it was made."""
    return list(Revision.objects.order_by("pk").values_list("pk", "object_id", "created_at"))


def state() -> dict[str, Any]:
    """Return what readers and editors meet, without the keys and times that differ between two loads."""
    page_revisions = Revision.objects.filter(base_content_type=ContentType.objects.get_for_model(Page))
    urls = {str(pk): path for pk, path in Page.objects.values_list("pk", "url_path")}
    return {
        "counts": counts(),
        "pages": sorted(Page.objects.values_list("url_path", "title", "live", "has_unpublished_changes")),
        "page revisions": sorted(urls[pk] for pk in page_revisions.values_list("object_id", flat=True)),
        "scheduled": sorted(Page.objects.exclude(go_live_at=None).values_list("url_path", "go_live_at")),
        "services": sorted(Service.objects.values_list("slug", "name", "purpose__slug", "purpose__basis")),
        "people": sorted(Person.objects.values_list("slug", "name")),
        "authors": sorted(Study.objects.values_list("doi", "study_authors__person__slug", "study_authors__sort_order")),
        "funders": sorted(Study.objects.filter(funders__isnull=False).values_list("doi", "funders__name")),
        "images": sorted(CustomImage.objects.values_list("title", "width", "height", "file_size")),
        "findings": sorted(Finding.objects.values_list("review__slug", "block_id", "heading")),
        "quotes": sorted(Quote.objects.values_list("review__slug", "block_id", "words")),
        "recommendations": sorted(Recommendation.objects.values_list("block_id", "audiences__slug")),
        "responses": sorted(Comment.objects.values_list("page__slug", "created_at", "name", "status", "parent__name")),
        "references": ReferenceIndex.objects.count(),
    }
