"""Bringing exports in, as tests do it, and looking at what came of it."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.db import connection

from research_reviews.models import ReviewPage
from wordpress_import.models import ImportedItem

# Written by whoever uses the site, or by the worker.
NOT_CONTENT = {"django_session", "django_migrations", "django_tasks_database_dbtaskresult"}


def bring(*exports: Path, report: Path | None = None, **options: Any) -> dict[str, Any]:
    """Bring exports in by the command, and return its report with its exit status and what it said."""
    said, wrong = StringIO(), StringIO()
    where = report or exports[0].parent / f"report-{exports[0].name}-{id(said)}.json"
    status = 0
    try:
        call_command("import_wordpress", *map(str, exports), report=where, stdout=said, stderr=wrong, **options)
    except SystemExit as end:
        status = int(str(end.code))
    told = json.loads(where.read_text()) if where.suffix == ".json" else {}
    return {**told, "status": status, "said": said.getvalue(), "wrong": wrong.getvalue()}


def rows() -> dict[str, list[str]]:
    """Return every row of every table, as the database has it."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models():
            table = model._meta.db_table
            if model._meta.managed and table not in NOT_CONTENT:
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
                found[table] = sorted(repr(row) for row in cursor.fetchall())
    return found


def outcomes(told: dict[str, Any], kind: str) -> dict[str, int]:
    """Return what became of the items of a kind."""
    counts: dict[str, int] = told["counts"].get(kind, {})
    return counts


def review(number: int) -> ReviewPage:
    """Return the review that a post of the generator has become."""
    row = ImportedItem.objects.get(kind="post", key=str(1000 + 2 * number))
    return ReviewPage.objects.get(pk=row.object_id)
