"""Which program wrote a list of subscribers, by the names of its columns and of its file.

Mailchimp writes a file for each kind of contact, `subscribed_members_export_<id>.csv`, `unsubscribed_…`, `cleaned_…`
and `nonsubscribed_…` (newer ones say `…_email_audience_export_…`), with the audience's own columns first and then
MEMBER_RATING, OPTIN_TIME, OPTIN_IP, CONFIRM_TIME, CONFIRM_IP, LATITUDE … LEID, EUID, NOTES, TAGS; the second has
UNSUB_TIME and UNSUB_REASON, the third CLEAN_TIME. No column says the status: the file is the status. Times are in UTC,
as in its API (https://mailchimp.com/developer/marketing/api/list-members/). Many public scripts show such headers.

MailPoet (mailpoet/mailpoet, lib/Subscribers/ImportExport) writes Email, First name, Last name, Subscription IP,
Subscription time, Confirmation time, Confirmation IP, List status, Global status, List: names in the site's language,
statuses never; a row for each list that somebody is on; a BOM; a quote mark within a cell as \\" and a ' before what
could be a formula.

Jetpack and WordPress.com offer "Download subscribers as CSV": `<site>-<id>-email.csv`, `subscribers-<site>-<day>.csv`.
It holds addresses and little else (Automattic/jetpack issue 40260). Columns such as name, email subscription,
subscription type, plan, since are those of the subscribers' screen (https://wordpress.com/support/subscribers/).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, tzinfo
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from subscriptions.models import SubscriberImport

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Program = SubscriberImport.Program
Holds = SubscriberImport.Holds

MAILCHIMP = {"memberrating", "leid", "euid", "optintime", "confirmtime", "lastchanged", "unsubtime", "cleantime"}
MAILPOET = {"subscriptionip", "subscriptiontime", "confirmationip", "confirmationtime", "liststatus", "globalstatus"}
JETPACK = {
    "emailsubscription",
    "subscriptiontype",
    "since",
    "subscribedsince",
    "plan",
    "wpcomusername",
    "datesubscribed",
}
FILES = {
    Program.MAILCHIMP: re.compile(r"(?:members|audience|contacts?|segment)_export", re.IGNORECASE),
    Program.MAILPOET: re.compile(r"^mailpoet[_-]export", re.IGNORECASE),
    Program.JETPACK: re.compile(r"^(?:subscribers-.+-\d{4}-\d{2}-\d{2}|.+\.[a-z]{2,}-\d+-email)\.csv$", re.IGNORECASE),
}
# Beyond the address, at least so many of its columns make a list a program's.
ENOUGH = {Program.MAILCHIMP: (MAILCHIMP, 3), Program.MAILPOET: (MAILPOET, 2), Program.JETPACK: (JETPACK, 2)}
# The first that fits: “subscribed” is in all of them.
KINDS = (
    (Holds.NEVER_AGREED, re.compile(r"non[-_ ]?subscribed", re.IGNORECASE), set[str]()),
    (Holds.UNSUBSCRIBED, re.compile(r"un[-_ ]?subscribed|opt(?:ed)?[-_ ]?outs?", re.IGNORECASE), {"unsubtime"}),
    (Holds.BOUNCED, re.compile(r"(?:^|[^a-z])(?:cleaned|bounced?s?)(?:[^a-z]|$)", re.IGNORECASE), {"cleantime"}),
)
# An escaped quote mark, but not a backslash that ends a cell.
ESCAPED_QUOTE = re.compile(r'\\"(?!\s*(?:,"|\r?\n|$))')
# What keeps a spreadsheet from running a cell.
GUARD = re.compile(r"^'(?=[=+\-@\t\r])")


@dataclass(frozen=True)
class Origin:
    """Where a list comes from and who is in it, as far as that can be told."""

    program: str
    holds: str


def letters(name: str) -> str:
    """Return the name of a column without what is no letter, in small ones."""
    return re.sub(r"[^a-z]", "", name.lower())


def origin_of(file_name: str, header: list[str]) -> Origin:
    """Return which program wrote the list, and whom it holds: by its columns, else by the name of its file."""
    names = {letters(name) for name in header}
    counted = (program for program, (known, number) in ENOUGH.items() if len(names & known) >= number)
    named = (program for program, form in FILES.items() if form.search(file_name))
    program = next(counted, None) or next(named, "")
    fits = (kind for kind, form, columns in KINDS if form.search(file_name) or columns & names)
    return Origin(program, next(fits, Holds.SUBSCRIBED))


def repaired(text: str, program: str) -> str:
    """Return the list as CSV, where the program writes something else."""
    return ESCAPED_QUOTE.sub('""', text) if program == Program.MAILPOET else text


def without_guard(cell: str) -> str:
    """Return a cell as it was before a program kept it from being taken for a formula."""
    return GUARD.sub("", cell)


def zone_of(program: str) -> tzinfo:
    """Return the time zone of the program's times: WordPress has that of its site, which is taken to be ours."""
    return UTC if program == Program.MAILCHIMP else timezone.get_default_timezone()


NOTES: dict[str, StrOrPromise] = {
    Program.MAILCHIMP: _("An export of Mailchimp. It has a file for each kind of contact; its times are in UTC."),
    Program.MAILPOET: _("An export of MailPoet. Who is on several lists stands in it several times; that is fine."),
    Program.JETPACK: _("An export of Jetpack or WordPress.com. It says little more than who is subscribed."),
}
