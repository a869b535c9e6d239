"""A server on the internet: everything from the environment, nothing guessed."""

import sys
from urllib.parse import urlsplit

from .base import *

DEBUG = False


def required(name: str, means: str) -> str:
    """Return the environment's value for name, or end the start with one line that says what is missing."""
    value: str = env(name, "").strip()
    if not value:
        sys.exit(f"{name} is not set. Set it to {means} and start again.")
    return value


SECRET_KEY = required("SECRET_KEY", "a random text of at least 50 characters")
if len(SECRET_KEY) < 50:
    sys.exit("SECRET_KEY is too short. Set it to a random text of at least 50 characters and start again.")

BASE_URL = required("BASE_URL", "the site's public address, such as https://reviews.example").rstrip("/")
if urlsplit(BASE_URL).scheme != "https" or urlsplit(BASE_URL).path or not urlsplit(BASE_URL).hostname:
    sys.exit(f"BASE_URL is {BASE_URL!r}. Set it to the site's public address, such as https://reviews.example.")
WAGTAILADMIN_BASE_URL = BASE_URL
CSRF_TRUSTED_ORIGINS = [BASE_URL]

HOSTS = required("ALLOWED_HOSTS", "the site's host names, separated by commas").split(",")
ALLOWED_HOSTS = [host.strip() for host in HOSTS if host.strip()]
if not ALLOWED_HOSTS or any(set(host) & set("*/ ") for host in ALLOWED_HOSTS):
    sys.exit("ALLOWED_HOSTS is wrong. Set it to host names only, separated by commas, such as reviews.example.")

# Without it, what the site has to tell people would end in a folder.
required("EMAIL_URL", "the mail server, such as submission://user:password@host:587")

# The proxy in front ends TLS and says so in this header.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "core.logs.JSONFormatter"}},
    "handlers": {"stdout": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": "json"}},
    "root": {"handlers": ["stdout"], "level": env("LOG_LEVEL", "INFO").upper()},
    "loggers": {
        "django": {"handlers": ["stdout"], "propagate": False},
        "gunicorn.error": {"handlers": ["stdout"], "propagate": False},
    },
}
