"""The index of copies at 100,000 snapshots: what an insert costs, what a look-up, and what is found.

    python benchmarks/copies.py [--snapshots 100000] [--recorded 2000] [--looked-up 1000] [--db FILE]

Texts are generated: words by Zipf's law, lengths around 450 words, a wire story on 300 pages, a page of 400 versions,
outlets with a house text of 60 words on every page, and families of copies whose shares are known. The archive is a
file; batches of 64 snapshots are committed as the daemon does, each with an fsync. What is found of the labelled pairs
of the tests comes last.
"""

from __future__ import annotations

import argparse
import json
import platform
import random
import sqlite3
import statistics
import tempfile
import time
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import accumulate, islice
from pathlib import Path
from string import ascii_lowercase
from typing import TYPE_CHECKING

from archive import pages, snapshots
from archive.copies import carriers, shingles
from archive.copies.retold import sharing_rare_words
from archive.models import Article, Block, Capture, Finding, Identity, Outcome, Role
from archive.opening import open_for_writing, transaction
from archive.recording import record
from archive.rows import insert

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlite_utils import Database

WORDS = 60_000
OUTLETS = 400
WITH_HOUSE_TEXT = 40
BATCH = 64
LABELLED = Path(__file__).parents[1] / "tests/archive/compare/outlets/pairs"
START = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Text:
    """One text to store, and what it is of."""

    outlet: int
    words: list[str]
    family: str = ""
    band: str = ""
    """How its family's members share wording."""
    page: str = ""
    """The page that it is a further version of."""


@dataclass(slots=True)
class Planted:
    """Which pages belong together."""

    family_of: dict[int, str] = field(default_factory=dict)
    band_of: dict[str, str] = field(default_factory=dict)


class Writer:
    """Makes texts: the same ones each time."""

    def __init__(self) -> None:
        self.chance = random.Random(4)  # noqa: S311 - texts, no secrets
        self._words = ["".join(self.chance.choices(ascii_lowercase, k=7)) for _ in range(WORDS)]
        self._weights = list(accumulate(1 / (number + 2.7) for number in range(WORDS)))
        self._house = [self.words(60) for _ in range(WITH_HOUSE_TEXT)]

    def words(self, count: int) -> list[str]:
        return self.chance.choices(self._words, cum_weights=self._weights, k=count)

    def length(self) -> int:
        return max(60, min(4_000, round(self.chance.lognormvariate(6.1, 0.6))))

    def outlet(self) -> int:
        return self.chance.randrange(OUTLETS)

    def reworded(self, words: list[str], every: int) -> list[str]:
        return [self.words(1)[0] if self.chance.random() < 1 / every else word for word in words]

    def passage(self, words: list[str], part: float) -> list[str]:
        """One run of the words, that part of them."""
        count = round(len(words) * part)
        start = self.chance.randrange(len(words) - count + 1)
        return words[start : start + count]

    def around(self, passage: list[str], share: float) -> list[str]:
        """A text of which the passage is that share."""
        before, after = (self.words(round(len(passage) * (1 / share - 1) / 2)) for _ in range(2))
        return [*before, *passage, *after]

    def texts(self) -> Iterator[Text]:
        """Without end: nineteen pages of their own, then a family."""
        wire = self.words(600)
        for number in range(1_000_000):
            for _ in range(19):
                outlet = self.outlet()
                house = self._house[outlet] if outlet < WITH_HOUSE_TEXT else []
                yield Text(outlet, [*self.words(self.length()), *house])
            band, (one, other) = self._family(number)
            yield Text(self.outlet(), one, f"family {number}", band)
            yield Text(self.outlet(), other, f"family {number}", band)
            if number < 300:
                yield Text(number, self.reworded(wire, 30), "wire", "on 300 pages")
            if number < 400:
                yield Text(1, [*self.words(300), *(str(each) for each in range(number))], page="live")

    def _family(self, number: int) -> tuple[str, tuple[list[str], list[str]]]:
        story = self.words(max(self.length(), 150))
        return {
            0: ("whole, 1 word in 20 altered", (story, self.reworded(story, 20))),
            1: ("whole, 1 word in 8 altered", (story, self.reworded(story, 8))),
            2: ("whole, 1 word in 4 altered", (story, self.reworded(story, 4))),
            3: ("a third, nothing else", (story, self.passage(story, 1 / 3))),
            4: ("a third, half of the copy", (story, self.around(self.passage(story, 1 / 3), 1 / 2))),
            5: ("a fifth, a fifth of the copy", (story, self.around(self.passage(story, 1 / 5), 1 / 5))),
            6: ("60 words inside 2,000", (brief := self.words(60), self.around(brief, 0.03))),
            7: ("40 words inside 1,000", (brief := self.words(40), self.around(brief, 0.04))),
        }[number % 8]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--snapshots", type=int, default=100_000)
    parser.add_argument("--recorded", type=int, default=2_000, help="snapshots recorded in full, with and without")
    parser.add_argument("--looked-up", type=int, default=1_000)
    parser.add_argument("--db", type=Path, help="keep the archive there")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.db or Path(folder) / "stet.db"
        with open_for_writing(path) as db:
            measure(db, path, options)


