"""Why a change weighs what it does, in a few words: `number: 214 → 241`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.compare.text.cutting import cut
from archive.compare.weights.weight import Kind
from stet.render.plain import plain

if TYPE_CHECKING:
    from archive.compare.weights.weight import Reason, Weight

MOST = 3
"""Reasons told of one change."""

_LONGEST = 40
"""Characters told of what was, or became, another."""


def told(weight: Weight) -> tuple[Reason, ...]:
    """The heaviest reasons, or that only typography changed; none for style, of which the marks say all."""
    return tuple(_facts(weight)[:MOST])


def untold(weight: Weight) -> int:
    """How many more there are."""
    return max(0, len(_facts(weight)) - MOST)


def heading(reason: Reason) -> str:
    """What kind of thing it is, and whether it came or went: what follows is the thing itself."""
    if reason.kind is Kind.TYPOGRAPHY:
        return "typography alone"
    came = "" if reason.before is not None and reason.after is not None else " added" if reason.after else " removed"
    return f"{reason.kind.value}{came}"


def wordings(reason: Reason) -> tuple[str, ...]:
    """The thing before and after, or the one of the two that there is; nothing of typography."""
    if reason.kind is Kind.TYPOGRAPHY:
        return ()
    return tuple(cut(plain(text), _LONGEST) for text in (reason.before, reason.after) if text is not None)


def line(weight: Weight) -> str:
    """All of it on one line; empty where there is nothing to tell."""
    said = [
        ": ".join([heading(each), *([" → ".join(wordings(each))] if wordings(each) else [])]) for each in told(weight)
    ]
    more = untold(weight)
    return "; ".join([*said, *([f"and {more} more"] if more else [])])


def _facts(weight: Weight) -> list[Reason]:
    facts = [reason for reason in weight.reasons if reason.kind not in {Kind.STYLE, Kind.TYPOGRAPHY}]
    return facts or [reason for reason in weight.reasons if weight.kinds == (Kind.TYPOGRAPHY,)][:1]
