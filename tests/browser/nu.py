"""The Nu validator, run once over everything: its start takes longer than its work."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from tests.browser.checkers import NU

SECONDS = 120


def errors(folder: Path) -> list[str]:
    """Return one line an error in the .html and .css files of the folder."""
    found: list[str] = []
    for kind in ("html", "css"):
        files = sorted(str(file) for file in folder.glob(f"*.{kind}"))
        command = ["java", "-jar", str(NU), "--errors-only", "--format", "json", "--stdout", f"--{kind}", *files]
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
        found += [line(message) for message in json.loads(done.stdout)["messages"]]
    return found


def line(message: dict[str, object]) -> str:
    """Return the file, the place, what is wrong and the words around it."""
    place = f"{Path(str(message.get('url', ''))).name}:{message.get('lastLine', '?')}"
    return f"{place}: {message['message']} {message.get('extract', '')!r}"
