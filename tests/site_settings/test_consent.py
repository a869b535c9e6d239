"""What a choice means: for which services, for how long, and what asks again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.http import HttpRequest
from django.test import Client
from hypothesis import HealthCheck, given, strategies
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Site

from site_settings.consent import Choice, is_refused
from site_settings.models import PrivacySettings, Purpose, Service
from tests.factories import PurposeFactory, ServiceFactory
from tests.site_settings.visitors import VISITOR, choice_of, choose, is_asked, keeps, may_run, request_of

pytestmark = pytest.mark.django_db

COUNTS = "visit-counts"


@pytest.fixture
def player() -> Service:
    """A service that needs consent."""
    service: Service = ServiceFactory(name="Player")
    return service


def ask_anew() -> None:
    """Raise the version of the site's questions."""
    site = Site.objects.get()
    privacy = PrivacySettings.for_site(site)
    privacy.version += 1
    privacy.save()


def test_nobody_is_asked_where_nothing_needs_consent(client: Client) -> None:
    assert Service.objects.exists()
    assert not is_asked(client)


def test_a_first_visitor_is_asked_and_until_then_nothing_of_it_runs(client: Client, player: Service) -> None:
    assert is_asked(client)
    assert not may_run(request_of(client), player.slug)
    assert may_run(request_of(client), COUNTS)
    assert may_run(request_of(client), "sign-in")


def test_a_service_that_is_not_set_up_never_runs(client: Client) -> None:
    assert not may_run(request_of(client), "player")


@pytest.mark.parametrize(("answer", "runs"), [("accept", True), ("reject", False)])
def test_an_answer_holds_for_everything_and_nobody_asks_again(
    client: Client, player: Service, answer: str, runs: bool
) -> None:
    choose(client, answer)

    assert not is_asked(client)
    assert may_run(request_of(client), player.slug) == runs
    assert is_refused(request_of(client), COUNTS) != runs


def move(player: Service) -> None:
    """Give the service another purpose."""
    player.purpose = PurposeFactory(name="Films and maps")
    player.save()


def no_longer_exempt(player: Service) -> None:
    """Have a purpose that was exempt need consent."""
    exempt = PurposeFactory(name="Statistics")
    exempt.basis = Purpose.Basis.CONSENT
    exempt.save()


def rename(player: Service) -> None:
    """Reword everything that readers see."""
    player.name, player.what_it_loads, player.hosts = "Cinema", "Films.", "cinema.example"
    player.save()
    Purpose.objects.filter(pk=player.purpose.pk).update(name="Films", explanation="In other words.")


CHANGES: dict[str, tuple[Callable[[Service], object], bool]] = {
    "a new version": (lambda player: ask_anew(), True),
    "a new service": (lambda player: ServiceFactory(name="Map"), True),
    "a new purpose with its service": (lambda player: ServiceFactory(purpose=PurposeFactory(name="Maps")), True),
    "a service that serves another purpose": (move, True),
    "an exempt purpose that needs consent now": (no_longer_exempt, True),
    "a new purpose without a service": (lambda player: PurposeFactory(name="Maps"), False),
    "an exempt service": (lambda player: ServiceFactory(purpose=Purpose.objects.get(slug="counting")), False),
    "a necessary service": (lambda player: ServiceFactory(purpose=Purpose.objects.get(slug="necessary")), False),
    "other words": (rename, False),
    "another order": (lambda player: Service.objects.filter(pk=player.pk).update(sort_order=0), False),
    "a service that is gone": (lambda player: player.delete(), False),
}


@pytest.mark.parametrize(("change", "asks"), CHANGES.values(), ids=CHANGES.keys())
def test_a_version_purpose_or_service_asks_again_and_only_that(
    client: Client, player: Service, change: Callable[[Service], object], asks: bool
) -> None:
    ServiceFactory(name="Statistics script", purpose=PurposeFactory(name="Statistics", basis="exempt"))
    ServiceFactory(name="Radio")
    choose(client, "accept")

    change(player)

    assert is_asked(client) == asks


def test_what_was_allowed_for_one_purpose_or_version_is_not_allowed_for_another(
    client: Client, player: Service
) -> None:
    choose(client, "accept")
    move(player)
    assert not may_run(request_of(client), player.slug)

    choose(client, "accept")
    assert may_run(request_of(client), player.slug)
    ask_anew()
    assert not may_run(request_of(client), player.slug)


def test_an_objection_holds_whatever_has_changed_since(client: Client, player: Service) -> None:
    choose(client, "reject")
    ask_anew()
    ServiceFactory(name="Map")

    assert is_refused(request_of(client), COUNTS)
    choose(client, "allow", service=player.slug)
    assert is_refused(request_of(client), COUNTS)
    choose(client, "accept")
    assert not is_refused(request_of(client), COUNTS)


