"""Purposes, services and the settings of privacy, as a site owner sets them up."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.models import Site
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from core.roles import EDITOR, MODERATOR, SITE_OWNER
from site_settings.consent import current_services
from site_settings.models import PrivacySettings, Purpose, Service
from tests.factories import PurposeFactory, ServiceFactory, UserFactory
from tests.reading import every, read, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> Client:
    """A site owner who has signed in."""
    client = Client()
    client.force_login(UserFactory(role=SITE_OWNER))
    return client


def address(model: str, view: str, *args: object) -> str:
    """Return the address of a view of a purpose or service."""
    return reverse(f"wagtailsnippets_site_settings_{model}:{view}", args=args)


def service_form(*cookies: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """Return the form of a service, filled in."""
    filled = {
        "name": "Film player",
        "provider": "Invented Films Ltd",
        "provider_policy": "",
        "purpose": PurposeFactory().pk,
        "what_it_loads": "The film.",
        "hosts": "",
        "script_url": "",
        "cookies": inline_formset(list(cookies)),
    }
    data: dict[str, Any] = nested_form_data({**filled, **fields})
    return data


def errors(response: Any) -> str:
    """Return what the form complains about."""
    page = BeautifulSoup(response.content, "html.parser")
    return " ".join(every(page, ".error-message"))


def test_a_service_is_made_with_its_hosts_in_order_and_its_scripts_among_them(owner: Client) -> None:
    form = service_form(
        {"name": "_pk_id*", "what_for": "Counts", "lifetime": "13 months", "is_ours": "on"},
        hosts=" Player.Example.org\n*.cdn.example.org  player.example.org\r\n\r\nmünchen.example",
        script_url="https://stats.example.org/s.js",
    )
    assert owner.post(address("service", "add"), form).status_code == 302

    service = Service.objects.get(name="Film player")
    assert service.slug == "film-player"
    assert service.host_list == [
        *("player.example.org", "*.cdn.example.org", "xn--mnchen-3ya.example", "stats.example.org"),
    ]
    assert [cookie.name for cookie in service.cookies.all()] == ["_pk_id*"]
    assert current_services()[-1] == service


@pytest.mark.parametrize(
    "hosts",
    [
        "https://player.example.org",
        "player.example.org/embed",
        "player.example.org:8080",
        "localhost",
        "*",
        "*.*.example.org",
        "player.*.org",
        "-player.example.org",
        "player..example.org",
        "127.0.0.1",
        "'self'",
        "example.org;script-src",
        "x" * 70 + ".example.org",
    ],
)
def test_a_host_that_is_none_is_refused_with_an_example(owner: Client, hosts: str) -> None:
    response = owner.post(address("service", "add"), service_form(hosts=hosts))
    assert "Write it like player.example.org" in errors(response)
    assert not Service.objects.filter(name="Film player").exists()


@pytest.mark.parametrize(
    "script",
    [
        "http://stats.example.org/s.js",
        "https://stats.example.org:8443/s.js",
        "https://localhost/s.js",
        "https://127.0.0.1/s.js",
    ],
)
def test_a_script_comes_from_a_host_by_https(owner: Client, script: str) -> None:
    assert "Give the script's whole address" in errors(
        owner.post(address("service", "add"), service_form(script_url=script))
    )


@pytest.mark.parametrize("name", ["two words", "a;b", "a=b", "*", "a*b", "**", "ümlaut", 'quo"te', "a,b", "a\tb"])
def test_a_name_that_no_cookie_has_is_refused(owner: Client, name: str) -> None:
    cookie = {"name": name, "what_for": "Counts", "lifetime": "1 day"}
    assert "No cookie is called that" in errors(owner.post(address("service", "add"), service_form(cookie)))


@pytest.mark.parametrize("name", ["_ga", "_ga_*", "consent", "__Secure-id", "a.b-c|d~"])
def test_names_that_cookies_have_are_taken(owner: Client, name: str) -> None:
    cookie = {"name": name, "what_for": "Counts", "lifetime": "1 day"}
    assert owner.post(address("service", "add"), service_form(cookie)).status_code == 302


def test_how_long_a_cookie_stays_has_to_be_said(owner: Client) -> None:
    response = owner.post(
        address("service", "add"), service_form({"name": "_ga", "what_for": "Counts", "lifetime": ""})
    )
    assert "This field is required." in errors(response)


def test_a_script_that_nobody_is_asked_about_is_warned_of(owner: Client) -> None:
    script = "https://stats.example.org/s.js"
    necessary = Purpose.objects.get(slug="necessary")
    asked = owner.post(address("service", "add"), service_form(script_url=script), follow=True)
    assert "rarely lawful" not in asked.content.decode()
    unasked = owner.post(
        address("service", "add"), service_form(name="Other", script_url=script, purpose=necessary.pk), follow=True
    )
    assert "rarely lawful" in unasked.content.decode()


def test_a_purpose_in_use_cannot_be_deleted_and_an_unused_one_can(owner: Client) -> None:
    purpose, unused = ServiceFactory().purpose, PurposeFactory(name="Unused")
    for client_method in (owner.get, owner.post):
        response = client_method(address("purpose", "delete", purpose.pk), follow=True)
        assert "1 service serves “Other sites”. Give it another purpose" in response.content.decode()
    bulk = f"/admin/bulk/site_settings/purpose/delete/?id={purpose.pk}&id={unused.pk}"
    owner.post(bulk)
    assert Purpose.objects.filter(pk__in=[purpose.pk, unused.pk]).count() == 2

    owner.post(address("purpose", "delete", unused.pk))
    assert not Purpose.objects.filter(pk=unused.pk).exists()


def test_what_every_site_does_cannot_be_taken_off_the_list(owner: Client) -> None:
    player = ServiceFactory()
    for slug in ("privacy-choice", "sign-in", "visit-counts"):
        service = Service.objects.get(slug=slug)
        response = owner.post(address("service", "delete", service.pk), follow=True)
        assert "is part of every site" in response.content.decode()
        owner.post(f"/admin/bulk/site_settings/service/delete/?id={service.pk}&id={player.pk}")
    assert Service.objects.count() == 4

    owner.post(address("service", "delete", player.pk))
    assert Service.objects.count() == 3


def test_what_every_site_does_keeps_what_it_rests_on(owner: Client) -> None:
    counting = Purpose.objects.get(slug="counting")
    form = {"name": counting.name, "explanation": counting.explanation, "basis": "necessary"}
    assert "rests on: Exempt" in errors(owner.post(address("purpose", "edit", counting.pk), form))

    service = Service.objects.get(slug="visit-counts")
    moved = service_form(name=service.name, purpose=Purpose.objects.get(slug="necessary").pk)
    assert "is part of every site" in errors(owner.post(address("service", "edit", service.pk), moved))
    reworded = service_form(name="Counting", purpose=counting.pk)
    assert owner.post(address("service", "edit", service.pk), reworded).status_code == 302
    service.refresh_from_db()
    assert (service.name, service.slug) == ("Counting", "visit-counts")


def test_services_are_put_in_order_by_dragging_unless_only_some_are_shown(owner: Client) -> None:
    service = ServiceFactory(name="Film player")
    names = every(read(address("service", "list"), owner), ".listing tbody .title-wrapper")
    assert names[-1] == "Film player"

    owner.post(f"{address('service', 'reorder', service.pk)}?position=0")

    page = read(address("service", "list"), owner)
    assert every(page, ".listing tbody .title-wrapper")[0] == "Film player"
    assert page.select("[data-controller~=w-orderable]")
    assert not read(f"{address('service', 'list')}?q=Film", owner).select("[data-controller~=w-orderable]")


def test_lists_say_what_each_rests_on_and_can_be_filtered_looked_into_and_taken_away(owner: Client) -> None:
    service = ServiceFactory(name="Film player", cookies=("_films",))
    text = words(read(address("service", "list"), owner).main)
    assert "Consent" in text
    assert "Exempt, can be objected to" in text
    filtered = every(read(f"{address('service', 'list')}?basis=consent", owner), ".listing tbody .title-wrapper")
    assert filtered == ["Film player"]
    assert "_films (1 year)" in words(read(address("service", "inspect", service.pk), owner).main)
    exported = owner.get(f"{address('service', 'list')}?export=csv").getvalue().decode()
    assert "Film player" in exported
    assert "Strictly necessary" in words(read(address("purpose", "list"), owner).main)


def settings_form(**fields: Any) -> dict[str, Any]:
    """Return the form of the settings as it stands, with some fields changed."""
    settings = PrivacySettings.for_site(Site.objects.get())
    names = ("banner_heading", "banner_text", "introduction", "gpc_text", "version", "choice_days", "receipt_days")
    return {**{name: getattr(settings, name) for name in names}, "policy_page": "", **fields}


def change_settings(owner: Client, **fields: Any) -> Any:
    """Send the form of the settings."""
    return owner.post(
        reverse("wagtailsettings:edit", args=["site_settings", "privacysettings", Site.objects.get().pk]),
        settings_form(**fields),
    )


def test_the_version_can_be_raised_and_never_lowered(owner: Client) -> None:
    assert change_settings(owner, version=3).status_code == 302
    assert "Keep 3, or set a higher number." in errors(change_settings(owner, version=2))
    assert change_settings(owner, version=3).status_code == 302
    assert PrivacySettings.objects.get().version == 3


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"choice_days": 0}, "greater than or equal to 1"),
        ({"choice_days": 396}, "less than or equal to 395"),
        ({"choice_days": 90, "receipt_days": 89}, "at least as long"),
        ({"version": 0}, "greater than or equal to 1"),
        ({"version": 10**9}, "less than or equal to"),
        ({"banner_text": ""}, "required"),
    ],
)
def test_settings_that_make_no_sense_are_refused(owner: Client, fields: dict[str, Any], complaint: str) -> None:
    assert complaint in errors(change_settings(owner, **fields))


@pytest.mark.parametrize("role", [EDITOR, MODERATOR])
def test_privacy_is_set_up_by_site_owners_alone(role: str) -> None:
    client = Client()
    client.force_login(UserFactory(role=role))
    service = ServiceFactory()
    for view, args in (("list", ()), ("add", ()), ("edit", (service.pk,)), ("delete", (service.pk,))):
        assert client.get(address("service", view, *args)).status_code == 302
    assert client.get(address("purpose", "list")).status_code == 302
    assert change_settings(client, version=5).status_code == 302
    assert not PrivacySettings.objects.exists()
