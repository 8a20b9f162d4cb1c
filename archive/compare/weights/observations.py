"""What was observed of an edit, in plain sentences that name what was before and after, and nobody's intent."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from archive.compare.text.cutting import cut_line
from archive.compare.versions.actions import ActionKind
from archive.compare.weights.advance import Advance
from archive.compare.weights.reasons import NOTICE_WENT, Kind
from archive.compare.weights.weight import heaviest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archive.compare.versions.actions import Diff
    from archive.compare.weights.reasons import Reason
    from archive.compare.weights.weight import Weights


def of_changes(diff: Diff, weights: Weights) -> tuple[str, ...]:
    """The headline, what went, and what else changed, the heaviest first."""
    gone = [each for each in weights.actions.items() if each[0].kind is ActionKind.DELETION]
    # A sentence that is quoted whole tells what it held.
    whole = dict(sorted(gone, key=lambda each: -each[1].value)[:_MOST_SENTENCES])
    others = [weight for action, weight in weights.actions.items() if action not in whole]
    told = (
        *_of_headline(diff, weights),
        *((NOTICE_WENT, f"the notice {quoted(notice)} is no longer there") for notice in diff.corrections_removed),
        *(
            (weight.value, f"the sentence {quoted(each.before or '')} is no longer there")
            for each, weight in whole.items()
        ),
        *_of_reasons(heaviest([*others, weights.byline]).reasons),
    )
    return tuple(wording for _, wording in sorted(told, key=lambda each: -each[0]))


def of_extent(went: int, came: int, total: int) -> Iterator[str]:
    """How many words of how many went, and how many came."""
    if went:
        yield f"{went} of {total} words {'is' if went == 1 else 'are'} no longer there"
    if came:
        yield f"{came} {'word was' if came == 1 else 'words were'} added"


def of_dates(found: Advance, before: str | None, after: str | None) -> str:
    """What the article's own modified date did."""
    was, became = _line(before or ""), _line(after or "")
    if found is Advance.ABSENT:
        return f"the page no longer gives its modified date {was}" if was else "the page gives no modified date"
    if not was:
        return f"the page gave no modified date before, and gives {became}"
    match found:
        case Advance.ADVANCED:
            return f"the article's own modified date advanced from {was} to {became}"
        case Advance.STAYED if was == became:
            return f"the article's own modified date stayed at {was}"
        case Advance.STAYED:
            return f"the article's own modified date did not advance: it was {was} and is {became}"
        case _:
            return f"whether the article's own modified date advanced cannot be told: it was {was} and is {became}"


def quoted(text: str) -> str:
    """A wording in quotation marks, as an observation has it."""
    return f"“{_line(text)}”"


_MOST = 10
_MOST_SENTENCES = 3
_LONGEST = 160
"""Characters of a wording that is quoted."""


def _line(text: str) -> str:
    return cut_line(text, _LONGEST)


def _of_headline(diff: Diff, weights: Weights) -> Iterator[tuple[float, str]]:
    if diff.title:
        became = f"the headline {quoted(diff.title.before)} became {quoted(diff.title.after)}"
        yield weights.headline.value, became


def _of_reasons(reasons: Iterable[Reason]) -> Iterator[tuple[float, str]]:
    """Each wording once, with the weight of its heaviest reason: they come the heaviest first."""
    told: dict[str, float] = {}
    for each in reasons:
        told.setdefault(_of_reason(each), each.weight)
    for wording, weight in islice(told.items(), _MOST):
        yield weight, wording


def _of_reason(reason: Reason) -> str:
    noun, is_bare, is_plural = _NOUNS[reason.kind]
    before, after = (text and (_line(text) if is_bare else quoted(text)) for text in (reason.before, reason.after))
    if before and after:
        return f"the {noun} {before} moved" if before == after else f"the {noun} {before} became {after}"
    if before:
        return f"the {noun} {before} {'are' if is_plural else 'is'} no longer there"
    return f"the {noun} {after} {'were' if is_plural else 'was'} added"


_NOUNS = {
    Kind.NUMBER: ("number", True, False),
    Kind.NAME: ("name", True, False),
    Kind.DATE: ("date", True, False),
    Kind.LINK: ("address", True, False),
    Kind.QUOTATION: ("quotation", False, False),
    Kind.HEDGE: ("word", False, False),
    Kind.STYLE: ("words", False, True),
    Kind.TYPOGRAPHY: ("spelling", False, False),
}
"""What each kind is called, whether it needs no quotation marks, and whether it is a plural."""
