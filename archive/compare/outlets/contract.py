"""A comparison as the command line's contract has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archive.compare.outlets.comparison import Comparison, SharedFacts
    from archive.compare.outlets.crosswise import Alignment
    from archive.compare.outlets.fact_sets import Shared


def comparison_as_json(comparison: Comparison) -> dict[str, object]:
    """The keys that `stet compare --json` prints of a comparison. Sentences count from 0, paragraphs from 1."""
    return {
        "alignments": [_alignment(each) for each in comparison.alignments],
        "only_a": list(comparison.only_a),
        "only_b": list(comparison.only_b),
        "coverage_a": comparison.coverage_a,
        "coverage_b": comparison.coverage_b,
        "facts": _facts(comparison.facts),
        "verdict": str(comparison.verdict),
        "sentences_a": [sentence.text for sentence in comparison.sentences_a],
        "sentences_b": [sentence.text for sentence in comparison.sentences_b],
        "paragraphs_a": [sentence.paragraph for sentence in comparison.sentences_a],
        "paragraphs_b": [sentence.paragraph for sentence in comparison.sentences_b],
    }


def _alignment(alignment: Alignment) -> dict[str, object]:
    return {
        "a": list(alignment.a),
        "b": list(alignment.b),
        "similarity": alignment.similarity,
        "found_by": str(alignment.found_by),
        "anchors": list(alignment.anchors),
    }


def _facts(facts: SharedFacts) -> dict[str, object]:
    return {
        "numbers": _shared(facts.numbers),
        "quotes": _shared(facts.quotes),
        "names": _shared(facts.names),
        "told_differently": [
            {
                "kind": str(each.kind),
                "about": each.about,
                "a": each.a,
                "b": each.b,
                "a_sentence": each.a_sentence,
                "b_sentence": each.b_sentence,
            }
            for each in facts.told_differently
        ],
    }


def _shared(shared: Shared) -> dict[str, list[str]]:
    return {"shared": list(shared.shared), "only_a": list(shared.only_a), "only_b": list(shared.only_b)}
