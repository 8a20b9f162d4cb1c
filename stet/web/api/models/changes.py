"""Events: one model a kind, since each kind has details of its own."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, RootModel

from archive.compare.weights.reasons import Kind
from archive.models import EventKind
from stet.web.api.models.record import Address, Count, Headline, Part, Record, Source, State, Time, Version


class Sides(Record):
    """A text before and after."""

    before: str | None
    """Before the event; null where there was none."""
    after: str | None
    """After the event; null where there is none."""


class Dates(Record):
    """The dates that an article gives, of those that changed."""

    published: str | None = None
    """When it was published, as the article says."""
    modified: str | None = None
    """When it was last modified, as the article says."""


class Details(Record):
    """What is known of any event."""

    last_checked_at: Time | None = None
    """When the page was looked at before, whatever came of it; null before the first look."""
    last_seen_at: Time | None = None
    """When what was before was last seen: the event lies between then and when it was observed."""
    first_seen_at: Time | None = None
    """When it was first seen, where a second look had to confirm it; else it was when it was observed."""


class OfEdit(Details):
    """What is known of an event that came with a version."""

    from_version: Version | None = None
    """The version that stood before."""
    to_version: Version | None = None
    """The version that stands since."""


class FirstSeen(Details):
    """Of the first article that was read at a page."""

    before: None = None
    """Always null: nothing was known of the page."""
    after: Headline | None = None
    """The headline."""
    title: Headline | None = None
    """The headline."""


class HeadlineChanged(OfEdit):
    """Of another headline."""

    before: Headline
    """The headline before."""
    after: Headline
    """The headline after."""
    kinds: list[Kind] = Field(default_factory=list)
    """What kinds of things changed in it, the heaviest first."""


class TextChanged(OfEdit):
    """Of another text: how many sentences of each kind, as NewsEdits counts them."""

    additions: Count
    """Sentences that came."""
    deletions: Count
    """Sentences that went."""
    edits: Count
    """Sentences reworded in their place."""
    refactors: Count
    """Sentences that moved, reworded or not."""
    merges: Count
    """Of these actions, how many made several sentences one."""
    splits: Count
    """Of these actions, how many made one sentence several."""
    unmarked: Part | None = None
    """How much speaks for an edit that nothing on the page tells of, from 0 to 1."""
    kinds: list[Kind] = Field(default_factory=list)
    """What kinds of things changed in the text, the heaviest first."""


class BylineChanged(OfEdit):
    """Of other authors."""

    before: list[str]
    """The authors before."""
    after: list[str]
    """The authors after."""
    kinds: list[Kind] = Field(default_factory=list)
    """What kinds of things changed, the heaviest first."""


class DatesChanged(Details):
    """Of other dates that the article gives."""

    before: Dates
    """Those that changed, as they were."""
    after: Dates
    """Those that changed, as they are."""
    published: Sides | None = None
    """When it was published, before and after; absent where that is as it was."""
    modified: Sides | None = None
    """When it was last modified, before and after; absent where that is as it was."""


class CorrectionsChanged(OfEdit):
    """Of correction notices that came, or went."""

    before: list[str]
    """All notices before."""
    after: list[str]
    """All notices after."""
    corrections: list[str]
    """Those that came, or went."""


class Moved(Details):
    """Of a page that answers under another URL."""

    before: Address
    """The URL before."""
    after: Address
    """The URL after."""


class StateChanged(OfEdit):
    """Of a page that is gone, is behind a paywall, or can be read again."""

    before: State
    """The page's state before."""
    after: State
    """The page's state after."""
    detail: str | None = None
    """One line of why."""
    status: Annotated[int, Field(examples=[404, 410])] | None = None
    """The HTTP status of the look that showed it; null where there was no exchange."""
    headline: Sides | None = None
    """The headlines before and after, where the page went back to an earlier version."""


