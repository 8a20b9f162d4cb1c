"""How fast `stet search` is, and what its index costs. `python benchmarks/search.py [SNAPSHOTS…]`.

Generated archives: four versions a page, 3 kB each, words by Zipf's law, one sentence of twenty replaced from each
version to the next. Every query is run three times in a process that has just opened the archive; the median counts.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import sqlite3
import statistics
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

from archive.models import Article, Block, Capture, Finding, Identity, Outcome, Role
from archive.opening import open_for_reading, open_for_writing, transaction
from archive.recording import record
from archive.search.hits import search
from archive.times import iso

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlite_utils import Database

SIZES = (10_000, 100_000)
VERSIONS = 4
SENTENCES, WORDS = 20, 25
VOCABULARY = 60_000
START = datetime(2026, 1, 1, tzinfo=UTC)
BATCH = 64
RECORDED = 640
"""Articles recorded with the index and without it."""

QUERIES = {
    "a word in most snapshots": "w3",
    "a word in one of a hundred": "w900",
    "a rare word": "w41000",
    "two common words": "w3 w9",
    "a phrase of common words": '"w1 w2"',
    "a beginning of 1 word in 30": "w10*",
    "a beginning of 1 word in 3": "w1*",
    "NEAR of two words": "NEAR(w50 w60, 5)",
    "a word in a title": "title: w900",
    "a word of a script without spaces": "東京",
    "a word that is nowhere": "nowhere",
}


def main() -> None:
    """Prints the tables of benchmarks/results/search.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", metavar="SNAPSHOTS", nargs="*", type=int, default=SIZES)
    sizes = parser.parse_args().sizes
    print(
        f"{os.cpu_count()} cores, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}; CPU ms;"
        " the hits shown are the first 20\n"
    )
    with tempfile.TemporaryDirectory(prefix="stet-search-") as folder:
        measured = [measure(Path(folder) / f"{size}.db", size) for size in sizes]
    print_table("query", sizes, [each.queries for each in measured])
    print()
    print_table("index", sizes, [each.index for each in measured])


@dataclass(frozen=True)
class Measured:
    """What one archive gave, each by the name of its row."""

    queries: dict[str, str]
    index: dict[str, str]


def measure(path: Path, size: int) -> Measured:
    """Fill an archive, search it, and record some more in it."""
    with open_for_writing(path) as db:
        fill(db, size)
        bare = file_size(db)
        started = time.process_time()
        with transaction(db):
            db.execute("insert into snapshots_fts (snapshots_fts) values ('rebuild')")
        rebuilt = time.process_time() - started
        index = {
            "built anew, ms a snapshot": f"{1000 * rebuilt / size:.2f}",
            "size, the archive without it = 1": f"{file_size(db) / bare - 1:.2f}",
        }
    queries = {}
    for name, query in QUERIES.items():
        queries[name] = timed(path, query, removed=False)
        queries[f"{name}, --removed"] = timed(path, query, removed=True)
    with open_for_writing(path) as db:
        with_index = statistics.mean(recording(db, range(RECORDED)))
        for (name,) in db.execute("select name from sqlite_master where type = 'trigger'").fetchall():
            db.execute(f"drop trigger {name}")
        without = statistics.mean(recording(db, range(RECORDED, 2 * RECORDED)))
    index["recording, ms an article"] = f"{with_index:.2f}"
    index["recording, without it = 1"] = f"{with_index / without:.2f}"
    return Measured(queries, index)


def timed(path: Path, query: str, *, removed: bool) -> str:
    """Milliseconds, and how many pages were shown."""
    spent, hits = [], 0
    for _ in range(3):
        with open_for_reading(path) as db:
            started = time.process_time()
            hits = len(search(db, query, removed=removed, seconds=60))
            spent.append(1000 * (time.process_time() - started))
    return f"{statistics.median(spent):.1f} ({hits})"


