"""Which pages share wording: an index of sketches (archive/compare/copies/minhash.py), kept at recording.

A page has one row in `shingles` for each hash that any of its versions had, with the first version that had it: a page
of many versions is found once, and since when it carries what it shares is told by the index alone.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

from archive.compare.copies.minhash import SCHEME, Sketch, overlap, sketch
from archive.progress import told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sqlite_utils import Database

    from archive.pages import Page

MOST_PAGES = 256
"""Pages read for one hash, those known the longest first."""

MOST_ROWS = 8_000
"""Pages read for all hashes of one look-up. Where it would be more, the sketch is read to where that is reached, which
is a smaller sample of the same text."""

OF_ONE_OUTLET = 8
"""Pages of one outlet that may share a wording before it is the outlet's own and nobody's copy: as many as
archive/evidence.py wants to learn a line."""

WEIGHED = 128
"""Pages whose shares are estimated: those that share the most hashes, the rare ones counting more."""

LEAST_SHARED = 2
"""Hashes that must be shared: one may be an idiom."""


@dataclass(frozen=True, slots=True)
class Sharing:
    """What the index knows of one version of a page."""

    first_version: int
    """The version with which the page had come to carry the half of it."""
    candidates: tuple[Candidate, ...]
    """The other pages that share wording with it, those that share the most first."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A page that shares wording with the one asked about, as far as the samples tell."""

    page_id: int
    version: int
    """The version that has the most of it: the one that stands there if it has as much as any looked at."""
    first_version: int
    """The version with which it had come to carry the half of what it shares."""
    share: float
    """Which part of its wording is in the page asked about, 0 to 1."""
    taken: float
    """Which part of the wording of the page asked about is in it, 0 to 1."""

    @property
    def most(self) -> float:
        """The larger of the shares: a digest has little of a story and nothing else, a long page may have all of it."""
        return max(self.share, self.taken)


def index(db: Database, page_id: int, version: int, snapshot_id: int, text: str) -> None:
    """Enter a snapshot that was just stored."""
    made = sketch(text)
    _put(db, [(snapshot_id, made)])
    db.conn.executemany(
        "insert into shingles (hash, page_id, version) values (?, ?, ?) on conflict do nothing",
        [(each, page_id, version) for each in made.hashes],
    )


def index_all(db: Database) -> None:
    """Enter all snapshots of an archive that has none entered yet.

    The hashes are sorted before they are entered: a b-tree that is filled in order is written once.
    """
    db.execute("create temp table unsorted (hash integer, page_id integer, version integer)")
    (total,) = db.execute("select count(*) from snapshots").fetchone()
    rows = db.conn.execute("select id, page_id, version, text from snapshots")
    for snapshot_id, page_id, version, text in told(rows, "sampling the wording of snapshots", total):
        made = sketch(text)
        _put(db, [(snapshot_id, made)])
        db.conn.executemany("insert into unsorted values (?, ?, ?)", [(each, page_id, version) for each in made.hashes])
    db.execute(
        """insert into shingles (hash, page_id, version)
           select hash, page_id, min(version) from unsorted group by hash, page_id order by hash, page_id"""
    )
    db.execute("drop table unsorted")


def sharing(db: Database, page: Page, version: int, *, min_share: float) -> Sharing:
    """The pages that share wording with that version of the page.

    `min_share` is the least of the larger of the two shares. The work is bounded, whatever stands in the archive.
    """
    asked = _sketches(db, [(page.id, version)]).get((page.id, version))
    if asked is None:
        return Sharing(version, ())
    asked, carriers = _read(db, asked)
    met = _meet(db, carriers)
    since = _half(met.since.pop(page.id, [version]))
    likely = sorted(met.since, key=lambda page_id: (-met.weights[page_id], page_id))[:WEIGHED]
    candidates = [each for each in _weighed(db, asked, met, likely) if each.most >= min_share]
    candidates.sort(key=lambda each: (-each.most, -each.share - each.taken, each.page_id))
    return Sharing(since, tuple(candidates))


def first_version(db: Database, page: Page, version: int) -> int:
    """The version with which the page had come to carry the half of what it says with that one."""
    made = _sketches(db, [(page.id, version)]).get((page.id, version))
    if made is None or not made.hashes:
        return version
    rows = db.execute(
        "select version from shingles where page_id = ? and hash in (select value from json_each(?))",
        [page.id, json.dumps(made.hashes)],
    ).fetchall()
    return _half([each for (each,) in rows])


def outlets_of(db: Database, page_ids: Iterable[int]) -> dict[int, str]:
    """Whose each page is: its source's, or, where it has none, its host's."""
    rows = db.execute(
        "select id, coalesce(source_id, host) from pages where id in (select value from json_each(?))",
        [json.dumps(list(page_ids))],
    )
    return {page_id: str(outlet) for page_id, outlet in rows}


@dataclass(frozen=True, slots=True)
class _Met:
    """Where pages meet a sketch; those that share too little are left out."""

    since: dict[int, list[int]]
    """For each hash that counts, the version since which the page has it."""
    weights: Mapping[int, float]
    """How much a page shares, rare hashes counting more."""
    uncounted: Mapping[int, frozenset[int]]
    """The hashes that do not count for a page: idioms, and what its outlet repeats."""


