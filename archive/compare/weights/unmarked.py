"""How far a substantial edit went without a mark: a score, with what was observed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.compare.text.words import count_words
from archive.compare.versions.diff import count_all
from archive.compare.weights.advance import Advance, advance
from archive.compare.weights.observations import of_changes, of_dates, of_extent, quoted
from archive.compare.weights.reasons import NOTICE_WENT, TYPOGRAPHY
from archive.compare.weights.update_lines import new_update_lines
from archive.compare.weights.weight import weigh_parts

if TYPE_CHECKING:
    from archive.compare.versions.actions import Diff
    from archive.compare.weights.weight import Weights
    from archive.models import Article


@dataclass(frozen=True, slots=True)
class Unmarked:
    """What was observed of an edit and of the marks it carries; no statement about anyone's intent."""

    score: float
    """From 0 (nothing but typography changed, or it was marked) to 1."""
    changes: tuple[str, ...] = ()
    """What changed, the heaviest first; none where nothing did. Plain observations, each on its own."""
    extent: tuple[str, ...] = ()
    """How many words went and came."""
    marks: tuple[str, ...] = ()
    """What on the page tells of an edit, and which marks that were looked for are not there."""

    @property
    def evidence(self) -> tuple[str, ...]:
        """All that was observed."""
        return (*self.changes, *self.extent, *self.marks)


def unmarked(diff: Diff, before: Article, after: Article, *, weights: Weights | None = None) -> Unmarked:
    """How substantial the edit from one article to the other is, as far as no mark on the page says that there was one.

    `weights` are those of the parts of the diff, where they have been worked out already.

    The score is substance times silence.

    Substance starts from the weight of headline, byline and sentences (see `weight`): as it is from .5 on, half of it
    below, so that polish and growth stay low; typography alone is 0. A correction notice that went makes it .8 at
    least. What is left up to 1 is filled by the share of the older article's words that went.

    Silence is 1 where the page says nothing of an edit. Else the clearest mark counts: .05 with a new correction
    notice, .1 with a new line that says the article was updated, .2 where the article's own modified date advanced,
    .5 where that cannot be told from the dates it gives.
    """
    weights = weights or weigh_parts(diff)
    weight = weights.without_notices
    went, came = count_all(None, diff.changes, (), ())
    substance = weight.value if weight.value >= _HEAVY else weight.value / 2
    if weight.value <= TYPOGRAPHY:
        substance = 0.0
    if diff.corrections_removed:
        substance = max(substance, NOTICE_WENT)
    if not substance:
        return Unmarked(0.0, () if diff.is_empty else ("nothing but spelling or punctuation is different",))
    total = sum(count_words(sentence) for sentence in diff.before)
    share = min(1.0, went / total) if total else 0.0
    substance += (1 - substance) * share
    lines = () if diff.corrections_added else new_update_lines(before, after)
    # A page that begins to give a modified date often gives the day on which it was published.
    dates = advance(before.modified or before.published, after.modified)
    silence = min(
        _WITH_NOTICE if diff.corrections_added else 1.0, _WITH_LINE if lines else 1.0, _WITH_DATES.get(dates, 1.0)
    )
    marks = (
        *(f"the notice {quoted(notice)} was added" for notice in diff.corrections_added),
        *(f"the line {quoted(line)} came in" for line in lines),
        *(() if diff.corrections_added or lines else ("no correction or update notice was added",)),
        of_dates(dates, before.modified, after.modified),
    )
    return Unmarked(
        round(substance * silence, 3), of_changes(diff, weights), tuple(of_extent(went, came, total)), marks
    )


_HEAVY = 0.5
_WITH_NOTICE = 0.05
_WITH_LINE = 0.1
_WITH_DATES = {Advance.ADVANCED: 0.2, Advance.UNCLEAR: 0.5}