def test_a_refusal_is_an_objection_once_the_service_needs_no_consent_any_more(client: Client, player: Service) -> None:
    other = Client()
    choose(client, "reject")
    choose(other, "accept")
    assert not may_run(request_of(client), player.slug)

    Purpose.objects.filter(pk=player.purpose.pk).update(basis=Purpose.Basis.EXEMPT)

    assert not may_run(request_of(client), player.slug)
    assert may_run(request_of(other), player.slug)
    assert may_run(request_of(Client()), player.slug)


def test_global_privacy_control_refuses_without_asking_and_an_answer_wins_over_it(
    client: Client, player: Service
) -> None:
    assert is_refused(request_of(client, signal=True), COUNTS)
    assert not may_run(request_of(client, signal=True), player.slug)
    assert may_run(request_of(client, signal=True), "sign-in")

    choose(client, "accept")
    assert not is_refused(request_of(client, signal=True), COUNTS)
    assert may_run(request_of(client, signal=True), player.slug)

    choose(client, "reject")
    assert is_refused(request_of(client), COUNTS)


def test_the_signal_still_refuses_what_was_not_part_of_the_answer(client: Client, player: Service) -> None:
    choose(client, "allow", service=player.slug)

    assert may_run(request_of(client, signal=True), player.slug)
    assert is_refused(request_of(client, signal=True), COUNTS)
    assert not is_refused(request_of(client), COUNTS)


@pytest.mark.parametrize("value", ["0", "", "2", "yes", "1, 1"])
def test_only_a_signal_of_1_is_a_refusal(client: Client, value: str) -> None:
    request = request_of(client)
    request.META["HTTP_SEC_GPC"] = value
    assert not is_refused(request, COUNTS)


def test_a_counter_asks_the_request_alone(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    choose(client, "reject")
    with django_assert_num_queries(0):
        assert is_refused(request_of(client), COUNTS)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "1",
        "accept",
        "::::",
        f"1:::{VISITOR}",
        f"1:a:b:c:d:{VISITOR}",
        f":a:b:c:{VISITOR}",
        f"-1:a:b:c:{VISITOR}",
        f"{'9' * 5000}:a:b:c:{VISITOR}",
        f"\N{ARABIC-INDIC DIGIT ONE}:a:b:c:{VISITOR}",
        f"1:{'x' * 5000}:b:c:{VISITOR}",
        f"1:a:b:c:{VISITOR.upper()}",
        f"1:a:b:c:{VISITOR}0",
        f"1:a:b:c:{VISITOR}\n",
        f"1:=HYPERLINK():b:c:{VISITOR}",
        f"1:<script>:b:c:{VISITOR}",
        "1:a:b:c:../../etc/passwd",
        "\0",
    ],
)
def test_a_cookie_that_is_none_of_ours_is_no_choice(client: Client, player: Service, value: str) -> None:
    request = request_of(client)
    request.COOKIES = {"consent": value}

    assert Choice.from_request(request) is None
    assert not may_run(request, player.slug)
    assert not is_refused(request, COUNTS)


@given(strategies.text(max_size=200))
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
def test_no_cookie_whatever_is_an_error(value: str) -> None:
    request = request_of(Client())
    request.COOKIES = {"consent": value}

    choice = Choice.from_request(request)

    assert choice is None or Choice.from_request(_with(choice.cookie)) == choice


def _with(value: str) -> HttpRequest:
    request = request_of(Client())
    request.COOKIES = {"consent": value}
    return request


def test_a_forged_cookie_grants_no_more_than_what_is_asked(client: Client, player: Service) -> None:
    keeps(client, f"1:everything:{player.slug}.{COUNTS}.sign-in::{VISITOR}")

    assert is_asked(client)
    assert not may_run(request_of(client), player.slug)


def test_a_visitor_keeps_their_number_from_choice_to_choice(client: Client, player: Service) -> None:
    choose(client, "accept")
    first = choice_of(client)
    choose(client, "reject")
    second = choice_of(client)

    assert first
    assert second
    assert first.visitor == second.visitor
    other = Client()
    choose(other, "reject")
    assert choice_of(other) != second


def test_slugs_are_made_once_and_can_stand_in_a_choice() -> None:
    for name in (
        "Über_Film & Co.: der große Player für alle Seiten",
        "Über_Film & Co.: der große Player",
        "映画",
        "映画館",
    ):
        service = ServiceFactory(name=name)
        slug = service.slug
        service.name = f"Renamed {name}"
        service.save()
        service.refresh_from_db()
        assert service.slug == slug
        assert len(slug) <= 24
        assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


def test_fifty_services_fit_into_what_a_browser_keeps(client: Client) -> None:
    purpose = PurposeFactory(name="A purpose with quite a long name")
    for number in range(50):
        ServiceFactory(name=f"A service with quite a long name {number}", purpose=purpose)
    choose(client, "accept")

    choice = choice_of(client)
    assert choice
    assert len(choice.granted) == 50
    assert not is_asked(client)
