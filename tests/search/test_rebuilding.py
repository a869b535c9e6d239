"""manage.py rebuild_search, and what tells that it is needed."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from search import bitmaps, rebuilding
from search.checks import index_is_followed, rebuild_is_finished
from search.models import Document, IndexState, Posting, Spelling, Word
from tests.factories import PersonFactory, TopicPageFactory, blocks, stream
from tests.reading import every
from tests.search.searching import catch_up_wholly, review, search, section, titles

pytestmark = pytest.mark.django_db


def rebuild() -> str:
    """Run the command and return what it says."""
    said = StringIO()
    call_command("rebuild_search", stdout=said)
    return said.getvalue()


def written() -> dict[str, Any]:
    """Return everything that the index holds."""
    return {
        "postings": {
            (row.term, row.rank, row.block): bitmaps.unpack(bytes(row.members)) for row in Posting.objects.all()
        },
        "documents": list(Document.objects.order_by("pk").values("pk", "kind", "object_id", "facets", "words")),
        "words": dict(Word.objects.values_list("text", "documents")),
        "spellings": sorted(Spelling.objects.values_list("key", "word__text")),
    }


def fill() -> None:
    """Publish a few things, and change and take away some."""
    person = PersonFactory(name="Odile Quartz")
    for number in range(3):
        review(f"Bridge {number}", section("Over rivers."), credits=stream(blocks.credit(person, "review_author")))
    gone, changed = review("Gone"), review("Changed", section("Oldword."))
    catch_up_wholly()
    gone.unpublish()
    changed.body = stream(section("Newword."))
    changed.save_revision().publish()
    catch_up_wholly()


def test_what_the_worker_wrote_piece_by_piece_is_what_a_rebuild_writes() -> None:
    fill()
    before = written()

    assert "Done: 4 of the kind Review" in rebuild()
    assert written() == before


def test_a_rebuild_repairs_whatever_was_lost_or_does_not_belong() -> None:
    fill()
    before = written()
    Posting.objects.filter(term__in=["bridg", "river", "all:"]).delete()
    Posting.objects.create(term="ghost", rank=0, block=0, members=bitmaps.pack([1, 2, 3]))
    Posting.objects.create(term="ghost", rank=0, block=77, members=bitmaps.pack([1]))
    Word.objects.filter(text="rivers").delete()
    Word.objects.create(text="ghost", documents=9)
    assert titles("bridge") == []
    rebuild()

    assert written() == before
    assert len(titles("bridge")) == 3


def test_a_rebuild_finds_what_the_index_never_had_and_drops_what_has_gone() -> None:
    kept, hidden = review("Bridge"), TopicPageFactory(title="Bridges")
    catch_up_wholly()
    Document.objects.filter(object_id=kept.pk).delete()
    type(hidden).objects.filter(pk=hidden.pk).update(live=False)
    rebuild()

    assert titles("bridge") == ["Bridge"]
    assert Document.objects.filter(stale_since__isnull=False).count() == 0


def test_a_rebuild_that_was_stopped_is_told_of_and_can_be_run_again(monkeypatch: pytest.MonkeyPatch) -> None:
    fill()
    before = written()

    def stop(*arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(rebuilding.vocabulary, "replace", stop)
        with pytest.raises(KeyboardInterrupt):
            rebuild()
    with pytest.raises(CommandError, match="being rebuilt"):
        rebuild()
    assert rebuild_is_finished(None, ["default"]) == []
    assert len(titles("bridge")) == 3
    IndexState.objects.update(rebuilding_since=timezone.now() - timedelta(hours=1))
    assert [message.id for message in rebuild_is_finished(None, ["default"])] == ["search.W001"]
    rebuild()

    assert rebuild_is_finished(None, ["default"]) == []
    assert written() == before


def test_the_worker_waits_for_a_rebuild_and_catches_up_afterwards() -> None:
    review("Bridge")
    catch_up_wholly()
    IndexState.objects.update(rebuilding_since=timezone.now())
    review("Bridge again")
    catch_up_wholly()
    assert titles("bridge") == ["Bridge"]
    IndexState.objects.update(rebuilding_since=None)
    catch_up_wholly()

    assert every(search("bridge"), "main .count") == ["2 results"]


def test_an_index_that_nobody_follows_is_told_of() -> None:
    review("Bridge")
    assert index_is_followed(None, ["default"]) == []
    Document.objects.update(stale_since=timezone.now() - timedelta(hours=2))
    assert [message.id for message in index_is_followed(None, ["default"])] == ["search.W002"]
    catch_up_wholly()

    assert index_is_followed(None, ["default"]) == []
