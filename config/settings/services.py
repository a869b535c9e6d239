"""The services that the environment names by address. A wrong address ends the start with one line that says so."""

import re
import sys
from collections.abc import Callable
from email.utils import parseaddr
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import parse_qs, unquote, urlsplit

import dj_database_url
import dj_email_url
from environs import Env

env = Env()

# A server that is away must not hold up a reader: seconds to connect, and to wait for an answer.
CONNECT_SECONDS = 2
ANSWER_SECONDS = 2

# Web server and worker write side by side: WAL lets readers pass, IMMEDIATE makes a writer wait instead of failing.
SQLITE_OPTIONS = {
    "timeout": 5,
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}
POSTGRESQL_OPTIONS = {"connect_timeout": CONNECT_SECONDS, "tcp_user_timeout": 4000}
# The registries that studies are looked up in; another address is for a mirror, or for tests.
REGISTRIES = {
    "CROSSREF_URL": "https://api.crossref.org/",
    "DATACITE_URL": "https://api.datacite.org/",
    "UNPAYWALL_URL": "https://api.unpaywall.org/",
    "PUBMED_URL": "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/",
}
# Providers by the scheme of EMAIL_URL: how to write it, and what its user, password and host are.
PROVIDERS = {
    "brevo": ("brevo://KEY@", ("BREVO_API_KEY", "", "")),
    "mailgun": ("mailgun://KEY@DOMAIN", ("MAILGUN_API_KEY", "", "MAILGUN_SENDER_DOMAIN")),
    "mailjet": ("mailjet://KEY:SECRET@", ("MAILJET_API_KEY", "MAILJET_SECRET_KEY", "")),
    "postmark": ("postmark://TOKEN@", ("POSTMARK_SERVER_TOKEN", "", "")),
    "sendgrid": ("sendgrid://KEY@", ("SENDGRID_API_KEY", "", "")),
}
ENGINES: dict[str, dict[str, Any]] = {
    "django.db.backends.sqlite3": SQLITE_OPTIONS,
    "django.db.backends.postgresql": POSTGRESQL_OPTIONS,
}


