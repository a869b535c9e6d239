"""What a draft from a document is filled with: the people its editor settled on, and ids that can be told again."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID, uuid5

from research_reviews.drafting.filling import fill
from research_reviews.drafting.saving import free_slug
from research_reviews.drafting.stored import draft_from
from research_reviews.intake.draft import CreditDraft, Draft
from research_reviews.models import Audience, ChosenReview, IntakeDocument, ReviewPage, ReviewStudy

BLOCKS = UUID("5f0d7e3a-6c0f-4d0f-9a53-0a52d5f1b8c4")


class SettledThings:
    """Things of one document. Images and files stay where they were: the text links to them."""

    def __init__(self, intake: IntakeDocument, people: dict[int, int]) -> None:
        self._intake = intake
        self._people = people
        self._audiences = {name.casefold(): pk for pk, name in Audience.objects.values_list("pk", "name")}

    def person(self, credit: CreditDraft) -> int | None:
        """Return whom the editor settled on for the credit."""
        return self._people.get(id(credit))

    def audience(self, name: str) -> int | None:
        """Return the audience of this name, however it is capitalised."""
        return self._audiences.get(name.casefold())

    def image(self, src: str) -> int | None:
        """Return nothing: the image is elsewhere."""
        return None

    def document(self, url: str) -> int | None:
        """Return nothing: the document is elsewhere."""
        return None

    def block_id(self, path: str) -> str:
        """Return the id, the same whenever it is asked for."""
        return block_id(self._intake, path)


def block_id(intake: IntakeDocument, path: str) -> str:
    """Return the id of the block at a path of the document's draft."""
    return str(uuid5(BLOCKS, f"{intake.pk}/{path}"))


def kept_credits(intake: IntakeDocument, draft: Draft) -> Iterator[tuple[int, CreditDraft, int]]:
    """Yield the credits that the editor has not left out: place in the document, credit, key of the person."""
    for place, (credit, pk) in enumerate(zip(draft.credits, intake.people, strict=False)):
        if pk:
            yield place, credit, pk


def fill_from(review: ReviewPage, intake: IntakeDocument, parent: ReviewPage) -> None:
    """Fill a review that is not saved yet from a settled document, with its study and the related reviews chosen."""
    draft = draft_from(intake.draft)
    kept = list(kept_credits(intake, draft))
    wanted = Draft(**{**vars(draft), "credits": [credit for _place, credit, _pk in kept]})
    fill(review, wanted, SettledThings(intake, {id(credit): pk for _place, credit, pk in kept}))
    review.slug = free_slug(parent, review.slug)
    if intake.study_id:
        review.review_studies = [ReviewStudy(study_id=intake.study_id, sort_order=0)]
    related = ReviewPage.objects.filter(pk__in=intake.related).order_by("pk")
    review.chosen_reviews = [ChosenReview(chosen=other, sort_order=place) for place, other in enumerate(related)]
