"""The test suite: fast hashing, nothing outside the temporary folder, tasks done at once."""

import tempfile
from pathlib import Path

from .base import *

DEBUG = False
SECRET_KEY = "only-for-tests"  # noqa: S105
ALLOWED_HOSTS = ["*"]

TEST_DIR = Path(tempfile.gettempdir()) / "research-reviews-tests"
MEDIA_ROOT = TEST_DIR / "media"
STATIC_ROOT = TEST_DIR / "static"

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = dict.fromkeys(CACHES, {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"})
# The cache moves on when a transaction commits, and a test's never does. The cache's own tests turn it on.
PAGE_CACHE = False
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True
