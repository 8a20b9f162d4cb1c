"""Sentences cut differently in two texts, brought to the cuts that both have."""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate
from typing import TYPE_CHECKING

from archive.compare.text.normalise import normalise

if TYPE_CHECKING:
    from collections.abc import Sequence


def reconcile(before: Sequence[str], after: Sequence[str]) -> tuple[list[str], list[str]]:
    """Both texts' sentences, those joined that differ in nothing but where they were cut.

    A paragraph break ends a sentence that has no full stop, such as a heading; when the break goes, what
    is said stays the same, and must not show as a change.
    """
    if normalise(" ".join(before)) == normalise(" ".join(after)):
        shared = set(_cuts(before)) & set(_cuts(after))
        return _cut_at(before, shared), _cut_at(after, shared)
    before_keys, after_keys = [normalise(each) for each in before], [normalise(each) for each in after]
    return _joined_as_in(after_keys, before, before_keys), _joined_as_in(before_keys, after, after_keys)


def _cuts(sentences: Sequence[str]) -> list[int]:
    """Where each sentence ends, in characters that are not white space."""
    return list(accumulate(len(normalise(sentence).replace(" ", "")) for sentence in sentences))


def _cut_at(sentences: Sequence[str], cuts: set[int]) -> list[str]:
    pieces: list[str] = []
    open_piece: list[str] = []
    for sentence, end in zip(sentences, _cuts(sentences), strict=True):
        open_piece.append(sentence)
        if end in cuts:
            pieces.append(" ".join(open_piece))
            open_piece = []
    return pieces


def _joined_as_in(model: Sequence[str], sentences: Sequence[str], keys: Sequence[str]) -> list[str]:
    """The sentences, a run of them joined where the model has it as one sentence."""
    known = set(model)
    wholes = sorted(known.difference(keys))
    joined: list[str] = []
    place = 0
    while place < len(sentences):
        length = 1 if keys[place] in known else _run_length(keys[place : place + _LONGEST_RUN], wholes, known)
        joined.append(" ".join(sentences[place : place + length]))
        place += length
    return joined


_LONGEST_RUN = 20
"""Sentences. A sentence that is twenty elsewhere is no sentence, and made to cost time."""


def _run_length(keys: Sequence[str], wholes: list[str], known: set[str]) -> int:
    """How many sentences from the first on make up one of the sorted wholes; 1 if they make none."""
    built = keys[0]
    for length, key in enumerate(keys[1:], start=2):
        near = bisect_left(wholes, built)
        if key in known or near == len(wholes) or not wholes[near].startswith(built):
            return 1
        built = normalise(f"{built} {key}")
        if built in known:
            return length
    return 1
