"""The health addresses tell machines how the site is."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import pytest
from django.core.cache import caches
from django.db import OperationalError, connection
from django.test import Client


@pytest.fixture
def no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """The database does not answer."""

    def refuse(*args: Any, **kwargs: Any) -> None:
        raise OperationalError

    monkeypatch.setattr(connection, "cursor", refuse)


def test_a_process_is_live_without_its_database(client: Client, no_database: None) -> None:
    response = client.get("/health/live/")
    assert (response.status_code, response.json()) == (HTTPStatus.OK, {"status": "ok"})


@pytest.mark.django_db
def test_a_site_with_database_and_cache_is_ready(client: Client) -> None:
    response = client.get("/health/ready/")
    assert response.status_code == HTTPStatus.OK
    assert response.json() == {"status": "ok", "database": "ok", "cache": "ok"}
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies


def test_a_site_without_its_database_is_not_ready(client: Client, no_database: None) -> None:
    response = client.get("/health/ready/")
    assert response.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert response.json()["database"] == "down"


@pytest.mark.django_db
def test_a_site_without_its_cache_is_not_ready(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caches["generation"], "get", lambda *args: None)
    response = client.get("/health/ready/")
    assert response.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert response.json() == {"status": "unavailable", "database": "ok", "cache": "down"}


@pytest.mark.django_db
def test_health_is_told_without_tls_and_under_any_name(client: Client, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.ALLOWED_HOSTS = ["reviews.example"]
    assert client.get("/health/ready/", headers={"host": "10.0.0.7:8000"}).status_code == HTTPStatus.OK
    assert client.get("/", headers={"host": "reviews.example"}).status_code == HTTPStatus.MOVED_PERMANENTLY
