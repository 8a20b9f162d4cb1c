"""The JSON that scripts rely on, one function a record. The names are fixed by the command line's contract."""

from __future__ import annotations

from dataclasses import asdict, fields, replace
from typing import TYPE_CHECKING

from archive.compare.outlets.contract import comparison_as_json
from archive.compare.versions.contract import action_as_json, as_json
from archive.compare.versions.parts import Part
from archive.compare.weights.weight import weigh_action
from archive.credits import contributors
from archive.models import Outcome
from archive.outbox import State
from archive.precedence import precedence
from archive.times import iso
from stet.render.outline import stretches

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archive.compare.outlets.comparison import Comparison
    from archive.compare.versions.actions import Action
    from archive.copies.carriers import Copies
    from archive.copies.uncorrected import Correction
    from archive.evidence import Line
    from archive.headlines import Headline
    from archive.health import SourceHealth
    from archive.models import Article, Block, Snapshot
    from archive.outbox import Tally
    from archive.precedence import SeenPage
    from archive.search.hits import Hit
    from archive.stream import Change
    from scheduler.fetching import Fetched
    from scheduler.reextracting import Reextracted
    from scheduler.running import DaemonState
    from stet.notify.parcel import Answer
    from stet.render.sheet import Sheet
    from stet.status import Status

_STANDS = frozenset({Outcome.NEW, Outcome.CHANGED, Outcome.UNCHANGED, Outcome.MOVED})


def fetch_record(fetched: Fetched) -> dict[str, object]:
    """`stet fetch --json`: what became of one URL. The article's fields are null where none stands there."""
    article = fetched.article if fetched.outcome in _STANDS else None
    return {
        "url": fetched.url,
        "final_url": fetched.final_url,
        "fetched_at": iso(fetched.fetched_at),
        "http_status": fetched.http_status,
        "outcome": fetched.outcome.value,
        "version": fetched.version,
        "events": [event.kind.value for event in fetched.events],
        **article_record(article),
        "error": fetched.error,
    }


def article_record(article: Article | None) -> dict[str, object]:
    """The fields of an article, as `fetch` and `show` give them."""
    if article is None:
        return {
            "title": None,
            "authors": [],
            "published": None,
            "modified": None,
            "language": None,
            "text": None,
            "corrections": [],
            "credits": [],
            "contributors": [],
            "removed": [],
        }
    return {
        "title": article.title,
        "authors": list(article.authors),
        "published": article.published,
        "modified": article.modified,
        "language": article.language,
        "text": article.text,
        "corrections": list(article.corrections),
        "credits": list(article.credits),
        "contributors": [asdict(each) for each in contributors(article.credits, article.language)],
        "removed": [
            {"text": block.text, "role": block.role.value, "reason": block.reason} for block in article.removed
        ],
    }


def log_record(snapshot: Snapshot) -> dict[str, object]:
    """`stet log --json`: one snapshot of a page."""
    return {
        "version": snapshot.version,
        "captured_at": snapshot.captured_at,
        "title": snapshot.article.title,
        "fingerprint": snapshot.fingerprint,
        "events": list(snapshot.events),
        "words_added": snapshot.words_added,
        "words_removed": snapshot.words_removed,
        "variant_of": snapshot.variant_of,
    }


def headline_record(headline: Headline) -> dict[str, object]:
    """`stet log --headlines --json`: a headline for as long as it stood. `gone_by` is null for the last one seen."""
    return {
        "title": headline.title,
        "versions": list(headline.wordings[0].versions),
        "first_seen_at": headline.first_seen_at,
        "last_seen_at": headline.last_seen_at,
        "gone_by": headline.gone_by,
        "variants": [asdict(variant) for variant in headline.variants],
    }


def show_record(snapshot: Snapshot) -> dict[str, object]:
    """`stet show --format json`: one snapshot, whole."""
    return {
        "url": snapshot.url,
        **log_record(snapshot),
        "extractor": snapshot.extractor,
        "settings_digest": snapshot.settings_digest,
        **article_record(snapshot.article),
    }


def block_record(block: Block, article: Article) -> dict[str, object]:
    """`stet show --blocks --format json`: one block of a snapshot."""
    return {
        "role": block.role.value,
        "is_text": block.role in article.text_roles,
        "text": block.text,
        "reason": block.reason,
    }


