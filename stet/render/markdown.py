"""One snapshot as Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive.models import TEXT_ROLES, Role
from stet.render.plain import plain

if TYPE_CHECKING:
    from archive.models import Block, Snapshot

# Only what would turn text into structure: a sentence with an apostrophe should stay readable.
_SPECIAL = re.compile(r"([\\`*_\[\]<>])|^(\s*)([#+-]|\d+[.)])(?=\s)")


def render_markdown(snapshot: Snapshot) -> str:
    """Headline, byline, text (a live blog's posts under their times) and corrections.

    What the site wrote is escaped, so that it stays text.
    """
    article = snapshot.article
    parts = [f"# {_escape(article.title)}"]
    if article.authors:
        parts.append(f"*{_escape(', '.join(article.authors))}*")
    parts += [_block(block) for block in article.blocks if block.role in TEXT_ROLES | {Role.POST}]
    parts += [f"> {_escape(correction)}" for correction in article.corrections]
    return "\n\n".join(parts) + "\n"


def _block(block: Block) -> str:
    text = _escape(block.text)
    if block.role is Role.HEADING:
        return f"## {text}"
    if block.role is Role.QUOTE:
        return f"> {text}"
    if block.role is Role.LIST:
        return f"- {text}"
    if block.role is Role.POST:
        return f"**{text}**"
    return text


def _escape(text: str) -> str:
    return _SPECIAL.sub(lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}", plain(text))
