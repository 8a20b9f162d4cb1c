"""A sketch tells how much of one text is in another, whatever their lengths."""

from __future__ import annotations

import random
from string import ascii_lowercase

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.compare.copies.minhash import LEAST, LONGEST, MOST, ONE_IN, SHINGLE, Sketch, overlap, sketch
from archive.compare.text.wording import folded_words

SENTENCE = "The harbour office counted 214 ships in March, and nobody was hurt."


def words(count: int, chance: random.Random) -> list[str]:
    return ["".join(chance.choices(ascii_lowercase, k=8)) for _ in range(count)]


def shingles(text: list[str]) -> set[tuple[str, ...]]:
    return {tuple(text[start : start + SHINGLE]) for start in range(len(text) - SHINGLE + 1)}


@settings(deadline=None, max_examples=25)
@given(st.integers(), st.floats(0, 1), st.integers(1_000, 3_000), st.integers(1_000, 3_000))
def test_the_estimates_are_near_what_is_shared(seed: int, part: float, one: int, other: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    shared = words(round(part * min(one, other)), chance)
    left = [*shared, *words(one - len(shared), chance)]
    right = [*words(other - len(shared), chance), *shared]
    both = overlap(sketch(" ".join(left)), sketch(" ".join(right)))
    a, b = shingles(left), shingles(right)
    # Some 125 hashes and more: five standard deviations of a share of a half are .22 at most.
    assert both.of_one == pytest.approx(len(a & b) / len(a), abs=0.23)
    assert both.of_other == pytest.approx(len(a & b) / len(b), abs=0.23)
    assert both.jaccard == pytest.approx(len(a & b) / len(a | b), abs=0.23)


@settings(deadline=None, max_examples=25)
@given(st.integers())
def test_a_brief_inside_a_long_page_is_seen_whole(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    brief = words(200, chance)
    page = [*words(2_000, chance), *brief, *words(2_000, chance)]
    both = overlap(sketch(" ".join(brief)), sketch(" ".join(page)))
    assert both.of_one == 1.0
    assert both.of_other < 0.15


@given(st.text(), st.text())
def test_whatever_the_text_shares_are_shares(one: str, other: str) -> None:
    both = overlap(sketch(one), sketch(other))
    assert 0 <= both.jaccard <= min(both.of_one, both.of_other) <= max(both.of_one, both.of_other) <= 1
    same = overlap(sketch(one), sketch(one))
    assert same.of_one == (1.0 if folded_words(one) else 0.0)


@given(st.text(), st.integers(0, 1 << 48))
def test_a_sketch_is_kept_as_bytes(text: str, ceiling: int) -> None:
    made = sketch(text)
    assert Sketch.unpack(made.pack(), ceiling=made.ceiling, shingles=made.shingles) == made
    assert all(each < ceiling for each in made.below(ceiling))


def test_hashes_are_the_same_on_every_machine_and_in_every_version() -> None:
    made = sketch(SENTENCE)
    assert made.shingles == len(made.hashes) == 9
    # Where this fails, all archives' indexes are void: give the scheme another name, and have them made anew.
    assert made.hashes[:2] == (6164830431207, 45299294116947)


def test_typography_capitals_and_paragraphs_do_not_count() -> None:
    plain = sketch("It's 1,000 metres, the mayor's office said on Monday")
    assert sketch("IT’S 1,000 metres –\nthe mayor’s “office” said\u00ad on\u00a0Monday!") == plain
    assert sketch("It's 1.000 metres, the mayor's office said on Monday") != plain


@pytest.mark.parametrize("text", ["", " \n", "…?!", "\u200b"])
def test_a_text_without_words_has_nothing_to_share(text: str) -> None:
    assert sketch(text).hashes == ()


def test_a_short_text_keeps_all_it_has_and_a_long_one_no_more_than_is_useful() -> None:
    chance = random.Random(1)  # noqa: S311
    few, some, many, most = (sketch(" ".join(words(count, chance))) for count in (10, 100, 4_000, 20_000))
    assert len(few.hashes) == few.shingles == 7
    assert len(some.hashes) == LEAST
    assert len(many.hashes) == pytest.approx(many.shingles / ONE_IN, rel=0.2)
    assert len(most.hashes) == MOST


def test_of_a_text_without_end_the_beginning_is_read() -> None:
    text = "no " * LONGEST
    assert sketch(text) == sketch(text + "and then something else that is never read")


def test_characters_are_words_where_words_are_not_set_apart() -> None:
    both = overlap(
        sketch("港口办公室三月份统计了二百一十四艘船"), sketch("据报道，港口办公室三月份统计了二百一十四艘船。")
    )
    assert both.of_one == 1.0
