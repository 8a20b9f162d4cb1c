"""A comparison in the order in which it is read: what both tell, and between it what only one does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.compare.outlets.comparison import same_language
from archive.precedence import precedence
from stet.render.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import timedelta

    from archive.compare.outlets.comparison import Comparison
    from archive.compare.outlets.crosswise import Alignment
    from archive.compare.outlets.fact_sets import Shared
    from archive.precedence import SeenPage


@dataclass(frozen=True, slots=True)
class Row:
    """Sentences that stand beside each other."""

    a: tuple[str, ...]
    b: tuple[str, ...]
    alignment: Alignment | None
    """None where only one side tells it."""


def rows(comparison: Comparison) -> Iterator[Row]:
    """All sentences, in the order of `a`; those of `b` alone stand after what `b` tells before them."""
    a, b = comparison.sentences_a, comparison.sentences_b
    ends = {max(each.b): number for number, each in enumerate(comparison.alignments)}
    following: dict[int, list[int]] = {}
    last = -1
    only_b = set(comparison.only_b)
    for place in range(len(b)):
        if place in only_b:
            following.setdefault(last, []).append(place)
        last = ends.get(place, last)
    starts = {min(each.a): number for number, each in enumerate(comparison.alignments)}
    only_a = set(comparison.only_a)
    yield from (Row((), (b[place].text,), None) for place in following.get(-1, ()))
    for place, sentence in enumerate(a):
        if place in only_a:
            yield Row((sentence.text,), (), None)
        elif place in starts:
            each = comparison.alignments[starts[place]]
            yield Row(tuple(a[one].text for one in each.a), tuple(b[one].text for one in each.b), each)
            yield from (Row((), (b[one].text,), None) for one in following.get(starts[place], ()))


def why(alignment: Alignment) -> str:
    """What tells that the sentences belong together."""
    anchors = ", ".join(plain(anchor) for anchor in alignment.anchors[:_ANCHORS])
    return f"{alignment.similarity:.2f} by {alignment.found_by}" + (f": {anchors}" if anchors else "")


_ANCHORS = 5

VERDICTS = {
    "copy": "Copy: most of one stands in the other in nearly its wording.",
    "rewrite": "Rewrite: the substance of one stands in the other, or a substantial part of it.",
    "related": "Related: the same event or topic, each with reporting of its own.",
    "unrelated": "Unrelated: nothing tells that they are about the same.",
}


def summary(comparison: Comparison) -> str:
    """How much of each is in the other, in one line."""
    return (
        f"{_percent(comparison.coverage_a)} of A's words stand in sentences that B tells too, "
        f"{_percent(comparison.coverage_b)} of B's in such of A."
    )


def reasons(a: SeenPage, b: SeenPage, comparison: Comparison) -> list[str]:
    """What the verdict goes by, in plain words."""
    found = comparison.shares
    said = [
        summary(comparison),
        f"{_percent(found.worded)} of the shorter text stands in the other in nearly its wording.",
    ]
    if found.kinship.is_told:
        said.append(
            "Of the names, numbers and dates of the text that has fewer, "
            f"{_percent(found.kinship.specific)} are in both; rare ones count for more."
        )
    else:
        said.append("There are too few names, numbers and dates to go by.")
    if found.agreement < 1:
        said.append(f"In sentences that both tell, {_percent(found.agreement)} of the numbers and dates agree.")
    if not found.opens_alike:
        said.append("They open with other news: the numbers or dates of their opening sentences conflict.")
    languages = [each.snapshot.article.language for each in (a, b)]
    if not same_language(*languages):
        said.append(
            f"They are in two languages ({plain(' and '.join(map(str, languages)))}): "
            "no more is said of such than that they are related."
        )
    return said


def seen_first(a: SeenPage, b: SeenPage) -> str:
    """Which of the two was seen first, as an observation."""
    seen = precedence(a, b)
    if seen.first is None:
        return "Both were first seen here at the same moment; that is when we looked, not when they were written."
    first, other = ("A", "B") if seen.first == "a" else ("B", "A")
    apart = _lasting(seen.apart)
    return f"{first} was first seen here {apart} before {other}; that is when we looked, not when they were written."


def differences(comparison: Comparison) -> list[tuple[str, str, str]]:
    """What is told differently: what it is about, as A tells it, as B tells it."""
    return [
        (
            f"{each.kind}, {plain(each.about)}" if each.about else str(each.kind),
            plain(each.a) or _NOTHING,
            plain(each.b) or _NOTHING,
        )
        for each in comparison.facts.told_differently
    ]


def facts(comparison: Comparison) -> list[tuple[str, Shared]]:
    """The kinds of facts, by their headings."""
    found = comparison.facts
    return [("Numbers", found.numbers), ("Quotations", found.quotes), ("Names", found.names)]


def listed(texts: Sequence[str]) -> str:
    """A list of facts in one line."""
    return " · ".join(map(plain, texts)) or _NOTHING


_NOTHING = "–"


def _percent(share: float) -> str:
    return f"{share:.0%}"


def _lasting(apart: timedelta) -> str:
    minutes = int(apart.total_seconds() // 60)
    days, hours = divmod(minutes // 60, 24)
    if days:
        return f"{days} d {hours} h"
    return f"{hours} h {minutes % 60} min" if hours else f"{minutes} min" if minutes else "less than a minute"
