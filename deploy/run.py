"""Serve the site and its worker from this folder: what `make run` does. Ctrl+C stops both.

Only the standard library: Django runs in the processes that this one starts and watches.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
SECONDS_TO_START = 60
SECONDS_TO_STOP = 20

PREPARE = ("manage.py", "prepare")
# A process that is told to stop while it starts does not hear it: five seconds, then it is ended.
WEB = ("-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "--graceful-timeout", "5")
WORKER = ("manage.py", "work")


class Stopped(Exception):  # noqa: N818
    """Somebody asked for the end."""


class Failed(Exception):  # noqa: N818
    """It does not go on. The message says why, in one line."""


def main() -> int:
    """Prepare, serve, and stop whatever was started. Returns the exit code."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    children: dict[str, subprocess.Popen] = {}
    try:
        serve(free_port(os.environ.get("PORT", "8000")), children)
    except Stopped:
        say("\nStopping.")
        return 0
    except Failed as failure:
        print(failure, file=sys.stderr, flush=True)
        return 1
    finally:
        end(children)
    return 0


def serve(port: int, children: dict[str, subprocess.Popen]) -> None:
    """Start what is needed, note it in children and watch it."""
    started_at = time.monotonic()
    environment = {
        "LOG_LEVEL": "warning",
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.development",
        "DEBUG": "0",
        "HOST": HOST,
        "PORT": str(port),
        "PYTHONUNBUFFERED": "1",
    }
    children["preparation"] = start(PREPARE, environment)
    if children["preparation"].wait():
        raise Failed("The site could not be prepared: see above.")
    del children["preparation"]
    children["web server"] = start(WEB, environment)
    children["worker"] = start(WORKER, environment)
    wait_until_ready(f"http://{HOST}:{port}/health/ready/", children)
    say(f"Research Reviews is at http://{HOST}:{port}/ ({time.monotonic() - started_at:.0f} s). Ctrl+C stops it.")
    while True:
        watch(children)
        time.sleep(0.2)


def free_port(text: str) -> int:
    """Return the port as a number. Raises Failed for one that is none, or is taken."""
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise Failed(f"PORT is {text!r}, which is no port. Choose a number such as 8001: PORT=8001 make run")
    port = int(text)
    with socket.socket() as probe:
        # A port that has only just been left is free, as it is for the web server.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError:
            raise Failed(f"Port {port} is not yours to use. Choose a higher one: PORT=8001 make run") from None
        except OSError:
            other = 8001 if port == 8000 else 8000
            raise Failed(f"Port {port} is in use. Stop what uses it or choose another: PORT={other} make run") from None
    return port


def start(arguments: tuple[str, ...], environment: dict[str, str]) -> subprocess.Popen:
    """Start a Python process in a session of its own, so that Ctrl+C comes to this process alone."""
    return subprocess.Popen([sys.executable, *arguments], cwd=ROOT, env=environment, start_new_session=True)


def wait_until_ready(address: str, children: dict[str, subprocess.Popen]) -> None:
    """Return once the site answers. Raises Failed where it does not."""
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        watch(children)
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310
                return
        except OSError:
            time.sleep(0.1)
    raise Failed(f"The site did not answer within {SECONDS_TO_START} seconds.")


def watch(children: dict[str, subprocess.Popen]) -> None:
    """Raise Failed where a child has ended by itself."""
    for name, child in children.items():
        if child.poll() is not None:
            raise Failed(f"The {name} has ended by itself (exit code {child.returncode}); everything is stopped.")


def stop(number: int, frame: FrameType | None) -> None:
    """Leave whatever is being done, once: the end itself is not interrupted."""
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)
    raise Stopped


def end(children: dict[str, subprocess.Popen]) -> None:
    """Ask every child to stop, and end the ones that do not."""
    for child in children.values():
        child.terminate()
    deadline = time.monotonic() + SECONDS_TO_STOP
    for child in children.values():
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)


def say(line: str) -> None:
    """Tell what happens, at once."""
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
