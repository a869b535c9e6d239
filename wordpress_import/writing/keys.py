"""Sets keys aside before their rows are written, so that rows can name each other and be written in bulk."""

from __future__ import annotations

from django.db import connection
from django.db.models import Model


def reserve(model: type[Model], number: int) -> list[int]:
    """Return so many keys of the model, in order, that nobody else gets. Call it in a transaction."""
    table, column = model._meta.db_table, model._meta.pk.column
    if not number:
        return []
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [f'"{table}"', column, number],
            )
            return sorted(row[0] for row in cursor.fetchall())
        # SQLite keeps the highest key ever given. Its one writer at a time makes reading and raising it one step.
        cursor.execute(
            "INSERT INTO sqlite_sequence (name, seq) SELECT %s, 0 WHERE NOT EXISTS "
            "(SELECT 1 FROM sqlite_sequence WHERE name = %s)",
            [table, table],
        )
        cursor.execute("UPDATE sqlite_sequence SET seq = seq + %s WHERE name = %s", [number, table])
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = cursor.fetchone()[0]
    return list(range(last - number + 1, last + 1))