def diff_record(sheet: Sheet) -> dict[str, object]:
    """`stet diff --json`: two snapshots of a page. What is left out is null or empty, and named.

    `weight` and `unmarked` are of all that changed, left out or not. `in_turn` has the headlines, before and after,
    where the page shows the two in turn and `title` is null for that.
    """
    shown = [action for near, run in stretches(sheet.diff.actions, sheet.around(0)) if near for action in run]
    return {
        "url": sheet.after.url,
        "from": sheet.before.version,
        "to": sheet.after.version,
        **as_json(replace(sheet.diff, actions=())),
        "actions": [_action_record(action, sheet) for action in shown],
        "counts": None if Part.TEXT in sheet.left_out else asdict(sheet.diff.counts),
        "weight": sheet.weight,
        "kinds": list(sheet.kinds),
        "left_out": list(sheet.left_out),
        "reextracted": sheet.is_reextracted,
        "in_turn": None if sheet.in_turn is None else asdict(sheet.in_turn),
        "unmarked": {"score": sheet.unmarked.score, "evidence": list(sheet.unmarked.evidence)},
    }


def _action_record(action: Action, sheet: Sheet) -> dict[str, object]:
    weight = sheet.weights.actions.get(action) or weigh_action(action, sheet.diff.language)
    return {
        **action_as_json(action),
        "weight": weight.value,
        "kinds": [kind.value for kind in weight.kinds],
        "reasons": [{"kind": each.kind.value, "before": each.before, "after": each.after} for each in weight.reasons],
    }


def compare_record(a: SeenPage, b: SeenPage, comparison: Comparison) -> dict[str, object]:
    """`stet compare --json`: two pages' snapshots. Who was first seen is said of our looking, not of their writing."""
    seen = precedence(a, b)
    return {
        "a": f"{a.snapshot.url}@{a.snapshot.version}",
        "b": f"{b.snapshot.url}@{b.snapshot.version}",
        "title_a": a.snapshot.article.title,
        "title_b": b.snapshot.article.title,
        **comparison_as_json(comparison),
        "seen_a": _seen(a),
        "seen_b": _seen(b),
        "seen_first": {"page": seen.first, "seconds_apart": round(seen.apart.total_seconds(), 3)},
    }


def copies_records(story: Copies, corrected: Iterable[Correction]) -> Iterator[dict[str, object]]:
    """`stet copies --json`: the page asked about, then the others that carry its story.

    `share` is which part of the page's words stands in the page asked about too, `taken` which part of the words of the
    page asked about it has; both, and the verdict, are null for that page itself.
    """
    copies = {copy.carrier.page.id: copy for copy in story.copies}
    corrections = list(corrected)
    for carrier in story.carriers:
        copy = copies.get(carrier.page.id)
        yield {
            "url": carrier.page.url,
            "source": carrier.source,
            "version": carrier.snapshot.version,
            "title": carrier.snapshot.article.title,
            "verdict": copy.verdict.value if copy else None,
            "share": copy.share if copy else None,
            "taken": copy.taken if copy else None,
            "same_outlet": copy.same_outlet if copy else True,
            "first": story.is_first(carrier),
            "first_version": carrier.first_version,
            "first_seen_at": carrier.first_seen.at,
            "not_seen_at": carrier.first_seen.not_at,
            "published": carrier.snapshot.article.published,
            "state": carrier.page.state,
            "stands": carrier.stands,
            "last_seen_at": carrier.last_seen_at,
            "corrections": [_correction(each) for each in corrections if each.page.id == carrier.page.id],
            "uncorrected": [
                {
                    "corrected_at": each.page.url,
                    **_correction(each),
                    "sentence": still.sentence,
                    "likeness": still.likeness,
                    "carried_seconds": None if still.carried_for is None else round(still.carried_for.total_seconds()),
                }
                for each in corrections
                for still in each.still
                if still.carrier.page.id == carrier.page.id
            ],
        }


def _correction(correction: Correction) -> dict[str, object]:
    return {
        "version": correction.version,
        "notices": list(correction.notices),
        "seen_at": correction.seen.at,
        "not_seen_at": correction.seen.not_at,
        "before": correction.before,
        "after": correction.after,
    }


def change_record(change: Change) -> dict[str, object]:
    """`stet changes --json`: one event."""
    # Most of its size is in the details, of which `asdict` would make a copy.
    return {field.name: getattr(change, field.name) for field in fields(change) if field.name != "capture_id"}


