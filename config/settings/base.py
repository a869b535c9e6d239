"""What every environment shares. Anything an operator may change comes from the environment."""

from pathlib import Path

from environs import Env

from . import services

BASE_DIR = Path(__file__).resolve().parent.parent.parent

env = Env()

# The SQLite file, the media, the cache and the collected static files live here.
STATE_DIR: Path = env.path("STATE_DIR", BASE_DIR / "var")

INSTALLED_APPS = [
    "home",
    "search",
    "syndication",
    "wordpress_import",
    "comments",
    "subscriptions",
    "sponsors",
    "research_reviews",
    "site_settings",
    "users",
    "images",
    "core",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail_modeladmin",
    "wagtail.embeds",
    "wagtail.sites",
    "users.team.TeamConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "anymail",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

# The page cache stands first but for health: what it answers touches neither session nor database.
MIDDLEWARE = [
    "core.health.HealthMiddleware",
    "sponsors.middleware.ViewCounter",
    "core.middleware.PageCacheMiddleware",
    "core.snapshot.SnapshotMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.content_policy.ContentSecurityPolicyMiddleware",
    "syndication.signposting.SignpostMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "core.form_size.FormSizeMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "sponsors.gate.SponsorGate",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "core.old_addresses.OldAddressMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

# How long a process adds up views and clicks of sponsored pages before it writes the sums; 0 writes each at once.
SPONSOR_COUNT_SECONDS = 10

# How many proxies of our own stand in front: so many addresses at the end of X-Forwarded-For are true.
PROXIES: int = env.int("PROXIES", 0)

# After how many seconds without a sign of life a worker's mails are sent by another. Much longer than one mail takes.
DELIVERY_LEASE_SECONDS: int = env.int("DELIVERY_LEASE_SECONDS", 120)

# Whether responses are spam is asked of Akismet where there is a key; else nobody is told of them.
AKISMET_KEY: str = env("AKISMET_KEY", "")
AKISMET_URL: str = env("AKISMET_URL", "https://rest.akismet.com/1.1/")

# Where studies are looked up, and whom the registries write to when we ask too much.
globals().update(services.registries())

# How many records harvesters are given at once (OAI-PMH).
OAI_PAGE_SIZE: int = env.int("OAI_PAGE_SIZE", 100)
# What the identifiers of records begin with, to outlive a move to another host; empty for the host.
OAI_NAMESPACE: str = env("OAI_NAMESPACE", "")

# A server that searches instead of the site itself, where there is one.
SEARCH_URL = services.search_server()

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    }
]

DATABASES = {"default": services.database(STATE_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Pages fetch their renditions from the database, all in one query: Wagtail's cache of them would be asked for each.
CACHES = {**services.caches(STATE_DIR), "renditions": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
PAGE_CACHE = env.bool("PAGE_CACHE", True)

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# EMAIL_BACKEND, EMAIL_HOST and their kin.
globals().update(services.mail(STATE_DIR))
# Whether mails that were written to files can be read at /dev/mail/: by everybody, so in development only.
MAILBOX = False

AUTH_USER_MODEL = "users.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "wagtailadmin_login"
LOGIN_REDIRECT_URL = "/"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = env("TIME_ZONE", "Europe/London")
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = STATE_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Every page asks for the hashed names, so half of the files need be neither compressed nor kept.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
MEDIA_URL = "/media/"
MEDIA_ROOT = STATE_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "core.storage.BundledStaticFilesStorage"},
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
# So that a pasted text beyond the limit of its form comes back with a sentence; readers may send less (core.form_size).
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

SILENCED_SYSTEM_CHECKS: list[str] = []

from .security import *  # noqa: E402
from .wagtail import *  # noqa: E402
