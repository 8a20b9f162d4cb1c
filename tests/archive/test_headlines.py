"""A page's headlines are told by what was seen of it, look by look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.desk import article, identity

from archive import pages
from archive.headlines import Headline, Sighting, Wording, headlines, tell
from archive.models import Finding, Outcome, Replay
from archive.reextraction import record_replay

if TYPE_CHECKING:
    from support.desk import Desk


def looks(*shown: tuple[int, str, int | None]) -> tuple[Headline, ...]:
    """What looks a minute apart come to, each at (version, headline, variant of)."""
    return tell([Sighting(at(minute), *one) for minute, one in enumerate(shown)])


def at(minute: int) -> str:
    return f"2026-03-01T09:{minute:02}:00.000Z"


def test_a_headline_stands_until_another_is_seen() -> None:
    first, second = looks(
        (1, "Dam holds", None), (2, "Dam holds", None), (2, "Dam holds", None), (3, "Dam breaks", None)
    )
    assert first == Headline((Wording("Dam holds", (1, 2), at(0), at(2)),), at(0), at(2), gone_by=at(3))
    assert second == Headline((Wording("Dam breaks", (3,), at(3), at(3)),), at(3), at(3), gone_by=None)


def test_a_headline_that_comes_back_stands_a_second_time() -> None:
    stood = looks((1, "Dam holds", None), (2, "Dam breaks", None), (1, "Dam holds", None))
    assert [headline.title for headline in stood] == ["Dam holds", "Dam breaks", "Dam holds"]


def test_headlines_that_are_shown_in_turn_are_variants_of_one() -> None:
    trial = [(1, "Dam holds", None), (2, "Dam is holding up", 1)]
    stood = looks(*trial, *trial, (3, "Dam breaks", None))
    assert [headline.title for headline in stood] == ["Dam holds", "Dam breaks"]
    assert stood[0].variants == (Wording("Dam is holding up", (2,), at(1), at(3)),)
    assert (stood[0].first_seen_at, stood[0].last_seen_at, stood[0].gone_by) == (at(0), at(3), at(4))
    assert stood[1].variants == ()


def test_a_variant_that_is_seen_first_is_a_variant_still() -> None:
    *_, last = looks(
        (1, "Dam holds", None), (3, "Dam breaks", None), (2, "Dam is holding up", 1), (1, "Dam holds", None)
    )
    assert last.title == "Dam holds"
    assert [variant.title for variant in last.variants] == ["Dam is holding up"]


def test_typography_makes_no_other_headline() -> None:
    (only,) = looks((1, 'Dam "holds"', None), (2, "Dam “holds”", None))
    assert only.title == "Dam “holds”"


def test_no_look_no_headline() -> None:
    assert looks() == ()


def stood(desk: Desk) -> list[tuple[str, tuple[int, ...]]]:
    page = pages.find(desk.db, identity().key)
    assert page is not None
    return [(headline.title, headline.wordings[0].versions) for headline in headlines(desk.db, page)]


def test_a_look_that_shows_no_article_is_no_sighting(desk: Desk) -> None:
    desk.reads(article(title="Dam holds"))
    desk.finds(Outcome.GONE)
    desk.reads(article(title="Dam breaks"))
    page = pages.find(desk.db, identity().key)
    assert page is not None
    first, second = headlines(desk.db, page)
    assert first.first_seen_at == first.last_seen_at
    assert first.gone_by == second.first_seen_at
    assert stood(desk) == [("Dam holds", (1,)), ("Dam breaks", (2,))]


def test_a_headline_that_was_read_wrongly_is_told_as_it_is_read_today(desk: Desk) -> None:
    recorded = desk.reads(article(title="Dam holds | The Courier"))
    fresh = Finding(Outcome.NEW, article(title="Dam holds"), extractor="test 2")
    record_replay(desk.db, Replay(recorded.page.id, 1, fresh), now=desk.now)
    assert [title for title, _ in stood(desk)] == ["Dam holds"]
