"""manage.py structure_review"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from research_reviews.models import ReviewPage
from tests.factories import TopicPageFactory
from tests.factories.pages import review_index
from tests.research_reviews.intake.reading_samples import SAMPLES

ROOT = Path(__file__).resolve().parents[3]


def test_json_is_printed_where_there_is_no_database(tmp_path: Path) -> None:
    environment = {**os.environ, "DATABASE_URL": "postgres://nobody:x@127.0.0.1:1/none", "STATE_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "manage.py", "structure_review", str(SAMPLES / "wordpress_page.html"), "--json"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    printed = json.loads(done.stdout)
    assert {"title", "standfirst", "study", "credits", "body", "image_credit", "report"} <= set(printed)
    assert set(printed["report"]) == {"chrome", "guesses", "words"}
    assert set(printed["credits"][0]) >= {"name", "descriptor", "contribution", "handles"}


def test_a_file_that_cannot_be_read_ends_with_one_line(tmp_path: Path) -> None:
    for name, content, said in (("a.pdf", b"%PDF", "This is a PDF"), ("a.txt", b" \n", "holds no words")):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(CommandError, match=said) as error:
            call_command("structure_review", str(tmp_path / name), "--json")
        assert "\n" not in str(error.value)
    with pytest.raises(CommandError, match=r"cannot be read: No such file"):
        call_command("structure_review", str(tmp_path / "missing.txt"), "--json")


@pytest.mark.django_db
def test_without_json_a_draft_is_saved_and_never_published() -> None:
    index = review_index()
    topic = TopicPageFactory(title="Prison")
    told = StringIO()
    sample = str(SAMPLES / "chrome_copy_of_a_page.txt")
    call_command("structure_review", sample, "--topic", "prison", "--publish-date", "2023-06-20", stdout=told)
    review = ReviewPage.objects.child_of(index).get()
    assert (review.title, review.live, review.topic) == ("The challenges of peer support in prison", False, topic)
    assert review.published_on.isoformat()[:10] == "2023-06-20"
    assert f"/{review.pk}/edit/" in told.getvalue()
    with pytest.raises(CommandError, match="There is no topic “Nothing”"):
        call_command("structure_review", sample, "--topic", "Nothing")
