"""Which section tells which of the issues that a list announces, even where the words differ."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from rapidfuzz import fuzz

from research_reviews.intake.stems import WORD, stems

NUMBERED = re.compile(r"^\s*(?:(?:key )?(?:issue|theme|finding|thema|punkt)\s+)?(\d{1,2})\s*[.):–-]?\s", re.IGNORECASE)
SURE, GOOD_ENOUGH, EVIDENCE = 85, 55, 0.34
BODY_LENGTH = 1500


@dataclass(frozen=True)
class Candidate:
    """A section that may tell an issue: its heading and the beginning of its text."""

    heading: str
    body: str


@dataclass(frozen=True)
class Match:
    """The issue and the section, by their places, and whether only their order speaks for it."""

    label: int
    section: int
    by_order: bool = False


class Matcher:
    """Weighs labels against sections. Words that most labels share say little of any.

    Sections are bounded where a heading of another role ends them: then each of them most likely tells an issue.
    """

    def __init__(
        self, labels: list[str], candidates: list[Candidate], language: str = "en", is_bounded: bool = False
    ) -> None:
        self.labels, self.candidates = labels, candidates
        # Where there are as many sections as issues, nothing else can stand among them.
        self.is_bounded = is_bounded or len(labels) == len(candidates)
        self.label_stems = [stems(label, language) for label in labels]
        self.heading_stems = [stems(one.heading, language) for one in candidates]
        self.bodies = [" " + " ".join(WORD.findall(one.body[:BODY_LENGTH].casefold())) for one in candidates]
        self.frequency = Counter(stem for label in self.label_stems for stem in set(label))

    def weight(self, stem: str) -> float:
        """Return how much a word tells."""
        return 1.0 / max(self.frequency.get(stem, 1), 1)

    def likeness(self, label: int, section: int) -> float:
        """Return how alike an issue's line and a heading are, from 0 to 100, by words, spelling and number."""
        number = NUMBERED.match(self.candidates[section].heading)
        if number and int(number[1]) == label + 1:
            return 95.0
        mine, theirs = set(self.label_stems[label]), set(self.heading_stems[section])
        shared = sum(self.weight(stem) for stem in mine & theirs)
        smaller = min(sum(map(self.weight, mine)), sum(map(self.weight, theirs)))
        overlap = 100.0 * shared / smaller if smaller else 0.0
        spelling = fuzz.ratio(self.labels[label].casefold(), self.candidates[section].heading.casefold())
        # One shared word out of one is less than two out of two.
        return max(overlap * (0.9 if len(mine & theirs) < 2 else 1.0), spelling)

    def evidence(self, label: int, section: int) -> float:
        """Return how much of an issue's words the section's text holds, from 0 to 1."""
        own = self.label_stems[label]
        total = sum(map(self.weight, own))
        found = sum(self.weight(stem) for stem in own if f" {stem}" in self.bodies[section])
        return found / total if total else 0.0

    def matches(self) -> list[Match]:
        """Return each issue's section: those nearly alike, and between them what the words and the order make best."""
        found = self.nearly_alike()
        taken = {match.section for match in found}
        for begin, end, low, high in self.gaps(found):
            free = [section for section in range(low, high) if section not in taken]
            filled = self.aligned(list(range(begin, end)), free, self.is_bounded or high < len(self.candidates))
            found.extend(filled)
            taken.update(match.section for match in filled)
        return sorted(found, key=lambda match: match.label)

    def nearly_alike(self) -> list[Match]:
        """Return the pairs that are nearly the same, the most alike first. These alone may cross each other."""
        pairs = sorted(
            (
                (
                    self.likeness(label, section) + 10 * self.evidence(label, section) - abs(label - section),
                    label,
                    section,
                )
                for label in range(len(self.labels))
                for section in range(len(self.candidates))
            ),
            reverse=True,
        )
        found: list[Match] = []
        for score, label, section in pairs:
            if score >= SURE and not any(label == match.label or section == match.section for match in found):
                found.append(Match(label, section))
        return found

    def gaps(self, found: list[Match]) -> list[tuple[int, int, int, int]]:
        """Return the runs of issues without a section, with the sections that stand between their neighbours'."""
        section_of = {match.label: match.section for match in found}
        gaps: list[tuple[int, int, int, int]] = []
        label = 0
        while label < len(self.labels):
            end = label
            while end < len(self.labels) and end not in section_of:
                end += 1
            if end > label:
                low = section_of[label - 1] + 1 if label else 0
                high = section_of.get(end, len(self.candidates))
                gaps.append((label, end, low, max(low, high)))
            label = end + 1
        return gaps

    def aligned(self, labels: list[int], sections: list[int], is_bounded: bool) -> list[Match]:
        """Return the matches that together have the most for them and keep the order of both.

        Of bounded sections that are no more than the issues, each tells one. Otherwise one needs an issue's words.
        """
        takes_any = is_bounded and len(sections) <= len(labels)
        best: dict[tuple[int, int], tuple[float, list[Match]]] = {}
        for used in range(len(sections) + 1):
            for end in range(len(labels) + 1):
                options = [best[used, end - 1]] if end else []
                if used:
                    options.append(best[used - 1, end])
                if used and end and (pair := self.pair(labels[end - 1], sections[used - 1], takes_any)):
                    score, before = best[used - 1, end - 1]
                    # Among equals the earlier issue takes the section.
                    options.append((score + pair[0] - 0.001 * end, [*before, pair[1]]))
                best[used, end] = max(options, key=lambda option: option[0]) if options else (0.0, [])
        return best[len(sections), len(labels)][1]

    def pair(self, label: int, section: int, takes_any: bool) -> tuple[float, Match] | None:
        """Return an issue with a section, and how much is for it; None where nothing is."""
        close = self.closeness(label, section)
        if close < EVIDENCE and not takes_any:
            return None
        return 1.0 + 2.0 * close, Match(label, section, self.likeness(label, section) < GOOD_ENOUGH)

    def closeness(self, label: int, section: int) -> float:
        """Return how much speaks for a section telling an issue, by its heading and its text: about 0 to 2."""
        return self.likeness(label, section) / 100.0 * 0.8 + self.evidence(label, section)
