"""Everything that tests arrange, one factory a kind of thing."""

from tests.factories.blocks import (
    block_id,
    conclusion,
    credit,
    findings,
    issue,
    prose,
    quote,
    recommendation,
    recommendations,
    section,
    stream,
)
from tests.factories.images import DocumentFactory, ImageFactory
from tests.factories.pages import (
    ReviewPageFactory,
    StandardPageFactory,
    TopicPageFactory,
    home_page,
    review_index,
    topic_index,
)
from tests.factories.people import AudienceFactory, PersonFactory
from tests.factories.privacy import PurposeFactory, ReceiptFactory, ServiceFactory
from tests.factories.sponsors import CountedPageFactory, DailyCountFactory, SponsorFactory, SponsorshipFactory
from tests.factories.studies import StudyFactory
from tests.factories.users import PASSWORD, UserFactory

__all__ = [
    "PASSWORD",
    "AudienceFactory",
    "CountedPageFactory",
    "DailyCountFactory",
    "DocumentFactory",
    "ImageFactory",
    "PersonFactory",
    "PurposeFactory",
    "ReceiptFactory",
    "ReviewPageFactory",
    "ServiceFactory",
    "SponsorFactory",
    "SponsorshipFactory",
    "StandardPageFactory",
    "StudyFactory",
    "TopicPageFactory",
    "UserFactory",
    "block_id",
    "conclusion",
    "credit",
    "findings",
    "home_page",
    "issue",
    "prose",
    "quote",
    "recommendation",
    "recommendations",
    "review_index",
    "section",
    "stream",
    "topic_index",
]
