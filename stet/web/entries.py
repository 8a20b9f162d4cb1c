"""What one look at a page brought, as the stream of changes shows it: its events together, told in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from archive.compare.text.cutting import cut
from archive.looks import LONGEST, looks
from archive.models import EventKind
from stet.render.excerpts import marked
from stet.render.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlite_utils import Database

    from archive.looks import HeaviestEdit, Look
    from archive.stream import Change
    from stet.render.excerpts import Piece

LONGEST_SAID = 400
"""Characters shown of a headline, a notice, an address or a reason."""

MOST_SAID = 4
"""Notices shown of one event."""


@dataclass(frozen=True, slots=True)
class Said:
    """One thing to tell: of what, in which words of ours, and in which of the page's or the site's."""

    label: str
    pieces: tuple[Piece, ...] = ()
    dates: tuple[str | None, str | None] | None = None
    """Before and after, as the page states them, where it tells of dates."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the stream."""

    id: int
    """Of its event that was recorded first."""
    observed_at: str
    last_seen_at: str | None
    """When what was before was last seen; it changed between then and `observed_at`."""
    source: str | None
    url: str
    title: str
    headline: tuple[Piece, ...] | None
    """Where the headline changed."""
    labels: tuple[str, ...]
    kinds: tuple[str, ...]
    """What kinds of things changed: `number`, `name`."""
    weight: float
    language: str | None
    told: tuple[str, ...]
    """Sentences of ours."""
    said: tuple[Said, ...]
    edit: Said | None
    """The sentence whose edit weighs most."""
    others: int
    """Sentences that changed besides."""
    unmarked: float | None
    """The score for an edit that nothing on the page tells of; None where it is not worth a word."""
    versions: tuple[int, int] | None
    """To be compared."""

    @property
    def grade(self) -> str:
        """The weight in a word."""
        return next(word for least, word in _GRADES if self.weight >= least)

    @property
    def fifths(self) -> int:
        """The weight from 0 to 5."""
        return int(5 * self.weight + 0.5)


_GRADES = ((0.8, "heavy"), (0.5, "notable"), (0.3, "small"), (0.0, "slight"))
_WORTH_A_WORD = 0.5


def entries(db: Database, found: Sequence[tuple[Change, ...]]) -> list[Entry]:
    """The entries of these looks, in their order."""
    known = looks(db, (look[0].capture_id for look in found))
    return [_entry(look, known[look[0].capture_id]) for look in found]


def _entry(events: tuple[Change, ...], look: Look) -> Entry:
    ordered = sorted(events, key=lambda event: event.id)
    kinds = {event.kind for event in ordered}
    heaviest = max(ordered, key=lambda event: event.weight)
    headline = next(filter(None, map(_headline, ordered)), None)
    edit = look.edit if EventKind.TEXT_CHANGED in kinds else None
    is_edit = any(event.kind in _EDITS and event.variant_of is None for event in ordered)
    return Entry(
        id=ordered[0].id,
        observed_at=heaviest.observed_at,
        last_seen_at=next((str(seen) for event in ordered if (seen := event.details.get("last_seen_at"))), None),
        source=heaviest.source,
        url=heaviest.url,
        title=cut(heaviest.title or heaviest.url, LONGEST_SAID),
        headline=headline,
        labels=tuple(KINDS[EventKind(event.kind)] for event in ordered),
        kinds=tuple(dict.fromkeys(str(kind) for event in ordered for kind in event.details.get("kinds") or ())),
        weight=heaviest.weight,
        language=look.language,
        told=tuple(sentence for event in ordered for sentence in _told(event)),
        said=tuple(said for event in ordered for said in islice(_said(event), MOST_SAID)),
        edit=None if edit is None else _edited(edit),
        others=0 if edit is None else edit.of - 1,
        unmarked=look.unmarked if look.unmarked >= _WORTH_A_WORD and is_edit else None,
        versions=next(filter(None, (event.versions for event in ordered)), None),
    )


_EDITS = {EventKind.TEXT_CHANGED, EventKind.HEADLINE_CHANGED, EventKind.BYLINE_CHANGED}


def _headline(event: Change) -> tuple[Piece, ...] | None:
    sides = event.details if event.kind == EventKind.HEADLINE_CHANGED else event.details.get("headline")
    if not isinstance(sides, dict) or sides.get("before") == sides.get("after"):
        return None
    return marked(sides.get("before") or None, sides.get("after") or None)


_ACTIONS = {"addition": "Added", "deletion": "Deleted", "edit": "Edited", "refactor": "Moved"}


def _edited(edit: HeaviestEdit) -> Said:
    is_whole = max(len(edit.before or ""), len(edit.after or "")) < LONGEST
    return Said(_ACTIONS[edit.action], marked(edit.before, edit.after, is_whole=is_whole))


def _told(event: Change) -> Iterator[str]:
    """What happened, where no words of the page's say it."""
    details = event.details
    status = f"the site answered {details['status']}" if details.get("status") else ""
    why = cut(str(details.get("detail") or status), LONGEST_SAID)
    match event.kind:
        case EventKind.FIRST_SEEN:
            yield "The page was read for the first time."
        case EventKind.GONE:
            yield f"The page is gone: {why}." if why else "The page is gone."
        case EventKind.PAYWALLED:
            yield f"The article went behind a paywall: {why}." if why else "The article went behind a paywall."
        case EventKind.UNPAYWALLED:
            yield "The article can be read again without paying."
        case EventKind.RETURNED if details.get("before") == details.get("after"):
            yield f"The page went back to what it said before, as in version {details.get('to_version')}."
        case EventKind.RETURNED:
            yield "The page, which was gone, is there again."
        case EventKind.REEXTRACTED:
            yield "Stet reads the page otherwise; its publisher is not known to have changed anything."
        case EventKind.HEADLINE_CHANGED if event.is_of_trial:
            yield f"The page shows this headline in turn with that of version {event.variant_of}: that is no edit."
        case _:
            return


def _said(event: Change) -> Iterator[Said]:
    """What the page's own words say of it."""
    details = event.details
    match event.kind:
        case EventKind.CORRECTION_ADDED | EventKind.CORRECTION_REMOVED:
            is_new = event.kind == EventKind.CORRECTION_ADDED
            for notice in details["corrections"]:
                sides = (None, notice) if is_new else (notice, None)
                yield Said("Notice added" if is_new else "Notice removed", marked(*sides))
        case EventKind.BYLINE_CHANGED:
            yield Said("Byline", marked(*(_names(details[side]) for side in ("before", "after"))))
        case EventKind.MOVED:
            yield Said("From", marked(details["before"], None))
            yield Said("To", marked(None, details["after"]))
        case EventKind.DATES_CHANGED:
            for name, label in (("published", "Its date of publication"), ("modified", "Its date of change")):
                if name in details:
                    yield Said(label, dates=(details[name]["before"], details[name]["after"]))
        case _:
            return


def _names(names: Any) -> str | None:
    return ", ".join(map(str, names)) or None