def measure(db: Database, path: Path, options: argparse.Namespace) -> None:
    """Prints all tables."""
    writer, planted = Writer(), Planted()
    texts = writer.texts()
    inserts = fill(db, islice(texts, options.snapshots - options.recorded), planted)
    with_index = timed_recording(db, texts, options.recorded, planted)
    without = timed_recording_without(db, texts, options.recorded)
    print(f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}\n")
    (count,) = db.execute("select count(*) from snapshots where id in (select snapshot_id from sketches)").fetchone()
    print(f"| {count:,} snapshots | median | mean | p99 |\n|---|---:|---:|---:|")
    last = inserts[-10_000:]
    print(row("insert, ms, the last 10,000", last))
    print(row("insert, ms, all", inserts))
    print(row("recording with its commit, ms, with the index", with_index))
    print(row("recording with its commit, ms, without it", without))
    report_look_ups(db, writer.chance, planted, options.looked_up)
    report_size(db, path)
    with tempfile.TemporaryDirectory() as folder, open_for_writing(Path(folder) / "stet.db") as small:
        report_labelled(small)


def fill(db: Database, texts: Iterator[Text], planted: Planted) -> list[float]:
    """Store the texts in batches; ms that the index took of each."""
    spent: list[float] = []
    with Timing(spent):
        number = 0
        while batch := list(islice(texts, BATCH)):
            with transaction(db):
                for text in batch:
                    number += 1
                    page = pages.ensure(db, named(text, number), now=START, source=f"outlet {text.outlet}")
                    at = (START + timedelta(minutes=number)).isoformat()
                    capture = insert(db, "captures", {"page_id": page.id, "fetched_at": at, "outcome": "new"})
                    version = snapshots.add(
                        db,
                        page,
                        article(text),
                        capture_id=capture,
                        captured_at=at,
                        extractor="benchmark",
                        settings_digest=None,
                        words_added=0,
                        words_removed=0,
                    )
                    db.execute("update pages set version = ?, state = 'live' where id = ?", [version, page.id])
                    plant(planted, page.id, text)
    return spent


