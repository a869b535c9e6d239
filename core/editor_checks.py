"""What a good editor would catch: apps register checks of a page's draft here, the editor's checks panel shows them."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from wagtail.models import Page

log = logging.getLogger(__name__)


class Level(StrEnum):
    """How much it matters."""

    PROBLEM = "problem"
    ADVICE = "advice"


@dataclass(frozen=True)
class Check:
    """Something to look at, and where: a field of the editor, or a block by its id."""

    message: str | Promise
    level: Level = Level.PROBLEM
    field: str = ""
    block_id: str = ""

    @property
    def anchor(self) -> str:
        """The id of the place in the editor."""
        return f"block-{self.block_id}-section" if self.block_id else f"id_{self.field}"


CheckFunction = Callable[[Any], Iterable[Check]]
registered: dict[type[Page], list[CheckFunction]] = defaultdict(list)


def register_check(model: type[Page]) -> Callable[[CheckFunction], CheckFunction]:
    """Register a function that takes a page of the model, a draft that need not be saved, and yields checks."""

    def register(function: CheckFunction) -> CheckFunction:
        registered[model].append(function)
        return function

    return register


def run_checks(page: Page) -> list[Check]:
    """Return what there is to look at in the page, problems first."""
    functions = [function for model, ours in registered.items() if isinstance(page, model) for function in ours]
    checks = [check for function in functions for check in results(function, page)]
    return sorted(checks, key=lambda check: check.level != Level.PROBLEM)


def results(function: CheckFunction, page: Page) -> Iterator[Check]:
    """Yield what the function finds. One that fails must not keep an editor from their page."""
    try:
        yield from function(page)
    except Exception:
        log.exception("The check %s failed on page %s.", function.__name__, page.pk)
        yield Check(_("One check could not be made. The error has been logged."), Level.ADVICE)
