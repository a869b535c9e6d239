"""A draft as JSON held it (Draft.as_json), as a draft again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from research_reviews.intake.draft import (
    BlockDraft,
    ChromeDraft,
    CreditDraft,
    Draft,
    Guess,
    ImageCredit,
    Report,
    StudyDraft,
    WordCount,
)

Json = Mapping[str, Any]


def draft_from(data: Json) -> Draft:
    """Return the draft that the data tells of; what it does not say is as in an empty draft."""
    return Draft(
        title=data.get("title", ""),
        standfirst=data.get("standfirst", ""),
        study=StudyDraft(**data.get("study", {})),
        credits=[CreditDraft(**credit) for credit in data.get("credits", ())],
        body=[BlockDraft(**block) for block in data.get("body", ())],
        image_credit=ImageCredit(**data.get("image_credit", {})),
        header_image=data.get("header_image"),
        report=_report(data.get("report", {})),
    )


def _report(data: Json) -> Report:
    return Report(
        chrome=[
            ChromeDraft(part["kind"], part["text"], [(words, url) for words, url in part.get("links", ())])
            for part in data.get("chrome", ())
        ],
        guesses=[Guess(**guess) for guess in data.get("guesses", ())],
        words=WordCount(**data.get("words", {})),
    )
