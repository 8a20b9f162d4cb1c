"""A search finds pages by what any of their versions says, and tells what was removed by its publisher."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from support.archived import assert_sound
from support.desk import START, Desk, article, identity

from archive.models import Finding, Home, Outcome, Replay
from archive.opening import transaction
from archive.reextraction import record_replay
from archive.search.hits import SearchTooLong, search
from archive.search.query import QueryError
from archive.times import iso

if TYPE_CHECKING:
    from pathlib import Path

    from sqlite_utils import Database

    from archive.models import Article

QUAY = "The quay reopened on Monday."
PIER = "The pier was closed for good."
CRANE = "A crane was brought from Oslo."


def minutes(count: int) -> str:
    """The desk's time after so many minutes; its first capture is at 15."""
    return iso(START + timedelta(minutes=count))


def urls(db: Database, query: str, **options: object) -> list[str]:
    return [hit.url.rpartition("/")[2] for hit in search(db, query, **options)]  # type: ignore[arg-type]


def replay(desk: Desk, page_id: int, version: int, read: Article) -> None:
    """The standing version is read again by another extraction."""
    desk.now += timedelta(minutes=15)
    finding = Finding(Outcome.NEW, read, extractor="test 2")
    with transaction(desk.db):
        record_replay(desk.db, Replay(page_id, version, finding), now=desk.now)


def test_a_page_whose_every_version_matches_is_one_hit(desk: Desk) -> None:
    for number in range(1, 6):
        desk.reads(article(QUAY, f"So far {number} ships came."))
    desk.reads(article(QUAY, "So far 5 ships came."))
    (hit,) = search(desk.db, "quay")
    assert (hit.versions, hit.last_version, hit.version) == ((1, 2, 3, 4, 5), 5, 5)
    assert (hit.captured_at, hit.first_seen_at, hit.last_seen_at) == (minutes(75), minutes(15), minutes(90))
    assert (hit.url, hit.title, hit.state, hit.source) == ("https://news.example/a", "Ships return", "live", None)
    assert (hit.gone_in, hit.gone_at) == (None, None)
    assert hit.excerpt.pieces[:3] == (
        ("The ", False),
        ("quay", True),
        (" reopened on Monday. So far 5 ships came.", False),
    )


def test_versions_that_do_not_match_are_not_listed(desk: Desk) -> None:
    for line in (QUAY, PIER, f"{QUAY} Really.", CRANE):
        desk.reads(article(line))
    (hit,) = search(desk.db, "quay")
    assert (hit.versions, hit.last_version, hit.version) == ((1, 3), 4, 3)
    assert (hit.first_seen_at, hit.last_seen_at) == (minutes(15), minutes(45))


def test_a_title_counts_for_more_than_the_text_and_the_newest_breaks_a_tie(desk: Desk) -> None:
    desk.reads(article(QUAY, PIER, CRANE), identity("text"))
    desk.reads(article(PIER, title="The quay reopens"), identity("title"))
    desk.reads(article(QUAY, PIER, CRANE), identity("text-later"))
    for number in range(8):
        desk.reads(article(CRANE), identity(f"other-{number}"))
    assert urls(desk.db, "quay") == ["title", "text-later", "text"]
    assert urls(desk.db, "quay", limit=1) == ["title"]
    (titled, *_) = search(desk.db, "title: quay")
    assert titled.excerpt.pieces == (("The ", False), ("quay", True), (" reopens", False))


def test_the_words_of_a_column_are_marked_in_that_column_alone(desk: Desk) -> None:
    desk.reads(article(QUAY, PIER, title="The quay reopens"))
    (titled,) = search(desk.db, "title: quay")
    assert titled.excerpt.pieces == (("The ", False), ("quay", True), (" reopens", False))
    (both,) = search(desk.db, "title: quay pier")
    assert {piece.lower() for piece, is_match in both.excerpt.pieces if is_match} == {"pier"}


