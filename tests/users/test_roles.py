"""Each role may do what its work needs, and nothing else: asked of the admin by requests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Site

from core.roles import EDITOR, MODERATOR, SITE_OWNER
from images.models import CustomImage
from research_reviews.models import Person, ReviewPage
from sponsors.roles import SPONSOR
from tests.factories import ImageFactory, PersonFactory, ReviewPageFactory, StudyFactory, UserFactory, review_index
from tests.factories.images import root_collection
from users.models import User

pytestmark = pytest.mark.django_db

NOBODY = "Nobody in particular"
EVERYONE = {EDITOR, MODERATOR, SITE_OWNER}
PUBLISHERS = {MODERATOR, SITE_OWNER}
OWNERS = {SITE_OWNER}
OWNED_SETTINGS = ("brand", "navigation", "privacy", "sharing", "comment", "studywatch", "subscription", "syndication")


def page_address(view: str, *, published: bool = True) -> Callable[[], str]:
    """Return what makes the address of a view of a page, made when it is asked for."""
    return lambda: reverse(f"wagtailadmin_pages:{view}", args=[ReviewPageFactory(published=published).pk])


def snippet_address(model: str, view: str, make: Callable[[], Any] | None = None) -> Callable[[], str]:
    """Return what makes the address of a view of a snippet."""
    return lambda: reverse(f"wagtailsnippets_research_reviews_{model}:{view}", args=[make().pk] if make else [])


ADDRESSES: dict[str, tuple[Callable[[], str], set[str]]] = {
    "the first screen": (lambda: reverse("wagtailadmin_home"), EVERYONE),
    "pages": (lambda: reverse("wagtailadmin_explore_root"), EVERYONE),
    "the list of reviews": (lambda: "/admin/reviews/", EVERYONE),
    "a new review": (
        lambda: reverse("wagtailadmin_pages:add", args=["research_reviews", "reviewpage", review_index().pk]),
        EVERYONE,
    ),
    "the editor of a review": (page_address("edit"), EVERYONE),
    "the history of a review": (page_address("history"), EVERYONE),
    "copying a review": (page_address("copy"), EVERYONE),
    "taking a review down": (page_address("unpublish"), PUBLISHERS),
    "deleting a published review": (page_address("delete"), PUBLISHERS),
    "deleting a draft": (page_address("delete", published=False), EVERYONE),
    "the privacy of a review": (page_address("set_privacy"), PUBLISHERS),
    "the list of studies": (snippet_address("study", "list"), EVERYONE),
    "a new study": (snippet_address("study", "add"), EVERYONE),
    "the editor of a study": (snippet_address("study", "edit", StudyFactory), EVERYONE),
    "deleting a study": (snippet_address("study", "delete", StudyFactory), PUBLISHERS),
    "the editor of a person": (snippet_address("person", "edit", PersonFactory), EVERYONE),
    "deleting a person": (snippet_address("person", "delete", PersonFactory), PUBLISHERS),
    "a new audience": (snippet_address("audience", "add"), EVERYONE),
    "images": (lambda: reverse("wagtailimages:index"), EVERYONE),
    "a new image": (lambda: reverse("wagtailimages:add"), EVERYONE),
    "somebody else's image": (lambda: reverse("wagtailimages:edit", args=[ImageFactory().pk]), PUBLISHERS),
    "deleting somebody else's image": (lambda: reverse("wagtailimages:delete", args=[ImageFactory().pk]), PUBLISHERS),
    "documents": (lambda: reverse("wagtaildocs:index"), EVERYONE),
    "a new document": (lambda: reverse("wagtaildocs:add"), EVERYONE),
    "collections": (lambda: reverse("wagtailadmin_collections:index"), OWNERS),
    "a new collection": (lambda: reverse("wagtailadmin_collections:add"), OWNERS),
    "the brand": (lambda: setting_address("brandsettings"), OWNERS),
    "the navigation": (lambda: setting_address("navigationsettings"), OWNERS),
    "sharing": (lambda: setting_address("sharingsettings"), OWNERS),
    "the moderators' queue": (lambda: reverse("responses_modeladmin_index"), PUBLISHERS),
    "what is kept of a person": (lambda: reverse("personal_data"), OWNERS),
    "users": (lambda: reverse("wagtailusers_users:index"), OWNERS),
    "a new user": (lambda: reverse("wagtailusers_users:add"), OWNERS),
    "the editor of a user": (lambda: reverse("wagtailusers_users:edit", args=[UserFactory().pk]), OWNERS),
    "sponsors": (lambda: reverse("wagtailsnippets_sponsors_sponsor:list"), OWNERS),
    "a new sponsorship": (lambda: reverse("wagtailsnippets_sponsors_sponsorship:add"), OWNERS),
    "the report on sponsorships": (lambda: reverse("sponsor_reports:list"), OWNERS),
    "redirects": (lambda: reverse("wagtailredirects:index"), OWNERS),
    "workflows": (lambda: reverse("wagtailadmin_workflows:index"), OWNERS),
    "tasks of workflows": (lambda: reverse("wagtailadmin_workflows:task_index"), OWNERS),
    "groups": (lambda: reverse("wagtailusers_groups:index"), set()),
    "sites": (lambda: reverse("wagtailsites:index"), set()),
}


def setting_address(model: str) -> str:
    return reverse("wagtailsettings:edit", args=["site_settings", model, Site.objects.get().pk])


def signed_in(role: str) -> Client:
    client = Client()
    client.force_login(UserFactory(role=role))
    return client


def test_an_administrator_opens_everything() -> None:
    client = Client()
    client.force_login(UserFactory(superuser=True))
    assert {
        place: client.get(address()).status_code for place, (address, _allowed) in ADDRESSES.items()
    } == dict.fromkeys(ADDRESSES, 200)


@pytest.mark.parametrize("role", [EDITOR, MODERATOR, SITE_OWNER, NOBODY])
@pytest.mark.parametrize("place", ADDRESSES)
def test_a_role_opens_what_its_work_needs(role: str, place: str) -> None:
    address, allowed = ADDRESSES[place]
    response = signed_in(role).get(address(), follow=True)
    refused = bool(response.redirect_chain) or response.status_code == 403
    assert refused == (role not in allowed), f"{role}: {place}"


def test_a_visitor_is_asked_to_sign_in_everywhere() -> None:
    for address, _allowed in ADDRESSES.values():
        response = Client().get(address())
        assert response.status_code == 302
        assert response["Location"].startswith(reverse("wagtailadmin_login"))


@pytest.mark.parametrize(
    ("role", "page", "collection"),
    [
        (EDITOR, {"add", "change"}, {"add_image", "choose_image", "add_document", "choose_document"}),
        (
            MODERATOR,
            {"add", "change", "publish", "lock", "unlock"},
            {f"{action}_{kind}" for action in ("add", "change", "choose") for kind in ("image", "document")},
        ),
        (
            SITE_OWNER,
            {"add", "change", "publish", "lock", "unlock", "bulk_delete"},
            {f"{action}_{kind}" for action in ("add", "change", "choose") for kind in ("image", "document")}
            | {"add_collection", "change_collection", "delete_collection"},
        ),
    ],
)
def test_a_role_holds_nothing_left_over(role: str, page: set[str], collection: set[str]) -> None:
    held = GroupPagePermission.objects.filter(group__name=role)
    assert set(held.values_list("permission__codename", flat=True)) == {f"{action}_page" for action in page}
    held_collections = GroupCollectionPermission.objects.filter(group__name=role)
    assert set(held_collections.values_list("permission__codename", flat=True)) == collection
    snippets = {"add", "change"} | ({"delete"} if role != EDITOR else set())
    nouns = ("study", "person", "audience", "sectionheading")
    expected = {"access_admin"} | {f"{do}_{noun}" for do in snippets for noun in nouns}
    expected |= {"view_studynotice", "change_studynotice"}
    if role != EDITOR:
        expected |= {"view_comment", "change_comment", "view_mailing", "change_mailing", "view_delivery"}
    if role == SITE_OWNER:
        managed = ("user", "workflow", "task", "redirect", "sponsor", "sponsorship", "purpose", "service")
        expected |= {f"{action}_{noun}" for action in ("add", "change", "delete") for noun in managed}
        expected |= {f"change_{noun}settings" for noun in OWNED_SETTINGS}
        expected |= {"view_purpose", "view_service", "view_consentreceipt", "delete_consentreceipt", "view_dailycount"}
        expected |= {"handle_personal_data", "view_subscriber", "change_subscriber", "delete_subscriber"}
        expected |= {"add_subscriberimport", "view_subscriberimport", "add_importrun", "view_importrun"}
    assert set(Permission.objects.filter(group__name=role).values_list("codename", flat=True)) == expected


def test_there_are_three_roles_and_that_of_sponsors() -> None:
    assert set(Group.objects.values_list("name", flat=True)) == EVERYONE | {SPONSOR}
    held = Permission.objects.filter(group__name=SPONSOR).values_list("codename", flat=True)
    assert set(held) == {"access_admin", "view_dailycount"}


@pytest.mark.parametrize(("role", "offered"), [(EDITOR, False), (MODERATOR, True), (SITE_OWNER, True)])
def test_the_editor_offers_publishing_to_who_may_publish(role: str, offered: bool) -> None:
    page = ReviewPageFactory(published=False)
    html = signed_in(role).get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert ('name="action-publish"' in html) == offered
    assert 'name="action-submit"' in html


@pytest.mark.parametrize(("role", "locks"), [(EDITOR, False), (MODERATOR, True), (SITE_OWNER, True)])
def test_a_page_is_locked_by_who_may_publish(role: str, locks: bool) -> None:
    page = ReviewPageFactory()
    signed_in(role).post(reverse("wagtailadmin_pages:lock", args=[page.pk]))
    assert ReviewPage.objects.get().locked == locks


@pytest.mark.parametrize(
    ("role", "hidden", "shown"),
    [
        (EDITOR, ("Users", "Brand", "Redirects", "Collections"), ("Reviews", "Library", "Images", "Documents")),
        (SITE_OWNER, ("Groups", "Sites"), ("Reviews", "Library", "Users", "Brand", "Redirects", "Workflows")),
    ],
)
def test_the_menu_shows_what_a_role_can_use(role: str, hidden: tuple[str, ...], shown: tuple[str, ...]) -> None:
    html = signed_in(role).get(reverse("wagtailadmin_home")).content.decode()
    menu = html[html.index('id="wagtail-sidebar-props"') :]
    assert [name for name in hidden if f'"label": "{name}"' in menu] == []
    assert [name for name in shown if f'"label": "{name}"' not in menu] == []


@pytest.mark.parametrize(("role", "there"), [(EDITOR, True), (MODERATOR, False)])
def test_only_who_may_delete_people_deletes_them_several_at_once(role: str, there: bool) -> None:
    person = PersonFactory()
    address = reverse("wagtail_bulk_action", args=["research_reviews", "person", "delete"])
    signed_in(role).post(f"{address}?next=/admin/&id={person.pk}")
    assert Person.objects.filter(pk=person.pk).exists() == there


def test_an_editor_keeps_their_own_images_in_order() -> None:
    editor = UserFactory(role=EDITOR)
    image = ImageFactory(uploaded_by_user=editor)
    client = Client()
    client.force_login(editor)
    assert client.get(reverse("wagtailimages:edit", args=[image.pk])).status_code == 200
    client.post(reverse("wagtailimages:delete", args=[image.pk]))
    assert not CustomImage.objects.filter(pk=image.pk).exists()


def test_an_editor_cannot_change_somebody_elses_document() -> None:
    document = get_document_model().objects.create(title="Handout", file="handout.pdf", collection=root_collection())
    response = signed_in(EDITOR).get(reverse("wagtaildocs:edit", args=[document.pk]))
    assert response.status_code == 302


def member(**fields: str) -> dict[str, str]:
    return {
        "username": "newcomer",
        "email": "newcomer@team.example",
        "first_name": "New",
        "last_name": "Comer",
        "password1": "a long password for tests",
        "password2": "a long password for tests",
        **fields,
    }


def test_a_site_owner_adds_a_member_with_a_role() -> None:
    group = Group.objects.get(name=EDITOR)
    signed_in(SITE_OWNER).post(reverse("wagtailusers_users:add"), member(groups=str(group.pk)))
    newcomer = User.objects.get(username="newcomer")
    assert list(newcomer.groups.all()) == [group]


def test_a_site_owner_makes_no_administrator() -> None:
    owner = signed_in(SITE_OWNER)
    owner.post(reverse("wagtailusers_users:add"), member(is_superuser="on"))
    newcomer = User.objects.get(username="newcomer")
    assert not newcomer.is_superuser
    owner.post(reverse("wagtailusers_users:edit", args=[newcomer.pk]), member(is_superuser="on", is_active="on"))
    newcomer.refresh_from_db()
    assert not newcomer.is_superuser
    assert 'name="is_superuser"' not in owner.get(reverse("wagtailusers_users:add")).content.decode()


def test_an_administrator_makes_another() -> None:
    client = Client()
    client.force_login(UserFactory(superuser=True))
    client.post(reverse("wagtailusers_users:add"), member(is_superuser="on"))
    assert User.objects.get(username="newcomer").is_superuser


def test_a_site_owner_neither_changes_nor_deletes_an_administrator() -> None:
    administrator, owner = UserFactory(superuser=True), signed_in(SITE_OWNER)
    for view in ("edit", "delete"):
        address = reverse(f"wagtailusers_users:{view}", args=[administrator.pk])
        assert owner.get(address).status_code == 302
        owner.post(address, member(is_active="on"))
    bulk = reverse("wagtail_bulk_action", args=["users", "user", "set_active_state"])
    response = owner.post(f"{bulk}?next=/admin/users/&id={administrator.pk}", {"mark_as_active": "False"}, follow=True)
    assert "Only an administrator can change an administrator" in response.content.decode()
    administrator.refresh_from_db()
    assert administrator.is_active
    assert administrator.username != "newcomer"


def test_a_site_owner_makes_a_collection_and_a_redirect() -> None:
    owner = signed_in(SITE_OWNER)
    owner.post(reverse("wagtailadmin_collections:add"), {"parent": root_collection().pk, "name": "Covers"})
    assert Collection.objects.filter(name="Covers").exists()
    response = owner.get(reverse("wagtailredirects:add"))
    assert response.status_code == 200


def test_the_first_screen_and_the_way_in_carry_the_sites_name() -> None:
    for client, address, heading in (
        (Client(), "wagtailadmin_login", "Sign in to Research Reviews"),
        (signed_in(EDITOR), "wagtailadmin_home", "Research Reviews"),
    ):
        html = BeautifulSoup(client.get(reverse(address)).content, "html.parser")
        title = html.select_one("h1")
        assert title
        assert " ".join(title.text.split()) == heading
