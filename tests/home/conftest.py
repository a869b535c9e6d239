"""The demo site for the tests of this package, with small pictures: drawing them large proves nothing more."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings

from home.demo.pictures import scenes


def load_demo() -> str:
    """Run the command and return what it printed."""
    printed = StringIO()
    call_command("load_demo", stdout=printed)
    return printed.getvalue()


@pytest.fixture(scope="package", autouse=True)
def small_pictures(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Draw pictures with a twentieth of the pixels, into a folder of their own."""
    media = tmp_path_factory.mktemp("media")
    with pytest.MonkeyPatch.context() as patch, override_settings(MEDIA_ROOT=media):
        patch.setattr(scenes, "WIDTH_IN_PIXELS", 320)
        yield media


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any, small_pictures: Path) -> Iterator[str]:
    """A loaded demo site, once for all the tests of a module; what the command printed."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_demo()
        transaction.set_rollback(True)
