"""The report of a run: as a table in the terminal, as JSON or CSV in a file."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

from core.spreadsheets import as_text
from wordpress_import.models import Outcome
from wordpress_import.writing.ledger import Ledger

COLUMNS = ("kind", "key", "title", "outcome", "reason", "address", "site")
OUTCOMES = (Outcome.MADE, Outcome.UPDATED, Outcome.UNCHANGED, Outcome.SKIPPED, Outcome.FAILED)
MOST_SHOWN = 20


def table(counts: Mapping[str, Mapping[str, int]]) -> list[str]:
    """Return the numbers by kind and outcome as lines of a table."""
    names = [str(outcome.label) for outcome in OUTCOMES]
    width = max([len(kind) for kind in counts], default=4) + 2
    lines = ["".join([_("kind").ljust(width), *(name.rjust(11) for name in names)])]
    for kind, numbers in counts.items():
        cells = (f"{numbers.get(outcome, 0):,}".rjust(11) for outcome in OUTCOMES)
        lines.append("".join([kind.ljust(width), *cells]))
    return lines


def lines(ledger: Ledger) -> Iterator[str]:
    """Yield the report as it is shown in the terminal."""
    yield from table(ledger.by_kind())
    failed = (entry for entry in ledger.entries if entry.outcome == Outcome.FAILED)
    yield from shown(_("Failed:"), (f"{e.kind} {e.key} “{e.title}”: {e.reason}" for e in failed))
    unknown = (f"{name}: {number}" for name, number in ledger.unknown.most_common())
    yield from shown(_("Shortcodes and blocks that are not known here stay visible to editors:"), unknown)
    dead = (f"{url} ({number})" for url, number in ledger.dead_links.most_common())
    yield from shown(_("Links to the old site that lead to nothing in the export:"), dead)
    yield from shown(_("Notes:"), ledger.notes)


def shown(heading: str, texts: Iterable[str]) -> Iterator[str]:
    """Yield a heading and the first texts below it; nothing where there are none."""
    texts = list(texts)
    if texts:
        yield ""
        yield heading
        yield from (f"  {text}" for text in texts[:MOST_SHOWN])
        if len(texts) > MOST_SHOWN:
            yield "  " + _("… and %d more, which --report FILE lists.") % (len(texts) - MOST_SHOWN)


def write(ledger: Ledger, path: Path) -> None:
    """Write the whole report as CSV or, by any other name, as JSON. Raises OSError."""
    with path.open("w", encoding="utf-8", newline="") as file:
        if path.suffix.lower() == ".csv":
            write_csv((entry.as_row() for entry in ledger.entries), file)
            write_rest(ledger, file)
        else:
            write_json(ledger, file)


def write_json(ledger: Ledger, file: IO[str]) -> None:
    """Write everything as one object, its items line by line: a list of them all would take much memory."""
    file.write(json.dumps(ledger.summary(), ensure_ascii=False, indent=1).removesuffix("\n}"))
    file.write(',\n "items": [')
    for number, entry in enumerate(ledger.entries):
        file.write(("," if number else "") + "\n  " + json.dumps(entry.as_row(), ensure_ascii=False))
    file.write("\n ]\n}\n")


def write_csv(rows: Iterable[dict[str, str]], file: IO[str]) -> None:
    """Write a row for each item, safe to be opened by a spreadsheet."""
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([as_text(row.get(name, "")) for name in COLUMNS])


def write_rest(ledger: Ledger, file: IO[str]) -> None:
    """Write what is no item as rows of their own kinds."""
    writer = csv.writer(file)
    rest: list[tuple[str, Any, str]] = [("unknown", name, str(number)) for name, number in ledger.unknown.items()]
    rest += [("link to nothing", url, str(number)) for url, number in ledger.dead_links.items()]
    rest += [("note", "", text) for text in ledger.notes]
    for kind, title, reason in rest:
        writer.writerow([kind, "", as_text(title), "", as_text(reason), "", ""])
