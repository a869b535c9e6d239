"""A demo site as readers get it: gunicorn, hashed static files, the page cache, in a folder of its own."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[2]
COMMAND_SECONDS = 240
START_SECONDS = 30
MIGRATE = ("migrate", "--verbosity", "0")
# In the order in which a new machine would be set up.
COMMANDS = (
    MIGRATE,
    ("load_demo",),
    ("shell", "--no-imports", "--command", "from tests.browser.arrangement import arrange; arrange()"),
    ("collectstatic", "--no-input", "--verbosity", "0"),
)
# Makes every rendition, as the worker would, and ends.
WORKER = ("db_worker", "--batch", "--no-startup-delay", "--queue-name", "*")
WORKERS = 2


def environment(state_dir: Path) -> dict[str, str]:
    """Return the environment of a site that keeps everything in state_dir and takes nothing from the machine's own."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "CACHE_URL", "PORT")}
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "config.settings.development",
        "DEBUG": "0",
        "STATE_DIR": str(state_dir),
        "WEB_CONCURRENCY": "1",
        "LOG_LEVEL": "warning",
    }


def build(state_dir: Path, migrated: Path) -> None:
    """Set a demo site up in the folder, on a copy of a migrated database. Raises RuntimeError with the last lines of a
    command that failed."""
    shutil.copytree(migrated, state_dir, dirs_exist_ok=True)
    for command in COMMANDS:
        manage(state_dir, *command)
    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(lambda _number: manage(state_dir, *WORKER), range(WORKERS)))


def manage(state_dir: Path, *command: str, **variables: str) -> None:
    """Run a management command on the site in state_dir, the variables added to its environment. Raises RuntimeError
    with its last lines where it fails."""
    state_dir.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env={**environment(state_dir), **variables},
        capture_output=True,
        text=True,
        timeout=COMMAND_SECONDS,
        check=False,
    )
    if done.returncode:
        lines = (done.stdout + done.stderr).strip().splitlines()[-15:]
        raise RuntimeError(f"manage.py {command[0]} failed:\n" + "\n".join(lines))


@contextmanager
def served(state_dir: Path, **variables: str) -> Iterator[str]:
    """Serve the site in state_dir on a free port for as long as the context lasts, and give its address.

    The variables are added to its environment.
    """
    with socket.socket() as listener, (state_dir / "gunicorn.log").open("w") as log:
        listener.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        number = listener.fileno()
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "--bind", f"fd://{number}"],
            cwd=ROOT,
            env={**environment(state_dir), "BASE_URL": address, **variables},
            stdout=log,
            stderr=subprocess.STDOUT,
            pass_fds=(number,),
        )
        try:
            wait_for(f"{address}/health/live/", server)
            yield address
        finally:
            # At once: browsers hold their connections open.
            server.send_signal(signal.SIGQUIT)
            server.wait(timeout=30)


@contextmanager
def working(state_dir: Path, **variables: str) -> Iterator[None]:
    """Let a worker do what the site in state_dir has for it, for as long as the context lasts."""
    with (state_dir / "worker.log").open("w") as log:
        worker = subprocess.Popen(
            [sys.executable, "manage.py", "work"],
            cwd=ROOT,
            env={**environment(state_dir), **variables},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            yield
        finally:
            worker.terminate()
            worker.wait(timeout=30)


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    """Return once the address answers. Raises RuntimeError where the server ends or takes too long."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urlopen(address, timeout=5):
                return
        except (URLError, TimeoutError):
            time.sleep(0.1)
    raise RuntimeError(f"{address} did not answer; gunicorn's exit code is {server.poll()}.")
