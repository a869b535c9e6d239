"""Generates exports for the tests: tests/data/wxr says with what."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parent.parent / "data" / "wxr"
SAMPLES = DATA / "samples"


def generate(folder: Path, posts: int, *, seed: int = 8, arguments: tuple[str, ...] = ()) -> Path:
    """Write gen-POSTS.xml (another seed: gen-POSTS-SEED.xml) and its manifest beside it. Returns the export's path."""
    path = folder / (f"gen-{posts}.xml" if seed == 8 else f"gen-{posts}-{seed}.xml")
    run("generate_wxr.py", "--posts", str(posts), "--seed", str(seed), "--out", str(path), *arguments)
    return path


def damage(folder: Path) -> Path:
    """Write the damaged exports made of samples/gen-60.xml in the folder. Returns theirs, with EXPECT.json in it."""
    broken = folder / "samples" / "broken"
    broken.mkdir()
    run("break_wxr.py", cwd=folder)
    return broken


def manifest(export: Path) -> dict[str, Any]:
    """Return the right answers of a generated export."""
    answers: dict[str, Any] = json.loads(export.with_suffix(".json").read_text())
    return answers


def truth(export: Path) -> dict[str, Any]:
    """Return what an independent reader counts in the export."""
    facts: dict[str, Any] = json.loads(run("wxr_truth.py", str(export)))
    return facts


def run(script: str, *arguments: str, cwd: Path | None = None) -> str:
    """Run one of the scripts of tests/data/wxr and return what it prints."""
    command = [sys.executable, str(DATA / script), *arguments]
    return subprocess.run(command, cwd=cwd, check=True, capture_output=True, text=True).stdout