def fill(db: Database, size: int) -> None:
    """Pages with their captures and snapshots, straight into the tables and past the index."""
    statements = [str(sql) for (sql,) in db.execute("select sql from sqlite_master where type = 'trigger'")]
    names = [str(name) for (name,) in db.execute("select name from sqlite_master where type = 'trigger'")]
    for name in names:
        db.execute(f"drop trigger {name}")
    rng = random.Random(7)  # noqa: S311 - the same archive in every run
    pages = size // VERSIONS
    with transaction(db):
        db.conn.executemany(
            """insert into pages (id, key, url, host, state, version, first_seen_at)
               values (?1, 'n/' || ?1, 'https://news.example/' || ?1, 'news.example', 'live', ?2, ?3)""",
            ((page, VERSIONS, iso(START)) for page in range(1, pages + 1)),
        )
        db.conn.executemany(
            "insert into captures (id, page_id, fetched_at, outcome, version) values (?, ?, ?, ?, ?)",
            (
                (snapshot, page, iso(when(version)), "new" if version == 1 else "changed", version)
                for snapshot, page, version in numbered(pages)
            ),
        )
        db.conn.executemany(
            """insert into snapshots (id, page_id, version, capture_id, captured_at, title, text, fingerprint, chain)
               values (?1, ?2, ?3, ?1, ?4, ?5, ?6, ?1, '')""",
            rows(rng, pages),
        )
        for statement in statements:
            db.execute(statement)


def rows(rng: random.Random, pages: int) -> Iterator[tuple[object, ...]]:
    """The snapshots of all pages."""
    stories = (story(rng) for _ in range(pages))
    versions = (version for each in stories for version in each)
    for (snapshot, page, version), article in zip(numbered(pages), versions, strict=True):
        yield snapshot, page, version, iso(when(version)), article.title, article.text


def numbered(pages: int) -> Iterator[tuple[int, int, int]]:
    """(snapshot, page, version) as they would have come: the first versions of all pages, then the second."""
    snapshot = 0
    for page in range(1, pages + 1):
        for version in range(1, VERSIONS + 1):
            snapshot += 1
            yield snapshot, page, version


def when(version: int) -> datetime:
    """The time at which a version was captured."""
    return START + timedelta(hours=version)


def story(rng: random.Random) -> list[Article]:
    """The versions of one article."""
    title = " ".join(words(rng, 8))
    body = [f"{' '.join(words(rng, WORDS))}." for _ in range(SENTENCES)]
    versions = []
    for _ in range(VERSIONS):
        versions.append(Article(title, (), None, None, "en", tuple(Block(Role.BODY, each) for each in body)))
        body = list(body)
        body[rng.randrange(SENTENCES)] = f"{' '.join(words(rng, WORDS))}."
    return versions


_RANKS = range(1, VOCABULARY + 1)
_WEIGHTS = list(accumulate(1 / rank for rank in _RANKS))


def words(rng: random.Random, count: int) -> list[str]:
    """`w1` is the commonest word."""
    return [f"w{rank}" for rank in rng.choices(_RANKS, cum_weights=_WEIGHTS, k=count)]


def recording(db: Database, numbers: Iterable[int]) -> list[float]:
    """Milliseconds an article of each batch, recorded as the daemon records them."""
    rng, spent = random.Random(11), []  # noqa: S311
    left = list(numbers)
    while left:
        batch, left = left[:BATCH], left[BATCH:]
        jobs = [(number, story(rng)[0]) for number in batch]
        started = time.process_time()
        with transaction(db):
            for number, article in jobs:
                asked = Identity(f"m/{number}", f"https://more.example/{number}")
                capture = Capture(asked.url, START, asked.url, 200, (), b"<html>" * 2_000)
                record(db, asked, capture, Finding(Outcome.NEW, article))
        spent.append(1000 * (time.process_time() - started) / len(batch))
    return spent


def file_size(db: Database) -> int:
    """The archive's size in bytes."""
    (pages,) = db.execute("pragma page_count").fetchone()
    (size,) = db.execute("pragma page_size").fetchone()
    return int(pages) * int(size)


def print_table(what: str, sizes: Iterable[int], columns: list[dict[str, str]]) -> None:
    """A Markdown table, a column for each size."""
    print(f"| {what} |" + "".join(f" {size:,} snapshots |" for size in sizes))
    print("|---|" + "---:|" * len(columns))
    for name in columns[0]:
        print(f"| {name} |" + "".join(f" {column[name]} |" for column in columns))


if __name__ == "__main__":
    main()
