"""Sentences find their partners, and the fewest are said to have moved."""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from archive.compare.versions.alignment import align
from archive.compare.versions.heaviest_chain import heaviest_chain

if TYPE_CHECKING:
    from collections.abc import Sequence

SENTENCES = st.lists(st.sampled_from([f"Sentence {name} stands here." for name in "abcdefgh"]), max_size=8)


def paired(before: list[str], after: list[str]) -> list[tuple[int, int]]:
    return [(pair.before.start, pair.after.start) for pair in align(before, after)]


def test_edits_find_their_partners_when_neighbours_shift() -> None:
    before = [
        "The council voted on the bridge on Monday.",
        "The council voted on the tunnel on Monday.",
        "Nobody spoke against the ferry.",
    ]
    after = [
        "A storm is coming.",
        "The council voted on the bridge late on Tuesday.",
        "The council voted on the tunnel late on Tuesday.",
        "Hardly anybody spoke against the ferry.",
    ]
    assert paired(before, after) == [(0, 1), (1, 2), (2, 3)]


def test_the_best_pairing_is_that_of_all_together() -> None:
    """The first finds its best partner in the second's, which would leave two without any."""
    before = ["alpha beta gamma delta epsilon", "alpha beta gamma delta zeta"]
    after = ["alpha beta gamma kappa epsilon lambda", "alpha beta gamma delta epsilon zeta"]
    assert paired(before, after) == [(0, 0), (1, 1)]


def test_a_moved_and_edited_sentence_is_not_taken_for_an_edit_of_what_stands_in_its_place() -> None:
    before = [
        "The minister resigned over the harbour contracts on Friday.",
        "Weather was fine.",
        "Nobody was hurt.",
    ]
    after = [
        "The minister is to be replaced on Friday.",
        "Weather was fine.",
        "Nobody was hurt.",
        "The minister resigned over the harbour contracts on Sunday.",
    ]
    pairs = align(before, after)
    assert [pair.before.start for pair in pairs if pair.after.start == 3 and pair.moved] == [0]


def test_unrelated_sentences_are_no_pair() -> None:
    assert paired(["The bridge opened in June."], ["Police arrested two men."]) == []


def test_one_of_two_swapped_sentences_moved() -> None:
    pairs = align(["One stands.", "Two stands apart."], ["Two stands apart.", "One stands."])
    assert sorted(pair.moved for pair in pairs) == [False, True]


def test_of_a_repeated_sentence_only_what_was_added_is_new() -> None:
    assert len(paired(["No.", "Yes.", "No."], ["No.", "No.", "Yes.", "No."])) == 3
    assert not any(pair.moved for pair in align(["No.", "Yes.", "No."], ["Yes.", "No."]))


@given(SENTENCES, SENTENCES)
@settings(deadline=None)
def test_each_has_one_partner_and_equals_find_each_other(before: list[str], after: list[str]) -> None:
    pairs = align(before, after)
    for side in ([pair.before for pair in pairs], [pair.after for pair in pairs]):
        assert len({place for run in side for place in run}) == sum(map(len, side))
    for sentence in set(before):
        equal = [pair for pair in pairs if before[pair.before.start] == sentence == after[pair.after.start]]
        assert len(equal) == min(before.count(sentence), after.count(sentence))
    assert all((pair.similarity == 1) == (before[pair.before.start] == after[pair.after.start]) for pair in pairs)


@given(st.permutations(range(7)))
@settings(deadline=None)
def test_the_fewest_moved(order: list[int]) -> None:
    sentences = ["Alpha.", "Bravo!", "Charlie?", "Delta…", "Echo;", "Foxtrot:", "Golf,"]
    pairs = align(sentences, [sentences[place] for place in order])
    stayed = max(size for size in range(8) for chosen in combinations(order, size) if list(chosen) == sorted(chosen))
    assert sum(not pair.moved for pair in pairs) == stayed


RUNS = st.builds(lambda start, length: range(start, start + length), st.integers(0, 5), st.integers(1, 3))
PAIRS = st.lists(st.tuples(RUNS, RUNS, st.integers(1, 9).map(float)), max_size=9)


def follow(pairs: Sequence[tuple[range, range, float]]) -> bool:
    return all(one[0].stop <= two[0].start and one[1].stop <= two[1].start for one, two in pairwise(pairs))


@given(PAIRS)
@settings(deadline=None)
def test_the_heaviest_chain_is_the_heaviest(pairs: list[tuple[range, range, float]]) -> None:
    found = [pairs[place] for place in heaviest_chain(pairs)]
    assert follow(found)
    in_order = sorted(pairs, key=lambda pair: (pair[0].start, pair[1].start))
    chains = (chain for size in range(len(pairs) + 1) for chain in combinations(in_order, size) if follow(chain))
    assert sum(pair[2] for pair in found) == max(sum(pair[2] for pair in chain) for chain in chains)


def test_of_a_text_replaced_throughout_the_first_sentences_find_their_partners() -> None:
    size = 5_200
    before = [f"North{place} pier{place} was closed{place} at noon." for place in range(size)]
    after = [f"North{place} pier{place} was closed{place} at night." for place in range(size)]
    pairs = align(before, after)
    assert [(pair.before.start, pair.after.start) for pair in pairs] == [(place, place) for place in range(5_000)]
