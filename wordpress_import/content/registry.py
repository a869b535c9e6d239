"""What is known: shortcodes, blocks and widgets by their names. To teach another one, write a function with its name.

    @shortcode("badge")
    def badge(tag: Shortcode, work: Work) -> str:
        return f"<p>{escape(tag.attributes.get('label', ''))}</p>"

A function returns HTML, in which `work.slot(node)` stands for what HTML cannot say.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from wordpress_import.content.work import Work


@dataclass(frozen=True)
class Shortcode:
    """A shortcode as it stands in a text. `content` is what it encloses, as written; None where it encloses nothing.

    `attributes` have names in lower case; `values` are those without a name, in order.
    """

    name: str
    source: str
    attributes: dict[str, str] = field(default_factory=dict)
    values: list[str] = field(default_factory=list)
    content: str | None = None


@dataclass(frozen=True)
class ShortcodeRule:
    """How a shortcode is rendered.

    A wrapper's content stays where it is: the function gives what stands before it, `closing` what stands after.
    `bare` tells that the name alone in brackets is one, too; `verbatim` that nothing within it is a shortcode; `value`
    is the form of a value without a name that makes it one, as in [youtube dQw4w9WgXcQ].
    """

    render: Callable[[Shortcode, Work], str]
    wraps: bool = False
    closing: str = ""
    bare: bool = False
    verbatim: bool = False
    value: str = ""


@dataclass(frozen=True)
class Block:
    """A block of Gutenberg, its inner blocks rendered. `name` has its namespace; `source` is the opening comment."""

    name: str
    attributes: dict[str, Any]
    html: str
    source: str


BlockRule = Callable[[Block, Work], str]
# The settings of an Elementor widget, as HTML.
WidgetRule = Callable[[dict[str, Any], Work], str]

SHORTCODES: dict[str, ShortcodeRule] = {}
# Rules for all shortcodes whose name begins so, such as those of a page builder.
SHORTCODE_FAMILIES: dict[str, ShortcodeRule] = {}
BLOCKS: dict[str, BlockRule] = {}
WIDGETS: dict[str, WidgetRule] = {}


def shortcode(
    *names: str, wraps: bool = False, closing: str = "", bare: bool = False, verbatim: bool = False, value: str = ""
) -> Callable[[Callable[[Shortcode, Work], str]], Callable[[Shortcode, Work], str]]:
    """Register the function below for shortcodes of these names. A name that ends in * is the beginning of names."""

    def register(render: Callable[[Shortcode, Work], str]) -> Callable[[Shortcode, Work], str]:
        rule = ShortcodeRule(render, wraps, closing, bare, verbatim, value)
        for name in names:
            if name.endswith("*"):
                SHORTCODE_FAMILIES[name[:-1]] = rule
            else:
                SHORTCODES[name] = rule
        return render

    return register


def block(*names: str) -> Callable[[BlockRule], BlockRule]:
    """Register the function below for blocks of these names, such as core/embed."""

    def register(render: BlockRule) -> BlockRule:
        BLOCKS.update(dict.fromkeys(names, render))
        return render

    return register


def widget(*names: str) -> Callable[[WidgetRule], WidgetRule]:
    """Register the function below for Elementor's widgets of these names."""

    def register(render: WidgetRule) -> WidgetRule:
        WIDGETS.update(dict.fromkeys(names, render))
        return render

    return register


def rule_of(name: str) -> ShortcodeRule | None:
    """Return how the shortcode is rendered; None where nobody knows it."""
    rule = SHORTCODES.get(name)
    if rule is None:
        family = next((beginning for beginning in SHORTCODE_FAMILIES if name.startswith(beginning)), None)
        rule = SHORTCODE_FAMILIES[family] if family else None
    return rule
