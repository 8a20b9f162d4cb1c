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

from archive.models import Article, Block, Role, Snapshot
from stet.newsroom import Newsroom
from stet.newsroom.script import BRIDGE
from stet.render.sheet import lay_out
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
    console.print(render_terminal(lay_out(_snapshot(1, "09:00", before), _snapshot(2, "09:30", after))))
    # Without rich's web fonts: a picture in a README loads nothing from elsewhere.
    form = re.sub(r"@font-face \{\{.*?\}\}", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
    return console.export_svg(title="stet diff", code_format=form, unique_id="stet-diff")


def _snapshot(version: int, time: str, article: Article) -> Snapshot:
    return Snapshot(URL, version, f"2026-03-10T{time}:00.000Z", "", article, (), 0, 0, "")


def _article(newsroom: Newsroom) -> Article:
    story = newsroom.story(BRIDGE)
    blocks = [Block(Role.BODY, line) for line in story.text.split("\n")]
    blocks += [Block(Role.CORRECTION, notice) for notice in story.corrections]
    return Article(story.title, story.authors, None, None, story.language, tuple(blocks))


if __name__ == "__main__":
    PICTURE.write_text(draw(), encoding="utf-8")
