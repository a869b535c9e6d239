"""Generated exports, made once a run and shared by its processes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.wordpress_import.exports import alone, damage, generate


@pytest.fixture(scope="session")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with gen-60.xml, gen-200.xml, their manifests (.json), and broken/ with EXPECT.json.

    To be read only: all tests of the run share it.
    """
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "wordpress-exports"
    samples = folder / "samples"
    with alone(folder):
        if not (folder / "done").exists():
            samples.mkdir()
            generate(samples, 60)
            generate(samples, 200)
            damage(folder)
            (folder / "done").touch()
    return samples
