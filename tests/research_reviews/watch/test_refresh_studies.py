"""`manage.py refresh_studies`: what it asks, what it writes, and that it can be stopped at any point."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from werkzeug import Response

from core.page_cache import generation
from research_reviews.management.commands import refresh_studies
from research_reviews.models import Study, StudyNotice
from research_reviews.watch import checking
from research_reviews.watch.asking import Asker
from research_reviews.watch.pace import Pace
from syndication.models import OaiRecord
from tests.factories import ReviewPageFactory, StudyFactory
from tests.research_reviews.watch.conftest import Clock
from tests.research_reviews.watch.crossref import Crossref, entry, too_many

pytestmark = pytest.mark.django_db

NOTICE = "10.5555/Notice.1"


@pytest.fixture(autouse=True)
def no_waiting(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the time that the command waits pass at once."""
    pace = Pace(clock.sleep, clock.read)
    monkeypatch.setattr(refresh_studies, "Asker", lambda patience: Asker(patience, pace=pace))


def refresh(*arguments: str) -> str:
    """Run the command and return what it says."""
    said = StringIO()
    call_command("refresh_studies", *arguments, stdout=said, stderr=said)
    return said.getvalue()


def refused(*arguments: str) -> tuple[str, CommandError]:
    """Run the command, which fails, and return what it says and why."""
    said = StringIO()
    with pytest.raises(CommandError) as raised:
        call_command("refresh_studies", *arguments, stdout=said, stderr=said)
    return said.getvalue(), raised.value


def test_a_retraction_is_written_with_its_notice_and_told_as_a_table(crossref: Crossref) -> None:
    fine, bad = StudyFactory(doi="10.5555/fine"), StudyFactory(title="Chairs by the window", doi="10.5555/bad")
    crossref.add("10.5555/FINE")
    crossref.add(
        "10.5555/Bad",
        entry("10.5555/erratum", "erratum", 2023, 1),
        entry(NOTICE, "retraction", 2024, 5, 3, source="retraction-watch"),
    )
    before = timezone.now()

    said = refresh()

    bad.refresh_from_db()
    fine.refresh_from_db()
    assert (bad.retraction_status, bad.retraction_source) == ("retracted", "https://doi.org/10.5555/notice.1")
    assert (fine.retraction_status, fine.retraction_source) == ("none", "")
    assert bad.retraction_checked_at >= before
    assert fine.retraction_checked_at >= before
    found = bad.notices.order_by("date").values_list("kind", "doi", "date", "source")
    assert list(found) == [
        ("correction", "10.5555/erratum", "2023-01", "publisher"),
        ("retraction", "10.5555/notice.1", "2024-05-03", "retraction-watch"),
    ]
    assert "2 of 2 studies checked." in said
    assert "Chairs by the window" in said
    assert "10.5555/bad" in said
    assert "Not checked  Retracted" in said
    assert "Retraction 10.5555/notice.1 2024-05-03" in said
    assert "10.5555/fine" not in said


def test_run_again_it_asks_nothing_until_a_day_has_passed(crossref: Crossref) -> None:
    study = StudyFactory(doi="10.5555/a")
    StudyFactory(doi="", url="https://example.org/")
    crossref.add("10.5555/a", entry(NOTICE, "retraction", 2024))
    refresh()
    asked = len(crossref.asked)
    assert "0 of 0 studies checked." in refresh()
    assert len(crossref.asked) == asked
    assert "1 of 1 study checked." in refresh("--older-than", "0")
    Study.objects.update(retraction_checked_at=timezone.now() - timedelta(days=2))
    assert "1 of 1 study checked." in refresh()
    assert study.notices.count() == 1


def test_the_one_that_waited_longest_comes_first(crossref: Crossref) -> None:
    now = timezone.now()
    studies = [
        StudyFactory(doi="10.5555/new", retraction_checked_at=now - timedelta(days=2)),
        StudyFactory(doi="10.5555/never"),
        StudyFactory(doi="10.5555/old", retraction_checked_at=now - timedelta(days=9)),
    ]
    for study in studies:
        crossref.add(study.doi)
    refresh("--limit", "1")
    refresh("--limit", "1")
    assert crossref.paths[0] == "/works/10.5555/never"
    assert "/works/10.5555/old" in crossref.paths
    assert "/works/10.5555/new" not in crossref.paths


