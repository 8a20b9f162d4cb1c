"""Stories: what the newsroom's journalists wrote, read from the data files beside this module."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any

BODY, HEADING, QUOTE, LIST, CAPTION = "body", "heading", "quote", "list", "caption"
_TEXT_ROLES = frozenset({BODY, HEADING, QUOTE, LIST})
_MARKS = {"## ": HEADING, "> ": QUOTE, "- ": LIST, "^ ": CAPTION}
_LINK = re.compile(r"\[([^]]+)\]\(([^)]+)\)")


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph-level piece of a story; a list item is a block of its own."""

    role: str
    markup: str
    """The words, in which `[these](https://…)` are a link."""

    @property
    def text(self) -> str:
        return _LINK.sub(r"\1", self.markup)

    @property
    def links(self) -> tuple[tuple[str, str], ...]:
        """The linked words and where they lead, in order."""
        return tuple(_LINK.findall(self.markup))


@dataclass(frozen=True, slots=True)
class Story:
    """One news story, without anything that stands around it."""

    slug: str
    title: str
    section: str
    language: str
    authors: tuple[str, ...]
    published: datetime
    modified: datetime
    summary: str
    blocks: tuple[Block, ...]
    credit: str = ""
    bios: tuple[str, ...] = ()
    corrections: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        return f"/{self.section}/{self.slug}"

    @property
    def text(self) -> str:
        """The story's text, blocks joined by newlines: no captions, corrections, credits or bios."""
        return "\n".join(block.text for block in self.blocks if block.role in _TEXT_ROLES)

    @property
    def teaser(self) -> tuple[Block, ...]:
        """What a paywall leaves to read."""
        return self.blocks[:2]

    def replaced(self, old: str, new: str) -> tuple[Block, ...]:
        """The blocks with `old` replaced; raises ValueError unless it stands in them exactly once."""
        count = sum(block.markup.count(old) for block in self.blocks)
        if count != 1:
            raise ValueError(f"{old!r} stands {count} times in {self.slug}, not once")
        return tuple(Block(block.role, block.markup.replace(old, new)) for block in self.blocks)

    def moved(self, old: int, new: int) -> tuple[Block, ...]:
        """The blocks with the one at index `old` taken out and put in at index `new`."""
        blocks = list(self.blocks)
        blocks.insert(new, blocks.pop(old))
        return tuple(blocks)


def load_stories(opened: datetime) -> tuple[Story, ...]:
    """The bundled stories, newest first, dated back from `opened`."""
    found = (entry for entry in files(__package__).joinpath("stories").iterdir())
    stories = (
        _story(entry.name.removesuffix(".toml"), tomllib.loads(entry.read_text(encoding="utf-8")), opened)
        for entry in found
        if entry.name.endswith(".toml")
    )
    return tuple(sorted(stories, key=lambda story: (story.published, story.slug), reverse=True))


def parse_blocks(text: str) -> tuple[Block, ...]:
    """Blocks from text: parted by empty lines, headings marked `##`, quotes `>`, captions `^`, items `-`."""
    parts = (part.strip() for part in text.strip().split("\n\n"))
    return tuple(_block(line) for part in parts for line in (part.split("\n") if part.startswith("- ") else [part]))


def _block(line: str) -> Block:
    mark = next((mark for mark in _MARKS if line.startswith(mark)), None)
    return Block(_MARKS[mark], line.removeprefix(mark)) if mark else Block(BODY, line)


def _story(slug: str, data: dict[str, Any], opened: datetime) -> Story:
    published = opened - timedelta(hours=data["hours_ago"])
    return Story(
        slug=slug,
        title=data["title"],
        section=data["section"],
        language=data["language"],
        authors=tuple(data["authors"]),
        published=published,
        modified=opened - timedelta(hours=data.get("modified_hours_ago", data["hours_ago"])),
        summary=data["summary"],
        blocks=parse_blocks(data["text"]),
        credit=data["credit"],
        bios=tuple(data["bios"]),
    )
