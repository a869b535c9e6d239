"""The preference centre as a page: what it shows, what it takes, and what it has the browser keep and forget."""

from __future__ import annotations

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from wagtail.models import PageViewRestriction, Site

from site_settings.consent import COOKIE
from site_settings.models import ConsentReceipt, PrivacySettings, Purpose, Service, ServiceCookie
from tests.factories import PurposeFactory, ServiceFactory, StandardPageFactory, UserFactory
from tests.reading import every, find, read, words
from tests.site_settings.visitors import GPC, PREFERENCES, choice_of, choose, keeps

pytestmark = pytest.mark.django_db

OURS = {"sec-fetch-site": "same-origin"}


@pytest.fixture
def player() -> Service:
    """A service that needs consent, with a cookie on the site's own address."""
    service: Service = ServiceFactory(name="Player", cookies=("_films*",))
    return service


def privacy(**values: object) -> PrivacySettings:
    """Set up privacy."""
    settings: PrivacySettings = PrivacySettings.for_site(Site.objects.get())
    for name, value in values.items():
        setattr(settings, name, value)
    settings.save()
    return settings


def checked(client: Client) -> list[str]:
    """What is ticked in the visitor's form."""
    return [str(box["value"]) for box in read(PREFERENCES, client).select("input[type=checkbox][checked]")]


def test_the_centre_lists_every_service_with_its_cookies(client: Client, player: Service) -> None:
    page = read(PREFERENCES, client)
    text = words(page.main)

    for said in ("Strictly necessary", "sessionid", "Counting visits", "Invented Films Ltd", "player.films.example"):
        assert said in text
    assert "_films*" in text
    assert [str(box["name"]) for box in page.select("input[type=checkbox]")] == ["object", "service"]
    assert find(page, "main form[action]")["method"] == "post"


def test_a_script_is_told_of_nothing_by_reading(client: Client, player: Service) -> None:
    for method in (client.get, client.head, client.options):
        response = method(f"{PREFERENCES}?choice=accept&service={player.slug}")
        assert not response.cookies
    assert not ConsentReceipt.objects.exists()


def test_the_centre_is_kept_by_no_cache_and_no_search_engine(client: Client, player: Service) -> None:
    response = client.get(PREFERENCES)
    assert response["Cache-Control"] == "private, no-store"
    assert find(read(PREFERENCES, client), "meta[name=robots]")["content"] == "noindex"


def test_accepting_and_rejecting_are_one_click_and_the_page_says_what_was_saved(
    client: Client, player: Service
) -> None:
    response = choose(client, "accept")
    assert response.status_code == 303
    assert "Everything is allowed: Visit counts and Player." in words(read(response["Location"], client).main)
    assert checked(client) == [player.slug]

    response = choose(client, "reject")
    assert "Everything that can be refused is refused." in words(read(response["Location"], client).main)
    assert checked(client) == ["visit-counts"]


def test_a_choice_of_some_says_which(client: Client, player: Service) -> None:
    radio = ServiceFactory(name="Radio")
    response = choose(client, "choose", service=[radio.slug], object=["visit-counts"])

    assert "Allowed: Radio. Everything else is refused." in words(read(response["Location"], client).main)
    assert set(checked(client)) == {radio.slug, "visit-counts"}


def test_an_empty_choice_is_a_refusal_of_what_needs_consent(client: Client, player: Service) -> None:
    choose(client, "accept")
    choose(client, "choose")

    choice = choice_of(client)
    assert choice
    assert not choice.granted
    assert not choice.objected
    assert f"other-sites_{player.slug}" in choice.asked


def test_what_is_unknown_or_cannot_be_chosen_is_left_out(client: Client, player: Service) -> None:
    choose(
        client, "choose", service=["nonsense", "sign-in", "visit-counts", "<b>", ""], object=[player.slug, "x" * 9000]
    )

    choice = choice_of(client)
    assert choice
    assert not choice.granted
    assert not choice.objected


