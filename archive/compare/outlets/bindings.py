"""How a sentence binds names: where it puts one, from where to where it goes, which one it excludes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from archive.compare.facts.facts import Fact, FactKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archive.compare.outlets.passage import Sentence


@dataclass(frozen=True, slots=True)
class Binding:
    """One name and what binds it. Names are values."""

    relation: str
    """`in` for a place that another name is in, `from`, `to`, `not`."""
    name: Fact
    holder: Fact | None = None
    """What is in the place."""


def bindings(sentence: Sentence) -> list[Binding]:
    """The bindings of a sentence's names, in order."""
    names = [fact for fact in sentence.facts if fact.kind is FactKind.NAME]
    found = [
        Binding("in", place, holder)
        for holder, place in pairwise(names)
        if _IN.fullmatch(sentence.plain[holder.end : place.start])
    ]
    for name in names:
        before = sentence.plain[max(0, name.start - _LOOK_BACK) : name.start]
        found += [Binding(relation, name) for relation, pattern in _BEFORE.items() if pattern.search(before)]
    return found


def holders(found: Iterable[Binding], name: str) -> dict[str, Fact]:
    """What is in the place of that name, by its value."""
    return {
        each.holder.value: each.holder
        for each in found
        if each.relation == "in" and each.name.value == name and each.holder is not None
    }


_LOOK_BACK = 40

_ARTICLE = r"(?:the |der |dem |den |die |das |el |la |los |las |le |les |l'|il |lo |o |a |os |as |de |het )?"
_OF = r"(?:[^\W\d_]+ (?:of|de|di|da|do|von|van|d') ?)?"
_IN = re.compile(
    r",? (?:in|at|near|im|am|an|bei|nahe|en|à|au|aux|dans|près de|cerca de|a|ad|nel|nella|nello|presso|em|no|na|te|"
    rf"bij|nabij) {_ARTICLE}{_OF}{_ARTICLE}",
    re.IGNORECASE,
)

_BEFORE = {
    "from": re.compile(
        rf"(?<!\w)(?:from|von|vom|aus|desde|de|du|da|dal|dalla|do|van|uit) {_ARTICLE}{_OF}$", re.IGNORECASE
    ),
    "to": re.compile(
        rf"(?<!\w)(?:to|into|nach|a|al|hasta|hacia|à|au|vers|ad|alla|verso|para|até|naar) {_ARTICLE}{_OF}$",
        re.IGNORECASE,
    ),
    "not": re.compile(
        r"(?<!\w)(?:not|rather than|instead of|nicht|statt|anstatt|anstelle|no|en lugar de|en vez de|non|invece di|"
        r"pas|au lieu de|plutôt que|não|em vez de|niet|in plaats van)(?: [^\W\d_]{1,5}){0,2} $",
        re.IGNORECASE,
    ),
}