def test_a_source_and_the_time_of_a_version_can_be_asked_for(desk: Desk) -> None:
    courier = Desk(desk.db, source="Courier")
    courier.reads(article(QUAY), identity("courier"))
    desk.reads(article(QUAY), identity("other"))
    desk.reads(article(f"{QUAY} Really."), identity("other"))
    assert urls(desk.db, "quay", source="Courier") == ["courier"]
    assert urls(desk.db, "quay", source="Nobody") == []
    (late,) = search(desk.db, "quay", since=START + timedelta(minutes=30))
    assert (late.url, late.versions) == ("https://news.example/other", (2,))
    early = search(desk.db, "quay", until=START + timedelta(minutes=30))
    assert [hit.versions for hit in early] == [(1,), (1,)]
    assert search(desk.db, "quay", until=START) == ()


def test_removed_text_is_told_with_the_captures_between_which_it_went(desk: Desk) -> None:
    desk.reads(article(QUAY, PIER))
    desk.reads(article(QUAY, PIER, CRANE))
    desk.reads(article(QUAY, PIER, CRANE))
    desk.finds(Outcome.ERROR)
    desk.reads(article(PIER, CRANE))
    desk.reads(article(PIER))
    (hit,) = search(desk.db, "quay", removed=True)
    assert (hit.versions, hit.last_version, hit.version) == ((1, 2), 4, 2)
    assert (hit.first_seen_at, hit.last_seen_at) == (minutes(15), minutes(45))
    assert (hit.gone_in, hit.gone_at) == (3, minutes(75))
    assert ("quay", True) in hit.excerpt.pieces
    assert search(desk.db, "pier", removed=True) == ()


def test_removed_text_is_sought_by_the_time_of_a_version_that_had_it(desk: Desk) -> None:
    desk.reads(article(QUAY))
    desk.reads(article(QUAY, CRANE))
    desk.reads(article(PIER))
    (hit,) = search(desk.db, "quay", removed=True, until=START + timedelta(minutes=20))
    assert (hit.versions, hit.gone_in, hit.gone_at) == ((1, 2), 3, minutes(45))
    assert search(desk.db, "quay", removed=True, since=START + timedelta(minutes=40)) == ()


def test_the_newest_are_found_though_others_match_better(desk: Desk) -> None:
    for number in range(5):
        desk.reads(article(QUAY, title="The quay reopens"), identity(f"better-{number}"))
    desk.reads(article(PIER, CRANE, QUAY), identity("latest"))
    for number in range(8):
        desk.reads(article(CRANE), identity(f"other-{number}"))
    assert "latest" not in urls(desk.db, "quay", limit=2)
    assert urls(desk.db, "quay", newest=True, limit=2) == ["latest", "better-4"]
    assert urls(desk.db, "quay", newest=True, limit=2, offset=2) == ["better-3", "better-2"]
    until = START + timedelta(minutes=40)
    assert urls(desk.db, "quay", newest=True, until=until) == ["better-1", "better-0"]


def test_the_newest_removals_are_those_of_which_the_text_went_last(desk: Desk) -> None:
    for path in ("long", "short", "stays"):
        desk.reads(article(QUAY, path), identity(path))
    desk.now = START + timedelta(days=60)
    desk.reads(article(PIER, "short"), identity("short"))
    desk.reads(article(PIER, "long"), identity("long"))
    desk.reads(article(CRANE, "short"), identity("short"))
    day = timedelta(days=1)
    long, short = search(desk.db, "quay", removed=True, newest=True, since=START + 30 * day)
    assert [hit.url.rpartition("/")[2] for hit in (long, short)] == ["long", "short"]
    assert (long.gone_at, short.gone_at) == (iso(START + 60 * day + day / 48), iso(START + 60 * day + day / 96))
    assert urls(desk.db, "quay", removed=True, newest=True, limit=1) == ["long"]
    assert urls(desk.db, "quay", removed=True, newest=True, limit=1, offset=1) == ["short"]
    assert urls(desk.db, "quay", removed=True, newest=True, since=START + 60 * day + day / 48) == ["long"]
    assert urls(desk.db, "quay", removed=True, newest=True, until=START + 60 * day + day / 48) == ["short"]
    assert urls(desk.db, "quay", removed=True, newest=True, since=START + 61 * day) == []


