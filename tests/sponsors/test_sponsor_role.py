"""The role Sponsor: people of a sponsor see its own report, and nothing else of the admin."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from core.roles import EDITOR, SITE_OWNER
from sponsors.models import Sponsor, Sponsorship
from sponsors.roles import SPONSOR
from tests.factories import (
    PASSWORD,
    DailyCountFactory,
    ReviewPageFactory,
    SponsorFactory,
    SponsorshipFactory,
    TopicPageFactory,
    UserFactory,
)
from tests.reading import find, read, words
from users.models import User

LIST = "/admin/reports/sponsorships/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def contact() -> User:
    """Somebody of the Tern Trust."""
    user: User = UserFactory(role=SPONSOR)
    SponsorFactory(name="Tern Trust").contacts.add(user)
    return user


@pytest.fixture
def own(contact: User) -> Sponsorship:
    """A sponsorship of the Tern Trust."""
    count = DailyCountFactory(sponsorship=SponsorshipFactory(sponsor=Sponsor.objects.get(contacts=contact)), views=321)
    return count.sponsorship


@pytest.fixture
def other() -> Sponsorship:
    """A sponsorship of somebody else."""
    sponsor = SponsorFactory(name="Gull Fund")
    return DailyCountFactory(sponsorship=SponsorshipFactory(sponsor=sponsor, topic=TopicPageFactory())).sponsorship


def browser_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_sponsor_who_signs_in_comes_to_the_report_of_their_own_sponsorships(
    contact: User, own: Sponsorship, other: Sponsorship
) -> None:
    client = Client()
    response = client.post("/admin/login/", {"username": contact.username, "password": PASSWORD}, follow=True)

    assert response.redirect_chain[-1] == (LIST, 302)
    page = words(BeautifulSoup(response.content, "html.parser"))
    assert "Tern Trust" in page
    assert "321" in page
    assert "Gull Fund" not in page
    assert "321" in words(read(f"{LIST}{own.pk}/", client))


@pytest.mark.parametrize("query", ["", "?table=pages&export=csv", "?table=weeks&export=xlsx"])
def test_another_sponsors_figures_are_not_to_be_had_by_their_address(
    contact: User, own: Sponsorship, other: Sponsorship, query: str
) -> None:
    assert browser_of(contact).get(f"{LIST}{other.pk}/{query}").status_code == 404


def test_the_lists_file_and_its_part_hold_no_other_sponsor(contact: User, own: Sponsorship, other: Sponsorship) -> None:
    client = browser_of(contact)

    file = client.get(f"{LIST}?export=csv&ordering=-views").getvalue().decode()
    assert "Tern Trust" in file
    assert "Gull Fund" not in file
    assert "Gull Fund" not in client.get(f"{LIST}results/").content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/admin/",
        "/admin/pages/",
        "/admin/reviews/",
        "/admin/choose-page/",
        "/admin/choose-page/search/?q=draft",
        "/admin/api/main/pages/",
        "/admin/images/",
        "/admin/images/chooser/",
        "/admin/documents/",
        "/admin/users/",
        "/admin/reports/site-history/",
        "/admin/reports/page-types-usage/",
        "/admin/snippets/",
        "/admin/snippets/sponsors/sponsorship/",
        "/admin/snippets/sponsors/sponsor/",
        "/admin/no-such-page/",
    ],
)
def test_nothing_else_of_the_admin_opens(contact: User, address: str) -> None:
    ReviewPageFactory(title="A secret draft", published=False)

    response = browser_of(contact).get(address)

    assert response.status_code == 302
    assert response["Location"] == LIST


def test_the_pages_of_one_review_do_not_open_either(contact: User) -> None:
    review = ReviewPageFactory(published=False)
    client = browser_of(contact)

    for view in ("edit", "view_draft", "history", "usage", "copy", "delete"):
        assert client.get(reverse(f"wagtailadmin_pages:{view}", args=[review.pk])).status_code == 302
    assert client.get(reverse("editor_checks", args=[review.pk])).status_code == 302
    assert client.post(reverse("wagtailadmin_pages:delete", args=[review.pk])).status_code == 302
    review.refresh_from_db()


def test_a_sponsor_can_change_their_password_and_sign_out(contact: User) -> None:
    client = browser_of(contact)

    assert client.get(reverse("wagtailadmin_account")).status_code == 200
    assert client.get(reverse("wagtailadmin_sprite")).status_code == 200
    assert client.get(reverse("wagtailadmin_javascript_catalog")).status_code == 200
    client.post(reverse("wagtailadmin_logout"))
    assert client.get(LIST)["Location"].startswith("/admin/login/")


def test_the_menu_shows_the_report_alone(contact: User, own: Sponsorship) -> None:
    menu = find(read(LIST, browser_of(contact)), "#wagtail-sidebar-props").text

    assert f'"{LIST}"' in menu
    for address in ("/admin/reviews/", "/admin/pages/", "/admin/reports/site-history/", "/admin/users/"):
        assert address not in menu


def test_a_sponsor_whom_nobody_has_named_yet_is_told_whom_to_ask() -> None:
    page = words(read(LIST, browser_of(UserFactory(role=SPONSOR))))

    assert "No sponsorship names you as a contact yet. Ask the people who run this site to add you." in page


def test_who_is_no_contact_any_more_sees_nothing(contact: User, own: Sponsorship) -> None:
    Sponsor.objects.get(name="Tern Trust").contacts.clear()

    assert browser_of(contact).get(f"{LIST}{own.pk}/").status_code == 404


def test_an_editor_who_is_also_a_contact_keeps_the_admin_and_sees_their_own(
    own: Sponsorship, other: Sponsorship
) -> None:
    editor: User = UserFactory(role=EDITOR)
    editor.groups.add(*UserFactory(role=SPONSOR).groups.all())
    own.sponsor.contacts.add(editor)
    client = browser_of(editor)

    assert client.get("/admin/reviews/").status_code == 200
    assert client.get(f"{LIST}{own.pk}/").status_code == 200
    assert client.get(f"{LIST}{other.pk}/").status_code == 404


def test_the_public_site_is_the_same_for_a_sponsor(contact: User, own: Sponsorship) -> None:
    review = ReviewPageFactory(title="A review")

    assert browser_of(contact).get(review.url).status_code == 200
    assert browser_of(contact).get(reverse("sponsors:ledger")).status_code == 200


def test_the_owner_chooses_contacts_among_people_with_the_role(contact: User) -> None:
    UserFactory(username="an-editor", role=EDITOR)
    sponsor = Sponsor.objects.get(contacts=contact)

    page = read(
        reverse("wagtailsnippets_sponsors_sponsor:edit", args=[sponsor.pk]), browser_of(UserFactory(role=SITE_OWNER))
    )

    offered = [words(label) for label in page.select("#id_contacts label")]
    assert offered == [contact.username]