def database(state_dir: Path) -> dict[str, Any]:
    """Return the database that DATABASE_URL names, or SQLite."""
    address = env("DATABASE_URL", "") or f"sqlite:///{writable(state_dir) / 'db.sqlite3'}"
    example = "postgres://user:password@host:5432/name"
    config: dict[str, Any] = {**understood("DATABASE_URL", address, dj_database_url.parse, example)}
    if config["ENGINE"] not in ENGINES or not config["NAME"]:
        wrong("DATABASE_URL", example)
    options = {**ENGINES[config["ENGINE"]], **config.get("OPTIONS", {})}
    return {**config, "OPTIONS": options, "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}


def caches(state_dir: Path) -> dict[str, dict[str, Any]]:
    """Return the caches: on the Redis that CACHE_URL names, or in files.

    Web processes and worker share them. Never in the database: cached pages are served while the database is away.
    Who asks for pages and the generation of the site's content must be told that the cache is away; what Django and
    Wagtail keep in the default cache can be done without.
    """
    address = env("CACHE_URL", "")
    if not address:
        backend, folder = "core.caches.FileCache", state_dir / "cache"
        return {
            "default": {"BACKEND": backend, "LOCATION": folder},
            "generation": {"BACKEND": backend, "LOCATION": folder / "generation"},
            "pages": {"BACKEND": backend, "LOCATION": folder / "pages"},
        }
    example = "redis://host:6379/0"
    parts = understood("CACHE_URL", address, urlsplit, example)
    if parts.scheme not in ("redis", "rediss") or not parts.hostname:
        wrong("CACHE_URL", example)
    redis = {
        "BACKEND": "core.redis_cache.ImpatientRedisCache",
        "LOCATION": address,
        "OPTIONS": {"socket_connect_timeout": CONNECT_SECONDS, "socket_timeout": ANSWER_SECONDS},
    }
    forgiving = {**redis, "BACKEND": "core.redis_cache.ForgivingRedisCache"}
    return {"default": forgiving, "generation": redis, "pages": redis}


def mail(state_dir: Path) -> dict[str, Any]:
    """Return the EMAIL_ settings, the sender and those of anymail: the server or the provider that EMAIL_URL names."""
    reports = {"WEBHOOK_SECRET": secret} if (secret := webhook_secret()) else {}
    shared: dict[str, Any] = {"DEFAULT_FROM_EMAIL": mail_from(), "ANYMAIL": reports}
    address = env("EMAIL_URL", "")
    if not address:
        backend = "django.core.mail.backends.filebased.EmailBackend"
        return {**shared, "EMAIL_BACKEND": backend, "EMAIL_FILE_PATH": state_dir / "mail"}
    scheme = address.partition(":")[0].lower()
    if scheme in PROVIDERS:
        anymail = {**reports, **provider(scheme, address)}
        return {**shared, "EMAIL_BACKEND": f"anymail.backends.{scheme}.EmailBackend", "ANYMAIL": anymail}
    example = "submission://user:password@host:587"
    config: dict[str, Any] = {**understood("EMAIL_URL", address, dj_email_url.parse, example)}
    if "EMAIL_BACKEND" not in config or (
        config["EMAIL_BACKEND"].endswith("smtp.EmailBackend") and not config["EMAIL_HOST"]
    ):
        wrong("EMAIL_URL", example)
    config["EMAIL_FILE_PATH"] = f"/{config['EMAIL_FILE_PATH']}"
    return {**shared, **config, "EMAIL_TIMEOUT": 10}


def provider(scheme: str, address: str) -> dict[str, Any]:
    """Return the settings of a provider whose interface takes the mails: its keys, each a part of the address."""
    example, names = PROVIDERS[scheme]
    parts = understood("EMAIL_URL", address, urlsplit, example)
    values = [unquote(part or "") for part in (parts.username, parts.password, parts.hostname)]
    keys = {name: value for name, value in zip(names, values, strict=True) if name}
    if not all(keys.values()):
        wrong("EMAIL_URL", example)
    if region := parse_qs(parts.query).get("region"):
        if (scheme, region) != ("mailgun", ["eu"]):
            wrong("EMAIL_URL", "mailgun://KEY@DOMAIN?region=eu")
        keys["MAILGUN_API_URL"] = "https://api.eu.mailgun.net/v3"
    # Nobody watches whether a mail is opened. Brevo knows no such choice by mail: there it is one of the account.
    watching = {} if scheme == "brevo" else {"SEND_DEFAULTS": {"track_opens": False, "track_clicks": False}}
    return {**keys, **watching, "REQUESTS_TIMEOUT": 10}


def mail_from() -> str:
    """Return the sender of mails for which no owner set another: MAIL_FROM, or an address at the site's own host."""
    host = understood("BASE_URL", env("BASE_URL", ""), urlsplit, "https://reviews.example").hostname or ""
    # A machine that has no name on the internet is no sender.
    name = env("MAIL_FROM", "") or f"subscriptions@{host if re.search(r'[.][a-z]', host) else 'example.org'}"
    address = parseaddr(name)[1]
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", address) or not name.isprintable():
        wrong("MAIL_FROM", "Research Reviews <reviews@reviews.example>")
    return name


def webhook_secret() -> str:
    """Return the name and password that the provider's reports have to carry; empty where none are taken."""
    secret = env("WEBHOOK_SECRET", "")
    if secret and not re.fullmatch(r"[^:\s]+:[^:\s]{12,}", secret):
        wrong("WEBHOOK_SECRET", "name:a-long-random-password")
    return secret


def search_server() -> str:
    """Return the address of a search server, Elasticsearch or OpenSearch, and its index; empty where there is none."""
    address = env("SEARCH_URL", "")
    example = "https://user:password@host:9200/research-reviews"
    parts = understood("SEARCH_URL", address, urlsplit, example)
    if address and (parts.scheme not in ("http", "https") or not parts.hostname or "/" in parts.path.strip("/")):
        wrong("SEARCH_URL", example)
    return str(address)


def registries() -> dict[str, str]:
    """Return the addresses of the registries, each with a slash at its end, and CONTACT_ADDRESS for their keepers."""
    chosen = {name: (env(name, "") or usual).rstrip("/") + "/" for name, usual in REGISTRIES.items()}
    for name, address in chosen.items():
        parts = understood(name, address, urlsplit, REGISTRIES[name])
        if parts.scheme not in ("http", "https") or not parts.hostname:
            wrong(name, REGISTRIES[name])
    return {**chosen, "CONTACT_ADDRESS": env("CONTACT_ADDRESS", "") or parseaddr(mail_from())[1]}


def writable(folder: Path) -> Path:
    """Return the folder, made where it is missing."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        sys.exit(f"STATE_DIR ({folder}) cannot be made: {error.strerror}. Set it to a folder that can be written.")
    return folder


def understood(name: str, address: str, parse: Callable[[str], Any], example: str) -> Any:
    """Return the address as parse reads it."""
    try:
        parts = urlsplit(address)
        # Read here, because a port that is no number is only found when it is asked for.
        _port = parts.port
        return parse(address)
    except ValueError:
        wrong(name, example)


def wrong(name: str, example: str) -> NoReturn:
    """End the start. The value itself is not shown: it may hold a password."""
    sys.exit(f"{name} is not an address that can be used. Write it like {example} and start again.")
