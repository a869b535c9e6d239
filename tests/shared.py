"""What takes long to make and is only read afterwards: made by whichever test process comes first, for all of them."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

IS_ONE_OF_MANY = "PYTEST_XDIST_WORKER" in os.environ


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Return the folder of that name, the same for all processes of a run. The first to ask has it made, while the
    others wait; where that fails, the next begins anew."""
    base = factory.getbasetemp()
    place = (base.parent if IS_ONE_OF_MANY else base) / name
    place.mkdir(exist_ok=True)
    folder, ready = place / "made", place / "ready"
    with (place / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not ready.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            ready.touch()
    return folder
