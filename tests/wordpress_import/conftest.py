"""Generated exports, made once a run and shared by its processes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.shared import made_once
from tests.wordpress_import.exports import damage, generate


@pytest.fixture(scope="session")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with gen-60.xml, gen-200.xml, their manifests (.json), and broken/ with EXPECT.json.

    To be read only: all tests of the run share it.
    """
    return made_once(tmp_path_factory, "wordpress-exports", fill) / "samples"


def fill(folder: Path) -> None:
    """Generate the exports, and damage copies of them."""
    samples = folder / "samples"
    samples.mkdir()
    generate(samples, 60)
    generate(samples, 200)
    damage(folder)
