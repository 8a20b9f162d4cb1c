"""A changed sentence in short, and its two sides one by one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from stet.render.excerpts import AROUND, CHANGED, marked, sides

WORDS = st.lists(st.sampled_from(["quay", "ship", "214", "harbour,"]), max_size=12).map(" ".join)


@given(WORDS, WORDS)
def test_each_side_is_what_stood_then(before: str, after: str) -> None:
    both = sides(marked(f"There were {before}", f"There were {after}"))
    if before == after:
        assert both is None
    else:
        assert both is not None
        assert ["".join(piece.text for piece in side) for side in both] == [
            f"There were {before}",
            f"There were {after}",
        ]


def test_what_only_came_or_only_went_has_one_side() -> None:
    assert sides(marked("A ship came.", None)) is None
    assert sides(marked(None, "A ship came.", is_whole=False)) is None


def test_words_left_out_are_told_on_the_side_that_had_them() -> None:
    long = "word " * CHANGED
    both = sides(marked(f"{long} ships {long}", f"{long} boats came at dawn {'late ' * AROUND}"))
    assert both is not None
    before, now = ([piece.words for piece in side if piece.op == "cut"] for side in both)
    assert before != now
    assert before[0] == now[0] > 0
