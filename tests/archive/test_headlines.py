"""A page's headlines are told by what was seen of it, look by look."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from support.desk import BODY, article, identity

from archive import pages
from archive.headlines import Headline, Sighting, Wording, headlines, tell
from archive.models import Finding, Home, Outcome, Replay
from archive.reextraction import record_replay
from archive.times import iso

if TYPE_CHECKING:
    from support.desk import Desk

EDITED = (BODY[0].replace("214", "241"), *BODY[1:])


def looks(*shown: tuple[int, str, int | None], others: tuple[int, ...] = ()) -> tuple[Headline, ...]:
    """What looks a minute apart come to, each at (version, headline, variant of); at `others`, another was told of."""
    return tell([Sighting(at(minute), *one, is_other=minute in others) for minute, one in enumerate(shown)])


def at(minute: int) -> str:
    return f"2026-03-01T09:{minute:02}:00.000Z"


def test_a_headline_stands_until_another_is_seen() -> None:
    first, second = looks(
        *((1, "Dam holds", None), (2, "Dam holds", None), (2, "Dam holds", None), (3, "Dam breaks", None)), others=(3,)
    )
    assert first == Headline((Wording("Dam holds", (1, 2), at(0), at(2)),), at(0), at(2), gone_by=at(3))
    assert second == Headline((Wording("Dam breaks", (3,), at(3), at(3)),), at(3), at(3), gone_by=None)


def test_a_headline_that_comes_back_stands_a_second_time() -> None:
    stood = looks((1, "Dam holds", None), (2, "Dam breaks", None), (1, "Dam holds", None), others=(1, 2))
    assert [headline.title for headline in stood] == ["Dam holds", "Dam breaks", "Dam holds"]


def test_headlines_that_are_shown_in_turn_are_variants_of_one() -> None:
    trial = [(1, "Dam holds", None), (2, "Dam is holding up", 1)]
    stood = looks(*trial, *trial, (3, "Dam breaks", None), others=(4,))
    assert [headline.title for headline in stood] == ["Dam holds", "Dam breaks"]
    assert stood[0].variants == (Wording("Dam is holding up", (2,), at(1), at(3)),)
    assert (stood[0].first_seen_at, stood[0].last_seen_at, stood[0].gone_by) == (at(0), at(3), at(4))
    assert stood[1].variants == ()


def test_a_variant_that_is_seen_first_is_a_variant_still() -> None:
    *_, last = looks(
        *((1, "Dam holds", None), (3, "Dam breaks", None), (2, "Dam is holding up", 1), (1, "Dam holds", None)),
        others=(1, 2),
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


def in_the_view(desk: Desk) -> list[str]:
    return [str(row["after"]) for row in desk.db["headline_history"].rows]


def shows(desk: Desk, *titles: str, body: tuple[str, ...] = BODY, after: timedelta = timedelta(0)) -> None:
    for title in titles:
        desk.now += after
        desk.reads(article(*body, title=title))


def test_an_edit_under_a_headline_in_turn_is_no_other_headline(desk: Desk) -> None:
    shows(desk, *"ABAB")
    shows(desk, "B", body=EDITED)
    assert [title for title, _ in stood(desk)] == in_the_view(desk) == ["A"]
    assert [row["title"] for row in desk.db["headlines"].rows] == ["A"]


def test_a_headline_that_is_back_after_days_is_the_last_one(desk: Desk) -> None:
    shows(desk, "Minister denies", "Minister admits", "Minister denies", after=timedelta(days=3))
    assert [title for title, _ in stood(desk)] == in_the_view(desk)
    assert in_the_view(desk) == ["Minister denies", "Minister admits", "Minister denies"]
    assert [(row["version"], row["title"]) for row in desk.db["headlines"].rows][-1] == (1, "Minister denies")


def test_a_headline_that_is_back_with_its_text_is_the_last_one(desk: Desk) -> None:
    shows(desk, "Minister denies")
    shows(desk, "Minister admits", body=EDITED)
    shows(desk, "Minister denies")
    assert [title for title, _ in stood(desk)] == in_the_view(desk)
    assert in_the_view(desk)[-1] == "Minister denies"


def test_a_headline_that_is_back_after_a_deletion_is_the_last_one(desk: Desk) -> None:
    shows(desk, "Minister denies", "Minister admits", after=timedelta(days=3))
    desk.finds(Outcome.GONE)
    shows(desk, "Minister denies", after=timedelta(days=3))
    assert [title for title, _ in stood(desk)] == in_the_view(desk)
    assert in_the_view(desk)[-1] == "Minister denies"


def test_headlines_in_turn_are_no_stream_of_edits_in_any_view(desk: Desk) -> None:
    shows(desk, *"ABABCACB", "D")
    assert [row["title"] for row in desk.db["headlines"].rows] == in_the_view(desk) == ["A", "D"]


def test_a_page_that_led_to_another_one_was_not_seen_with_its_headline_then(desk: Desk) -> None:
    shows(desk, "Dam holds")
    seen = iso(desk.now)
    desk.reads(article(title="Other"), identity("other"))
    desk.reads(article(title="Other"), home=Home(identity("other"), by_redirect=True))
    page = pages.find(desk.db, identity().key)
    assert page is not None
    (headline,) = headlines(desk.db, page)
    assert (headline.title, headline.last_seen_at) == ("Dam holds", seen)
