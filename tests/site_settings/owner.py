"""An owner at work in the settings, and what the form answers."""

from __future__ import annotations

import html
from typing import Any

from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.models import Site

from core.roles import SITE_OWNER
from site_settings.models import SiteSetting
from tests.factories import PASSWORD, UserFactory
from tests.reading import every


def owner() -> Client:
    """A signed-in owner."""
    client = Client()
    client.login(username=UserFactory(role=SITE_OWNER).username, password=PASSWORD)
    return client


def address(setting: type[SiteSetting], view: str = "edit", site: Site | None = None) -> str:
    """Return the address of the setting's form, or of its preview."""
    names = (setting._meta.app_label, setting._meta.model_name)
    return reverse(f"wagtailsettings:{view}", args=[*names, (site or Site.objects.get()).pk])


def save(setting: type[SiteSetting], data: dict[str, Any]) -> Any:
    """Save the setting as an owner, and follow to the form that is shown then."""
    return owner().post(address(setting), data, follow=True)


def errors_of(response: Any) -> list[str]:
    """Return what the form's fields say is wrong."""
    return every(BeautifulSoup(response.content, "html.parser"), ".error-message")


def says(response: Any, sentence: str) -> bool:
    """Whether the form says it, at a field or in a block: what blocks say is shown by script."""
    return sentence in html.unescape(response.content.decode())


def messages_of(response: Any) -> list[str]:
    """Return what is said above the form."""
    return [str(message) for message in response.context["messages"]]
