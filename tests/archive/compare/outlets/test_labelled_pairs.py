"""The labelled pairs: what the thresholds were found on stays found, and what was held back nearly as well."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from archive.compare.outlets.comparison import Comparison, compare
from archive.compare.outlets.rarity import Counts
from archive.models import Article, Block, Role

PAIRS = [
    json.loads(path.read_text(encoding="utf-8")) for path in sorted((Path(__file__).parent / "pairs").glob("*.json"))
]


def side(pair: dict[str, Any], name: str) -> Article:
    said = pair[name]
    blocks = tuple(Block(Role.BODY, text) for text in said["paragraphs"])
    return Article(said["title"], (), None, None, said.get("language", pair["language"]), blocks)


@pytest.fixture(scope="module")
def comparisons() -> list[tuple[dict[str, Any], Comparison]]:
    return [(pair, compare(side(pair, "a"), side(pair, "b"), Counts())) for pair in PAIRS]


@pytest.mark.parametrize(("split", "least"), [("calibrate", 0.9), ("held", 0.8)])
def test_verdicts(comparisons: list[tuple[dict[str, Any], Comparison]], split: str, least: float) -> None:
    judged = [pair["verdict"] == each.verdict for pair, each in comparisons if pair["split"] == split]
    assert sum(judged) >= least * len(judged)


@pytest.mark.parametrize(("split", "precise", "whole"), [("calibrate", 0.85, 0.9), ("held", 0.85, 0.8)])
def test_alignments(
    comparisons: list[tuple[dict[str, Any], Comparison]], split: str, precise: float, whole: float
) -> None:
    right = found = wanted = 0
    for pair, comparison in comparisons:
        if pair["split"] == split:
            links = {
                (comparison.sentences_a[a].paragraph, comparison.sentences_b[b].paragraph)
                for each in comparison.alignments
                for a in each.a
                for b in each.b
            }
            labelled = {(a, b) for a, b in pair["alignments"]}
            right, found, wanted = right + len(links & labelled), found + len(links), wanted + len(labelled)
    assert right >= precise * found
    assert right >= whole * wanted


def test_copies_are_told_alike(comparisons: list[tuple[dict[str, Any], Comparison]]) -> None:
    for pair, comparison in comparisons:
        if pair["verdict"] == "copy":
            assert comparison.facts.told_differently == (), pair["id"]
