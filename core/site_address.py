"""The site's address, which canonical links, shared links, feeds and mails are made of."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from wagtail.models import Site

PORTS = {"http": 80, "https": 443}


def take_site_address(**kwargs: Any) -> None:
    """Give the site the address that BASE_URL names, at every start (post_migrate). In tests there is none."""
    base_url = urlsplit(getattr(settings, "BASE_URL", ""))
    # Where only some apps are migrated, there may be no site yet.
    if not base_url.hostname or Site._meta.db_table not in connection.introspection.table_names():
        return
    port = base_url.port or PORTS[base_url.scheme]
    for site in Site.objects.filter(is_default_site=True).exclude(hostname=base_url.hostname, port=port):
        site.hostname, site.port = base_url.hostname, port
        site.save()


def absolute(path: str) -> str:
    """Return the whole address of a path of the default site, for what is read elsewhere, such as a mail."""
    root: str = Site.objects.get(is_default_site=True).root_url
    return f"{root}{path}"
