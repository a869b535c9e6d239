"""After a change to a setting, snippet, file or the site itself, the next reader sees it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document
from wagtail.models import Collection, CollectionViewRestriction, Site

from core.page_cache import content_changed, generation
from research_reviews.models import ReviewPage, StudyAuthor
from site_settings.models import BrandSettings, NavigationSettings
from tests.core.conftest import Committed, Reads
from tests.factories import (
    AudienceFactory,
    ImageFactory,
    PersonFactory,
    ReviewPageFactory,
    StandardPageFactory,
    StudyFactory,
    TopicPageFactory,
    home_page,
    recommendation,
    recommendations,
    stream,
)
from tests.factories.blocks import block, credit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("page_cache")]


def test_brand_and_menu_change_everywhere_at_once(reads: Reads, committed: Committed) -> None:
    page, site = StandardPageFactory(), Site.objects.get()
    reads(page.url)
    with committed():
        BrandSettings.objects.create(site=site, site_name="Better Reviews")
    assert "Better Reviews" in reads(page.url)
    menu = stream(block("item", {"page": None, "url": "/elsewhere/", "label": "Elsewhere", "children": []}))
    with committed():
        NavigationSettings.objects.create(site=site, main_menu=menu)
    assert "Elsewhere" in reads(page.url)


def test_a_person_a_study_and_an_audience_change_where_they_are_shown(reads: Reads, committed: Committed) -> None:
    person, audience = PersonFactory(name="Ada Before"), AudienceFactory(name="Staff before")
    study = StudyFactory(title="Study before", authors=[person])
    body = stream(recommendations(recommendation("Train them.", audience)))
    page = ReviewPageFactory(studies=[study], body=body, credits=stream(credit(person)))
    assert "Ada Before" in reads(page.url)
    for thing, name, value in (
        (person, "name", "Ada After"),
        (study, "title", "Study after"),
        (audience, "name", "Staff after"),
    ):
        assert value not in reads(page.url)
        setattr(thing, name, value)
        with committed():
            thing.save()
        assert value in reads(page.url)


def test_a_new_author_of_a_study_is_shown_although_the_study_was_not_saved(reads: Reads, committed: Committed) -> None:
    study = StudyFactory()
    page = ReviewPageFactory(studies=[study])
    reads(page.url)
    with committed():
        StudyAuthor.objects.create(study=study, person=PersonFactory(name="Late Addition"), sort_order=9)
    assert "Late Addition" in reads(page.url)


def test_an_image_shows_its_new_credit_and_its_new_file(
    reads: Reads, committed: Committed, temporary_media: Path
) -> None:
    image = ImageFactory(credit="Before")
    page = ReviewPageFactory(header_image=image)
    before = reads(page.url)
    image.credit = "Afterwards"
    with committed():
        image.save()
    assert "Afterwards" in reads(page.url)
    image.file = ContentFile(ImageFactory.build(file__color="red").file.read(), name="replaced.jpg")
    with committed():
        image.renditions.all().delete()
        image.save()
    assert "replaced" in reads(page.url)
    assert "replaced" not in before


def test_a_document_shows_its_new_title(reads: Reads, committed: Committed, temporary_media: Path) -> None:
    document = Document.objects.create(title="Before", file=SimpleUploadedFile("paper.txt", b"words"))
    page = StandardPageFactory(body=stream(block("download", {"document": document.pk, "title": ""})))
    assert "Afterwards" not in reads(page.url)
    document.title = "Afterwards"
    with committed():
        document.save()
    assert "Afterwards" in reads(page.url)


def test_a_redirect_leads_away_at_once(reader: Client, committed: Committed) -> None:
    home = home_page()
    assert reader.get("/old-post/").status_code == 404
    with committed():
        redirect = Redirect.objects.create(old_path="/old-post", redirect_page=home)
    assert reader.get("/old-post/")["Location"] == "/"
    with committed():
        redirect.delete()
    assert reader.get("/old-post/").status_code == 404


@pytest.mark.parametrize(
    "change",
    [
        lambda: Site.objects.get().save(),
        lambda: CollectionViewRestriction.objects.create(
            collection=Collection.get_first_root_node(), restriction_type="login"
        ),
        lambda: Collection.get_first_root_node().save(),
        lambda: ReviewPage.objects.get().other_topics.add(TopicPageFactory()) or ReviewPage.objects.get().save(),
        lambda: call_command("rebuild_evidence", verbosity=0),
        content_changed,
    ],
    ids=["site", "collection privacy", "collection", "other topics", "rebuilt evidence", "an app says so"],
)
def test_other_changes_begin_a_new_generation_as_well(change: Callable[[], object], committed: Committed) -> None:
    ReviewPageFactory()
    home_page()
    token = generation()
    with committed():
        change()
    assert generation() != token
