"""Articles made by hand, and a desk that records them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from archive.models import Article, Block, Capture, Finding, Home, Identity, Outcome, Role
from archive.opening import transaction
from archive.recording import record

if TYPE_CHECKING:
    from sqlite_utils import Database

    from archive.recording import Recorded

START = datetime(2026, 1, 1, 12, tzinfo=UTC)
BODY = (
    "The harbour office counted 214 ships in March.",
    "Officials said the quay would reopen on Monday.",
    "Nobody was hurt.",
)


def identity(path: str = "a") -> Identity:
    return Identity(f"news.example/{path}", f"https://news.example/{path}")


def article(
    *body: str,
    title: str = "Ships return",
    authors: tuple[str, ...] = ("Ada Lin",),
    corrections: tuple[str, ...] = (),
    credits: tuple[str, ...] = (),  # noqa: A002
    aside: tuple[str, ...] = (),
    published: str | None = "2026-01-01T08:00:00Z",
    modified: str | None = None,
) -> Article:
    blocks = [Block(Role.BODY, text) for text in body or BODY]
    blocks += [Block(Role.CORRECTION, text, "pattern: correction") for text in corrections]
    blocks += [Block(Role.CREDIT, text, "pattern: reporting credit") for text in credits]
    blocks += [Block(Role.PROMO, text, "pattern: newsletter") for text in aside]
    return Article(title, authors, published, modified, "en", tuple(blocks))


class Desk:
    """Records captures of pages, of one source if any, a quarter of an hour apart."""

    def __init__(self, db: Database, *, source: str | None = None, learns: bool = True) -> None:
        self.db = db
        self.now = START
        self._source = source
        self._learns = learns

    def reads(
        self, found: Article, page: Identity | None = None, *, home: Home | None = None, body: bytes = b""
    ) -> Recorded:
        """The page was fetched and read as this article."""
        return self.record(Finding(Outcome.NEW, found, extractor="test 1", home=home), page, body=body)

    def finds(
        self, outcome: Outcome, page: Identity | None = None, *, detail: str = "", home: Home | None = None
    ) -> Recorded:
        """The page was fetched and gave no article."""
        return self.record(Finding(outcome, detail=detail, home=home), page)

    def record(
        self, finding: Finding, page: Identity | None = None, *, body: bytes = b"", keep_all_bodies: bool = False
    ) -> Recorded:
        page = page or identity()
        self.now += timedelta(minutes=15)
        body = body or f"<html>{self.now}</html>".encode()
        capture = Capture(page.url, self.now, page.url, 200, (("etag", '"1"'),), body)
        with transaction(self.db):
            return record(
                self.db,
                page,
                capture,
                finding,
                source=self._source,
                keep_all_bodies=keep_all_bodies,
                learns=self._learns,
            )

    def events(self) -> list[str]:
        return [kind for (kind,) in self.db.execute("select kind from events order by id")]

    def count(self, table: str) -> int:
        return self.db.table(table).count
