"""When a page is checked again: one pure function of its history and the clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field, model_validator

from archive.doubt import APART
from archive.models import Outcome
from crawler.durations import Duration

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Self


class Step(BaseModel):
    """While the last change is younger than `until`, look every `every`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    until: Duration
    every: Duration = Field(gt=timedelta(0))


# The steps of newsdiffs (https://github.com/ecprice/newsdiffs, get_update_delay), by age of the last change.
NEWSDIFFS = (
    Step(until=timedelta(hours=3), every=timedelta(minutes=15)),
    Step(until=timedelta(days=1), every=timedelta(hours=1)),
    Step(until=timedelta(days=7), every=timedelta(hours=3)),
    Step(until=timedelta(days=30), every=timedelta(days=3)),
    Step(until=timedelta(days=365), every=timedelta(days=30)),
)


class RecheckPolicy(BaseModel):
    """How often pages are looked at again. Past the last step a page is left alone, and stays in the archive."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    steps: tuple[Step, ...] = NEWSDIFFS
    retry_after: Duration = timedelta(minutes=5)
    """First pause after a failure; it doubles with each further one."""
    retry_at_most: Duration = timedelta(days=1)
    refused_after: Duration = timedelta(days=1)
    """Pause after robots.txt or the address guard said no."""
    confirm_after: Duration = Field(default=APART, gt=timedelta(0))
    """Pause before a text that shrank by more than half is looked at again; what it shows then is believed."""

    @model_validator(mode="after")
    def _ages_rise(self) -> Self:
        ages = [step.until for step in self.steps]
        if ages != sorted(set(ages)):
            raise ValueError("the steps' `until` must rise from one to the next")
        return self


@dataclass(frozen=True, slots=True)
class History:
    """What is known of a page when its next check is set. Times are aware."""

    since: datetime
    """When its article last changed, as far as we know."""
    failures: int
    """Failures in a row, this check included."""
    outcome: Outcome
    doubted: bool = False
    """Whether this check found a text that is to be confirmed before it is believed."""


def next_check(history: History, now: datetime, policy: RecheckPolicy) -> datetime | None:
    """When to look again; None for never."""
    if history.doubted:
        return now + policy.confirm_after
    age = now - history.since
    step = next((step for step in policy.steps if age < step.until), None)
    if step is None:
        return None
    if history.outcome is Outcome.REFUSED:
        return now + max(policy.refused_after, step.every)
    if history.failures:
        doubled: timedelta = policy.retry_after * 2.0 ** min(history.failures - 1, 20)
        return now + min(doubled, policy.retry_at_most)
    return now + step.every
