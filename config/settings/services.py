"""The services that the environment names by address. A wrong address ends the start with one line that says so."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit

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
    """Return the EMAIL_ settings: the server that EMAIL_URL names, or a folder of files."""
    address = env("EMAIL_URL", "")
    if not address:
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": state_dir / "mail",
        }
    example = "submission://user:password@host:587"
    config: dict[str, Any] = {**understood("EMAIL_URL", address, dj_email_url.parse, example)}
    if "EMAIL_BACKEND" not in config or (
        config["EMAIL_BACKEND"].endswith("smtp.EmailBackend") and not config["EMAIL_HOST"]
    ):
        wrong("EMAIL_URL", example)
    config["EMAIL_FILE_PATH"] = f"/{config['EMAIL_FILE_PATH']}"
    return {**config, "EMAIL_TIMEOUT": 10}


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
