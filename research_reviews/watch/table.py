"""What a check of the studies has found, as a table for the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from research_reviews.models import Study
from research_reviews.watch.checking import Checked
from research_reviews.watch.kinds import NoticeKind

LONGEST_TITLE = 50
MOST_FAILURES = 20


def changes_table(checked: Iterable[Checked]) -> Iterator[str]:
    """Yield the lines of the table: what changed, and what could not be checked; nothing where there is neither."""
    checked = list(checked)
    rows = [row for each in checked for row in rows_of(each)]
    if rows:
        heads = [_("Study"), _("DOI"), _("Was"), _("Is"), _("Notice")]
        yield ""
        yield from in_columns([heads, *rows])
    failed = [each for each in checked if each.failure]
    if failed:
        yield ""
        yield _("Not checked:")
    for each in failed[:MOST_FAILURES]:
        yield f"{each.study.doi}: {each.failure}"
    if len(failed) > MOST_FAILURES:
        yield _("and %(number)d more") % {"number": len(failed) - MOST_FAILURES}


def rows_of(checked: Checked) -> Iterator[list[str]]:
    """Yield a row for each notice that is new or gone; one where only the standing of the study is another."""
    change = checked.change
    if not change or not change.is_news:
        return
    start = [Truncator(change.study.title).chars(LONGEST_TITLE), change.study.doi]
    stands = [str(Study.Retraction(change.before).label), str(Study.Retraction(change.after).label)]
    notices = [
        *(f"{NoticeKind(update.kind).label} {update.doi} {update.date}".strip() for update in change.new),
        *(_("no longer: %(notice)s") % {"notice": f"{row.get_kind_display()} {row.doi}"} for row in change.gone),
    ]
    for notice in notices or [""]:
        yield [*start, *stands, " ".join(notice.split())]


def in_columns(rows: list[list[str]]) -> Iterator[str]:
    """Yield the rows with each column as wide as its longest text."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip()
