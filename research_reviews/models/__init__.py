"""Reviews, the studies they are about, the people they credit and the evidence they hold."""

from research_reviews.models.evidence import Credit, Finding, Quote, Recommendation
from research_reviews.models.intake import IntakeDocument, SectionHeading, heading_table
from research_reviews.models.notices import StudyNotice, StudyWatchSettings
from research_reviews.models.pages import ReviewIndexPage, ReviewPage, ReviewStudy, TopicIndexPage, TopicPage
from research_reviews.models.people import Audience, Person
from research_reviews.models.related import ChosenReview, RelatedReview
from research_reviews.models.studies import PartialDate, Study, StudyAuthor, StudyFunder
from research_reviews.models.tags import ReviewTag
from research_reviews.models.tallies import EvidenceSource, MapCell, SourceStudyType, Tally

__all__ = [
    "Audience",
    "ChosenReview",
    "Credit",
    "EvidenceSource",
    "Finding",
    "IntakeDocument",
    "MapCell",
    "PartialDate",
    "Person",
    "Quote",
    "Recommendation",
    "RelatedReview",
    "ReviewIndexPage",
    "ReviewPage",
    "ReviewStudy",
    "ReviewTag",
    "SectionHeading",
    "SourceStudyType",
    "Study",
    "StudyAuthor",
    "StudyFunder",
    "StudyNotice",
    "StudyWatchSettings",
    "Tally",
    "TopicIndexPage",
    "TopicPage",
    "heading_table",
]
