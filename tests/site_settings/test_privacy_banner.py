"""What a page holds so that the reader's browser can ask them: only where there is something to ask."""

from __future__ import annotations

import json
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup, Tag
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, Site

from site_settings.models import PrivacySettings, Purpose, Service, ServiceCookie
from tests.factories import PurposeFactory, ServiceFactory, StandardPageFactory, home_page
from tests.reading import find, links, read, words

pytestmark = pytest.mark.django_db

CENTRE = "/privacy/preferences/"
PAGES = ("/", "/reviews/", "/no-such-page/")


def page(address: str = "/") -> BeautifulSoup:
    """The page as a visitor without cookies gets it."""
    return read(address, status=404 if address == "/no-such-page/" else 200)


def banner() -> Tag:
    """What the first page holds for the browser to ask with."""
    return find(page(), ".consent")


def services(tag: Tag) -> list[list[str]]:
    """What the browser is told of services."""
    known: list[list[str]] = json.loads(str(tag["data-services"]))
    return known


def exempt(**values: Any) -> Service:
    """A service that runs until a reader objects."""
    purpose = PurposeFactory(name="Statistics", basis=Purpose.Basis.EXEMPT)
    service: Service = ServiceFactory(purpose=purpose, **values)
    return service


def set_privacy(**values: Any) -> PrivacySettings:
    """Set what the owner can set."""
    settings, _made = PrivacySettings.objects.update_or_create(
        site=Site.objects.get(is_default_site=True), defaults=values
    )
    return settings


@pytest.mark.parametrize("address", PAGES)
def test_nothing_asks_where_nothing_needs_consent_and_the_centre_is_there(address: str) -> None:
    shown = page(address)

    assert shown.select(".consent, script[src]") == []
    assert links(find(shown, "footer"))["Privacy preferences"] == CENTRE
    assert read(CENTRE).select("form.privacy-form")


@pytest.mark.parametrize("address", PAGES)
def test_where_a_service_needs_consent_each_page_holds_the_question_hidden_right_after_the_first_link(
    address: str,
) -> None:
    ServiceFactory(name="Films")
    shown = page(address)
    asking = find(shown, ".skip-link + .consent")
    question = find(asking, "section.consent-banner[hidden]")
    form = find(question, "form")

    assert asking["aria-live"] == "polite"
    assert find(shown, f"#{question['aria-labelledby']}").get_text() == "Your privacy"
    assert (form["action"], form["method"]) == (CENTRE, "post")
    assert [(tag["name"], tag["value"], words(tag)) for tag in form.select("button")] == [
        ("choice", "accept", "Accept all"),
        ("choice", "reject", "Reject all"),
    ]
    assert links(form) == {"Choose": CENTRE}
    assert find(shown, "script[type=module]")["src"] == "/static/js/consent.js"


def test_the_browser_learns_the_version_and_what_is_asked() -> None:
    set_privacy(version=3)
    film = ServiceFactory(name="Films")
    count = exempt(name="Counter", hosts="", script_url="https://count.example/count.js")

    assert banner()["data-version"] == "3"
    assert services(banner()) == [
        [f"other-sites_{film.slug}", "consent", ""],
        [f"statistics_{count.slug}", "exempt", "https://count.example/count.js"],
    ]


def test_what_is_reworded_asks_nobody_again_and_what_is_new_asks_everybody() -> None:
    film = ServiceFactory(name="Films")
    settings = set_privacy(version=1)
    before = (banner()["data-version"], banner()["data-services"])

    film.name = "Moving pictures"
    film.what_it_loads = "The same, in other words."
    film.save()
    film.purpose.explanation = "In other words."
    film.purpose.save()
    settings.banner_text = "In other words."
    settings.save()
    assert (banner()["data-version"], banner()["data-services"]) == before
    assert "In other words." in words(banner())

    ServiceFactory(name="Maps")
    assert len(services(banner())) == 2
    settings.version = 2
    settings.save()
    assert banner()["data-version"] == "2"


def test_what_moves_to_another_purpose_is_asked_again() -> None:
    film = ServiceFactory(name="Films")
    before = services(banner())
    film.purpose = PurposeFactory(name="Entertainment")
    film.save()

    assert services(banner()) == [[f"entertainment_{film.slug}", "consent", ""]] != before