def test_what_stands_elsewhere_in_the_text_or_came_back_was_not_removed(desk: Desk) -> None:
    desk.reads(article(QUAY, PIER, f"Again: {QUAY}"), identity("twice"))
    desk.reads(article(PIER, f"Again: {QUAY}"), identity("twice"))
    for line in (QUAY, PIER, QUAY):
        desk.reads(article(line), identity("back"))
    assert search(desk.db, "quay", removed=True) == ()
    assert search(desk.db, f'"{QUAY}"', removed=True) == ()
    (pier,) = search(desk.db, "pier", removed=True)
    assert (pier.url, pier.versions, pier.gone_in, pier.gone_at) == (
        "https://news.example/back",
        (2,),
        1,
        minutes(75),
    )


def test_what_we_read_otherwise_was_not_removed_by_its_publisher(desk: Desk, tmp_path: Path) -> None:
    page = desk.reads(article(QUAY, PIER)).page
    replay(desk, page.id, 1, article(PIER))
    assert urls(desk.db, "quay") == ["a"]
    assert search(desk.db, "quay", removed=True) == ()
    desk.record(Finding(Outcome.NEW, article(PIER, CRANE), extractor="test 2"))
    assert search(desk.db, "quay", removed=True) == ()
    desk.record(Finding(Outcome.NEW, article(CRANE), extractor="test 2"))
    assert search(desk.db, "quay", removed=True) == ()
    (pier,) = search(desk.db, "pier", removed=True)
    assert (pier.versions, pier.gone_in) == ((1, 2, 3), 4)
    desk.db.conn.commit()
    assert_sound(tmp_path / "stet.db")


def test_what_its_publisher_removed_is_told_though_we_read_the_page_otherwise_since(desk: Desk) -> None:
    desk.reads(article(QUAY, PIER))
    page = desk.reads(article(PIER, CRANE)).page
    replay(desk, page.id, 2, article(PIER))
    (hit,) = search(desk.db, "quay", removed=True)
    assert (hit.versions, hit.gone_in, hit.gone_at) == ((1,), 2, minutes(30))


def test_a_page_read_otherwise_before_the_edit_is_compared_with_that_reading(desk: Desk) -> None:
    page = desk.reads(article(QUAY, PIER)).page
    again = Finding(Outcome.NEW, article(QUAY, PIER, "Photo: Ada Lin."), extractor="test 2")
    edited = Finding(
        Outcome.NEW, article(PIER, "Photo: Ada Lin."), extractor="test 2", replay=Replay(page.id, 1, again)
    )
    desk.record(edited)
    (hit,) = search(desk.db, "quay", removed=True)
    assert (hit.versions, hit.gone_in) == ((1, 2), 3)
    assert (hit.last_seen_at, hit.gone_at) == (minutes(15), minutes(30))
    assert search(desk.db, "photo", removed=True) == ()


def test_a_headline_on_trial_was_not_removed(desk: Desk) -> None:
    for title in ("Ships return", "Boats are back", "Ships return", "Boats are back", "Ships return"):
        desk.reads(article(QUAY, title=title))
    assert urls(desk.db, "boats") == ["a"]
    assert search(desk.db, "boats", removed=True) == ()
    desk.reads(article(PIER))
    (hit,) = search(desk.db, "boats", removed=True)
    assert (hit.versions, hit.gone_in) == ((2,), 1)