def test_to_allow_one_answers_for_no_other(client: Client, player: Service) -> None:
    radio = ServiceFactory(name="Radio")
    choose(client, "allow", service=player.slug)

    choice = choice_of(client)
    assert choice
    assert choice.granted == {player.slug}
    assert choice.asked == {f"other-sites_{player.slug}"}

    choose(client, "reject")
    choose(client, "allow", service=radio.slug)
    choice = choice_of(client)
    assert choice
    assert choice.granted == {radio.slug}
    assert choice.objected == {"visit-counts"}


def test_to_allow_one_adds_nothing_that_a_forged_cookie_holds(client: Client, player: Service) -> None:
    keeps(client, f"1:other-sites_radio:radio.made-up:nonsense:{'a' * 32}")
    choose(client, "allow", service=player.slug)

    receipt = ConsentReceipt.objects.get()
    assert (receipt.granted, receipt.objected, receipt.visitor) == ([player.slug], [], "a" * 32)


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"choice": ""},
        {"choice": "all"},
        {"choice": "ACCEPT"},
        {"choice": "allow"},
        {"choice": "allow", "service": "nonsense"},
        {"choice": "allow", "service": "sign-in"},
        {"choice": "allow", "service": "visit-counts"},
    ],
)
def test_what_makes_no_sense_changes_nothing_and_says_what_to_do(
    client: Client, player: Service, data: dict[str, str]
) -> None:
    response = client.post(PREFERENCES, data, headers=OURS)

    assert response.status_code == 400
    assert "Choose with one of the buttons below." in response.content.decode()
    assert not response.cookies
    assert not ConsentReceipt.objects.exists()


@pytest.mark.parametrize("headers", [{}, {"sec-fetch-site": "cross-site"}, {"origin": "https://hostile.example"}])
def test_nobody_else_chooses_for_a_visitor(player: Service, headers: dict[str, str]) -> None:
    response = Client(enforce_csrf_checks=True).post(PREFERENCES, {"choice": "accept"}, headers=headers)

    assert response.status_code == 403
    assert "Nothing was changed." in response.content.decode()
    assert not response.cookies


def test_a_form_without_a_token_is_enough(player: Service) -> None:
    client = Client(enforce_csrf_checks=True)
    assert choose(client, "accept").status_code == 303
    assert "csrfmiddlewaretoken" not in client.get(PREFERENCES).content.decode()


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(client: Client, method: str) -> None:
    assert getattr(client, method)(PREFERENCES, headers=OURS).status_code == 405


def test_the_choice_is_kept_as_long_as_the_owner_says_and_readable_by_scripts(client: Client, player: Service) -> None:
    privacy(choice_days=30)
    plain = choose(client, "accept").cookies[COOKIE]
    assert plain["max-age"] == 30 * 24 * 60 * 60
    assert (plain["path"], plain["samesite"], plain["httponly"], plain["secure"]) == ("/", "Lax", "", "")
    secure = client.post(PREFERENCES, {"choice": "accept"}, headers=OURS, secure=True)
    assert secure.cookies[COOKIE]["secure"]


def test_withdrawal_deletes_the_sites_own_cookies_for_host_and_domain_and_no_other(
    client: Client, player: Service, settings: LazySettings
) -> None:
    settings.ALLOWED_HOSTS = ["www.reviews.example"]
    ServiceCookie.objects.create(service=player, name="elsewhere", what_for="Counts", lifetime="1 day", is_ours=False)
    for name in ("_films", "_films_id", "elsewhere", "other"):
        client.cookies[name] = "1"

    response = client.post(
        PREFERENCES, {"choice": "reject"}, headers={**OURS, "host": "www.reviews.example"}, secure=True
    )

    gone = {
        (morsel.key, morsel["domain"])
        for morsel in response.cookies.values()
        if morsel["max-age"] == "0" and morsel["path"] == "/" and morsel["secure"]
    }
    domains = ("", "www.reviews.example", "reviews.example")
    assert gone == {(name, domain) for name in ("_films", "_films_id") for domain in domains}
    assert len(response.cookies) == len(gone) + 1


def test_what_is_allowed_keeps_its_cookies(client: Client, player: Service) -> None:
    client.cookies["_films_id"] = "1"
    assert set(choose(client, "accept").cookies) == {COOKIE}
    assert len(choose(client, "choose").cookies) > 1


