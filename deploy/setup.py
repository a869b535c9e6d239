"""Make .venv and install the pinned dependencies. Does nothing where they are already there.

Runs on a bare Python. Whatever goes wrong is told in one line; pip's own words are kept in .venv/setup.log.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
REQUIREMENTS = ROOT / "requirements" / "dev.txt"
INSTALLED = ENVIRONMENT / "installed.txt"
LOG = ENVIRONMENT / "setup.log"

OFFLINE = ("NewConnectionError", "NameResolutionError", "Temporary failure", "Connection", "timed out", "ProxyError")
REASONS = {
    "DO NOT MATCH THE HASHES": "A downloaded file is not the one that requirements/dev.txt names.",
    "No space left": "The disk is full.",
    "No matching distribution": "A dependency has no release for this Python and system.",
}


def main() -> int:
    """Bring .venv up to date. Returns the exit code."""
    wanted = REQUIREMENTS.read_text()
    if not works():
        if not make_environment():
            return 1
    elif INSTALLED.is_file() and INSTALLED.read_text() == wanted:
        return 0
    if not install():
        return fail(f"{reason(LOG.read_text(errors='replace'))} pip's messages are in {LOG}.")
    # Written last: an interrupted set-up starts again.
    INSTALLED.write_text(wanted)
    return 0


def works() -> bool:
    """Whether .venv is whole and was made here: the scripts of one that was moved or copied start another Python."""
    script = ENVIRONMENT / "bin" / "pip"
    if not PYTHON.exists() or not script.exists() or str(ENVIRONMENT) not in script.read_text(errors="replace"):
        return False
    return subprocess.run([PYTHON, "-c", "import pip"], capture_output=True, check=False).returncode == 0


def make_environment() -> bool:
    """Make .venv anew."""
    if not importlib.util.find_spec("venv") or not importlib.util.find_spec("ensurepip"):
        fail("Python's venv module is missing. Install it (Debian: apt install python3-venv) and start again.")
        return False
    say(f"Making the virtual environment .venv with Python {sys.version.split()[0]}.")
    shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    made = subprocess.run([sys.executable, "-m", "venv", ENVIRONMENT], capture_output=True, text=True, check=False)
    if made.returncode:
        last = (made.stdout + made.stderr).strip().splitlines()[-1:]
        fail(f"Could not make .venv: {' '.join(last)}")
    return not made.returncode


def install() -> bool:
    """Install exactly what the requirements file names, saying how far it is."""
    total = sum("==" in line for line in REQUIREMENTS.read_text().splitlines())
    say(f"Installing {total} dependencies.")
    command = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--retries", "2"]
    command += ["--require-hashes", "--requirement", str(REQUIREMENTS)]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    found = 0
    with (
        LOG.open("w") as log,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment) as pip,
    ):
        for line in pip.stdout or ():
            log.write(line)
            found += line.startswith(("Collecting ", "Requirement already satisfied"))
            if line.startswith("Collecting ") and found % 20 == 0:
                say(f"  {found} of {total} downloaded")
            elif line.startswith("Installing collected"):
                say("  unpacking")
    return pip.returncode == 0


def reason(log: str) -> str:
    """Say in one sentence why pip failed."""
    for sign, sentence in REASONS.items():
        if sign in log and not any(offline in log for offline in OFFLINE):
            return sentence
    if any(sign in log for sign in OFFLINE):
        return "Could not download the dependencies: is this machine online?"
    return "Could not install the dependencies."


def say(line: str) -> None:
    """Tell how far it is, at once."""
    print(line, flush=True)


def fail(line: str) -> int:
    """Say what went wrong. Returns the exit code."""
    print(line, file=sys.stderr, flush=True)
    return 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(fail("Stopped. Start again to go on."))
    except OSError as error:
        sys.exit(fail(f"Could not set up .venv: {error}"))
