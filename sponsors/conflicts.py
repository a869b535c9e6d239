"""Where a study and a sponsor are too close: the sponsor paid for it, published it, wrote it, or is its subject."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from research_reviews.models import Study
from sponsors.models import Sponsor, Sponsorship

# What companies and charities carry behind their names, and may leave out.
LEGAL_FORM = re.compile(
    r"[\s,]+(?:ltd|limited|plc|llp|llc|inc|incorporated|corp|corporation|gmbh|ag|bv|cic|cio|scio|foundation trust)\.?$",
    re.IGNORECASE,
)
ARTICLE = re.compile(r"^the\s+", re.IGNORECASE)


@dataclass(frozen=True)
class Conflict:
    """A tie between a sponsor and a study."""

    sponsorship: Sponsorship
    study: Study
    tie: str

    @property
    def sponsor(self) -> str:
        """The sponsor's name."""
        return self.sponsorship.sponsor.name

    @property
    def sentence(self) -> str:
        """The tie in plain words."""
        what = _("which sponsors this topic") if self.sponsorship.topic_id else _("which sponsors this site")
        return {
            "funded": _("%(sponsor)s, %(what)s, helped to pay for the study."),
            "published": _("%(sponsor)s, %(what)s, published the study."),
            "written": _("%(sponsor)s, %(what)s, is an author of the study."),
            "subject": _("The study is about %(sponsor)s, %(what)s."),
        }[self.tie] % {"sponsor": self.sponsor, "what": what}


def conflicts(sponsorship: Sponsorship, studies: Iterable[Study]) -> Iterator[Conflict]:
    """Yield the closest tie of the sponsor to each of the studies. Asks only for authors and funders."""
    for study in studies:
        if tie := next(ties(sponsorship.sponsor, study), None):
            yield Conflict(sponsorship, study, tie)


def ties(sponsor: Sponsor, study: Study) -> Iterator[str]:
    """Yield how the sponsor is tied to the study, the closest first."""
    name = plain(sponsor.name)
    if any(is_same(sponsor, funder.name, funder.ror) for funder in study.funders.all()):
        yield "funded"
    if name in (plain(study.publisher), plain(study.container)):
        yield "published"
    authors = (link.person for link in study.study_authors.all())
    if any(name == plain(person.name) for person in authors if person.is_organisation):
        yield "written"
    texts = (study.title, study.subtitle, study.setting, study.sample, study.comparator)
    if any(is_named_in(sponsor.name, text) for text in texts):
        yield "subject"


def is_same(sponsor: Sponsor, name: str, ror: str) -> bool:
    """Whether an organisation is the sponsor: by ROR id where both have one, which settles it, else by name."""
    if sponsor.ror and ror:
        return sponsor.ror == ror
    return plain(sponsor.name) == plain(name)


def plain(name: str) -> str:
    """Return a name without case, accents, punctuation, article and legal form."""
    short = ARTICLE.sub("", LEGAL_FORM.sub("", name.strip()))
    letters = unicodedata.normalize("NFKD", short.casefold())
    kept = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(re.findall(r"\w+", kept.replace("&", " and ")))


def is_named_in(name: str, text: str) -> bool:
    """Whether running text names it: whole words, spelt with the capitals of the name, so that no common word does."""
    short = ARTICLE.sub("", LEGAL_FORM.sub("", name.strip()))
    words = r"\s+".join(re.escape(word) for word in short.split())
    return bool(short) and re.search(rf"(?<!\w){words}(?!\w)", text) is not None
