"""A diff for the terminal: coloured where there is colour, bracketed where there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from archive.compare.actions import ActionKind, Mark
from archive.compare.words import mark
from stet.render.outline import counted, moved_from, outline
from stet.render.plain import plain, plain_piece

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult

    from archive.compare.actions import Action, Diff, Op


def render_terminal(diff: Diff, *, url: str, before: str, after: str) -> RenderableType:
    """The diff under the labels of the two snapshots, as something rich can print.

    Without colour, or with NO_COLOR, changed words stand in brackets: [-gone-]{+come+}.
    """
    return _DiffView(diff, url, before, after)


@dataclass(frozen=True, slots=True)
class _DiffView:
    diff: Diff
    url: str
    before: str
    after: str

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        pen = _Pen(coloured=console.color_system is not None and not console.no_color)
        yield Text(plain(self.url), style="bold", overflow="fold")
        yield Text(f"{plain(self.before)} → {plain(self.after)}", style="dim")
        if self.diff.is_empty:
            yield Text("\nNothing changed.")
            return
        for heading, part in _parts(self.diff, pen):
            yield Text(f"\n{heading}", style="bold underline")
            yield Padding(part, (0, 0, 0, 1))
        yield Text(f"\n{counted(self.diff)}", style="dim")


@dataclass(frozen=True, slots=True)
class _Pen:
    """Writes marks in colour, or without."""

    coloured: bool

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

    def whole(self, op: Op, text: str) -> Text:
        """A sentence of which all went or came; the sign beside it says so where there is no colour."""
        return _styled(plain(text), _STYLES[op] if self.coloured else "")


_BRACKETS = {"equal": ("", ""), "delete": ("[-", "-]"), "insert": ("{+", "+}")}
_STYLES = {"equal": "", "delete": "red strike", "insert": "green"}
_SIGNS = {
    ActionKind.ADDITION: ("+", "green"),
    ActionKind.DELETION: ("-", "red"),
    ActionKind.EDIT: ("~", "yellow"),
    ActionKind.REFACTOR: (">", "cyan"),
    ActionKind.UNCHANGED: (" ", "dim"),
}


def _parts(diff: Diff, pen: _Pen) -> Iterable[tuple[str, RenderableType]]:
    if diff.title:
        yield "Headline", pen.line(mark(diff.title.before, diff.title.after))
    if diff.authors:
        was, became = (", ".join(names) for names in (diff.authors.before, diff.authors.after))
        yield "Byline", pen.line(mark(was, became))
    if diff.corrections_added or diff.corrections_removed:
        yield "Corrections", _corrections(diff, pen)
    if diff.changes:
        yield "Text", _text(diff, pen)


def _corrections(diff: Diff, pen: _Pen) -> RenderableType:
    lines = _lines()
    for notice in diff.corrections_removed:
        lines.add_row(Text("-", style="red"), pen.whole("delete", notice))
    for notice in diff.corrections_added:
        lines.add_row(Text("+", style="green"), pen.whole("insert", notice))
    return lines


def _text(diff: Diff, pen: _Pen) -> RenderableType:
    lines = _lines()
    for is_shown, actions in outline(diff.actions):
        if not is_shown:
            lines.add_row("", _styled(f"… {len(actions)} sentences unchanged", "dim italic"))
            continue
        for action in actions:
            sign, style = _SIGNS[action.kind]
            lines.add_row(Text(sign, style=style), _sentence(action, pen))
    return lines


def _lines() -> Table:
    lines = Table.grid(padding=(0, 1))
    lines.add_column(width=1)
    lines.add_column(overflow="fold")
    return lines


def _sentence(action: Action, pen: _Pen) -> Text:
    match action.kind:
        case ActionKind.ADDITION:
            return pen.whole("insert", action.after or "")
        case ActionKind.DELETION:
            return pen.whole("delete", action.before or "")
        case ActionKind.EDIT:
            return pen.line(action.marks)
        case ActionKind.REFACTOR:
            text = _styled(f"({moved_from(action)}) ", "cyan")
            return text.append_text(pen.line(action.marks or (Mark("equal", action.after or ""),)))
        case ActionKind.UNCHANGED:
            return _styled(plain(action.after or ""), "dim")


def _styled(text: str, style: str) -> Text:
    """The style on the text alone: a table would draw one of the whole cell through its padding too."""
    return Text(overflow="fold").append(text, style)