def search_record(hit: Hit) -> dict[str, object]:
    """`stet search --json`: one page. `snippet` is a line of `version`, `matches` the [start, end] that match in it."""
    return {
        "url": hit.url,
        "source": hit.source,
        "state": hit.state,
        "title": hit.title,
        "versions": list(hit.versions),
        "last_version": hit.last_version,
        "version": hit.version,
        "captured_at": hit.captured_at,
        "first_seen_at": hit.first_seen_at,
        "last_seen_at": hit.last_seen_at,
        "removed": hit.gone_in is not None,
        "gone_in": hit.gone_in,
        "gone_at": hit.gone_at,
        "snippet": hit.excerpt.text,
        "matches": [list(match) for match in hit.excerpt.matches],
    }


def reextract_record(done: Reextracted) -> dict[str, object]:
    """`stet reextract --json`: what became of one page."""
    return {
        "url": done.url,
        "version": done.version,
        "outcome": done.result.value,
        "words_added": done.words_added,
        "words_removed": done.words_removed,
        "error": done.error,
    }


def source_record(health: SourceHealth) -> dict[str, object]:
    """`stet sources --json`: one source."""
    by_day = [{"day": day, "edits": edits} for day, edits in health.edits_by_day.items()]
    return {**asdict(health), "edits_by_day": by_day, "error_rate": health.error_rate}


def boilerplate_record(source: str, line: Line, share: float) -> dict[str, object]:
    """`stet sources --boilerplate --json`: one line that a source repeats. `learned_at` is null while it is text."""
    return {
        "source": source,
        "text": line.text,
        "learned_at": line.learned_at,
        "pages": line.pages,
        "share": round(share, 4),
        "days": line.days,
        "stories": line.stories,
        "first_seen_at": line.first_seen_at,
        "last_seen_at": line.last_seen_at,
    }


def notification_record(rule: str, target: str, tally: Tally) -> dict[str, object]:
    """`stet notify --json`: how deliveries of a rule to one of its targets went. `waiting` has what is being sent."""
    return {
        "rule": rule,
        "target": target,
        **_deliveries(tally),
    }


def notified_record(rule: str, target: str, answer: Answer) -> dict[str, object]:
    """`stet notify --test --json`: what became of a test message."""
    return {"rule": rule, "target": target, "sent": answer.state is State.SENT, "error": answer.error}


def _seen(seen: SeenPage) -> dict[str, str]:
    return {
        "first_seen_at": seen.first_seen_at,
        "captured_at": seen.snapshot.captured_at,
        "last_seen_at": seen.last_seen_at,
    }


def status_record(status: Status) -> dict[str, object]:
    """`/api/v1/status`: how the service does. `daemon` is null where the reading room is served alone."""
    archive, queue = status.holdings.archive, status.holdings.queue
    return {
        "version": status.version,
        "now": iso(status.now),
        "daemon": None if status.daemon is None else _daemon_record(status.daemon),
        "archive": {
            "pages": archive.pages,
            "watched": archive.watched,
            "snapshots": archive.snapshots,
            "events": archive.events,
            "size": archive.size,
            "last_capture_at": archive.last_capture_at,
        },
        "queue": {
            "due": queue.due,
            "due_is_more": queue.is_more,
            "oldest_due_at": queue.oldest_due_at,
            "lag_seconds": round(queue.lag(status.holdings.counted_at), 3),
        },
        "notifications": [{"rule": tally.rule, **_deliveries(tally)} for tally in status.holdings.notifications],
        "counted_at": iso(status.holdings.counted_at),
        "troubles": [
            {
                "at": iso(trouble.at),
                "level": trouble.level,
                "logger": trouble.logger,
                "event": trouble.event,
                "fields": [{"name": name, "value": value} for name, value in trouble.fields.items()],
            }
            for trouble in status.troubles
        ],
    }


def _deliveries(tally: Tally) -> dict[str, object]:
    return {
        "sent": tally.sent,
        "last_sent_at": tally.last_sent_at,
        "waiting": tally.waiting,
        "given_up": tally.failed,
        "unknown": tally.unknown,
        "failing_since": tally.failing_since,
        "last_error": tally.last_error,
    }


def _daemon_record(daemon: DaemonState) -> dict[str, object]:
    return {
        "started_at": iso(daemon.started_at),
        "wrong": list(daemon.wrong),
        "in_flight": daemon.in_flight,
        "writing": daemon.writing,
        "held_hosts": [
            {"host": host, "seconds": round(seconds, 1)} for host, seconds in sorted(daemon.held_hosts.items())
        ],
        "jobs": [
            {
                "name": job.name,
                "next_run_at": job.next_run_at and iso(job.next_run_at),
                "last_run_at": job.last_run_at and iso(job.last_run_at),
                "running": job.running,
            }
            for job in daemon.jobs
        ],
    }