def test_an_objection_deletes_the_cookies_of_an_exempt_service(client: Client) -> None:
    ServiceFactory(purpose=Purpose.objects.get(slug="counting"), cookies=("_count",))
    client.cookies["_count"] = "1"
    assert set(choose(client, "accept").cookies) == {COOKIE}
    assert len(choose(client, "reject").cookies) > 1


def test_neither_session_nor_choice_is_ever_deleted(client: Client) -> None:
    ServiceFactory(cookies=("s*", "c*", "m*", "sessionid", "consent"))
    client.force_login(UserFactory())
    for name in ("messages", "colour"):
        client.cookies[name] = "1"
    choose(client, "accept")

    response = choose(client, "reject")

    assert {morsel.key for morsel in response.cookies.values()} == {"colour", COOKIE}
    assert response.cookies[COOKIE].value
    assert client.session["_auth_user_id"]


def test_a_name_that_no_cookie_should_have_is_no_error(client: Client, player: Service) -> None:
    client.cookies["_films"] = "1"
    response = client.post(
        PREFERENCES, {"choice": "reject"}, headers=OURS, HTTP_COOKIE='_films (1)=2; _films"=3; =; ;;'
    )
    assert response.status_code == 303


def test_a_browser_that_refuses_by_signal_is_told_so_and_its_form_is_filled_in_so(
    client: Client, player: Service
) -> None:
    page = client.get(PREFERENCES, headers=GPC).content.decode()
    assert "Your browser sends Global Privacy Control." in page
    assert 'value="visit-counts" id="service-visit-counts" checked' in page
    assert "Your browser sends Global Privacy Control." not in client.get(PREFERENCES).content.decode()


def test_the_number_of_the_receipt_is_shown_to_whoever_has_chosen(client: Client, player: Service) -> None:
    assert not every(read(PREFERENCES, client).main, ".privacy-note code")
    choose(client, "reject")
    choice = choice_of(client)
    assert choice
    assert every(read(PREFERENCES, client).main, ".privacy-note code") == [choice.visitor]


def test_the_policy_is_linked_only_while_the_public_may_see_it(client: Client, player: Service) -> None:
    policy = StandardPageFactory(title="How we treat data", slug="data")
    privacy(policy_page=policy)
    assert words(read(PREFERENCES, client).main).count("Our privacy policy") == 1

    restriction = PageViewRestriction.objects.create(page=policy, restriction_type="login")
    assert "Our privacy policy" not in words(read(PREFERENCES, client).main)
    restriction.delete()
    policy.expire_at = timezone.now()
    policy.save()
    assert "Our privacy policy" not in words(read(PREFERENCES, client).main)
    policy.expire_at = None
    policy.unpublish()
    assert "Our privacy policy" not in words(read(PREFERENCES, client).main)


def test_texts_are_shown_as_text(client: Client) -> None:
    privacy(introduction="<script>alert(1)</script>")
    ServiceFactory(name="<b>Player</b>", what_it_loads="<img src=x>", provider_policy="https://films.example/?a=1&b=2")
    page = client.get(PREFERENCES).content.decode()
    assert "<script>alert" not in page
    assert "<b>Player" not in page
    assert "<img src=x>" not in page


def test_the_centre_asks_the_database_no_more_when_it_lists_more(
    client: Client, player: Service, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        ServiceFactory(purpose=PurposeFactory(name=f"Purpose {number}"), cookies=("a", "b"))
    with django_assert_max_num_queries(12):
        client.get(PREFERENCES)


def test_gpc_json_says_since_when_the_signal_is_honoured(client: Client) -> None:
    response = client.get("/.well-known/gpc.json")
    assert response["Content-Type"] == "application/json"
    assert response.json() == {"gpc": True, "lastUpdate": "2026-11-24"}

    privacy(version=1)
    assert client.get("/.well-known/gpc.json").json()["lastUpdate"] == "2026-11-24"
    privacy(version=2)
    assert client.get("/.well-known/gpc.json").json()["lastUpdate"] == str(timezone.localdate())
    assert client.post("/.well-known/gpc.json").status_code == 405
