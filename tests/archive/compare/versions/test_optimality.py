"""The pairing is the best there is, by its own measure, where all that are possible can be tried."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from archive.compare.versions.actions import ActionKind, Counts
from archive.compare.versions.alignment import IN_PLACE, align
from archive.compare.versions.candidates import candidates
from archive.compare.versions.diff import apply, compare_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archive.compare.versions.candidates import Candidate

CLAUSES = (
    "the council approved the budget on Monday",
    "the mayor signed it an hour later",
    "police closed the bridge for a week",
    "nobody was hurt in the storm",
    "the ferry will run again from Tuesday",
    "the council rejected the budget on Friday",
)
SENTENCE = st.lists(st.sampled_from(CLAUSES), min_size=1, max_size=3, unique=True).map(
    lambda clauses: (", and ".join(clauses) + ".").capitalize()
)
FEW = st.lists(SENTENCE, max_size=4)
TEXT = st.lists(SENTENCE, max_size=8)


def chains(found: Sequence[Candidate]) -> Iterator[tuple[Candidate, ...]]:
    """All sets of candidates that keep their order and share no sentence."""
    in_order = sorted(found, key=lambda each: (each.left.start, each.right.start))
    for size in range(len(in_order) + 1):
        for chain in combinations(in_order, size):
            if all(a.left.stop <= b.left.start and a.right.stop <= b.right.start for a, b in pairwise(chain)):
                yield chain


@given(FEW, FEW)
@settings(deadline=None, max_examples=60)
def test_no_other_choice_of_edits_splits_and_merges_in_place_is_more_alike(before: list[str], after: list[str]) -> None:
    """Without equal sentences, so that the whole text is one place."""
    after = [sentence for sentence in after if sentence not in before]
    possible = candidates(before, after, [], [], at_least=IN_PLACE)
    if len(possible) > 12:
        return
    best = max(sum(each.weight for each in chain) for chain in chains(possible))
    pairs = [pair for pair in align(before, after) if not pair.moved]
    reached = sum(pair.similarity * (len(pair.before) + len(pair.after)) / 2 for pair in pairs)
    assert reached >= best - 1e-9


@given(TEXT, TEXT)
@settings(deadline=None)
def test_all_that_are_equal_are_paired(before: list[str], after: list[str]) -> None:
    same = sum(pair.similarity == 1 for pair in align(before, after))
    assert same == (Counter(before) & Counter(after)).total()


@given(TEXT, TEXT)
@settings(deadline=None)
def test_the_fewest_are_said_to_have_moved(before: list[str], after: list[str]) -> None:
    pairs = align(before, after)
    stayed = max(
        size
        for size in range(len(pairs) + 1)
        for chosen in combinations(pairs, size)
        if all(a.before.stop <= b.before.start for a, b in pairwise(chosen))
    )
    assert sum(not pair.moved for pair in pairs) == stayed


@given(TEXT, TEXT)
@settings(deadline=None)
def test_read_backwards_it_says_the_mirrored_things(before: list[str], after: list[str]) -> None:
    there, back = Counts.of(compare_sentences(before, after)), Counts.of(compare_sentences(after, before))
    assert (there.additions, there.deletions) == (back.deletions, back.additions)
    assert (there.merges, there.splits) == (back.splits, back.merges)
    assert (there.edits, there.refactors) == (back.edits, back.refactors)


@given(TEXT, TEXT)
@settings(deadline=None)
def test_each_sentence_is_told_of_once_and_marks_join_to_both_wordings(before: list[str], after: list[str]) -> None:
    actions = compare_sentences(before, after)
    assert apply(before, actions) == after
    assert sorted(sentence for action in actions for sentence in action.befores) == sorted(before)
    for action in actions:
        if action.marks:
            assert "".join(mark.text for mark in action.marks if mark.op != "insert") == action.before
            assert "".join(mark.text for mark in action.marks if mark.op != "delete") == action.after


@given(TEXT)
@settings(deadline=None)
def test_a_text_is_the_same_as_itself(text: list[str]) -> None:
    assert {action.kind for action in compare_sentences(text, text)} <= {ActionKind.UNCHANGED}


NAMES = ("harbour", "airport", "station", "theatre", "market", "museum", "stadium", "library")
PLAIN = [f"Nothing was said of the {name}." for name in NAMES]


def test_a_paragraph_moved_from_the_end_to_the_front_is_its_sentences_moved() -> None:
    actions = compare_sentences(PLAIN, [*PLAIN[6:], *PLAIN[:6]])
    assert [action.after for action in actions if action.kind is ActionKind.REFACTOR] == PLAIN[6:]
    assert Counts.of(actions) == Counts(additions=0, deletions=0, edits=0, refactors=2, merges=0, splits=0)


def test_of_three_sentences_turned_round_two_moved() -> None:
    turned = [*PLAIN[:2], *PLAIN[4:1:-1], *PLAIN[5:]]
    assert Counts.of(compare_sentences(PLAIN, turned)).refactors == 2
