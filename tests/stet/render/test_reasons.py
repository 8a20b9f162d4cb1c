"""Why a change weighs what it does, in a few words."""

from __future__ import annotations

from archive.compare.weights.weight import Kind, Reason, Weight
from stet.render.reasons import line


def why(*reasons: tuple[Kind, str | None, str | None]) -> str:
    return line(Weight(0.5, tuple(Reason(kind, before, after, 0.5) for kind, before, after in reasons)))


def test_what_was_replaced_what_came_and_what_went() -> None:
    assert why((Kind.NUMBER, "214", "241")) == "number: 214 → 241"
    assert (
        why((Kind.HEDGE, "allegedly", None), (Kind.NAME, None, "Lund")) == "hedge removed: allegedly; name added: Lund"
    )


def test_no_more_than_a_line_can_hold() -> None:
    numbers = [(Kind.NUMBER, str(number), None) for number in range(5)]
    assert why(*numbers) == "number removed: 0; number removed: 1; number removed: 2; and 2 more"
    assert why((Kind.QUOTATION, None, "word " * 100)) == f"quotation added: {('word ' * 8)[:39]}…"


def test_style_is_said_by_the_marks_and_typography_only_where_nothing_else_changed() -> None:
    assert why((Kind.STYLE, "big", "large")) == ""
    assert why((Kind.TYPOGRAPHY, "a,", "a;")) == "typography alone"
    assert why((Kind.NUMBER, "1", "2"), (Kind.STYLE, "big", "large"), (Kind.TYPOGRAPHY, "a,", "a;")) == "number: 1 → 2"


def test_what_was_said_steers_no_terminal() -> None:
    assert why((Kind.NAME, "\x1b[31mLund\u202e", None)) == "name removed: [31mLund"