def test_an_article_that_is_gone_or_moved_lost_no_text_by_that(desk: Desk) -> None:
    desk.reads(article(QUAY), identity("gone"))
    desk.finds(Outcome.GONE, identity("gone"))
    desk.reads(article(QUAY), identity("old"))
    desk.reads(article(PIER), identity("new"))
    desk.reads(article(PIER), identity("old"), home=Home(identity("new"), by_redirect=True))
    assert search(desk.db, "quay", removed=True) == ()
    found = {hit.url.rpartition("/")[2]: hit for hit in search(desk.db, "quay")}
    assert {url: hit.state for url, hit in found.items()} == {"gone": "gone", "old": "moved"}
    # The capture that was redirected showed another page's text.
    assert found["old"].last_seen_at == minutes(45)


def test_a_renamed_page_is_found_under_its_new_address(desk: Desk, tmp_path: Path) -> None:
    desk.reads(article(QUAY), identity("old"))
    desk.reads(article(QUAY), identity("old"), home=Home(identity("new"), by_redirect=True))
    desk.reads(article(PIER), identity("new"))
    (hit,) = search(desk.db, "quay", removed=True)
    assert (hit.url, hit.last_seen_at, hit.gone_at) == ("https://news.example/new", minutes(30), minutes(45))
    assert_sound(tmp_path / "stet.db")


@pytest.mark.parametrize("query", ["pier NOT crane", "^pier", "title: ^ships quay"])
def test_with_not_or_first_words_removal_cannot_be_told(desk: Desk, query: str) -> None:
    desk.reads(article(PIER, QUAY))
    search(desk.db, query)
    with pytest.raises(QueryError, match="NOT or"):
        search(desk.db, query, removed=True)


def test_a_search_that_takes_too_long_is_given_up(desk: Desk) -> None:
    desk.reads(article(QUAY))
    with pytest.raises(SearchTooLong, match="rarer words"):
        search(desk.db, "quay", seconds=-1)
    assert urls(desk.db, "quay") == ["a"]


def test_a_snapshot_without_a_title_is_found(desk: Desk) -> None:
    desk.reads(article(QUAY))
    desk.db.execute("update snapshots set title = null")
    (hit,) = search(desk.db, "quay")
    assert hit.title == ""


def test_scripts_without_spaces_are_searched_letter_by_letter(desk: Desk) -> None:
    desk.reads(article("東京都の会議で決まった。", "Apple社も参加した。 Ships came."), identity("ja"))
    desk.reads(article("会議は中止された。"), identity("ja"))
    desk.reads(article("รัฐบาลประกาศลดภาษี", title="ข่าวกรุงเทพ"), identity("th"))
    assert urls(desk.db, "京都") == urls(desk.db, "会議 東京") == urls(desk.db, "ships 会議") == ["ja"]
    assert urls(desk.db, "nobody 会議") == urls(desk.db, "京都市") == []
    assert urls(desk.db, "ประกาศ กรุงเทพ") == ["th"]
    (hit,) = search(desk.db, "「会議」。", removed=False)
    assert (hit.versions, hit.excerpt.pieces[:2]) == ((1, 2), (("会議", True), ("は中止された。", False)))
    (gone,) = search(desk.db, "ships 東京都", removed=True)
    assert (gone.versions, gone.gone_in) == ((1,), 2)
    assert [piece for piece, matches in gone.excerpt.pieces if matches] == ["東京都", "Ships"]
    assert urls(desk.db, "東京都の会議で決まった OR nobody") == ["ja"]


def test_a_beginning_is_looked_up_no_more_often_for_more_hits(desk: Desk) -> None:
    for number in range(3):
        desk.reads(article(QUAY, f"Ship {number}."), identity(str(number)))
    assert index_lookups(desk.db, "qua*", limit=3) == index_lookups(desk.db, "qua*", limit=1) > 0


def index_lookups(db: Database, query: str, *, limit: int) -> int:
    traced: list[str] = []
    db.conn.set_trace_callback(traced.append)
    assert len(search(db, query, limit=limit)) == limit
    db.conn.set_trace_callback(None)
    # FTS5 asks its index by statements of its own.
    return sum("snapshots_fts_idx" in statement for statement in traced)