def test_one_study_can_be_named_in_any_form_of_its_doi(crossref: Crossref) -> None:
    study, other = StudyFactory(doi="10.5555/a"), StudyFactory(doi="10.5555/b")
    crossref.add("10.5555/A", entry(NOTICE, "expression_of_concern", 2024))
    refresh("--doi", "https://doi.org/10.5555/A")
    study.refresh_from_db()
    other.refresh_from_db()
    assert study.retraction_status == "concern"
    assert other.retraction_checked_at is None


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--doi", "nonsense"], "This is not a DOI"),
        (["--doi", "10.5555/unknown"], "No study has the DOI 10.5555/unknown"),
        (["--limit", "0"], "a whole number from 1 on"),
        (["--older-than", "-1"], ""),
        (["--older-than", "soon"], "a whole number from 0 on"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(arguments: list[str], reason: str, crossref: Crossref) -> None:
    StudyFactory(doi="10.5555/a")
    _said, error = refused(*arguments)
    assert reason in str(error)
    assert crossref.asked == []


def test_a_dry_run_says_what_would_change_and_writes_nothing(crossref: Crossref) -> None:
    study = StudyFactory(doi="10.5555/a")
    crossref.add("10.5555/a", entry(NOTICE, "retraction", 2024))
    said = refresh("--dry-run")
    assert "Nothing was written." in said
    assert "Retraction 10.5555/notice.1 2024" in said
    study.refresh_from_db()
    assert study.retraction_status == "not_checked"
    assert study.retraction_checked_at is None
    assert not StudyNotice.objects.exists()


def test_of_a_datacite_doi_nothing_is_known_but_that_it_was_asked(crossref: Crossref) -> None:
    new = StudyFactory(doi="10.5555/datacite.1")
    noticed = StudyFactory(doi="10.5555/datacite.2", retraction_status="retracted", retraction_source="https://x.test/")
    refresh()
    new.refresh_from_db()
    noticed.refresh_from_db()
    assert new.retraction_status == "none"
    assert new.retraction_checked_at
    assert (noticed.retraction_status, noticed.retraction_source) == ("retracted", "https://x.test/")


def test_a_study_that_was_reinstated_has_no_notice_that_holds(crossref: Crossref) -> None:
    study = StudyFactory(doi="10.5555/a")
    crossref.add("10.5555/a", entry(NOTICE, "retraction", 2024, 1, 5))
    refresh()
    crossref.add(
        "10.5555/a", entry(NOTICE, "retraction", 2024, 1, 5), entry("10.5555/back", "reinstatement", 2024, 6, 1)
    )
    said = refresh("--older-than", "0")
    study.refresh_from_db()
    assert (study.retraction_status, study.retraction_source) == ("none", "")
    assert sorted(study.notices.values_list("kind", flat=True)) == ["reinstatement", "retraction"]
    assert "Reinstatement 10.5555/back 2024-06-01" in said


def test_a_notice_that_was_a_mistake_goes_again(crossref: Crossref) -> None:
    study = StudyFactory(doi="10.5555/a")
    crossref.add("10.5555/a", entry(NOTICE, "retraction", 2024))
    refresh()
    crossref.add("10.5555/a")
    said = refresh("--older-than", "0")
    study.refresh_from_db()
    assert study.retraction_status == "none"
    assert not study.notices.exists()
    assert "no longer: Retraction 10.5555/notice.1" in said


def test_what_is_said_more_exactly_later_is_the_same_notice(crossref: Crossref) -> None:
    study = StudyFactory(doi="10.5555/a")
    crossref.add("10.5555/a", entry(NOTICE, "Retraction", source="retraction-watch"))
    refresh()
    notice = study.notices.get()
    StudyNotice.objects.update(dealt_with_at=timezone.now())
    crossref.add("10.5555/a", entry(NOTICE, "withdrawal", 2024, 5, 3, source="publisher"))
    said = refresh("--older-than", "0")
    again = study.notices.get()
    assert (again.pk, again.kind, again.date, again.source) == (notice.pk, "withdrawal", "2024-05-03", "publisher")
    assert not again.is_open
    assert "10.5555/notice.1" not in said


def test_every_study_with_the_doi_is_written(crossref: Crossref) -> None:
    twins = [StudyFactory(doi="10.5555/a"), StudyFactory(doi="10.5555/a")]
    crossref.add("10.5555/a", entry(NOTICE, "removal", 2024))
    refresh()
    for study in twins:
        study.refresh_from_db()
        assert study.retraction_status == "retracted"
    assert crossref.paths.count("/works/10.5555/a") == 1


def test_one_that_cannot_be_checked_is_named_and_the_exit_status_says_so(crossref: Crossref) -> None:
    StudyFactory(doi="10.5555/good,1")
    bad = StudyFactory(doi="10.5555/bad,2")
    crossref.add("10.5555/good,1")
    crossref.troubles.append(lambda request: Response("oops", 500) if "bad" in request.path else None)
    said, error = refused()
    assert error.returncode == 1
    assert "1 of 2 studies checked." in said
    assert "10.5555/bad,2: Crossref has trouble of its own (500)." in said
    assert "1 study could not be checked. Run the command again" in str(error)
    bad.refresh_from_db()
    assert bad.retraction_checked_at is None


def test_when_crossref_wants_to_be_left_alone_what_is_done_stays_done(crossref: Crossref) -> None:
    for number in range(3):
        StudyFactory(doi=f"10.5555/{number},x")
        crossref.add(f"10.5555/{number},x")
    crossref.troubles.append(lambda request: too_many("7200") if "/2," in request.path else None)
    said, error = refused()
    assert "2 of 3 studies checked." in said
    assert "It can be asked again after" in str(error)
    assert Study.objects.filter(retraction_checked_at=None).count() == 1


def test_a_doi_that_an_editor_changes_meanwhile_is_not_given_the_findings_of_the_old_one(
    crossref: Crossref, asker: Asker
) -> None:
    study = StudyFactory(doi="10.5555/a")
    crossref.add("10.5555/a", entry(NOTICE, "retraction", 2024))
    Study.objects.filter(pk=study.pk).update(doi="10.5555/b")
    assert [checked.change for checked in checking.check([study], asker, timezone.now())] == [None]
    study.refresh_from_db()
    assert study.retraction_status == "not_checked"


def test_another_doi_begins_anew(crossref: Crossref) -> None:
    study = StudyFactory(doi="10.5555/a")
    crossref.add("10.5555/a", entry(NOTICE, "retraction", 2024))
    refresh()
    study = Study.objects.get()
    study.doi = "10.5555/b"
    study.save()
    study.refresh_from_db()
    assert (study.retraction_status, study.retraction_source, study.retraction_checked_at) == ("not_checked", "", None)
    assert not study.notices.exists()


def test_going_back_to_an_earlier_version_does_not_hide_a_retraction(crossref: Crossref) -> None:
    study = StudyFactory(doi="10.5555/a")
    earlier = study.save_revision()
    crossref.add("10.5555/a", entry(NOTICE, "retraction", 2024))
    refresh()
    assert Study.objects.get().latest_revision == earlier
    again = Study.objects.get().latest_revision.as_object()
    assert again.retraction_status == "retracted"
    assert again.retraction_source == "https://doi.org/10.5555/notice.1"


def test_readers_and_harvesters_hear_of_news_and_of_nothing_else(
    crossref: Crossref, django_capture_on_commit_callbacks: Any
) -> None:
    study, fine = StudyFactory(doi="10.5555/a"), StudyFactory(doi="10.5555/b")
    with django_capture_on_commit_callbacks(execute=True):
        review, other = ReviewPageFactory(studies=[study]), ReviewPageFactory(studies=[fine])
    crossref.add("10.5555/a", entry(NOTICE, "retraction", 2024))
    crossref.add("10.5555/b")
    before = dict(OaiRecord.objects.values_list("pk", "datestamp"))

    token = generation()
    with django_capture_on_commit_callbacks(execute=True):
        refresh()
    assert generation() != token
    after = dict(OaiRecord.objects.values_list("pk", "datestamp"))
    assert after[review.pk] > before[review.pk]
    assert after[other.pk] == before[other.pk]

    token = generation()
    with django_capture_on_commit_callbacks(execute=True):
        refresh("--older-than", "0")
    assert generation() == token


@pytest.mark.parametrize("place", [1, 9, 20])
def test_stopped_at_any_point_and_run_again_it_ends_as_if_it_had_not_been(
    place: int, crossref: Crossref, monkeypatch: pytest.MonkeyPatch
) -> None:
    studies = [StudyFactory(doi=f"10.5555/kill.{number}", authors=[], funders=[]) for number in range(22)]
    for study in studies:
        crossref.add(study.doi, entry(f"{study.doi}.notice", "retraction", 2024, 5, 3))
    written: list[int] = []
    keep = checking.keep

    def die_at(pk: int, *args: Any, **kwargs: Any) -> Any:
        if len(written) == place:
            raise KeyboardInterrupt
        written.append(pk)
        return keep(pk, *args, **kwargs)

    monkeypatch.setattr(checking, "keep", die_at)
    _said, error = refused()
    assert error.returncode == 130
    assert StudyNotice.objects.count() == place
    monkeypatch.setattr(checking, "keep", keep)
    assert f"{22 - place} of {22 - place} stud" in refresh()
    assert StudyNotice.objects.count() == 22
    assert Study.objects.filter(retraction_status="retracted").count() == 22
