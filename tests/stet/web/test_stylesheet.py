"""The stylesheet has rules for what pages show, and for nothing else."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from archive.models import Role

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

WEB = files("stet.web")
RENDER = files("stet.render")
SHEETS = [each for each in (WEB / "static" / "css").iterdir() if each.name.endswith(".css")] + [
    RENDER / "templates" / name for name in ("diff.css", "comparison.css", "alone.css")
]


def written(folder: Traversable) -> Iterator[str]:
    """All that a page's markup is made of: templates and code."""
    for each in folder.iterdir():
        if each.is_dir():
            yield from written(each)
        elif each.name.endswith((".html", ".py")):
            yield each.read_text("utf-8")


def classes(sheet: str) -> set[str]:
    """The classes that its selectors name."""
    bare = re.sub(r"/\*.*?\*/|\{#.*?#\}", "", sheet, flags=re.DOTALL)
    return {
        name for selectors in re.findall(r"([^{};]+)\{", bare) for name in re.findall(r"\.([a-z][\w-]*)", selectors)
    }


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_no_rule_is_dead(sheet: Traversable) -> None:
    # A passage is of the class of its role.
    words = {*re.findall(r"[\w-]+", "\n".join([*written(WEB), *written(RENDER)])), *Role}
    assert classes(sheet.read_text("utf-8"))
    assert classes(sheet.read_text("utf-8")) <= words
