"""The project's own system checks find what they are there to find."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from django.apps import AppConfig
from django.core.checks import run_checks
from django.test import override_settings
from wagtail import blocks
from wagtail.models import Page

from core import checks


def ids(messages: list[Any]) -> list[str]:
    return [message.id for message in messages]


@pytest.fixture
def stray_app(tmp_path: Path) -> Any:
    """An app outside the project's own folders, with a base folder and templates of its own."""
    (tmp_path / "stray").mkdir()
    (tmp_path / "templates").mkdir()
    stray = ModuleType("stray")
    stray.__file__ = str(tmp_path / "stray" / "__init__.py")
    app = AppConfig("stray", stray)
    templates = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [tmp_path / "templates"]}]
    with override_settings(BASE_DIR=tmp_path, TEMPLATES=templates):
        yield app, tmp_path


def test_the_project_itself_passes() -> None:
    assert [message for message in run_checks() if message.id and message.id.startswith("core.")] == []


def test_code_that_asks_for_live_pages_is_found(stray_app: Any) -> None:
    app, folder = stray_app
    (folder / "stray" / "feeds.py").write_text("def items():\n    return ReviewPage.objects.live().order_by('pk')\n")
    [message] = checks.nothing_bypasses_listed([app])
    assert message.id == "core.E003"
    assert "stray/feeds.py" in message.msg


def test_a_comment_about_live_pages_is_no_read(stray_app: Any) -> None:
    app, folder = stray_app
    (folder / "stray" / "feeds.py").write_text('"""Never .live(), always .listed()."""\n')
    assert checks.nothing_bypasses_listed([app]) == []


def test_a_template_that_asks_for_live_is_found(stray_app: Any) -> None:
    app, folder = stray_app
    (folder / "templates" / "list.html").write_text("{% if page.live %}{{ page.title }}{% endif %}")
    assert ids(checks.nothing_bypasses_listed([app])) == ["core.E004"]


def test_a_template_with_an_aria_live_region_is_no_read(stray_app: Any) -> None:
    app, folder = stray_app
    (folder / "templates" / "list.html").write_text('<p aria-live="polite">{{ page.title }}</p>')
    assert checks.nothing_bypasses_listed([app]) == []


def test_a_page_type_without_listed_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    class LoosePage:
        _meta = SimpleNamespace(app_label="home")
        objects = Page.objects

    monkeypatch.setattr(checks, "get_page_models", lambda: [LoosePage])
    assert ids(checks.page_types_read_listed(None)) == ["core.E001"]


def test_a_block_that_does_not_describe_itself_is_found() -> None:
    class MuteBlock(blocks.StructBlock):
        text = blocks.CharBlock()

    [message] = checks.block_messages("ReviewPage.body.mute", MuteBlock(), {"placeholder"})
    assert message.id == "core.E002"
    assert "an icon, a description, a preview" in message.msg


def test_an_icon_that_does_not_exist_is_found() -> None:
    class OddBlock(blocks.CharBlock):
        class Meta:
            icon = "no-such-icon"
            description = "Odd."
            preview_value = "Odd"

    assert ids(list(checks.block_messages("ReviewPage.body.odd", OddBlock(), {"doc-full"}))) == ["core.E005"]


def test_blocks_inside_blocks_are_looked_at() -> None:
    inner = blocks.StreamBlock([("line", blocks.CharBlock())])
    outer = blocks.StreamBlock([("part", blocks.StructBlock([("lines", blocks.ListBlock(inner))]))])
    assert [place for place, _block in checks.choices_within(outer, "body")] == ["body.part", "body.part.lines.line"]
