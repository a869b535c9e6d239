"""The stylesheets and the script of the site reach a reader as small files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import brotli
import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command

FILES = {
    "css/site.css": '@layer base, parts;\n@import url("base.css") layer(base);\n'
    '@import url("parts/card.css") layer(parts);\n@import url("print.css") layer(parts) print;\n',
    "css/base.css": "/* why */\nbody { margin: calc(1rem + 2px); }\n",
    "css/parts/card.css": '.card { background: url("../../icons/dot.svg"); }\n.none { background: url(data:,x) }\n',
    "css/print.css": ".card { color: black; }\n",
    "css/alone.css": "p { color: red; }\n",
    "js/consent.js": "// why\nconst word = `two  spaces // stay`;\nconst path = /a b\\/\\/c/;\n\nlog( word ) ;\n",
    "js/other.js": "// why\nlog( 1 ) ;\n",
    "icons/dot.svg": "<svg xmlns='http://www.w3.org/2000/svg'></svg>",
}


@pytest.fixture
def collected(tmp_path: Path, settings: Any) -> Path:
    """A folder with these static files, collected as for production."""
    for name, content in FILES.items():
        path = tmp_path / "source" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    settings.STATICFILES_DIRS = [tmp_path / "source"]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT = tmp_path / "collected"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "core.storage.BundledStaticFilesStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path / "collected"


def served(folder: Path, name: str) -> Path:
    """The file that a page asks for."""
    return folder / staticfiles_storage.url(name).removeprefix("/static/")


def test_the_site_stylesheet_is_one_minified_file(collected: Path) -> None:
    css = served(collected, "css/site.css").read_text()
    assert css.startswith("@layer base,parts;@layer base{body{margin:calc(1rem + 2px)}}@layer parts{.card{")
    assert "@media print{@layer parts{.card{color:black}}}" in css
    assert "@import" not in css
    assert "why" not in css


def test_addresses_in_a_joined_stylesheet_lead_to_the_hashed_files(collected: Path) -> None:
    css = served(collected, "css/site.css").read_text()
    icon = served(collected, "icons/dot.svg")
    assert icon.exists()
    assert f'url("../icons/{icon.name}")' in css
    assert "url(data:,x)" in css


def test_the_name_of_the_joined_file_changes_with_any_part_of_it(collected: Path, tmp_path: Path) -> None:
    before = served(collected, "css/site.css")
    (tmp_path / "source" / "css" / "base.css").write_text("body { margin: 0 }")
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    after = served(collected, "css/site.css")
    assert before.name != after.name
    assert "margin:0" in after.read_text()


def test_files_are_compressed_ahead(collected: Path) -> None:
    css = served(collected, "css/site.css")
    assert brotli.decompress(css.with_name(f"{css.name}.br").read_bytes()) == css.read_bytes()


def test_a_stylesheet_that_is_not_joined_is_served_by_itself(collected: Path) -> None:
    assert served(collected, "css/alone.css").read_text() == FILES["css/alone.css"]


def test_the_readers_script_is_served_without_comments_and_spaces(collected: Path) -> None:
    script = served(collected, "js/consent.js")
    assert script.read_text() == "const word=`two  spaces // stay`;const path=/a b\\/\\/c/;log(word);"


def test_any_other_script_is_served_as_it_is(collected: Path) -> None:
    assert served(collected, "js/other.js").read_text() == FILES["js/other.js"]
