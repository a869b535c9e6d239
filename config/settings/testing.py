"""The test suite: fast hashing, nothing outside a temporary folder of this process, tasks left undone."""

import atexit
import shutil
import tempfile
from pathlib import Path

from .base import *

DEBUG = False
SECRET_KEY = "only-for-tests"
ALLOWED_HOSTS = ["*"]

# Each process that runs tests has its own, so that two runs never meet.
STATE_DIR = Path(tempfile.mkdtemp(prefix="research-reviews-tests-"))
atexit.register(shutil.rmtree, STATE_DIR, ignore_errors=True)
MEDIA_ROOT = STATE_DIR / "media"
STATIC_ROOT = STATE_DIR / "static"
EMAIL_FILE_PATH = STATE_DIR / "mail"
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # In a file, as it is outside the tests: threads of the live server on a database in memory lock each other out.
    DATABASES["default"]["TEST"] = {"NAME": STATE_DIR / "test.sqlite3"}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ANYMAIL = {"WEBHOOK_SECRET": "provider:only-for-tests"}
CACHES = {name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"} for name in CACHES}
# The cache moves on when a transaction commits, and a test's never does. The cache's own tests turn it on.
PAGE_CACHE = False
SPONSOR_COUNT_SECONDS = 0
# No test asks the world: each registry is one that refuses, until a test puts its own server there.
CROSSREF_URL = DATACITE_URL = UNPAYWALL_URL = PUBMED_URL = "http://127.0.0.1:9/"
CONTACT_ADDRESS = "reviews@example.org"
# Indexes and pictures are most of the work that a test leaves behind, and few tests look at them: see tasks_at_once.
TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True
