"""One machine, no services: what `make run` and `manage.py` use unless told otherwise."""

from django.core.management.utils import get_random_secret_key

from .base import *

DEBUG = env.bool("DEBUG", True)
BASE_URL = WAGTAILADMIN_BASE_URL
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]", "testserver"])

# Without a mail server, mails are read in the browser.
MAILBOX = not env("EMAIL_URL", "")


def local_secret_key() -> str:
    """Return this machine's key, made on the first start and kept in STATE_DIR so that sessions survive a restart."""
    path = STATE_DIR / "secret_key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(get_random_secret_key())
    return path.read_text()


SECRET_KEY = env("SECRET_KEY", "") or local_secret_key()

if DEBUG:
    # A change to a template shows at once.
    PAGE_CACHE = env.bool("PAGE_CACHE", False)
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Django's own is silent without DEBUG: it mails errors to administrators instead.
    "loggers": {"django": {"handlers": ["console"], "level": "INFO" if DEBUG else "ERROR", "propagate": False}},
}
