"""Conventions that no linter knows: how long a file may be, and what none may name. Part of `make check`."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# The first pattern that fits counts. Tests may be longer: they are read one at a time.
CEILINGS = {
    "*/migrations/*.py": 1000,
    "tests/*.py": 500,
    "config/settings/*.py": 200,
    "*/models/pages.py": 350,
    "home/models.py": 350,
    "*/blocks.py": 200,
    "*/blocks/*.py": 200,
    "*.py": 250,
    "*templates/*.html": 100,
}
LONGEST_GET_CONTEXT = 15
# Where packages come from is the business of the machine that installs them.
# The brackets keep this line from naming them itself.
HOSTS = re.compile(r"\b(?:p[y]pi\.org|p[y]thonhosted\.org|r[e]gistry\.npmjs\.org|d[e]b\.debian\.org)\b")


def main() -> int:
    """Print each breach as file: sentence. Returns the exit code."""
    breaches = [breach for path in files() for breach in breaches_of(path)]
    for breach in breaches:
        print(breach)
    return bool(breaches)


def files() -> list[Path]:
    """Return every file that git knows or would take in."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return [Path(name) for name in names if (ROOT / name).is_file()]


def breaches_of(path: Path) -> Iterator[str]:
    """Yield what is wrong with the file."""
    try:
        text = (ROOT / path).read_text()
    except UnicodeDecodeError:
        return
    ceiling = next((lines for pattern, lines in CEILINGS.items() if fnmatch(str(path), pattern)), None)
    if ceiling and text.count("\n") > ceiling:
        yield f"{path}: {text.count(chr(10))} lines; {ceiling} is the ceiling."
    if host := HOSTS.search(text):
        yield f"{path}: names the package registry {host[0]}."
    if path.suffix == ".py":
        yield from long_contexts(path, text)


def long_contexts(path: Path, text: str) -> Iterator[str]:
    """Yield each get_context that does too much."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef) and node.name == "get_context":
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > LONGEST_GET_CONTEXT:
                yield f"{path}:{node.lineno}: get_context has {lines} lines; {LONGEST_GET_CONTEXT} is the ceiling."


if __name__ == "__main__":
    sys.exit(main())
