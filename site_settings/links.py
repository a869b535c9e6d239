"""Addresses that an owner types for menus and footers: mistyped ones are told while they can be mended."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from core.routing import page_below

validate_url = URLValidator(schemes=["http", "https"])


def check_address(address: str) -> None:
    """Refuse an address that leads nowhere: of another site, an e-mail address or this site's own.

    Raises ValidationError with what to do.
    """
    if address.startswith("mailto:"):
        validate_email(address.removeprefix("mailto:").partition("?")[0])
    elif address.startswith(("https://", "http://")):
        check_web_address(address)
    elif not is_path(address):
        raise ValidationError(_("An address begins with / for this site, or with https:// for another."))
    elif not leads_somewhere(urlsplit(address).path):
        message = _("There is nothing at %(address)s. Correct it, or choose the page: then the link follows it.")
        raise ValidationError(message % {"address": address})


def check_web_address(address: str) -> None:
    """Refuse an address that is none of the web. Raises ValidationError with what to do."""
    try:
        validate_url(address)
    except ValidationError as error:
        raise ValidationError(_("Give the whole address, such as https://example.org/page.")) from error


def is_path(address: str) -> bool:
    """Whether the address is one of this site. Browsers take two slashes, or a backslash, for another host."""
    return address.startswith("/") and address[1:2] not in ("/", "\\") and not any(map(str.isspace, address))


def leads_somewhere(path: str) -> bool:
    """Whether the site answers at the path: with a page, published or not, something of its own, or a redirect."""
    # Not before the apps are loaded.
    from wagtail.views import serve

    from core.views import page

    wanted = unquote(path).rstrip("/") + "/"
    try:
        is_page = resolve(wanted).func in (page, serve)
    except Resolver404:
        return is_redirected(path)
    return not is_page or wanted == "/" or has_page(wanted) or is_redirected(path)


def has_page(path: str) -> bool:
    """Whether a site has a page at the path."""
    components = list(filter(None, path.split("/")))
    sites = Site.objects.select_related("root_page")
    return any(page_below(site.root_page, components) for site in sites)


def is_redirected(path: str) -> bool:
    """Whether a redirect leads on from the path."""
    return bool(Redirect.objects.filter(old_path=Redirect.normalise_path(path)).exists())
