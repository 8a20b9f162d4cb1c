"""The other pages that carry a page's story: how much was taken, and who was first seen with it.

The index (shingles.py) and the rare words (retold.py) name candidates; the best of them are compared sentence by
sentence. All that is told is what was seen when somebody looked: never who wrote first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive import pages, sightings, snapshots
from archive.compare.outlets.comparison import compare
from archive.compare.outlets.verdict import Verdict
from archive.copies import shingles
from archive.copies.retold import sharing_rare_words
from archive.copies.shingles import Candidate
from archive.pages import LIVE
from archive.rarity import ArchiveRarity

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sqlite_utils import Database

    from archive.compare.outlets.rarity import Rarity
    from archive.copies.shingles import Sharing
    from archive.models import Snapshot
    from archive.pages import Page
    from archive.sightings import Seen

MIN_SHARE = 0.2
"""The least of the larger of the two shares by default: less is a quotation, not the story."""

RETOLD = 8
"""Pages that are compared because they share rare words, beside those that share wording."""

_ESTIMATED = 0.5
"""The part of the share asked for from which an estimate is worth a comparison, which sees reworded sentences too."""


@dataclass(frozen=True, slots=True)
class Carrier:
    """A page that carries the story."""

    page: Page
    source: str | None
    snapshot: Snapshot
    """The version that was compared."""
    first_version: int
    """The version with which it was first seen with most of what is shared."""
    first_seen: Seen
    last_seen_at: str | None
    """When the version that stands there was last seen standing; None where it was never looked at again."""

    @property
    def stands(self) -> bool:
        """Whether what was compared is what stands there now, as far as we know."""
        return self.page.state == LIVE and self.page.version == self.snapshot.version


@dataclass(frozen=True, slots=True)
class Copy:
    """Another page that carries the story, against the one asked about."""

    carrier: Carrier
    verdict: Verdict
    share: float
    """Which part of its words stands in sentences that the page asked about has too, 0 to 1."""
    taken: float
    """Which part of the words of the page asked about it has too, 0 to 1."""
    same_outlet: bool
    """Whether both pages are of one source or one host, or one has moved to the other."""


@dataclass(frozen=True, slots=True)
class Copies:
    """A page and the others that carry its story, those that share the most first."""

    asked: Carrier
    copies: tuple[Copy, ...]

    @property
    def carriers(self) -> tuple[Carrier, ...]:
        """All of them, the page asked about first."""
        return (self.asked, *(copy.carrier for copy in self.copies))

    def is_first(self, carrier: Carrier) -> bool:
        """Whether no other page was seen with it earlier. That is when we looked, not who wrote it."""
        return all(carrier.first_seen.at <= other.first_seen.at for other in self.carriers)


def copies(
    db: Database, page: Page, version: int | None = None, *, min_share: float = MIN_SHARE, limit: int = 20
) -> Copies:
    """The other pages that carry what stands at the page, or stood there with that version. Raises UnknownPage.

    Each page is told of once, with the version that has the most of it. At most `limit` candidates of the index, and
    RETOLD of the rare words, are compared.
    """
    snapshot = snapshots.load(db, page, version)
    sharing = shingles.sharing(db, page, snapshot.version, min_share=min_share * _ESTIMATED)
    asked = _carrier(db, page, snapshot, sharing.first_version)
    candidates = [*sharing.candidates[:limit], *_retold(db, asked, sharing)]
    rarity = _Remembered(ArchiveRarity(db))
    found = [(candidate, _compared(db, asked, candidate, rarity)) for candidate in candidates]
    kept = [copy for candidate, copy in found if _carries(copy, candidate, min_share)]
    kept.sort(key=_rank)
    return Copies(asked, tuple(kept[:limit]))


def _rank(copy: Copy) -> tuple[int, float, float, int]:
    """Copies first, then rewrites, then what is related; those with the most first."""
    most = max(copy.share, copy.taken)
    return list(Verdict).index(copy.verdict), -most, -copy.share - copy.taken, copy.carrier.page.id


class _Remembered:
    """A rarity that asks for no word twice: the texts compared are of one story, and have most words in common."""

    def __init__(self, rarity: Rarity) -> None:
        self._rarity = rarity
        self._known: dict[str, float] = {}

    def of(self, words: Collection[str]) -> dict[str, float]:
        """See Rarity."""
        asked = [word for word in words if word not in self._known]
        if asked:
            self._known |= self._rarity.of(asked)
        return {word: self._known[word] for word in words}


def _retold(db: Database, asked: Carrier, sharing: Sharing) -> list[Candidate]:
    """Pages that share rare words and, as far as the index knows, no wording."""
    known = {asked.page.id, *(each.page_id for each in sharing.candidates)}
    found = sharing_rare_words(db, asked.snapshot.article, limit=RETOLD + len(known))
    fresh = [pages.get(db, page_id) for page_id in found if page_id not in known]
    return [
        Candidate(page.id, page.version, shingles.first_version(db, page, page.version), share=0.0, taken=0.0)
        for page in fresh[:RETOLD]
        if page.version is not None
    ]


def _compared(db: Database, asked: Carrier, candidate: Candidate, rarity: Rarity) -> Copy:
    page = pages.get(db, candidate.page_id)
    carrier = _carrier(db, page, snapshots.load(db, page, candidate.version), candidate.first_version)
    comparison = compare(asked.snapshot.article, carrier.snapshot.article, rarity)
    return Copy(
        carrier,
        comparison.verdict,
        share=comparison.coverage_b,
        taken=comparison.coverage_a,
        same_outlet=_same_outlet(db, asked.page, page),
    )


def _carrier(db: Database, page: Page, snapshot: Snapshot, first_version: int) -> Carrier:
    return Carrier(
        page,
        pages.source_name(db, page),
        snapshot,
        first_version,
        sightings.first_seen(db, page, first_version),
        sightings.last_seen(db, page),
    )


def _carries(copy: Copy, candidate: Candidate, min_share: float) -> bool:
    """Of pages with reporting of their own only those count that have as much of it word for word."""
    if copy.verdict is Verdict.UNRELATED or (copy.verdict is Verdict.RELATED and candidate.most < min_share):
        return False
    return max(copy.share, copy.taken) >= min_share


def _same_outlet(db: Database, one: Page, other: Page) -> bool:
    if one.source_id is not None and one.source_id == other.source_id:
        return True
    if _host(one.url) == _host(other.url):
        return True
    return one.url in _moved_to(db, other) or other.url in _moved_to(db, one)


def _host(url: str) -> str:
    host = pages.host_of(url)
    return next((host.removeprefix(each) for each in ("www.", "m.", "amp.") if host.startswith(each)), host)


def _moved_to(db: Database, page: Page) -> Iterable[str]:
    rows = db.execute("select details ->> 'after' from events where page_id = ? and kind = 'moved'", [page.id])
    return [url for (url,) in rows]
