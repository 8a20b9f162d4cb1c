"""How words that stayed, went or came are written on a terminal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.text import Text

from stet.render.plain import plain, plain_piece

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

    from archive.compare.text.words import Mark


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes marks in colour, or without: changed words in brackets, [-gone-]{+come+}."""

    coloured: bool

    @classmethod
    def of(cls, console: Console) -> Pen:
        """In colour where the console has any and NO_COLOR does not forbid it."""
        return cls(coloured=console.color_system is not None and not console.no_color)

    def line(self, marks: Iterable[Mark]) -> Text:
        text = Text(overflow="fold")
        for each in marks:
            piece = plain_piece(each.text)
            if not piece:
                continue
            opening, closing = _BRACKETS[each.op]
            if self.coloured:
                text.append(piece, _STYLES[each.op])
            else:
                text.append(f"{opening}{piece}{closing}")
        return text

    def whole(self, marks: Iterable[Mark]) -> Text:
        """A sentence of which all went or came; the sign beside it says so where there is no colour."""
        text = Text(overflow="fold")
        for each in marks:
            text.append(plain(each.text), _STYLES[each.op] if self.coloured else "")
        return text


_BRACKETS = {"equal": ("", ""), "delete": ("[-", "-]"), "insert": ("{+", "+}")}
_STYLES = {"equal": "", "delete": "red strike", "insert": "green"}
