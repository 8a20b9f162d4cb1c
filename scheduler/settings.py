"""What the daemon is told: its sources, when to look for pages, when to look at them again."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger
from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from crawler.discovery.settings import DiscoverySettings
from crawler.durations import Duration
from crawler.extraction import ExtractionSettings
from crawler.settings import CrawlSettings
from scheduler.policy import RecheckPolicy

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Self

    from apscheduler.triggers.base import BaseTrigger


class SourceSettings(DiscoverySettings):
    """One publisher: where its pages are found, and its policies."""

    name: str = Field(min_length=1, max_length=100, pattern=r"^[^\s/][^/]*$")
    every: Duration | None = Field(default=None, gt=timedelta(0))
    """Discovery interval; 15 minutes where neither this nor `cron` is given."""
    cron: str | None = None
    """Five crontab fields, instead of `every`."""
    timezone: str = "UTC"
    jitter: Duration = Field(default=timedelta(seconds=30), ge=timedelta(0))
    """Discovery starts up to this much earlier or later, so that sources do not start together."""
    recheck: RecheckPolicy | None = None
    """Instead of the general policy."""
    extraction: ExtractionSettings | None = None
    """Instead of the general settings."""

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(f"{name!r} is no IANA time zone, such as Europe/Berlin") from error
        return name

    @model_validator(mode="after")
    def _one_rhythm(self) -> Self:
        if self.every is not None and self.cron is not None:
            raise ValueError("give either `every` or `cron`, not both")
        if self.cron is not None:
            try:
                self.trigger()
            except ValueError as error:
                raise ValueError(f"cron {self.cron!r} cannot be read: {error}") from error
        return self

    def trigger(self) -> BaseTrigger:
        """The APScheduler trigger of this source's discovery."""
        zone = ZoneInfo(self.timezone)
        jitter = round(self.jitter.total_seconds()) or None
        if self.cron is not None:
            trigger = CronTrigger.from_crontab(self.cron, timezone=zone)
            trigger.jitter = jitter
            return trigger
        every = self.every or timedelta(minutes=15)
        return IntervalTrigger(seconds=every.total_seconds(), timezone=zone, jitter=jitter)


class ScheduleSettings(BaseModel):
    """The daemon's own rhythm."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    tick: Duration = Field(default=timedelta(seconds=5), gt=timedelta(0))
    """How often the frontier is looked at for due pages while nothing else happens."""
    lease: Duration = Field(default=timedelta(minutes=10), gt=timedelta(0))
    """After this long a page that was being fetched when the daemon died is due again."""
    housekeeping: Duration = Field(default=timedelta(hours=1), gt=timedelta(0))
    stop_within: Duration = Field(default=timedelta(seconds=7), ge=timedelta(0))
    """How long what is in flight may take to finish after SIGTERM; ending takes up to three seconds more."""


@dataclass(frozen=True, slots=True)
class DaemonSettings:
    """All that the daemon goes by."""

    database: Path
    crawl: CrawlSettings = field(default_factory=CrawlSettings)
    schedule: ScheduleSettings = field(default_factory=ScheduleSettings)
    recheck: RecheckPolicy = field(default_factory=RecheckPolicy)
    extraction: ExtractionSettings = field(default_factory=ExtractionSettings)
    sources: tuple[SourceSettings, ...] = ()
    workers: int | None = None
    keep_all_bodies: bool = False

    def policy_of(self, source: str | None) -> RecheckPolicy:
        """The re-check policy of a source, or the general one."""
        own = (one.recheck for one in self.sources if one.name == source)
        return next(own, None) or self.recheck

    def extraction_of(self, source: str | None) -> ExtractionSettings:
        """What the pages of a source are read by, or the general settings."""
        own = (one.extraction for one in self.sources if one.name == source)
        return next(own, None) or self.extraction
