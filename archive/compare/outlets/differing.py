"""One thing that two texts tell otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.compare.outlets.surroundings import in_common

if TYPE_CHECKING:
    from archive.compare.facts.facts import FactKind
    from archive.compare.outlets.surroundings import Stated


@dataclass(frozen=True, slots=True)
class ToldDifferently:
    """One thing that the two tell otherwise, as an observation: which of them is right nobody says."""

    kind: FactKind
    about: str
    """What it is about: the words beside it, or the name that is bound otherwise."""
    a: str
    """As `a` writes it; empty where it says nothing of the kind (a hedge)."""
    b: str
    a_sentence: int
    b_sentence: int


def between(one: Stated, other: Stated) -> ToldDifferently:
    """What is told differently where two facts fill one slot."""
    about = in_common(one, other)
    return ToldDifferently(one.fact.kind, about, one.fact.text, other.fact.text, one.sentence, other.sentence)
