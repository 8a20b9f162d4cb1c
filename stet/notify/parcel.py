"""What goes to one target at one time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from archive.looks import HeaviestEdit
    from archive.outbox import State
    from archive.stream import Change


@dataclass(frozen=True, slots=True)
class Told:
    """An event, and the heaviest of the sentences that changed with it, if any did."""

    change: Change
    heaviest: HeaviestEdit | None = None


@dataclass(frozen=True, slots=True)
class Parcel:
    """Events that the same rules have told; none where it is only tried whether they would arrive."""

    rules: tuple[str, ...]
    message_id: str
    made_at: str
    """ISO 8601 UTC."""
    now: datetime
    """Of the attempt."""
    told: tuple[Told, ...] = ()
    room: str | None = None
    """The reading room's address, as those who are told reach it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a parcel: `sent`, `waiting` (to be tried again), `failed` for good, or `unknown`."""

    state: State
    error: str | None = None
    """In words that hold nothing of the target's address."""
    retry_after: float | None = None
    """Seconds for which the target wants to be left alone, where it said so."""
    switches_off: bool = False
    """Whether the target wants no more, until somebody looks into it."""
