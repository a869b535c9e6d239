"""What one address alone shows changes it alone."""

from __future__ import annotations

import pytest
from django.core.cache import caches
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.page_cache import address_changed, generation
from tests.core.conftest import Committed
from tests.factories import StandardPageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("page_cache")]


def is_made_anew(reader: Client, address: str) -> bool:
    """Whether a reader of the address is the first since it changed."""
    with CaptureQueriesContext(connection) as queries:
        reader.get(address)
    return len(queries) > 0


def test_a_changed_address_is_made_anew_with_all_its_parameters_and_no_other(
    reader: Client, committed: Committed
) -> None:
    changed, other = StandardPageFactory(), StandardPageFactory()
    addresses = (changed.url, f"{changed.url}?page=2", other.url)
    for address in addresses:
        reader.get(address)
    token = generation()
    with committed():
        address_changed(changed.url)
    assert generation() == token
    assert [is_made_anew(reader, address) for address in addresses] == [True, True, False]
    assert [is_made_anew(reader, address) for address in addresses] == [False, False, False]


def test_a_change_that_is_rolled_back_changes_no_address(reader: Client, committed: Committed) -> None:
    page = StandardPageFactory()
    reader.get(page.url)
    with committed(), transaction.atomic():
        address_changed(page.url)
        transaction.set_rollback(True)
    assert not is_made_anew(reader, page.url)


def test_a_change_of_an_address_that_the_cache_did_not_hear_of_counts_when_it_is_back(
    reader: Client, committed: Committed, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = StandardPageFactory()
    reader.get(page.url)

    def away(*args: object, **kwargs: object) -> None:
        raise ConnectionError

    with monkeypatch.context() as patch:
        patch.setattr(caches["generation"], "set", away)
        with committed():
            address_changed(page.url)
    assert is_made_anew(reader, page.url)
