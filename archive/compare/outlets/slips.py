"""Numbers and dates that a retelling got wrong: each text has one that the other has nowhere, and a slip apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.compare.facts.facts import FactKind
from archive.compare.outlets.agreement import orphans, values
from archive.compare.outlets.differing import between
from archive.compare.outlets.slots import are_comparable, are_other_money, is_slip
from archive.compare.outlets.surroundings import closeness, stated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from archive.compare.outlets.crosswise import Alignment
    from archive.compare.outlets.differing import ToldDifferently
    from archive.compare.outlets.passage import Sentence


def slips(
    a: Sequence[Sentence], b: Sequence[Sentence], alignments: Iterable[Alignment], known: Iterable[ToldDifferently]
) -> Iterator[ToldDifferently]:
    """What one of two texts, of which one retells the other, has otherwise by a slip; not what is known already.

    The sentences need not be aligned: it is enough that their paragraphs are, or that the same words are beside both.
    """
    linked = {(a[one].paragraph, b[other].paragraph) for each in alignments for one in each.a for other in each.b}
    told_a, told_b = values(a), values(b)
    used = {("a", each.a_sentence, each.a) for each in known} | {("b", each.b_sentence, each.b) for each in known}
    for kind in (FactKind.NUMBER, FactKind.DATE):
        ours = orphans(stated(a, range(len(a)), kind), told_b)[:_MOST]
        theirs = orphans(stated(b, range(len(b)), kind), told_a)[:_MOST]
        rivals = []
        for one in ours:
            for other in theirs:
                near = closeness(one, other)
                are_linked = (a[one.sentence].paragraph, b[other.sentence].paragraph) in linked
                counted = one.following == other.following != ""
                of_one_thing = counted and near > (_COUNTED if are_linked else _COUNTED_ANYWHERE)
                if (near >= (_LINKED if are_linked else _BESIDE) or of_one_thing) and (
                    (are_comparable(one, other) and (is_slip(one.fact, other.fact) or of_one_thing))
                    or are_other_money(one.fact, other.fact)
                ):
                    rivals.append((near + are_linked, one, other))
        for _, one, other in sorted(rivals, key=lambda each: -each[0]):
            ends = {("a", one.sentence, one.fact.text), ("b", other.sentence, other.fact.text)}
            if not ends & used:
                used |= ends
                yield between(one, other)


_LINKED, _BESIDE = 0.0, 0.15
"""How close two numbers must be where their paragraphs are aligned, and where they are not."""

_COUNTED, _COUNTED_ANYWHERE = 0.5, 1.0
"""How close they must be where the same is counted and no slip is seen: one more word is beside both, or more."""

_MOST = 60
"""Numbers of each text that are tried with each of the other."""
