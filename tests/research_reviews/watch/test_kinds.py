"""What holds of a study of which its publisher has said several things."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from research_reviews.models import Study
from research_reviews.watch.kinds import TOLD, NoticeKind, Standing, deciding, kind_of, standing_of
from research_reviews.watch.updates import Update, updates_of
from tests.research_reviews.watch.crossref import entry

DOI = "10.5555/study"


def standing(*updates: tuple[str, str]) -> str:
    """Return how a study stands after notices, each a kind and a date."""
    decides = deciding([Update(NoticeKind(kind), f"10.5555/{kind}", date) for kind, date in updates])
    return standing_of(decides).value if decides else "none"


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("retraction", "retraction"),
        ("Retraction", "retraction"),
        ("retraction-and-replacement", "retraction"),
        ("partial_retraction", "partial_retraction"),
        ("Partial Retraction", "partial_retraction"),
        ("withdrawal", "withdrawal"),
        ("removal", "removal"),
        ("expression_of_concern", "concern"),
        ("Expression of Concern", "concern"),
        ("correction", "correction"),
        ("corrigendum", "correction"),
        ("erratum", "correction"),
        ("clarification", "addendum"),
        ("addendum", "addendum"),
        ("reinstatement", "reinstatement"),
        ("something new", "other"),
        ("", "other"),
        ("new_version", None),
        ("New edition", None),
    ],
)
def test_every_word_of_crossref_and_retraction_watch_has_its_kind(word: str, kind: str | None) -> None:
    assert kind_of(word) == kind


@pytest.mark.parametrize(
    ("updates", "after"),
    [
        ([], "none"),
        ([("addendum", "2024")], "corrected"),
        ([("other", "2024")], "none"),
        ([("correction", "2025"), ("concern", "2023")], "concern"),
        ([("concern", "2025"), ("partial_retraction", "2023")], "partial"),
        ([("partial_retraction", "2025"), ("removal", "2023")], "retracted"),
        ([("retraction", "2024-01-05"), ("reinstatement", "2024-06-01")], "none"),
        ([("retraction", "2024-01-05"), ("reinstatement", "2024-06-01"), ("correction", "2023")], "corrected"),
        ([("retraction", "2024-01-05"), ("reinstatement", "2024-06-01"), ("retraction", "2025")], "retracted"),
        ([("retraction", "2024-06-05"), ("reinstatement", "2024")], "none"),
        ([("retraction", "2024"), ("reinstatement", "2024-06")], "none"),
        ([("retraction", "2024-06-05"), ("reinstatement", "")], "retracted"),
        ([("retraction", ""), ("reinstatement", "")], "none"),
        ([("retraction", ""), ("reinstatement", "2024")], "none"),
    ],
)
def test_the_most_serious_holds_until_a_study_is_reinstated(updates: list[tuple[str, str]], after: str) -> None:
    assert standing(*updates) == after
    assert standing(*reversed(updates)) == after


def test_of_two_that_weigh_the_same_the_newer_is_shown() -> None:
    updates = [
        Update(NoticeKind.RETRACTION, "10.5555/first", "2023"),
        Update(NoticeKind.REMOVAL, "10.5555/second", "2024"),
    ]
    decides = deciding(updates)
    assert decides is not None
    assert decides.doi == "10.5555/second"


def test_how_a_study_stands_is_said_in_the_words_of_its_field() -> None:
    assert {standing.value for standing in Standing} == set(Study.Retraction.values) - {"not_checked"}
    assert "reinstatement" in TOLD
    assert "correction" not in TOLD


def test_the_same_notice_from_the_publisher_and_from_retraction_watch_is_one() -> None:
    work = {
        "DOI": "10.5555/STUDY",
        "updated-by": [
            entry("10.5555/NOTICE", "Retraction", 2024, 5, 3, source="retraction-watch", **{"record-id": "51234"}),
            entry("10.5555/notice", "withdrawal", source="publisher"),
            entry("10.5555/erratum", "erratum", 2023, source=None),
        ],
    }
    notices = [{"DOI": "10.5555/Notice", "update-to": [entry(DOI.upper(), "withdrawal"), entry("10.5555/other")]}]
    assert updates_of(DOI, work, notices) == (
        Update(NoticeKind.CORRECTION, "10.5555/erratum", "2023"),
        Update(NoticeKind.WITHDRAWAL, "10.5555/notice", "2024-05-03"),
    )


def test_a_work_that_was_changed_in_its_own_place_is_its_own_notice() -> None:
    assert updates_of(DOI, {"DOI": DOI, "update-to": [entry(DOI, "removal", 2022, 1)]}) == (
        Update(NoticeKind.REMOVAL, DOI, "2022-01"),
    )


def test_a_study_that_is_itself_a_notice_about_another_has_none() -> None:
    assert updates_of(DOI, {"DOI": DOI, "update-to": [entry("10.5555/other")]}) == ()


@given(
    st.dictionaries(
        st.sampled_from(["updated-by", "update-to", "DOI"]),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text() | st.just(DOI),
            lambda inner: (
                st.lists(inner)
                | st.dictionaries(st.sampled_from(["DOI", "type", "label", "updated", "source", "date-parts"]), inner)
            ),
        ),
    )
)
def test_whatever_a_record_holds_it_is_read(work: dict[str, object]) -> None:
    for update in updates_of(DOI, work, [work]):
        assert update.kind in NoticeKind.values
        assert len(update.source) <= 40
