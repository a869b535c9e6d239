"""The form behind every page editor, in a server with threads."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from wagtail.admin.forms import WagtailAdminPageForm

from core.forms import BasePageForm


def test_a_draft_and_a_publication_are_never_validated_at_the_same_time(monkeypatch: pytest.MonkeyPatch) -> None:
    at_work: list[int] = []
    most: list[int] = []

    def validate(form: WagtailAdminPageForm) -> None:
        at_work.append(1)
        time.sleep(0.02)
        most.append(len(at_work))
        at_work.pop()

    monkeypatch.setattr(WagtailAdminPageForm, "full_clean", validate)
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(BasePageForm.full_clean, [BasePageForm.__new__(BasePageForm) for _number in range(4)]))
    assert most == [1, 1, 1, 1]
