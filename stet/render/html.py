"""A diff as HTML that stands alone: no script, no request, everything that came from the web escaped."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from stet.render.outline import Stretch, beginning, counted, outline, unchanged
from stet.render.plain import piece, plain
from stet.render.reasons import heading, told, untold, wordings
from stet.render.sheet import notes, nothing_changed, observation
from stet.render.side_by_side import why
from stet.render.templating import environment

if TYPE_CHECKING:
    from jinja2 import Environment

    from stet.render.sheet import Sheet


def render_html(sheet: Sheet) -> str:
    """A whole page, with the changes inline and side by side."""
    return templates().get_template("diff.html").render(_told(sheet))


def render_fragment(sheet: Sheet, *, most: int | None = None, unfolded: int | None = None) -> str:
    """The changes alone, to be put into another page under its `h1`; they need `paper()` and `stylesheet()`.

    Of many changes the first `most` are shown, and of more than `unfolded` unchanged sentences in a row their number.
    """
    return templates().get_template("changes.html").render(_told(sheet, most=most, unfolded=unfolded))


def paper() -> str:
    """The CSS of the ground that all pages share: colours, light and dark, and type."""
    return templates().get_template("paper.css").render()


def stylesheet() -> str:
    """The CSS of the changes: of what stands in an element of the class `diff`, and of `ins` and `del` anywhere."""
    return templates().get_template("diff.css").render()


def _told(sheet: Sheet, *, most: int | None = None, unfolded: int | None = None) -> dict[str, object]:
    sections = outline(sheet)
    total = sum(len(section.entries) for section in sections)
    shown = total if most is None else min(most, total)
    return {
        "sheet": sheet,
        "sections": beginning(sections, shown) if shown < total else sections,
        "total": total,
        "shown": shown,
        "unfolded": unfolded,
        "counted": counted(sheet.diff),
        "notes": notes(sheet),
        "nothing": nothing_changed(sheet),
        "observation": observation(sheet),
        "language": plain(sheet.after.article.language or sheet.before.article.language or ""),
    }


@cache
def templates() -> Environment:
    """The environment of diffs and comparisons."""
    made = environment("stet.render", keep_trailing_newline=True)
    made.filters |= {"piece": piece, "unchanged": unchanged, "moment": _moment}
    made.filters |= {"reasons": told, "untold": untold, "heading": heading, "wordings": wordings, "why": why}
    made.tests["stretch"] = lambda row: isinstance(row, Stretch)
    return made


def _moment(at: str) -> str:
    """`31 January 2026, 12:00 UTC`, for the archive's ISO time."""
    moment = datetime.fromisoformat(at)
    return f"{moment.day} {moment:%B %Y, %H:%M} UTC"
