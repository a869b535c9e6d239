"""What a harvester asks: a verb and its arguments, each at most once and of legal form."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.http import HttpRequest
from django.utils.translation import gettext as _

from syndication.oai.dates import day_or_second
from syndication.oai.errors import Code, OaiError

FORM = "application/x-www-form-urlencoded"
# As the protocol's schema has them (metadataPrefixType, setSpecType).
PREFIX = re.compile(r"[A-Za-z0-9\-_.!~*'()]+")
SET_SPEC = re.compile(r"[A-Za-z0-9\-_.!~*'()]+(?::[A-Za-z0-9\-_.!~*'()]+)*")
# RFC 3986: a scheme, and then what an address may hold.
ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:(?:[A-Za-z0-9\-._~:/?@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+")


class Rules(NamedTuple):
    """Which arguments a verb takes."""

    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    can_be_resumed: bool = False


LIST = Rules(("metadataPrefix",), ("from", "until", "set"), can_be_resumed=True)
VERBS = {
    "GetRecord": Rules(("identifier", "metadataPrefix")),
    "Identify": Rules(),
    "ListIdentifiers": LIST,
    "ListMetadataFormats": Rules((), ("identifier",)),
    "ListRecords": LIST,
    "ListSets": Rules(can_be_resumed=True),
}
TOKEN = "resumptionToken"  # noqa: S105
FORMS: dict[str, Callable[[str], object]] = {
    "from": day_or_second,
    "until": day_or_second,
    "metadataPrefix": PREFIX.fullmatch,
    "set": SET_SPEC.fullmatch,
}


@dataclass(frozen=True)
class Question:
    """A verb with its arguments."""

    verb: str
    arguments: dict[str, str]

    def get(self, name: str) -> str:
        """Return an argument; empty where it was not given."""
        return self.arguments.get(name, "")

    @property
    def repeatable(self) -> dict[str, str]:
        """The verb and the arguments as an answer repeats them: those that its schema allows."""
        is_address = ADDRESS.fullmatch(self.get("identifier"))
        shown = {name: value for name, value in self.arguments.items() if name != "identifier" or is_address}
        return {"verb": self.verb, **shown}


def sent(request: HttpRequest) -> dict[str, list[str]]:
    """Return every value of every argument, from the address or from the form that was sent."""
    values = {name: list(found) for name, found in request.GET.lists()}
    if request.method == "POST" and request.content_type == FORM:
        for name, found in request.POST.lists():
            values[name] = [*values.get(name, ()), *map(str, found)]
    return values


def read(request: HttpRequest) -> Question:
    """Return what is asked. Raises OaiError, with every fault that there is."""
    values = sent(request)
    verbs = values.pop("verb", [])
    if len(verbs) != 1 or verbs[0] not in VERBS:
        raise OaiError((Code.BAD_VERB, verb_fault(verbs)))
    faults = list(faults_of(VERBS[verbs[0]], values))
    if faults:
        raise OaiError(*((Code.BAD_ARGUMENT, fault) for fault in faults))
    return Question(verbs[0], {name: found[0] for name, found in values.items()})


def verb_fault(verbs: list[str]) -> str:
    """Return what is wrong with the verb."""
    if not verbs:
        return _("There is no verb. Ask with one of: %(verbs)s.") % {"verbs": ", ".join(VERBS)}
    if len(verbs) > 1:
        return _("There is more than one verb.")
    return _("That is no verb of the protocol. Ask with one of: %(verbs)s.") % {"verbs": ", ".join(VERBS)}


def faults_of(rules: Rules, values: dict[str, list[str]]) -> Iterator[str]:
    """Yield what is wrong with the arguments."""
    known = {*rules.required, *rules.optional, *([TOKEN] if rules.can_be_resumed else [])}
    for name, found in values.items():
        if name not in known:
            yield _("This verb has no argument “%(name)s”.") % {"name": name[:80]}
        elif len(found) > 1:
            yield _("The argument “%(name)s” is there more than once.") % {"name": name}
        elif name in FORMS and not FORMS[name](found[0]):
            yield _("What is given as “%(name)s” has not the form that it must have.") % {"name": name}
    yield from faults_together(rules, values)


def faults_together(rules: Rules, values: dict[str, list[str]]) -> Iterator[str]:
    """Yield what is wrong with the arguments as a whole."""
    if rules.can_be_resumed and TOKEN in values:
        if len(values) > 1:
            yield _("A resumptionToken stands alone, without other arguments.")
        return
    for name in rules.required:
        if name not in values:
            yield _("The argument “%(name)s” is missing.") % {"name": name}
