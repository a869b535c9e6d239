"""What the site keeps of a person by their e-mail address: each app registers how its share is exported and erased.

For who asks under the GDPR for what there is of them (Art. 15, 20) or that it goes (Art. 17): in the admin, and by
`manage.py personal_data`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from django.db import transaction

# What an app keeps of the address: a heading for each kind of thing, and each thing as what a JSON file can hold,
# dates and times included.
Records = dict[str, list[dict[str, Any]]]
Exporter = Callable[[str], Records]
# Erases what there is of the address. Returns under each heading how many things were deleted or emptied.
Eraser = Callable[[str], dict[str, int]]

_registered: list[tuple[Exporter, Eraser]] = []


def register(exporter: Exporter, eraser: Eraser) -> None:
    """Register how an app's share is exported and erased. Both are given an address without spaces around it.

    Capital letters make no difference: compare with `iexact`. The eraser must be safe to call twice.
    """
    _registered.append((exporter, eraser))


def export(email: str) -> Records:
    """Return everything that is kept of the address, by kind; nothing under a kind of which there is none."""
    email = email.strip()
    found: Records = {}
    if email:
        for exporter, _eraser in _registered:
            found.update(exporter(email))
    return {heading: records for heading, records in found.items() if records}


def erase(email: str) -> dict[str, int]:
    """Erase everything that is kept of the address: all of it, or, where that fails, nothing."""
    email = email.strip()
    erased: Counter[str] = Counter()
    if email:
        with transaction.atomic():
            for _exporter, eraser in _registered:
                erased.update(eraser(email))
    return {heading: number for heading, number in erased.items() if number}
