"""An archive of 100,000 snapshots with a history, as readers of the reading room meet it: `build(path, snapshots)`.

Four fifths of the snapshots are first versions, on 40 hosts of as many sources; the rest are edits, a few pages with
dozens and many with one: a sentence written anew, a figure changed, a headline, now and then a correction. Words come
by Zipf's law. All goes in as the daemon records it, only without waiting for the disk.
"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import accumulate, islice
from string import ascii_lowercase
from typing import TYPE_CHECKING

from archive.models import Article, Block, Capture, Finding, Identity, Outcome, Role
from archive.opening import open_for_writing, transaction
from archive.recording import record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlite_utils import Database

OUTLETS = 40
SENTENCES, WORDS = 20, 16
EDITED = 8_000
"""Pages that are edited, at most."""
DAYS = 90
BATCH = 64


def build(path: Path, snapshots: int) -> None:
    """Make the archive there; the same one each time, but for its times, which end now."""
    started = datetime.now(UTC) - timedelta(days=DAYS)
    step = timedelta(days=DAYS) / (snapshots + 1)
    states = enumerate(_states(snapshots), 1)
    with open_for_writing(path) as db:
        db.execute("pragma synchronous = off")
        while batch := list(islice(states, BATCH)):
            with transaction(db):
                for number, (page, article) in batch:
                    _record(db, page, article, started + number * step)


def _record(db: Database, page: int, article: Article, at: datetime) -> None:
    outlet = page % OUTLETS
    asked = Identity(f"outlet-{outlet}.example/news/{page}", f"https://outlet-{outlet}.example/news/{page}")
    body = f"<!doctype html><title>{article.title}</title><p>{'<p>'.join(article.text.splitlines())}".encode()
    capture = Capture(asked.url, at, asked.url, 200, (("content-type", "text/html; charset=utf-8"),), body)
    finding = Finding(Outcome.NEW, article, extractor="benchmark")
    record(db, asked, capture, finding, source=f"Outlet {outlet}", learns=False)


def _states(snapshots: int) -> Iterator[tuple[int, Article]]:
    """(page, its article) in the order in which they are seen."""
    desk = _Desk()
    first = snapshots * 4 // 5
    edited: dict[int, Article] = {}
    for page in range(first):
        article = desk.article()
        if page >= first - EDITED:
            edited[page] = article
        yield page, article
    pages = list(edited)
    for _ in range(snapshots - first):
        # Few are edited often.
        page = pages[int(len(pages) * desk.chance.random() ** 1.5)]
        edited[page] = desk.edited(edited[page])
        yield page, edited[page]


class _Desk:
    """Writes articles, and rewrites them."""

    def __init__(self) -> None:
        self.chance = random.Random(5)  # noqa: S311 - texts, no secrets
        self._words = ["".join(self.chance.choices(ascii_lowercase, k=7)) for _ in range(60_000)]
        self._weights = list(accumulate(1 / (number + 2.7) for number in range(60_000)))

    def article(self) -> Article:
        paragraphs = (" ".join(self._sentence() for _ in range(2)) for _ in range(SENTENCES // 2))
        blocks = tuple(Block(Role.BODY, each) for each in paragraphs)
        return Article(self._sentence(8).rstrip("."), ("Ada Lin",), None, None, "en", blocks)

    def edited(self, article: Article) -> Article:
        kind = self.chance.random()
        if kind < 0.2:
            return replace(article, title=self._sentence(8).rstrip("."))
        blocks = list(article.blocks)
        if kind < 0.25:
            return replace(article, blocks=(*blocks, Block(Role.CORRECTION, f"Correction: {self._sentence()}")))
        place = self.chance.randrange(SENTENCES // 2)
        sentence, rest = blocks[place].text.split(". ", 1)
        sentence = (
            f"{sentence.rpartition(' ')[0]} {self.chance.randrange(2, 9_999)}." if kind < 0.6 else self._sentence()
        )
        blocks[place] = Block(Role.BODY, f"{sentence} {rest}")
        return replace(article, blocks=tuple(blocks))

    def _sentence(self, count: int = WORDS) -> str:
        words = self.chance.choices(self._words, cum_weights=self._weights, k=count - 1)
        return f"{' '.join(words).capitalize()} {self.chance.randrange(2, 9_999)}."