class Reextracted(OfEdit):
    """Of a version that reads otherwise because our extraction does, not because its publisher edited it."""

    extractor: Sides | None = None
    """What read it before and after; absent where the archive itself learned what the source repeats."""
    settings: Sides | None = None
    """Digests of the settings by which it was read before and after."""
    words_added: Count | None = None
    """Words that the new reading has more."""
    words_removed: Count | None = None
    """Words that the new reading has less."""
    detail: Annotated[str, Field(examples=["the raw body was not kept"])] | None = None
    """Why what the publisher changed cannot be told apart from what we read otherwise."""
    because: Annotated[str, Field(examples=["lines that the source repeats"])] | None = None
    """Why it reads otherwise, where it is not the extraction."""
    set_aside: list[str] | None = None
    """Lines that are no part of the text any more."""
    restored: list[str] | None = None
    """Lines that are part of the text again."""


class Event(Record):
    """An event of any kind."""

    id: Annotated[int, Field(ge=1, examples=[17])]
    """Counts up in the order of recording."""
    observed_at: Time
    """When a look at the page showed it: it happened after the look before, and by then."""
    source: Source | None
    """The source that the page is of; null for a page of none."""
    url: Address
    """The page."""
    version: Version | None
    """The version that came with it; null where none is known."""
    title: Headline | None
    """The headline of that version, or of the page."""
    weight: Part
    """How much it matters, from 0 to 1: from 0.5 on a reader would want to know; less is typography and style."""
    variant_of: Version | None
    """The version that this one shares all but the headline with, where the page shows the two in turn."""


class FirstSeenEvent(Event):
    """A page was read as an article for the first time."""

    kind: Literal[EventKind.FIRST_SEEN]
    """What happened."""
    details: FirstSeen
    """What is known of it."""


class HeadlineChangedEvent(Event):
    """The headline changed."""

    kind: Literal[EventKind.HEADLINE_CHANGED]
    """What happened."""
    details: HeadlineChanged
    """What is known of it."""


class TextChangedEvent(Event):
    """The text changed."""

    kind: Literal[EventKind.TEXT_CHANGED]
    """What happened."""
    details: TextChanged
    """What is known of it."""


class BylineChangedEvent(Event):
    """The authors changed."""

    kind: Literal[EventKind.BYLINE_CHANGED]
    """What happened."""
    details: BylineChanged
    """What is known of it."""


class DatesChangedEvent(Event):
    """The dates that the article gives changed."""

    kind: Literal[EventKind.DATES_CHANGED]
    """What happened."""
    details: DatesChanged
    """What is known of it."""


class CorrectionsChangedEvent(Event):
    """Correction notices came, or went."""

    kind: Literal[EventKind.CORRECTION_ADDED, EventKind.CORRECTION_REMOVED]
    """What happened."""
    details: CorrectionsChanged
    """What is known of it."""


class MovedEvent(Event):
    """The page answers under another URL."""

    kind: Literal[EventKind.MOVED]
    """What happened."""
    details: Moved
    """What is known of it."""


class StateChangedEvent(Event):
    """The page is gone, is behind a paywall, can be read again, or went back to an earlier version."""

    kind: Literal[EventKind.GONE, EventKind.RETURNED, EventKind.PAYWALLED, EventKind.UNPAYWALLED]
    """What happened."""
    details: StateChanged
    """What is known of it."""


class ReextractedEvent(Event):
    """A version reads otherwise because our extraction does."""

    kind: Literal[EventKind.REEXTRACTED]
    """What happened."""
    details: Reextracted
    """What is known of it."""


class Change(
    RootModel[
        Annotated[
            FirstSeenEvent
            | HeadlineChangedEvent
            | TextChangedEvent
            | BylineChangedEvent
            | DatesChangedEvent
            | CorrectionsChangedEvent
            | MovedEvent
            | StateChangedEvent
            | ReextractedEvent,
            Field(discriminator="kind"),
        ]
    ]
):
    """One event, told apart by its `kind`."""
