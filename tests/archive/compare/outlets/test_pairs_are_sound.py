"""The labelled pairs are what they say they are, or what is measured by them means nothing."""

from __future__ import annotations

import json
from collections import Counter
from itertools import product
from pathlib import Path
from typing import Any

import pytest

PAIRS = sorted((Path(__file__).parent / "pairs").glob("*.json"))
VERDICTS = {"copy", "rewrite", "related", "unrelated"}
SPLITS = {"calibrate", "held"}

Pair = dict[str, Any]


def read(path: Path) -> Pair:
    pair: Pair = json.loads(path.read_text(encoding="utf-8"))
    return pair


@pytest.fixture(params=PAIRS, ids=lambda path: path.stem)
def pair(request: pytest.FixtureRequest) -> Pair:
    return read(request.param)


def test_each_pair_is_complete(pair: Pair) -> None:
    wanted = {"id", "language", "a", "b", "verdict", "alignments", "changed_facts", "split", "note"}
    assert set(pair) == wanted
    assert pair["verdict"] in VERDICTS
    assert pair["split"] in SPLITS
    assert pair["note"]
    for side in (pair["a"], pair["b"]):
        assert set(side) - {"language"} == {"title", "paragraphs"}
        assert len(side["paragraphs"]) >= 3
        assert all(text == " ".join(text.split()) != "" for text in [side["title"], *side["paragraphs"]])


def test_alignments_point_at_paragraphs(pair: Pair) -> None:
    found = [tuple(alignment) for alignment in pair["alignments"]]
    assert len(set(found)) == len(found)
    for a, b in found:
        assert 1 <= a <= len(pair["a"]["paragraphs"])
        assert 1 <= b <= len(pair["b"]["paragraphs"])


def test_what_was_taken_is_aligned(pair: Pair) -> None:
    """A copy or a rewrite says what the other says; unrelated stories share a line of boilerplate at most."""
    if pair["verdict"] == "unrelated":
        assert len(pair["alignments"]) <= 1
        assert not pair["changed_facts"]
        for a, b in pair["alignments"]:
            assert pair["a"]["paragraphs"][a - 1] == pair["b"]["paragraphs"][b - 1]
    elif pair["verdict"] in {"copy", "rewrite"}:
        assert len(pair["alignments"]) >= 3


def test_a_paragraph_that_both_carry_is_aligned(pair: Pair) -> None:
    both = [
        [a, b]
        for (a, one), (b, other) in product(
            enumerate(pair["a"]["paragraphs"], start=1), enumerate(pair["b"]["paragraphs"], start=1)
        )
        if one == other
    ]
    assert [place for place in both if place not in pair["alignments"]] == []


def test_changed_facts_stand_in_aligned_paragraphs(pair: Pair) -> None:
    for fact in pair["changed_facts"]:
        assert set(fact) == {"what", "a", "b"}
        assert fact["a"] != fact["b"]
        assert any(
            fact["a"] in pair["a"]["paragraphs"][a - 1] and fact["b"] in pair["b"]["paragraphs"][b - 1]
            for a, b in pair["alignments"]
        ), fact


def test_no_two_pairs_share_an_id_or_a_story_across_the_splits() -> None:
    """What is kept back to check with holds no story of those that the limits were found on."""
    pairs = [read(path) for path in PAIRS]
    assert Counter(pair["id"] for pair in pairs) == Counter(path.stem for path in PAIRS)
    stories = {
        split: {text for pair in pairs if pair["split"] == split for side in "ab" for text in pair[side]["paragraphs"]}
        for split in SPLITS
    }
    assert stories["calibrate"] & stories["held"] == set()


def test_each_split_has_every_verdict() -> None:
    assert {(pair["split"], pair["verdict"]) for pair in map(read, PAIRS)} == set(product(SPLITS, VERDICTS))