def _meet(db: Database, carriers: Mapping[int, list[tuple[int, int]]]) -> _Met:
    idioms = _idioms(carriers)
    shared = Counter(page_id for each, rows in carriers.items() if each not in idioms for page_id, _ in rows)
    outlets = outlets_of(db, [page_id for page_id, hashes in shared.items() if hashes >= LEAST_SHARED])
    of_outlets = _wordings_of_outlets(carriers, outlets)
    since: defaultdict[int, list[int]] = defaultdict(list)
    weights: defaultdict[int, float] = defaultdict(float)
    for each, rows in carriers.items():
        if each not in idioms:
            weight = log(2 * MOST_PAGES / (len(rows) or 1))
            for page_id, version in rows:
                if page_id in outlets and each not in of_outlets.get(outlets[page_id], ()):
                    since[page_id].append(version)
                    weights[page_id] += weight
    enough = {
        page_id: versions
        for page_id, versions in since.items()
        # Where most of what is shared is the outlet's own, the rest is likely to be of it, too: of short texts each
        # keeps other hashes.
        if len(versions) >= LEAST_SHARED and 2 * len(versions) > shared[page_id]
    }
    uncounted = {page_id: idioms | of_outlets.get(outlets[page_id], frozenset()) for page_id in enough}
    return _Met(enough, weights, uncounted)


def _weighed(db: Database, asked: Sketch, met: _Met, page_ids: Iterable[int]) -> Iterator[Candidate]:
    """Each page with the shares of the version that has the most: that which stands there, or the first."""
    firsts = {page_id: _half(met.since[page_id]) for page_id in page_ids}
    standing = _standing(db, firsts)
    sketches = _sketches(db, {*firsts.items(), *standing.items()})
    for page_id, first in firsts.items():
        looked_at = [
            Candidate(page_id, each, first, share=both.of_one, taken=both.of_other)
            for each in (standing[page_id], first)
            if (made := sketches.get((page_id, each))) is not None
            and (both := overlap(made, asked, met.uncounted[page_id]))
        ]
        if looked_at:
            yield max(looked_at, key=lambda candidate: candidate.most)


def _half(versions: list[int]) -> int:
    """The version by which the half of the hashes were there, of the versions that brought them."""
    return sorted(versions)[(len(versions) - 1) // 2]


def _put(db: Database, rows: Iterable[tuple[int, Sketch]]) -> None:
    db.conn.executemany(
        "insert into sketches (snapshot_id, scheme, shingles, ceiling, hashes) values (?, ?, ?, ?, ?)",
        [(snapshot_id, SCHEME, made.shingles, made.ceiling, made.pack()) for snapshot_id, made in rows],
    )


def _sketches(db: Database, versions: Iterable[tuple[int, int]]) -> dict[tuple[int, int], Sketch]:
    """The sketches of these (page, version), by them; those of another scheme are left out."""
    rows = db.execute(
        """select snapshots.page_id, snapshots.version, shingles, ceiling, hashes
           from json_each(:versions) as wanted
           join snapshots on snapshots.page_id = wanted.value ->> 0 and snapshots.version = wanted.value ->> 1
           join sketches on sketches.snapshot_id = snapshots.id
           where scheme = :scheme""",
        {"versions": json.dumps(list(versions)), "scheme": SCHEME},
    )
    return {
        (page_id, version): Sketch.unpack(hashes, ceiling=ceiling, shingles=shingles)
        for page_id, version, shingles, ceiling, hashes in rows
    }


def _read(db: Database, asked: Sketch) -> tuple[Sketch, dict[int, list[tuple[int, int]]]]:
    """The pages that carry each hash, with the version since which; and the part of the sketch that was read for it."""
    carriers: dict[int, list[tuple[int, int]]] = {}
    rows = 0
    for each in asked.hashes:
        carriers[each] = db.execute(
            "select page_id, version from shingles where hash = ? order by page_id limit ?", [each, MOST_PAGES]
        ).fetchall()
        rows += len(carriers[each])
        if rows >= MOST_ROWS:
            return Sketch(tuple(carriers), each + 1, asked.shingles), carriers
    return asked, carriers


def _idioms(carriers: Mapping[int, list[tuple[int, int]]]) -> frozenset[int]:
    """Wording of too many pages to tell a story; where most of a text is, it is a story that everybody carries."""
    common = frozenset(each for each, rows in carriers.items() if len(rows) == MOST_PAGES)
    return common if 2 * len(common) <= len(carriers) else frozenset()


def _wordings_of_outlets(
    carriers: Mapping[int, list[tuple[int, int]]], outlets: Mapping[int, str]
) -> dict[str, frozenset[int]]:
    """What each outlet repeats on more pages than one story has."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for each, rows in carriers.items():
        if len(rows) > OF_ONE_OUTLET:
            for outlet, pages in Counter(outlets[page_id] for page_id, _ in rows if page_id in outlets).items():
                if pages > OF_ONE_OUTLET:
                    found[outlet].add(each)
    return {outlet: frozenset(hashes) for outlet, hashes in found.items()}


def _standing(db: Database, page_ids: Iterable[int]) -> dict[int, int]:
    rows = db.execute(
        "select id, version from pages where id in (select value from json_each(?))", [json.dumps(list(page_ids))]
    )
    return dict(rows.fetchall())
