"""A site as it runs in production, in a temporary folder, and its web server."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
SECONDS_TO_START = 60
SECONDS_TO_STOP = 20


def environment(folder: Path, database_url: str, **more: str) -> dict[str, str]:
    """Return the environment of a production site in the folder; more names in capitals."""
    inherited = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR")}
    return {
        **inherited,
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "STATE_DIR": str(folder),
        "DATABASE_URL": database_url,
        "SECRET_KEY": secrets.token_urlsafe(60),
        "BASE_URL": "https://reviews.example",
        "ALLOWED_HOSTS": f"{HOST},testserver",
        "EMAIL_URL": "smtp://127.0.0.1:25",
        "LOG_LEVEL": "warning",
        **more,
    }


def manage(variables: dict[str, str], *arguments: str, timeout: float = 900) -> str:
    """Run a management command and return what it says. Raises RuntimeError with its last words where it fails."""
    return run([sys.executable, "manage.py", *arguments], variables, timeout)


def run(command: list[str], variables: dict[str, str], timeout: float) -> str:
    """Run a command in the project's folder and return what it says. Raises RuntimeError where it fails."""
    done = subprocess.run(
        command, cwd=ROOT, env=variables, capture_output=True, text=True, timeout=timeout, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command[1:4])} failed: {done.stderr.strip()[-2000:]}")
    return done.stdout


def prepare(variables: dict[str, str]) -> None:
    """Make the database, the static files and the demo site with its pictures."""
    manage(variables, "migrate", "-v0")
    manage(variables, "collectstatic", "-v0", "--noinput")
    manage(variables, "load_demo")
    manage(variables, "db_worker", "--batch", "--no-startup-delay")


@contextmanager
def served(variables: dict[str, str]) -> Iterator[Server]:
    """A web server with the settings of deploy/gunicorn.conf.py, stopped at the end."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py"]
    process = subprocess.Popen(
        command, cwd=ROOT, env={**variables, "PORT": str(port)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    server = Server(process.pid, port)
    try:
        server.wait_until_ready()
        yield server
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            process.kill()


class Server:
    """A running web server: where it answers and what its workers have used."""

    def __init__(self, pid: int, port: int) -> None:
        self.pid = pid
        self.port = port

    def url(self, path: str) -> str:
        """Return the whole address of a path."""
        return f"http://{HOST}:{self.port}{path}"

    def wait_until_ready(self) -> None:
        """Return once it answers. Raises RuntimeError where it does not."""
        deadline = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(self.url("/health/ready/"), timeout=5):
                    return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError(f"The site did not answer within {SECONDS_TO_START} seconds.")

    def cpu_seconds(self) -> float:
        """Return the CPU time that the workers have used so far."""
        ticks = 0
        for worker in workers_of(self.pid):
            fields = Path(f"/proc/{worker}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")


def workers_of(pid: int) -> list[int]:
    """Return the process ids of the children of a process."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
