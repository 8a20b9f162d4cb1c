"""How the service does."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from stet.web.api.models.record import Count, Record, Time

Seconds = Annotated[float, Field(ge=0, examples=[12.5])]


class Job(Record):
    """One of the daemon's jobs."""

    name: Annotated[str, Field(examples=["discover Example Daily"])]
    """What it does."""
    next_run_at: Time | None
    """When it runs next; null where it will not run again."""
    last_run_at: Time | None
    """When its last run began; null where there was none yet."""
    running: bool
    """Whether it runs now."""


class HeldHost(Record):
    """A host that asked to be left alone."""

    host: Annotated[str, Field(examples=["news.example"])]
    """Its name."""
    seconds: Seconds
    """For how many seconds more."""


class Daemon(Record):
    """The daemon that serves the reading room."""

    started_at: Time
    """When it was started."""
    wrong: list[Annotated[str, Field(examples=["the archive cannot be written"])]]
    """What keeps it from its work, a sentence each; empty where nothing does."""
    in_flight: Count
    """Pages that are being fetched, read or stored."""
    writing: Count
    """Jobs that wait for the archive's writer."""
    held_hosts: list[HeldHost]
    """Hosts that asked to be left alone, by name."""
    jobs: list[Job]
    """Its jobs; those that run next come first."""


class Holdings(Record):
    """What the archive holds."""

    pages: Count
    """Pages that are known."""
    watched: Count
    """Of those, how many are watched."""
    snapshots: Count
    """Stored states of articles."""
    events: Count
    """Dated facts about pages."""
    size: Count
    """Bytes of its file."""
    last_capture_at: Time | None
    """When a page was fetched last; null for never."""


class Queue(Record):
    """What waits to be fetched."""

    due: Count
    """Pages that are due, counted up to a bound."""
    due_is_more: bool
    """Whether there are more than were counted."""
    oldest_due_at: Time | None
    """Since when the first of them is due; null where none is."""
    lag_seconds: Seconds
    """How long that is, in seconds."""


class Notifications(Record):
    """How a rule of notifications does, as far back as deliveries are kept: 90 days."""

    rule: Annotated[str, Field(examples=["corrections"])]
    """Its name."""
    sent: Count
    """Deliveries that were taken."""
    last_sent_at: Time | None
    """When the last of these was; null for never."""
    waiting: Count
    """Deliveries that wait to be sent, or are being sent."""
    given_up: Count
    """Deliveries that were never taken, and are not tried again."""
    unknown: Count
    """Deliveries that may have arrived and may not; they are not sent again."""
    failing_since: Time | None
    """When the oldest was made of those that wait after a failed attempt; null where none does."""
    last_error: Annotated[str, Field(examples=["the webhook answered 503"])] | None
    """Why the last delivery was not taken that was not; null where all were."""


class Particular(Record):
    """A field of a line of the log."""

    name: Annotated[str, Field(examples=["source"])]
    """What it is."""
    value: Annotated[str, Field(examples=["Example Daily"])]
    """Its value, cut where it is long."""


class Trouble(Record):
    """A warning or an error that was logged."""

    at: Time
    """When."""
    level: Annotated[str, Field(examples=["warning"])]
    """How grave it is: `warning`, `error` or `critical`."""
    logger: Annotated[str, Field(examples=["scheduler.sources"])]
    """Which part of the program logged it."""
    event: Annotated[str, Field(examples=["source failing"])]
    """What happened."""
    fields: list[Particular]
    """The particulars."""


class Status(Record):
    """The service at one moment."""

    version: Annotated[str, Field(examples=["0.1.0"])]
    """Of Stet."""
    now: Time
    """That moment."""
    daemon: Daemon | None
    """The daemon; null where the reading room is served alone, over an archive that is only read."""
    archive: Holdings
    """What the archive held when it was counted."""
    queue: Queue
    """What waited then to be fetched."""
    notifications: list[Notifications]
    """How the rules of notifications do, by name."""
    counted_at: Time
    """When archive, queue and notifications were counted: up to ten seconds ago."""
    troubles: list[Trouble]
    """The last warnings and errors, newest first."""
