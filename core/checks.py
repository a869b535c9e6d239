"""The conventions of this project that Django can check for us at every start.

core.E001  a page type that cannot be read with .listed()
core.E002  a block that does not describe itself: icon, description, preview
core.E003  code that asks for live pages and so bypasses .listed()
core.E004  a template that reads .live
core.E005  a block whose icon Wagtail does not have
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, cast

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from wagtail import hooks
from wagtail.blocks import Block, ListBlock, StreamBlock, StructBlock
from wagtail.fields import StreamField
from wagtail.models import get_page_models

LIVE_IN_TEMPLATE = re.compile(r"\{[{%][^}]*\w\.live\b")
MAY_READ_LIVE = Path("core/querysets.py")


@register("project")
def page_types_read_listed(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Every page type of ours has a manager with .listed()."""
    ours = {app.label for app in own_apps(app_configs)}
    return [
        Error(
            f"{model.__name__} has no .listed().",
            hint="Inherit from core.models.BasePage, and build its manager from core.querysets.ListedQuerySet.",
            obj=model,
            id="core.E001",
        )
        for model in get_page_models()
        if model._meta.app_label in ours and not hasattr(model.objects, "listed")
    ]


@register("project")
def blocks_describe_themselves(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Every block that an editor can choose has an icon that exists, a description and a preview."""
    icons = known_icons()
    return [message for name, block in chooser_blocks(app_configs) for message in block_messages(name, block, icons)]


@register("project")
def nothing_bypasses_listed(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Neither code nor templates ask for live pages: public reads start from .listed()."""
    code = (
        path for app in own_apps(app_configs) for path in Path(app.path).rglob("*.py") if "migrations" not in path.parts
    )
    templates = (path for folder in template_folders(app_configs) for path in folder.rglob("*.html"))
    allowed = settings.BASE_DIR / MAY_READ_LIVE
    return [
        *(bypass(path, "core.E003") for path in code if path != allowed and calls_live(path)),
        *(bypass(path, "core.E004") for path in templates if LIVE_IN_TEMPLATE.search(path.read_text())),
    ]


def calls_live(path: Path) -> bool:
    """Whether the module calls a method named live."""
    calls = (node.func for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call))
    return any(isinstance(function, ast.Attribute) and function.attr == "live" for function in calls)


def own_apps(app_configs: Iterable[AppConfig] | None) -> list[AppConfig]:
    """Return the apps whose code is in this project."""
    own = [app for app in app_configs or apps.get_app_configs() if Path(app.path).is_relative_to(settings.BASE_DIR)]
    return [app for app in own if "site-packages" not in app.path]


def template_folders(app_configs: Iterable[AppConfig] | None) -> list[Path]:
    """Return every folder of ours that holds templates."""
    folders = [Path(folder) for engine in settings.TEMPLATES for folder in cast("list[str]", engine["DIRS"])]
    return [*folders, *(Path(app.path) / "templates" for app in own_apps(app_configs))]


def bypass(path: Path, check_id: str) -> Error:
    """Return the error for a file that reads live pages."""
    return Error(
        f"{path.relative_to(settings.BASE_DIR)} reads live pages, which may be private or expired.",
        hint="Start from .listed().",
        id=check_id,
    )


def chooser_blocks(app_configs: Iterable[AppConfig] | None) -> Iterator[tuple[str, Block]]:
    """Yield every block that an editor can choose in a page, snippet or setting of ours, with where it stands."""
    for app in own_apps(app_configs):
        for model in app.get_models():
            for field in model._meta.get_fields():
                if isinstance(field, StreamField):
                    yield from choices_within(field.stream_block, f"{model.__name__}.{field.name}")


def choices_within(block: Block, place: str) -> Iterator[tuple[str, Block]]:
    """Yield the blocks that stand in a chooser at or below the block."""
    if isinstance(block, ListBlock):
        yield from choices_within(block.child_block, place)
    elif isinstance(block, (StreamBlock, StructBlock)):
        for name, child in block.child_blocks.items():
            if isinstance(block, StreamBlock):
                yield f"{place}.{name}", child
            yield from choices_within(child, f"{place}.{name}")


def block_messages(place: str, block: Block, icons: set[str]) -> Iterator[CheckMessage]:
    """Yield what the block does not say about itself."""
    missing = [
        name
        for name, there in (
            ("an icon", block.meta.icon not in ("", "placeholder")),
            ("a description", bool(block.get_description())),
            ("a preview", block.is_previewable),
        )
        if not there
    ]
    if missing:
        hint = "Set icon, description and preview_value (or preview_template) in the block's Meta."
        yield Error(f"The block {place} lacks {', '.join(missing)}.", hint=hint, id="core.E002")
    if block.meta.icon not in icons:
        yield Error(f"The block {place} has the icon {block.meta.icon!r}, which Wagtail does not have.", id="core.E005")


def known_icons() -> set[str]:
    """Return the names of the icons that Wagtail and its apps register."""
    templates: list[str] = []
    for register_icons in hooks.get_hooks("register_icons"):
        templates = register_icons(templates)
    return {Path(template).stem for template in templates}
