"""An excerpt is one short line around what matches."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from archive.search.excerpts import WIDTH, Excerpt
from archive.search.excerpts import excerpt as excerpt_of

FILLER = "and so it went on for a while " * 20


OPENING, CLOSING = "\x02", "\x03"


def excerpt(marked: str) -> Excerpt:
    """Of a text in which what matches stands between signs."""
    text, matches, opened = "", [], 0
    for piece in re.split("([\x02\x03])", marked):
        if piece == OPENING:
            opened = len(text)
        elif piece == CLOSING:
            matches += [(opened, len(text))] if opened < len(text) else []
            opened = len(text)
        else:
            text += piece
    return excerpt_of(text, matches)


def marked(word: str) -> str:
    return f"{OPENING}{word}{CLOSING}"


def test_a_short_text_is_its_own_excerpt() -> None:
    found = excerpt(f"The {marked('quay')}\n\nwas  {marked('closed')}.")
    assert found == Excerpt("The quay was closed.", ((4, 8), (13, 19)))
    assert found.pieces == (("The ", False), ("quay", True), (" was ", False), ("closed", True), (".", False))


def test_the_stretch_with_most_of_the_words_is_shown() -> None:
    quay, crane = marked("quay"), marked("crane")
    found = excerpt(f"{quay} {FILLER}{quay} {marked('Quay')} {FILLER}{crane} by the {quay}. {FILLER}")
    assert "crane by the quay." in found.text
    assert [piece for piece, matches in found.pieces if matches] == ["crane", "quay"]
    assert found.text.startswith("… ")
    assert found.text.endswith(" …")


def test_words_are_not_cut_in_two() -> None:
    found = excerpt(f"{FILLER}{marked('quay')} {FILLER}")
    assert set(found.text.replace("…", "").split()) <= set(FILLER.split()) | {"quay"}


def test_a_match_longer_than_an_excerpt_is_cut() -> None:
    found = excerpt(marked("x" * 10_000))
    assert found.text == f"{'x' * WIDTH} …"
    assert found.matches == ((0, WIDTH),)


def test_a_text_that_is_one_word_a_hundred_thousand_times_costs_no_more_than_its_length() -> None:
    found = excerpt(f"{marked('quay')} " * 100_000)
    assert len(found.text) <= WIDTH + 4


@given(st.lists(st.sampled_from(["a", "bb", " ", "\n", "é", "東京", "x" * 100, OPENING, CLOSING, "w " * 60])))
def test_whatever_the_marks_are_an_excerpt_is_a_line_with_its_matches_in_order(pieces: list[str]) -> None:
    found = excerpt("".join(pieces))
    assert "".join(piece for piece, _ in found.pieces) == found.text
    assert len(found.text) <= WIDTH + 4
    assert found.text == " ".join(found.text.split())
    edges = [edge for match in found.matches for edge in match]
    assert edges == sorted(edges)
    assert OPENING not in found.text
    assert CLOSING not in found.text
