"""Where a study and a sponsor are too close: the sponsor paid for it, published it, wrote it, or is its subject."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from research_reviews.models import Study
from sponsors.models import Sponsor, Sponsorship
from sponsors.names import is_same_name, mentions

# Its name is there, but may be a common word or a part of somebody else's name.
DOUBTFUL = "doubtful"


@dataclass(frozen=True)
class Conflict:
    """A tie between a sponsor and a study."""

    sponsorship: Sponsorship
    study: Study
    tie: str

    @property
    def is_certain(self) -> bool:
        """Whether readers can be told without a person's judgement."""
        return self.tie != DOUBTFUL

    @property
    def sentence(self) -> str:
        """The tie in plain words."""
        return {
            "funded": _("%(sponsor)s, %(what)s, helped to pay for the study."),
            "published": _("%(sponsor)s, %(what)s, published the study."),
            "written": _("%(sponsor)s, %(what)s, is an author of the study."),
            "subject": _("The study is about %(sponsor)s, %(what)s."),
            DOUBTFUL: _("The study may have to do with %(sponsor)s, %(what)s."),
        }[self.tie] % {"sponsor": self.sponsorship.sponsor.name, "what": self.role}

    @property
    def role(self) -> str:
        """What the sponsor is to the review."""
        is_of_topic = self.sponsorship.topic_id is not None
        if self.sponsorship.starts_on <= timezone.localdate():
            return _("which sponsors this topic") if is_of_topic else _("which sponsors this site")
        day = {"day": date_format(self.sponsorship.starts_on, "j F Y")}
        if is_of_topic:
            return _("which sponsors this topic from %(day)s") % day
        return _("which sponsors this site from %(day)s") % day


def conflicts(sponsorship: Sponsorship, studies: Iterable[Study]) -> Iterator[Conflict]:
    """Yield the closest tie of the sponsor to each of the studies. Asks only for authors and funders."""
    for study in studies:
        if tie := next(ties(sponsorship.sponsor, study), None):
            yield Conflict(sponsorship, study, tie)


def ties(sponsor: Sponsor, study: Study) -> Iterator[str]:
    """Yield how the sponsor is tied to the study, the closest first."""
    name, funders = sponsor.name, study.funders.all()
    publishers = (study.publisher, study.container)
    if any(is_same(sponsor, funder.name, funder.ror) for funder in funders):
        yield "funded"
    if any(is_same_name(name, text) or any(mentions(name, text)) for text in publishers):
        yield "published"
    if any(is_same_name(name, link.person.name) for link in study.study_authors.all()):
        yield "written"
    texts = (study.title, study.subtitle, study.setting, study.sample, study.comparator)
    found = [is_certain for text in texts for is_certain in mentions(name, text)]
    if any(found):
        yield "subject"
    others = (*publishers, *(funder.name for funder in funders if not (sponsor.ror and funder.ror)))
    if found or any(list(mentions(name, text)) for text in others):
        yield DOUBTFUL


def is_same(sponsor: Sponsor, name: str, ror: str) -> bool:
    """Whether an organisation is the sponsor: by ROR id where both have one, which settles it, else by name."""
    if sponsor.ror and ror:
        return sponsor.ror == ror
    return is_same_name(sponsor.name, name)
