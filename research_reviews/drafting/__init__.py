"""A structured draft (intake.draft) becomes a review: people, study, credits and the blocks of the body."""

from research_reviews.drafting.filling import PLAIN_PAGE, body_of, fill
from research_reviews.drafting.saving import save_draft
from research_reviews.drafting.things import Things

__all__ = ["PLAIN_PAGE", "Things", "body_of", "fill", "save_draft"]
