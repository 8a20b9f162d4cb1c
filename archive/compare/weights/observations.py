"""What was observed of an edit, in plain sentences that name what was before and after, and nobody's intent."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from archive.compare.versions.actions import ActionKind
from archive.compare.weights.advance import Advance
from archive.compare.weights.reasons import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive.compare.versions.actions import Diff
    from archive.compare.weights.reasons import Reason
    from archive.compare.weights.weight import Weight


def of_changes(diff: Diff, weight: Weight) -> Iterator[str]:
    """The headline, and the heaviest of what else changed."""
    if diff.title:
        yield f"the headline “{short(diff.title.before)}” became “{short(diff.title.after)}”"
    gone = [short(action.before or "") for action in diff.actions if action.kind is ActionKind.DELETION]
    yield from (f"the sentence “{sentence}” is no longer there" for sentence in gone[:_MOST_SENTENCES])
    # A sentence that states nothing to check is its own reason.
    told = set(gone)
    others = (each for each in weight.reasons if each.after or short(each.before or "") not in told)
    yield from islice(dict.fromkeys(map(_of_reason, others)), _MOST)


def of_extent(went: int, came: int, total: int) -> Iterator[str]:
    """How many words of how many went, and how many came."""
    if went:
        yield f"{went} of {total} words {'is' if went == 1 else 'are'} no longer there"
    if came:
        yield f"{came} {'word was' if came == 1 else 'words were'} added"


def of_dates(found: Advance, before: str | None, after: str | None) -> str:
    """What the article's own modified date did."""
    was, became = short(before or ""), short(after or "")
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


def short(text: str) -> str:
    """A wording on one line, cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


_MOST = 10
_MOST_SENTENCES = 3
_LONGEST = 160
"""Characters of a wording that is quoted."""


def _of_reason(reason: Reason) -> str:
    noun, is_bare, is_plural = _NOUNS[reason.kind]
    before, after = (
        text and (short(text) if is_bare else f"“{short(text)}”") for text in (reason.before, reason.after)
    )
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
