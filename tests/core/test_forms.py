"""The form behind every page editor: in a server with threads, and what address a page may have."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.urls import reverse
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, streamfield

from core.forms import BasePageForm
from home.models import StandardPage
from tests.factories import StandardPageFactory, home_page
from tests.research_reviews.desk import signed_in


def test_a_draft_and_a_publication_are_never_validated_at_the_same_time(monkeypatch: pytest.MonkeyPatch) -> None:
    at_work: list[int] = []
    most: list[int] = []

    def validate(form: WagtailAdminPageForm) -> None:
        at_work.append(1)
        time.sleep(0.02)
        most.append(len(at_work))
        at_work.pop()

    monkeypatch.setattr(WagtailAdminPageForm, "full_clean", validate)
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(BasePageForm.full_clean, [BasePageForm.__new__(BasePageForm) for _number in range(4)]))
    assert most == [1, 1, 1, 1]


def publish(parent: Page, slug: str) -> int:
    """Publish a plain page below the parent, and return the answer's status: 302 where it was taken."""
    data = nested_form_data(
        {
            "title": "A page",
            "slug": slug,
            "introduction": "",
            "body": streamfield([]),
            "comments": {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0", "MIN_NUM_FORMS": "0", "MAX_NUM_FORMS": ""},
        }
    )
    address = reverse("wagtailadmin_pages:add", args=["home", "standardpage", parent.pk])
    response = signed_in().post(address, {**data, "action-publish": "1"})
    if response.status_code == 200:
        assert response.context["form"].errors == {"slug": ["The site itself answers at this address. Choose another."]}
    return int(response.status_code)


@pytest.mark.django_db
@pytest.mark.parametrize("slug", ["sponsors", "admin"])
def test_no_page_takes_an_address_of_the_site_itself(slug: str) -> None:
    assert publish(home_page(), slug) == 200
    assert not StandardPage.objects.exists()


@pytest.mark.django_db
def test_elsewhere_the_same_words_are_free() -> None:
    about = StandardPageFactory(slug="about")

    assert publish(about, "sponsors") == 302
    assert publish(home_page(), "people") == 302
