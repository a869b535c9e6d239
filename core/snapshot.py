"""What one reader's request has asked the database already, so that it asks once.

Inside `snapshot()` the answers are remembered; outside of it, as in the admin, every question is asked anew.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.conf import settings
from django.db import models
from django.http import HttpRequest, HttpResponse

Answer = TypeVar("Answer")
_memory: ContextVar[dict[Hashable, Any] | None] = ContextVar("snapshot", default=None)
SHARES = "shares"


@contextmanager
def snapshot(shares: bool = True) -> Iterator[None]:
    """Remember answers until the end of the block. Only where it shares may other requests be given them."""
    token = _memory.set({SHARES: shares})
    try:
        yield
    finally:
        _memory.reset(token)


def is_shared() -> bool:
    """Whether a reader's request is being answered, so that others may be given the answers."""
    memory = _memory.get()
    return memory is not None and bool(memory[SHARES])


def remembered(question: Hashable, ask: Callable[[], Answer]) -> Answer:
    """Return the answer to the question: the one from before where there is one, else what `ask` returns."""
    memory = _memory.get()
    if memory is None:
        return ask()
    if question not in memory:
        memory[question] = ask()
    answer: Answer = memory[question]
    return answer


class SnapshotMiddleware:
    """Gives every read of a reader's page its snapshot. What is seen in a preview stays there: it may not be saved."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD") or request.path.startswith(settings.ADMIN_PATH):
            return self.get_response(request)
        with snapshot(shares=not hasattr(request, "is_dummy")):
            return self.get_response(request)


def shelf(model: type[models.Model]) -> dict[Any, Any]:
    """Return the things of the model that were fetched ahead, by primary key; None stands for one that is not there."""
    return remembered(("shelf", model), dict)


def fetch_ahead(model: type[models.Model], pks: Iterable[Any]) -> list[Any]:
    """Fetch the things of the model with these keys in one query, for whoever asks by key later. Returns them."""
    wanted = set(pks)
    known = shelf(model)
    if missing := wanted - known.keys():
        known.update({**dict.fromkeys(missing), **model._default_manager.in_bulk(missing)})
    return [known[pk] for pk in wanted if known[pk] is not None]


class ShelfQuerySet(models.QuerySet):
    """Finds by key what was fetched ahead. Blocks that choose a thing ask this way, each kind of block for itself."""

    def in_bulk(self, id_list: Any = None, *, field_name: str = "pk") -> dict[Any, Any]:
        """Return the things by key, without a query where all of them were fetched ahead."""
        known = shelf(self.model)
        if id_list is not None and known and field_name == "pk" and not self.query.where:
            wanted = {pk for pk in id_list if pk is not None}
            if wanted <= known.keys():
                # Each block gets its own, because an image takes on the words of the place where it stands.
                return {pk: copy.copy(known[pk]) for pk in wanted if known[pk] is not None}
        return super().in_bulk(id_list, field_name=field_name)
