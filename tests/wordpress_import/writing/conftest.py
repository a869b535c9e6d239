"""Files of the old site, for tests that bring them in."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.wordpress_import.exports import generate


@pytest.fixture(scope="session")
def media(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the uploads of the old site that gen-60.xml was exported from. To be read only."""
    folder = tmp_path_factory.mktemp("old-site")
    generate(folder, 60, arguments=("--media", str(folder / "uploads")))
    return folder / "uploads"
