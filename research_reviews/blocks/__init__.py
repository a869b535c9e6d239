"""The blocks that a review is composed of."""

from research_reviews.blocks.body import ReviewBodyBlock
from research_reviews.blocks.context import KeyMessageBlock
from research_reviews.blocks.credits import Contribution, CreditBlock, CreditsBlock
from research_reviews.blocks.findings import FindingsBlock, IssueBlock
from research_reviews.blocks.quotes import QuoteBlock
from research_reviews.blocks.recommendations import RecommendationBlock, RecommendationsBlock

__all__ = [
    "Contribution",
    "CreditBlock",
    "CreditsBlock",
    "FindingsBlock",
    "IssueBlock",
    "KeyMessageBlock",
    "QuoteBlock",
    "RecommendationBlock",
    "RecommendationsBlock",
    "ReviewBodyBlock",
]