def test_a_page_is_the_same_for_every_choice() -> None:
    ServiceFactory(name="Films")
    accepted, refusing = Client(), Client(headers={"sec-gpc": "1"})
    accepted.post(CENTRE, {"choice": "accept"}, headers={"sec-fetch-site": "same-origin"})
    # A page says when it was made: here all of them are made in the same second.
    with time_machine.travel(timezone.now(), tick=False):
        first, *others = (client.get("/") for client in (Client(), accepted, refusing))

    assert accepted.cookies["consent"].value
    assert others[0].content == others[1].content == first.content
    assert not first.cookies
    assert "cookie" not in first.headers.get("Vary", "").lower()


@pytest.mark.parametrize("is_public", [True, False])
def test_the_policy_is_linked_where_the_public_may_see_it(is_public: bool) -> None:
    policy: Page = StandardPageFactory(parent=home_page(), title="Policy", slug="policy", published=is_public)
    set_privacy(policy_page=policy)
    ServiceFactory(name="Films")

    assert ("Our privacy policy" in links(banner())) is is_public


def policy_of(address: str = "/") -> dict[str, str]:
    """The page's content security policy by directive."""
    header = Client().get(address).headers["Content-Security-Policy"]
    return dict(part.strip().split(" ", 1) for part in header.split(";"))


def test_only_a_service_with_a_script_may_load_one_and_only_from_its_hosts() -> None:
    before = policy_of()
    ServiceFactory(name="Films")
    assert policy_of() == before

    exempt(hosts="count.example\n*.count.example", script_url="https://count.example/count.js")
    after = policy_of()
    assert after["script-src"] == "'self' https://*.count.example https://count.example"
    for directive in ("connect-src", "img-src"):
        assert after[directive] == f"{before[directive]} https://*.count.example https://count.example"
    assert policy_of(CENTRE) == before


def test_scripts_can_be_made_of_addresses_only_by_the_policy_for_consent() -> None:
    assert policy_of()["trusted-types"] == "consent"
    assert policy_of()["require-trusted-types-for"] == "'script'"


def test_a_script_that_a_reader_can_only_object_to_comes_without_a_question() -> None:
    exempt(script_url="https://count.example/count.js")

    assert banner().select(".consent-banner") == []
    assert page().select("script[src]")


def test_the_centre_asks_by_itself_without_banner_and_script() -> None:
    ServiceFactory(name="Films")

    assert read(CENTRE).select(".consent, script[src]") == []


def test_names_are_text_wherever_they_stand() -> None:
    hostile = "</script><b>\"'&"
    ServiceFactory(name=hostile, provider=hostile)
    set_privacy(banner_heading=hostile, banner_text=hostile)

    assert banner().select("b") == []
    assert find(banner(), "#consent-heading").get_text() == hostile
    assert services(banner())
    assert hostile in words(read(CENTRE).select_one("form.privacy-form"))


def test_the_enter_key_saves_what_is_ticked_and_accepts_nothing() -> None:
    ServiceFactory(name="Films")
    form = find(read(CENTRE), "form.privacy-form")

    assert find(form, "button")["value"] == "choose"


def test_a_browser_that_keeps_no_cookie_is_told_so() -> None:
    ServiceFactory(name="Films")

    assert "Your browser keeps no cookie" in words(find(read(f"{CENTRE}?saved"), "[role=status]"))


def test_a_preview_asks_no_editor(admin_client: Client) -> None:
    ServiceFactory(name="Films")
    edited = StandardPageFactory(parent=home_page(), title="Draft", slug="draft")
    shown = BeautifulSoup(admin_client.get(f"/admin/pages/{edited.pk}/view_draft/").content, "html.parser")

    assert words(shown.select_one("h1")) == "Draft"
    assert shown.select(".consent-banner") == []


def test_the_centre_says_of_each_cookie_for_how_long_and_who_can_delete_it() -> None:
    service = ServiceFactory(name="Films", cookies=("_ours",))
    ServiceCookie.objects.create(service=service, name="theirs", what_for="Knows you", lifetime="2 years", sort_order=1)
    said = [words(item) for item in find(read(CENTRE), f"#service-{service.slug}").find_all_next("li")][:2]

    assert said == [
        "_ours : Counts. Kept: 1 year. We delete it when you refuse.",
        "theirs : Knows you. Kept: 2 years. "
        "Set on the provider’s own address: only you can delete it, in your browser.",
    ]
