"""Production settings, in processes of their own: what they ask of the environment, and what they give for it."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.conf import settings

# They share a site that takes a while to set up.
pytestmark = pytest.mark.xdist_group("production")

# Makes one request as the web server would, and prints what came of it.
ASK = """
import json, sys, time, django
django.setup()
from django.test import Client
began = time.monotonic()
response = Client().get(sys.argv[1], secure=sys.argv[2:] == ["secure"], headers={"host": "reviews.example"})
print(json.dumps({
    "status": response.status_code, "seconds": time.monotonic() - began, "headers": dict(response.headers),
    "body": response.content.decode(),
}))
"""


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which production starts, on an SQLite file that is still empty."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "PYTHONPATH": str(settings.BASE_DIR),
        "STATE_DIR": str(tmp_path_factory.mktemp("state")),
        "SECRET_KEY": "a made-up key, long enough, with letters & 0123456789 figures",
        "BASE_URL": "https://reviews.example",
        "ALLOWED_HOSTS": "reviews.example,www.reviews.example",
        "EMAIL_URL": "submission://user:secret@mail.example:587",
    }


@pytest.fixture(scope="module")
def site(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a site that is ready to serve."""
    environment = {**environment, "STATE_DIR": str(tmp_path_factory.mktemp("site"))}
    for command in (["migrate"], ["collectstatic", "--no-input"]):
        process = run(environment, "manage.py", *command, "--verbosity", "0")
        assert process.returncode == 0, process.stderr
    return environment


@pytest.fixture
def silent_port() -> Iterator[int]:
    """A port that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def run(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python in the environment."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def ask(environment: dict[str, str], *arguments: str) -> dict:
    """Return what the site answers in the environment."""
    process = run(environment, "-c", ASK, *arguments)
    assert process.returncode == 0, process.stderr
    answer: dict = json.loads(process.stdout.splitlines()[-1])
    return answer


def test_the_deployment_check_finds_nothing(environment: dict[str, str]) -> None:
    process = run(environment, "manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert process.returncode == 0, process.stderr
    assert "no issues (0 silenced)" in process.stdout


@pytest.mark.parametrize("name", ["SECRET_KEY", "BASE_URL", "ALLOWED_HOSTS", "EMAIL_URL"])
def test_a_missing_variable_stops_the_start_with_one_line(environment: dict[str, str], name: str) -> None:
    process = run({**environment, name: ""}, "manage.py", "check")
    assert process.returncode == 1
    assert process.stderr.startswith(f"{name} is not set.")
    assert process.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "short"),
        ("BASE_URL", "http://reviews.example"),
        ("BASE_URL", "reviews.example"),
        ("BASE_URL", "https://reviews.example/path"),
        ("ALLOWED_HOSTS", "https://reviews.example"),
        ("ALLOWED_HOSTS", "*"),
        ("ALLOWED_HOSTS", " , "),
        ("DATABASE_URL", "db.example"),
        ("DATABASE_URL", "postgres://user:secret@db.example:port/reviews"),
        ("DATABASE_URL", "postgres://user:secret@db.example"),
        ("DATABASE_URL", "mysql://user:secret@db.example/reviews"),
        ("CACHE_URL", "memcached://cache.example:11211"),
        ("CACHE_URL", "redis://cache.example:port/0"),
        ("EMAIL_URL", "mail.example"),
        ("EMAIL_URL", "submission://user:secret@mail.example:port"),
        ("EMAIL_URL", "postmark://"),
        ("EMAIL_URL", "mailgun://secret@"),
        ("EMAIL_URL", "mailjet://secret@"),
        ("EMAIL_URL", "mailgun://secret@mg.example.org?region=moon"),
        ("MAIL_FROM", "nobody"),
        ("MAIL_FROM", "reviews@reviews.example\nBcc: all@reviews.example"),
        ("WEBHOOK_SECRET", "secret"),
        ("STATE_DIR", "/dev/null/state"),
    ],
)
def test_a_wrong_variable_stops_the_start_with_one_line(environment: dict[str, str], name: str, value: str) -> None:
    process = run({**environment, name: value}, "manage.py", "check")
    assert process.returncode == 1
    assert process.stderr.startswith(name)
    assert process.stderr.count("\n") == 1
    assert "secret" not in process.stderr


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("brevo://key@", "Brevo"),
        ("mailgun://key@mg.reviews.example?region=eu", "Mailgun"),
        ("mailjet://key:secret@", "Mailjet"),
        ("postmark://token@", "Postmark"),
        ("sendgrid://key@", "SendGrid"),
    ],
)
def test_a_provider_is_chosen_by_its_address(environment: dict[str, str], address: str, name: str) -> None:
    code = (
        "import django; django.setup(); from django.core.mail import get_connection; print(get_connection().esp_name)"
    )
    process = run({**environment, "EMAIL_URL": address}, "-c", code)
    assert process.stdout.strip() == name, process.stderr


def test_a_plain_request_is_sent_to_tls_but_health_is_not(site: dict[str, str]) -> None:
    redirect = ask(site, "/")
    assert (redirect["status"], redirect["headers"]["Location"]) == (301, "https://reviews.example/")
    assert ask(site, "/health/ready/")["status"] == 200


def test_headers_and_cookies_are_safe(site: dict[str, str]) -> None:
    login = ask(site, "/admin/login/", "secure")["headers"]
    assert login["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    assert login["X-Content-Type-Options"] == "nosniff"
    assert login["X-Frame-Options"] == "DENY"
    assert login["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert login["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in login["Permissions-Policy"]
    assert "unsafe-eval" not in login["Content-Security-Policy"]
    page = ask(site, "/", "secure")
    assert page["status"] == 200
    assert "unsafe" not in page["headers"]["Content-Security-Policy"]
    assert "Set-Cookie" not in page["headers"]


def test_a_database_that_says_nothing_is_told_within_five_seconds(
    environment: dict[str, str], silent_port: int
) -> None:
    url = f"postgres://user:secret@127.0.0.1:{silent_port}/reviews"
    answer = ask({**environment, "DATABASE_URL": url}, "/health/ready/")
    assert answer["status"] == 503
    assert answer["seconds"] < 5
    assert json.loads(answer["body"]) == {"status": "unavailable", "database": "down", "cache": "ok"}


def test_a_cache_that_says_nothing_is_told_within_five_seconds(environment: dict[str, str], silent_port: int) -> None:
    answer = ask({**environment, "CACHE_URL": f"redis://127.0.0.1:{silent_port}/0"}, "/health/ready/")
    assert answer["status"] == 503
    assert answer["seconds"] < 5
    assert json.loads(answer["body"])["cache"] == "down"


def test_pages_are_served_while_the_cache_is_away(site: dict[str, str], silent_port: int) -> None:
    answer = ask({**site, "CACHE_URL": f"redis://127.0.0.1:{silent_port}/0"}, "/", "secure")
    assert answer["status"] == 200


def test_errors_are_logged_as_one_json_object_a_line(environment: dict[str, str]) -> None:
    process = run(environment, "-c", ASK, "/no-such-page/", "secure")
    lines = [json.loads(line) for line in process.stdout.splitlines() if line.startswith("{")]
    assert any(line.get("level") == "ERROR" and "no such table" in line.get("traceback", "") for line in lines)
