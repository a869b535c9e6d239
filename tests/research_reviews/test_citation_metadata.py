"""What reference managers find on a review: the review and its study, each as what it is, and nothing else."""

from __future__ import annotations

from datetime import date

import pytest

from research_reviews.models import Person, Study
from tests.factories import blocks
from tests.factories.pages import ReviewPageFactory
from tests.factories.people import PersonFactory
from tests.factories.studies import StudyFactory
from tests.reading import read
from tests.research_reviews.zotero import coins, embedded

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> list[Person]:
    """Two people and an organisation, one of them with a particle, in an order of their own."""
    return [
        PersonFactory(name="Jan van der Berg", given_name="Jan", family_name="van der Berg"),
        PersonFactory(name="Ministry of Waiting & Hope", given_name="", family_name="", is_organisation=True),
        PersonFactory(name="王小明", given_name="小明", family_name="王"),
    ]


def study_of(people: list[Person], **fields: object) -> Study:
    """Return a study in a journal, by these people."""
    known = {"title": "50 % more + less", "volume": "12", "issue": "3", "pages": "101–119", "doi": "10.5555/night"}
    return StudyFactory(**{"authors": people, "publication_month": 5, "publication_day": 25, **known, **fields})


def test_zotero_is_offered_exactly_the_review_and_its_study(people: list[Person]) -> None:
    reviewers = blocks.stream(*(blocks.credit(person, "review_author") for person in reversed(people)))
    review = ReviewPageFactory(
        title="What helps & what “harms” = ?",
        credits=reviewers,
        studies=[study_of(people)],
        published_on=date(2025, 3, 4),
    )
    post, study = coins(read(review.url))
    authors = [("van der Berg", "Jan"), ("Ministry of Waiting & Hope", ""), ("王", "小明")]
    assert post.item_type == "blogPost"
    assert post.creators == list(reversed(authors))
    assert post.fields == {
        "title": review.title,
        "publicationTitle": "Research Reviews",
        "date": "2025-03-04",
        "url": review.full_url,
    }
    assert study.item_type == "journalArticle"
    assert study.creators == authors
    assert study.fields == {
        # Zotero itself takes a plus sign for a space.
        "title": "50 % more   less",
        "publicationTitle": "Journal of Invented Research",
        "date": "2025-05-25",
        "DOI": "10.5555/night",
        "volume": "12",
        "issue": "3",
        "pages": "101-119",
    }


def test_the_page_itself_is_saved_as_a_post_by_its_reviewers(people: list[Person]) -> None:
    reviewers = blocks.stream(*(blocks.credit(person, "review_author") for person in people))
    review = ReviewPageFactory(credits=reviewers, seo_title="Another title", published_on=date(2025, 3, 4))
    item = embedded(read(review.url))
    assert item.item_type == "blogPost"
    assert item.creators == [("van der Berg", "Jan"), ("Ministry of Waiting & Hope", ""), ("王", "小明")]
    assert item.fields == {
        "title": review.title,
        "publicationTitle": "Research Reviews",
        "date": "2025-03-04",
        "language": "en-gb",
        "url": review.full_url,
        "abstractNote": review.standfirst,
    }


def test_no_tag_says_that_the_page_is_the_study() -> None:
    page = read(ReviewPageFactory().url)
    names = [str(tag.get("name") or tag.get("property")) for tag in page.select("meta")]
    assert not [name for name in names if name.lower().startswith(("citation_", "prism.", "bepress", "eprints"))]
    assert names.count("z:itemType") == names.count("article:published_time") == 1


UNNUMBERED = {"volume": "", "issue": ""}
REPORT = {**UNNUMBERED, "study_type": "inspection", "container": "Series 7", "publisher": "Ministry"}
BOOK = {**UNNUMBERED, "container": "", "publisher": "Press", "doi": "10.5555/9780306406157"}
PAPER = {**UNNUMBERED, "container": "", "publisher": "", "doi": "", "url": "https://example.org/a?b=c&d"}


@pytest.mark.parametrize(
    ("fields", "item_type", "expected"),
    [
        (REPORT, "report", {"seriesTitle": "Series 7", "publisher": "Ministry"}),
        (BOOK, "book", {"publisher": "Press", "DOI": "10.5555/9780306406157"}),
        (PAPER, "document", {"url": "https://example.org/a?b=c&d"}),
    ],
)
def test_a_study_that_is_no_article_is_offered_as_what_it_is(
    people: list[Person], fields: dict[str, str], item_type: str, expected: dict[str, str]
) -> None:
    _post, study = coins(read(ReviewPageFactory(studies=[study_of(people, **fields)]).url))
    assert study.item_type == item_type
    assert expected.items() <= study.fields.items()
    assert study.fields["title"].startswith("50 % more")
    assert len(study.creators) == 3


def test_of_several_studies_the_first_is_offered() -> None:
    review = ReviewPageFactory(studies=[StudyFactory(title="First"), StudyFactory(title="Second")])
    assert [item.fields["title"] for item in coins(read(review.url))] == [review.title, "First"]


def test_a_review_of_no_study_is_offered_alone() -> None:
    review = ReviewPageFactory(studies=[])
    assert [item.item_type for item in coins(read(review.url))] == ["blogPost"]


@pytest.mark.parametrize(("month", "day", "known"), [(None, None, "2025"), (5, None, "2025-05"), (5, 4, "2025-05-04")])
def test_a_date_is_as_exact_as_it_is_known(month: int | None, day: int | None, known: str) -> None:
    study = StudyFactory(publication_month=month, publication_day=day)
    assert coins(read(ReviewPageFactory(studies=[study]).url))[1].fields["date"] == known
