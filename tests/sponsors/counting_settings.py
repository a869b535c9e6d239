"""The settings of the tests for a web server that counts as on a site, but writes nothing before its end."""

from config.settings.testing import *  # noqa: F403

PAGE_CACHE = True
SPONSOR_COUNT_SECONDS = 3600
