"""Draws the README's picture of a diff: the newsroom's correction, as `stet diff` shows it.

python docs/picture.py
"""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console

from archive.compare.diff import diff
from archive.models import Article, Block, Role
from stet.newsroom import Newsroom
from stet.newsroom.script import BRIDGE
from stet.render.terminal import render_terminal

PICTURE = Path(__file__).parent / "images" / "diff.svg"
URL = "https://courier.example/world/harbour-bridge-reopens-after-storm"


def draw() -> str:
    """The picture, as SVG."""
    newsroom = Newsroom()
    before = _article(newsroom)
    while newsroom.advance() is not None:
        if newsroom.story(BRIDGE).corrections:
            break
    after = replace(_article(newsroom), title="Port Ellery bridge reopens four days after storm, with a weight limit")
    console = Console(record=True, width=92, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    labels = {"before": "v1 · 2026-03-10T09:00:00.000Z", "after": "v2 · 2026-03-10T09:30:00.000Z"}
    console.print(render_terminal(diff(before, after), url=URL, **labels))
    # Without rich's web fonts: a picture in a README loads nothing from elsewhere.
    form = re.sub(r"@font-face \{\{.*?\}\}", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
    return console.export_svg(title="stet diff", code_format=form, unique_id="stet-diff")


def _article(newsroom: Newsroom) -> Article:
    story = newsroom.story(BRIDGE)
    blocks = [Block(Role.BODY, line) for line in story.text.split("\n")]
    blocks += [Block(Role.CORRECTION, notice) for notice in story.corrections]
    return Article(story.title, story.authors, None, None, story.language, tuple(blocks))


if __name__ == "__main__":
    PICTURE.write_text(draw(), encoding="utf-8")
