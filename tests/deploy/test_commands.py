"""What goes wrong with `make setup` and `make run` is told in one line."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

DEPLOY = settings.BASE_DIR / "deploy"


@pytest.fixture
def taken_port() -> Iterator[int]:
    """A port that somebody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the project in which one dependency is to be installed."""
    shutil.copytree(DEPLOY, tmp_path / "deploy")
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / "dev.txt").write_text(f"wagtail==1.0 --hash=sha256:{'0' * 64}\n")
    return tmp_path


def run(*command: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command in the environment."""
    return subprocess.run(
        command, env={**os.environ, **environment}, capture_output=True, text=True, timeout=180, check=False
    )


def test_a_port_in_use_is_told_with_a_way_out(taken_port: int) -> None:
    process = run(sys.executable, DEPLOY / "run.py", PORT=str(taken_port))
    assert process.returncode == 1
    assert process.stderr.startswith(f"Port {taken_port} is in use.")
    assert process.stderr.count("\n") == 1
    assert "PORT=8000 make run" in process.stderr


@pytest.mark.parametrize("port", ["abc", "0", "70000", "-1"])
def test_a_port_that_is_none_is_told(port: str) -> None:
    process = run(sys.executable, DEPLOY / "run.py", PORT=port)
    assert process.returncode == 1
    assert process.stderr == f"PORT is {port!r}, which is no port. Choose a number such as 8001: PORT=8001 make run\n"


def test_a_machine_with_only_an_old_python_is_told_so(tmp_path: Path) -> None:
    for name in ("python", "python3"):
        (tmp_path / name).write_text("#!/bin/sh\nexit 1\n")
        (tmp_path / name).chmod(0o755)
    process = run("/bin/sh", DEPLOY / "find_python.sh", "setup.py", PATH=str(tmp_path))
    assert process.returncode == 1
    assert process.stderr.startswith("Python 3.11 or later is needed")
    assert process.stderr.count("\n") == 1


def test_a_machine_without_network_is_told_so(folder: Path) -> None:
    process = run(
        sys.executable,
        folder / "deploy" / "setup.py",
        PIP_CONFIG_FILE=os.devnull,
        PIP_INDEX_URL="http://127.0.0.1:9/simple",
        PIP_FIND_LINKS="",
        PIP_NO_INDEX="0",
    )
    assert process.returncode == 1
    log = folder / ".venv" / "setup.log"
    assert process.stderr == (
        f"Could not download the dependencies: is this machine online? pip's messages are in {log}.\n"
    )
    assert log.exists()


def test_a_python_without_venv_is_told_so(folder: Path) -> None:
    hide = "import sys; sys.modules['ensurepip'] = None; import runpy; sys.argv = sys.argv[1:]; "
    process = run(
        sys.executable, "-c", f"{hide}runpy.run_path(sys.argv[0], run_name='__main__')", folder / "deploy/setup.py"
    )
    assert process.returncode == 1
    assert process.stderr.startswith("Python's venv module is missing.")
    assert process.stderr.count("\n") == 1
