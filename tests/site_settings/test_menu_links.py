"""Links of menu and footer, as an owner types them: a mistyped one is told of while it can be mended."""

from __future__ import annotations

import pytest
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction

from site_settings.models import NavigationSettings
from tests.factories import StandardPageFactory, home_page, review_index
from tests.factories.owner import link_input, navigation_form
from tests.reading import links, read
from tests.site_settings.owner import messages_of, save, says

pytestmark = pytest.mark.django_db

NO_ADDRESS = "An address begins with / for this site, or with https:// for another."
NOT_WHOLE = "Give the whole address, such as https://example.org/page."


@pytest.mark.parametrize(
    "url",
    [
        "/",
        "/reviews/",
        "/reviews",
        "/reviews/?year=2025#latest",
        " /reviews/ ",
        "/privacy/preferences/",
        "/old/place/",
        "/documents/1/report.pdf",
        "https://example.org/page?a=b#c",
        "https://bücher.example/",
        "mailto:team@reviews.example",
        "mailto:team@reviews.example?subject=Hello",
    ],
)
def test_an_address_that_leads_somewhere_is_taken(url: str) -> None:
    review_index()
    Redirect.objects.create(old_path="/old/place", redirect_link="/reviews/")
    save(NavigationSettings, navigation_form(link_input(url=url, label="There")))
    assert links(read("/").footer)["There"] == url.strip()


@pytest.mark.parametrize(
    ("url", "error"),
    [
        ("www.example.org", NO_ADDRESS),
        ("reviews", NO_ADDRESS),
        ("//example.org/", NO_ADDRESS),
        ("/\\example.org", NO_ADDRESS),
        ("/two words/", NO_ADDRESS),
        ("javascript:alert(1)", NO_ADDRESS),
        ("data:text/html,x", NO_ADDRESS),
        ("https://", NOT_WHOLE),
        ("https://example", NOT_WHOLE),
        ("https://exam ple.org/", NOT_WHOLE),
        ("mailto:team", "Enter a valid email address."),
        ("/reveiws/", "There is nothing at /reveiws/. Correct it, or choose the page: then the link follows it."),
        ("/reviews/no-such/", "There is nothing at /reviews/no-such/."),
        ("/reviews.html", "There is nothing at /reviews.html."),
    ],
)
def test_a_mistyped_address_is_refused_saying_what_is_wrong(url: str, error: str) -> None:
    review_index()
    response = save(NavigationSettings, navigation_form(link_input(url=url, label="There")))
    assert says(response, error)
    assert not NavigationSettings.objects.exists()


def test_a_link_leads_to_one_place() -> None:
    both = link_input(StandardPageFactory(), "/", "There")
    neither, nameless = link_input(), link_input(url="https://example.org/")
    assert says(save(NavigationSettings, navigation_form(both)), "not both: readers can be led to one.")
    assert says(save(NavigationSettings, navigation_form(neither)), "Choose a page or type an address.")
    assert says(save(NavigationSettings, navigation_form(nameless)), "Say what the link should be called.")
    assert not NavigationSettings.objects.exists()


def test_an_owner_is_told_which_links_wait_for_their_page() -> None:
    draft, private = StandardPageFactory(title="Draft", published=False), StandardPageFactory(title="For members")
    shown = StandardPageFactory(title="Shown")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    below = (link_input(draft), link_input(private))
    saved = save(NavigationSettings, navigation_form(link_input(shown), below=below))
    assert any(
        "Readers do not see the links to “Draft” and “For members” until these pages are published and public." in text
        for text in messages_of(saved)
    )
    assert set(links(read("/").find("nav", class_="menu"))) == {"Shown", "Search"}


def test_nothing_is_said_where_every_link_is_shown() -> None:
    saved = save(NavigationSettings, navigation_form(link_input(StandardPageFactory())))
    assert not any("until these pages" in text for text in messages_of(saved))


def test_an_address_to_a_draft_is_taken_because_it_will_be_there() -> None:
    home_page()
    draft = StandardPageFactory(title="Soon", published=False)
    save(NavigationSettings, navigation_form(link_input(url=draft.url, label="Soon")))
    assert NavigationSettings.objects.exists()
    assert Client().get(draft.url).status_code == 404
