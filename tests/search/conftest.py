"""What all tests of search start from."""

from __future__ import annotations

import pytest

from search import remote


@pytest.fixture(autouse=True)
def no_server_is_resting(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test finds a search server left alone because of another."""
    monkeypatch.setattr(remote, "_resting_until", 0.0)