def timed_recording(db: Database, texts: Iterator[Text], count: int, planted: Planted) -> list[float]:
    """Record in full, in batches; ms a snapshot, its share of the commit included."""
    spent: list[float] = []
    for _ in range(count // BATCH):
        batch = list(islice(texts, BATCH))
        number = db.table("pages").count
        started = time.perf_counter()
        with transaction(db):
            for text in batch:
                number += 1
                asked = named(replace(text, page=""), 10_000_000 + number)
                capture = Capture(asked.url, START, asked.url, 200, (), f"<p>{number}".encode())
                done = record(db, asked, capture, Finding(Outcome.NEW, article(text)), source=f"outlet {text.outlet}")
                plant(planted, done.page.id, text)
        spent.append(1000 * (time.perf_counter() - started) / len(batch))
    return spent


def timed_recording_without(db: Database, texts: Iterator[Text], count: int) -> list[float]:
    """The same while the index is off."""
    kept = shingles.index
    shingles.index = lambda *_arguments: None
    try:
        return timed_recording(db, texts, count, Planted())
    finally:
        shingles.index = kept


class Timing:
    """While it lasts, what each insert into the index takes is noted, in ms."""

    def __init__(self, spent: list[float]) -> None:
        self._spent = spent
        self._index: Callable[..., None] = shingles.index

    def __enter__(self) -> None:
        def timed(*arguments: object) -> None:
            started = time.perf_counter()
            self._index(*arguments)
            self._spent.append(1000 * (time.perf_counter() - started))

        shingles.index = timed

    def __exit__(self, *_: object) -> None:
        shingles.index = self._index


def report_look_ups(db: Database, chance: random.Random, planted: Planted, count: int) -> None:
    """Look up pages of families, and as many of none."""
    members: dict[str, list[int]] = {}
    for page_id, family in planted.family_of.items():
        members.setdefault(family, []).append(page_id)
    others = [each for (each,) in db.execute("select id from pages") if each not in planted.family_of]
    in_families = chance.sample(sorted(planted.family_of), count)
    chance.shuffle(others)
    spent: list[float] = []
    rare: list[float] = []
    whole: list[float] = []
    found: dict[str, list[bool]] = {}
    right: list[bool] = []
    for page_id in (*in_families, *others[:count]):
        page = pages.get(db, page_id)
        started = time.perf_counter()
        candidates = shingles.sharing(db, page, page.version or 1, min_share=0.1).candidates
        spent.append(1000 * (time.perf_counter() - started))
        if len(whole) < count // 5:
            text = snapshots.load(db, page).article
            started = time.perf_counter()
            sharing_rare_words(db, text, limit=carriers.RETOLD)
            rare.append(1000 * (time.perf_counter() - started))
            started = time.perf_counter()
            carriers.copies(db, page)
            whole.append(1000 * (time.perf_counter() - started))
        family = planted.family_of.get(page_id, "none")
        right += [planted.family_of.get(each.page_id) == family for each in candidates]
        if family != "none":
            wanted = [each for each in members[family] if each != page_id]
            listed = {each.page_id for each in candidates}
            found.setdefault(planted.band_of[family], []).extend(each in listed for each in wanted)
    print(row("look-up in the index, ms", spent))
    print(row("candidates by rare words, ms", rare))
    print(row("look-up and comparison of what was found, ms", whole))
    live = pages.find(db, "live")
    if live is not None:
        started = time.perf_counter()
        shingles.sharing(db, live, live.version or 1, min_share=0.1)
        print(f"| look-up of a page of 400 versions, ms | {1000 * (time.perf_counter() - started):.2f} | | |")
    print("\n| what was taken | pairs looked for | found |\n|---|---:|---:|")
    for band, hits in sorted(found.items()):
        print(f"| {band} | {len(hits)} | {sum(hits) / len(hits):.3f} |")
    print(
        f"\nOf {len(right)} candidates with a share of a tenth, {sum(right) / max(len(right), 1):.4f} are of the family"
    )


def report_size(db: Database, path: Path) -> None:
    (rows,) = db.execute("select count(*) from shingles").fetchone()
    (blobs,) = db.execute("select sum(length(hashes)) from sketches").fetchone()
    db.execute("pragma wal_checkpoint(truncate)")
    whole = path.stat().st_size
    try:
        sizes = dict(
            db.execute(
                "select name, sum(pgsize) from dbstat where name in ('shingles', 'sketches') group by name"
            ).fetchall()
        )
        told = ", ".join(f"`{name}` {size / 1e6:.0f} MB" for name, size in sizes.items())
    except sqlite3.OperationalError:
        told = f"{blobs / 1e6:.0f} MB of sketches"
    print(f"\n{rows:,} rows in `shingles`; {told}; the archive without raw bodies {whole / 1e6:.0f} MB.")


def report_labelled(db: Database) -> None:
    """Record the labelled pairs of the tests, each page of every pair, and look for its partner."""
    pairs = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(LABELLED.glob("*.json"))]
    for pair in pairs:
        for side in "ab":
            said = pair[side]
            blocks = tuple(Block(Role.BODY, each) for each in said["paragraphs"])
            asked = Identity(f"{side}.example/{pair['id']}", f"https://{side}.example/{pair['id']}")
            capture = Capture(asked.url, START, asked.url, 200, (), b"")
            found = Finding(Outcome.NEW, Article(said["title"], (), None, None, pair["language"], blocks))
            with transaction(db):
                record(db, asked, capture, found)
    counts: dict[str, list[tuple[bool, bool, bool]]] = {}
    for pair in pairs:
        for side, other in ("ab", "ba"):
            page = pages.find(db, f"{side}.example/{pair['id']}")
            partner = pages.find(db, f"{other}.example/{pair['id']}")
            assert page is not None
            assert partner is not None
            by_wording = {each.page_id for each in shingles.sharing(db, page, 1, min_share=0.1).candidates}
            by_words = sharing_rare_words(db, snapshots.load(db, page).article, limit=carriers.RETOLD + len(by_wording))
            listed = {each.carrier.page.id for each in carriers.copies(db, page, limit=50).copies}
            hits = partner.id in by_wording, partner.id in by_words, partner.id in listed
            counts.setdefault(pair["verdict"], []).append(hits)
    print("\n| labelled pairs, from both sides | looked for | by wording | by rare words | listed |")
    print("|---|---:|---:|---:|---:|")
    for verdict, hits in sorted(counts.items()):
        wording, words, listed_ = (sum(each) / len(hits) for each in zip(*hits, strict=True))
        print(f"| {verdict} | {len(hits)} | {wording:.2f} | {words:.2f} | {listed_:.2f} |")


def named(text: Text, number: int) -> Identity:
    key = text.page or f"outlet-{text.outlet}.example/{number}"
    return Identity(key, f"https://outlet-{text.outlet}.example/{number}")


def article(text: Text) -> Article:
    sentences = [f"{' '.join(text.words[start : start + 20]).capitalize()}." for start in range(0, len(text.words), 20)]
    paragraphs = (" ".join(sentences[start : start + 3]) for start in range(0, len(sentences), 3))
    blocks = tuple(Block(Role.BODY, each) for each in paragraphs)
    return Article(" ".join(text.words[:8]), (), None, None, "en", blocks)


def plant(planted: Planted, page_id: int, text: Text) -> None:
    if text.family:
        planted.family_of[page_id] = text.family
        planted.band_of[text.family] = text.band


def row(name: str, values: list[float]) -> str:
    ordered = sorted(values)
    p99 = ordered[len(ordered) * 99 // 100]
    return f"| {name} | {statistics.median(values):.2f} | {statistics.fmean(values):.2f} | {p99:.2f} |"


if __name__ == "__main__":
    main()
