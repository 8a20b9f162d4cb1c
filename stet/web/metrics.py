"""What Prometheus is told: docs/metrics.md names and explains each metric."""

from __future__ import annotations

from typing import TYPE_CHECKING

import prometheus_client
from fastapi import APIRouter, Request
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info, ProcessCollector
from prometheus_client.core import CounterMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.registry import Collector
from starlette.responses import Response

from archive.errors import ArchiveError
from archive.models import EventKind
from archive.outbox import State
from archive.times import parse_iso
from stet.status import VERSION
from stet.web.observing import InState, counted
from stet.web.room import InRoom

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fastapi import FastAPI

    from scheduler.checked import Checked
    from scheduler.running import DaemonState
    from stet.logs import Troubles
    from stet.status import Holdings
    from stet.web.room import Room

DOWNLOADS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
EXTRACTIONS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 20)
"""Upper bounds in seconds: a page takes some 30 ms, and 20 s at most."""

ENDED = (State.SENT, State.FAILED, State.UNKNOWN)

router = APIRouter(include_in_schema=False)


@router.get("/metrics")
def metrics(request: Request, room: InRoom, daemon: InState) -> Response:
    """For Prometheus, in its text format."""
    told: Metrics = request.app.state.metrics
    try:
        holdings = counted(room)
    except ArchiveError:
        holdings = None
    return Response(
        told.told(holdings, daemon), media_type=CONTENT_TYPE_PLAIN_0_0_4, headers={"Cache-Control": "no-store"}
    )


def install(app: FastAPI, room: Room) -> None:
    """Begin to count."""
    app.state.metrics = Metrics(room)


class Metrics:
    """The metrics of one room, in a registry of their own."""

    def __init__(self, room: Room) -> None:
        # Else each series would have another one, of when it began.
        prometheus_client.disable_created_metrics()  # type: ignore[no-untyped-call]
        registry = self.registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        Info("stet_build", "Which Stet this is.", registry=registry).info({"version": VERSION})
        self.readable = Gauge("stet_archive_readable", "Whether the archive could be read.", registry=registry)
        self.pages = Gauge("stet_pages", "Pages in the archive.", registry=registry)
        self.watched = Gauge("stet_watched_pages", "Pages under the schedule.", registry=registry)
        self.snapshots = Gauge("stet_snapshots", "Snapshots in the archive.", registry=registry)
        self.size = Gauge("stet_archive_size_bytes", "The archive's file.", registry=registry)
        self.captured = Gauge(
            "stet_last_capture_timestamp_seconds", "When a page was fetched last, 0: never.", registry=registry
        )
        self.due = Gauge("stet_queue_due_pages", "Pages that wait to be fetched, 10000 at most.", registry=registry)
        self.lag = Gauge(
            "stet_queue_lag_seconds", "For how long the page is due that waits longest.", registry=registry
        )
        self.waiting = Gauge(
            "stet_notifications_waiting", "Deliveries that wait to be sent.", ["rule"], registry=registry
        )
        registry.register(_Logged(room.troubles))
        self.daemon: _DaemonMetrics | None = None
        if room.running is not None:
            self.daemon = _DaemonMetrics(registry)
            room.running.feed.follow(self.daemon.checked)

    def told(self, holdings: Holdings | None, daemon: DaemonState | None) -> bytes:
        """All of it as Prometheus reads it; `holdings` is None where the archive cannot be read."""
        self._look(holdings)
        if self.daemon is not None and daemon is not None:
            self.daemon.look(daemon, holdings)
        return generate_latest(self.registry)

    def _look(self, holdings: Holdings | None) -> None:
        self.readable.set(holdings is not None)
        if holdings is None:
            return
        archive = holdings.archive
        self.pages.set(archive.pages)
        self.watched.set(archive.watched)
        self.snapshots.set(archive.snapshots)
        self.size.set(archive.size)
        self.captured.set(parse_iso(archive.last_capture_at).timestamp() if archive.last_capture_at else 0)
        self.due.set(holdings.queue.due)
        self.lag.set(holdings.queue.lag(holdings.counted_at))
        for tally in holdings.notifications:
            self.waiting.labels(tally.rule).set(tally.waiting)


class _Logged(Collector):
    """Warnings and errors, as the log's handler has counted them."""

    def __init__(self, troubles: Troubles) -> None:
        self._troubles = troubles

    def collect(self) -> Iterator[CounterMetricFamily]:
        logged = CounterMetricFamily("stet_logged", "Warnings and errors logged.", labels=["level"])
        for level, count in {"warning": 0, "error": 0, **self._troubles.counts}.items():
            logged.add_metric([level], count)
        yield logged


class _Notified(Collector):
    """Deliveries of notifications that have ended, as the archive was counted last."""

    def __init__(self) -> None:
        self.holdings: Holdings | None = None

    def collect(self) -> Iterator[CounterMetricFamily]:
        notified = CounterMetricFamily(
            "stet_notifications", "Deliveries of notifications that have ended.", labels=["rule", "state"]
        )
        if self.holdings is not None:
            for tally in self.holdings.notifications:
                for state in ENDED:
                    count = self.holdings.notified.get((tally.rule, state), 0)
                    notified.add_metric([tally.rule, state.value], count)
        yield notified


class _DaemonMetrics:
    """What only the daemon can tell."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._fetches = Counter(
            "stet_fetches", "Checks of pages, by what became of them.", ["source", "outcome"], registry=registry
        )
        self._events = Counter("stet_events", "Events recorded.", ["kind"], registry=registry)
        self._download = Histogram(
            "stet_download_latency_seconds",
            "From a request to the beginning of its answer.",
            buckets=DOWNLOADS,
            registry=registry,
        )
        self._extraction = Histogram(
            "stet_extraction_seconds",
            "Reading one page, its wait for a worker included.",
            buckets=EXTRACTIONS,
            registry=registry,
        )
        self._in_flight = Gauge("stet_in_flight_pages", "Pages being fetched, read or stored.", registry=registry)
        self._held = Gauge("stet_held_hosts", "Hosts that asked to be left alone for a while.", registry=registry)
        self._writing = Gauge("stet_writer_waiting_jobs", "Jobs that wait for the archive's writer.", registry=registry)
        self._ran = Gauge("stet_job_last_run_timestamp_seconds", "When a job ran last.", ["job"], registry=registry)
        self._notified = _Notified()
        registry.register(self._notified)
        # From 0 on, so that the first of a kind is seen as an increase.
        for kind in EventKind:
            self._events.labels(kind.value)

    def checked(self, checked: Checked) -> None:
        """Count one check of a page."""
        recorded = checked.recorded
        self._fetches.labels(checked.source or "", recorded.outcome.value).inc()
        for event in recorded.events:
            self._events.labels(event.kind.value).inc()
        if checked.download_seconds is not None:
            self._download.observe(checked.download_seconds)
        if checked.extraction_seconds is not None:
            self._extraction.observe(checked.extraction_seconds)

    def look(self, daemon: DaemonState, holdings: Holdings | None) -> None:
        """Take over how the daemon does, and what was counted, where it could be."""
        self._notified.holdings = holdings or self._notified.holdings
        self._in_flight.set(daemon.in_flight)
        self._held.set(len(daemon.held_hosts))
        self._writing.set(daemon.writing)
        for job in daemon.jobs:
            if job.last_run_at is not None:
                self._ran.labels(job.name).set(job.last_run_at.timestamp())
