"""Where the checkers are that `npm ci` installs, and which of them are missing."""

from __future__ import annotations

import shutil
from pathlib import Path

MODULES = Path(__file__).resolve().parents[2] / "node_modules"
AXE = MODULES / "axe-core" / "axe.min.js"
HTML_CODESNIFFER = MODULES / "html_codesniffer" / "build" / "HTMLCS.js"
NU = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
TSC = MODULES / "typescript" / "bin" / "tsc"
SCHEMA_TYPES = MODULES / "schema-dts" / "dist" / "schema.d.ts"
# The fixture that a test takes, and what it needs.
NEEDS = {"axe": AXE, "html_codesniffer": HTML_CODESNIFFER, "nu_validator": NU, "schema_types": SCHEMA_TYPES}


def missing() -> dict[str, str]:
    """Return the fixtures whose checker is not there, each with what is missing."""
    found = {name: f"{file.name} (npm ci)" for name, file in NEEDS.items() if not file.exists()}
    if "nu_validator" not in found and not shutil.which("java"):
        found["nu_validator"] = "Java"
    if "schema_types" not in found and not (TSC.exists() and shutil.which("node")):
        found["schema_types"] = "TypeScript (npm ci)"
    return found
