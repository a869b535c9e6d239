"""The index follows what is published, and shows nothing that is not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from research_reviews.models import ReviewPage, Study
from search import indexing
from search.indexing import catch_up
from search.models import Document, IndexState, Posting, Spelling, Word
from tests.factories import PersonFactory, StudyFactory, TopicPageFactory, blocks, review_index, stream
from tests.reading import every
from tests.search.searching import answers, catch_up_wholly, review, search, section, titles

pytestmark = pytest.mark.django_db


def test_a_published_review_is_found_once_the_worker_has_looked() -> None:
    review("Bridges")
    assert titles("bridges") == []

    assert catch_up(60)
    assert titles("bridges") == ["Bridges"]
    assert not catch_up(60)


def test_what_is_edited_is_found_by_its_new_words_alone() -> None:
    made = review("Bridges", section("Over rivers."))
    catch_up_wholly()
    made.title = "Tunnels"
    made.save_revision().publish()
    catch_up_wholly()

    assert titles("bridges") == []
    assert titles("tunnels") == titles("rivers") == ["Tunnels"]


def test_a_draft_of_changes_is_not_found() -> None:
    made = review("Bridges")
    made.title = "Tunnels"
    made.save_revision()
    ReviewPage.objects.get(pk=made.pk)
    review("A draft of tunnels", published=False)
    catch_up_wholly()

    assert titles("tunnels") == []
    assert titles("bridges") == ["Bridges"]


def test_what_is_scheduled_is_not_found() -> None:
    made = review("Bridges", published=False, go_live_at=timezone.now() + timedelta(days=1))
    made.save_revision().publish()
    catch_up_wholly()

    assert titles("bridges") == []


def test_what_is_unpublished_is_out_of_results_counts_and_pages_at_once() -> None:
    kept, gone = review("Bridge one"), review("Bridge two")
    catch_up_wholly()
    gone.unpublish()

    page = search("bridge")
    assert every(page, ".card-title") == ["Bridge one"]
    assert every(page, "main .count") == ["1 result"]
    catch_up_wholly()
    assert titles("bridge") == ["Bridge one"]
    assert kept.live


def test_what_is_deleted_leaves_nothing_behind() -> None:
    topic = TopicPageFactory()
    empty = review(
        "Bridge", section("Onlyhere."), credits=stream(blocks.credit(PersonFactory(), "review_author")), topic=topic
    )
    catch_up_wholly()
    empty.delete()
    topic.delete()

    assert titles("bridge") == []
    catch_up_wholly()
    left = (Document, Posting, Word, Spelling)
    assert [model.objects.count() for model in left] == [0, 0, 0, 0]


def test_what_becomes_private_is_gone_at_once_and_back_when_it_is_public() -> None:
    made = review("Bridge")
    catch_up_wholly()
    restriction = PageViewRestriction.objects.create(page=review_index(), restriction_type=PageViewRestriction.LOGIN)

    page = search("bridge")
    assert not every(page, ".card-title")
    catch_up_wholly()
    assert titles("bridge") == []
    restriction.delete()
    catch_up_wholly()
    assert titles("bridge") == [made.title]


def test_what_was_hidden_and_shown_again_before_the_worker_looked_is_found() -> None:
    review("Bridge")
    catch_up_wholly()
    PageViewRestriction.objects.create(page=review_index(), restriction_type=PageViewRestriction.LOGIN).delete()

    catch_up_wholly()
    assert titles("bridge") == ["Bridge"]
    assert every(search("bridge"), "main .count") == ["1 result"]


def test_what_moves_into_a_private_part_of_the_site_is_gone() -> None:
    made, other = review("Bridge"), review("Closed")
    PageViewRestriction.objects.create(page=other, restriction_type=PageViewRestriction.LOGIN)
    catch_up_wholly()
    made.move(other, "last-child")

    assert titles("bridge") == []


def test_what_has_expired_is_not_shown_even_before_it_is_taken_down() -> None:
    made = review("Bridge")
    catch_up_wholly()
    ReviewPage.objects.filter(pk=made.pk).update(expire_at=timezone.now() - timedelta(minutes=1))

    assert titles("bridge") == []


def test_people_are_found_only_while_a_listed_review_names_them() -> None:
    person = PersonFactory(name="Odile Quartz")
    PersonFactory(name="Nobody Quartz")
    made = review("Rain", credits=stream(blocks.credit(person, "review_author")))
    catch_up_wholly()
    assert set(titles("quartz")) == {"Odile Quartz", "Rain"}

    made.unpublish()
    assert titles("quartz") == []
    catch_up_wholly()
    assert titles("quartz") == []


def test_a_person_who_changes_their_name_is_found_by_it_everywhere() -> None:
    person = PersonFactory(name="Odile Quartz")
    review("Rain", credits=stream(blocks.credit(person, "review_author")))
    review("Snow", studies=[StudyFactory(authors=[person])])
    catch_up_wholly()
    person.name = "Odile Granite"
    person.save()
    catch_up_wholly()

    assert titles("quartz") == []
    assert set(titles("granite")) == {"Odile Granite", "Rain", "Snow"}
    person.credits.all().delete()


def test_a_study_that_changes_changes_its_reviews() -> None:
    study = StudyFactory(title="Of bridges", study_type="trial")
    review("Rain", studies=[study])
    catch_up_wholly()
    study.title, study.study_type = "Of tunnels", Study.StudyType.SURVEY
    study.save()
    catch_up_wholly()

    assert titles("bridges") == []
    assert titles("tunnels") == ["Rain"]
    assert answers(search("rain"), "study_type") == ["All kinds", "Survey (1)"]


def test_a_topic_is_found_by_its_new_name() -> None:
    topic = TopicPageFactory(title="Bridges")
    catch_up_wholly()
    topic.title = "Tunnels"
    topic.save_revision().publish()
    topic.unpublish()
    catch_up_wholly()
    assert titles("tunnels") == []
    topic.save_revision().publish()
    catch_up_wholly()

    assert titles("tunnels") == ["Tunnels"]
    assert titles("bridges") == []


def test_a_site_that_had_no_index_gets_one_by_itself() -> None:
    review("Bridge")
    Document.objects.all().delete()
    IndexState.objects.all().delete()
    catch_up_wholly()

    assert titles("bridge") == ["Bridge"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("tasks_at_once")
def test_publishing_has_the_worker_look_without_being_told() -> None:
    review("Bridge")

    assert titles("bridge") == ["Bridge"]


def test_a_word_of_what_is_no_longer_published_is_suggested_to_nobody() -> None:
    made = review("Whistleblowing")
    catch_up_wholly()
    made.unpublish()
    catch_up_wholly()

    assert not search("whistelblowing").select(".privacy-note")


def test_what_is_published_while_the_worker_looks_is_looked_at_again(monkeypatch: pytest.MonkeyPatch) -> None:
    made = review("Bridge", published=False)
    made.save_revision().publish()
    made.unpublish()
    read = indexing.read

    def publish_meanwhile(documents: list[Document]) -> None:
        read(documents)
        monkeypatch.undo()
        made.save_revision().publish()

    monkeypatch.setattr(indexing, "read", publish_meanwhile)
    catch_up_wholly()

    assert titles("bridge") == ["Bridge"]
