"""What the demo site says, in files that can be read and edited without knowing any code."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent

Content = dict[str, Any]


def read(name: str) -> Content:
    """Return what one file holds."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def read_folder(name: str) -> list[Content]:
    """Return what each file of a folder holds, in the order of the file names, which are the pages' slugs."""
    return [{"slug": path.stem, **read(f"{name}/{path.stem}")} for path in sorted((FOLDER / name).glob("*.toml"))]
