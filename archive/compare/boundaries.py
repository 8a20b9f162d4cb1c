"""Sentences cut differently in two texts, brought to the cuts that both have."""

from __future__ import annotations

from collections import defaultdict
from itertools import accumulate
from typing import TYPE_CHECKING

from archive.compare.normalise import normalise

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
    own = set(keys)
    whole_by_start: defaultdict[str, list[str]] = defaultdict(list)
    for whole in known - own:
        whole_by_start[_first_word(whole)].append(whole)
    joined: list[str] = []
    place = 0
    while place < len(sentences):
        length = 1
        if keys[place] not in known:
            wholes = whole_by_start.get(_first_word(keys[place]), [])
            length = next(filter(None, (_run_length(keys, place, whole, known) for whole in wholes)), 1)
        joined.append(" ".join(sentences[place : place + length]))
        place += length
    return joined


def _first_word(text: str) -> str:
    return text.partition(" ")[0]


def _run_length(keys: Sequence[str], start: int, whole: str, known: set[str]) -> int:
    """How many sentences from there on make up the whole; 0 if they do not."""
    built = keys[start]
    for place in range(start + 1, len(keys)):
        if keys[place] in known or not whole.startswith(built):
            return 0
        built = normalise(f"{built} {keys[place]}")
        if built == whole:
            return place - start + 1
    return 0
