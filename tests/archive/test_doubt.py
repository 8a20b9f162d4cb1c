"""A text that shrank by more than half is looked at again before it is believed."""

from __future__ import annotations

import json
from datetime import timedelta

from support.desk import Desk, article, identity

from archive import bodies, pages, snapshots
from archive.doubt import APART, STANDING
from archive.models import Article, Block, Finding, Outcome, Role

WHOLE = tuple(f"Quay {n} of the twelve in the harbour was reopened after a night of quiet work." for n in range(1, 13))
THIRD = WHOLE[:4]
PROMPT = Block(Role.PROMO, "Subscribe to continue reading", "pattern: subscribe to continue")


def with_prompt(*body: str) -> Article:
    whole = article(*body)
    return Article(whole.title, whole.authors, whole.published, None, "en", (*whole.blocks, PROMPT))


def test_a_text_that_shrank_is_no_version_when_it_is_first_seen(desk: Desk) -> None:
    desk.reads(article(*WHOLE))
    recorded = desk.reads(article(*THIRD))
    assert (recorded.outcome, recorded.events, recorded.page.version) == (Outcome.NOT_ARTICLE, (), 1)
    assert recorded.doubted
    assert recorded.detail == (
        "the text shrank from 192 to 64 words: it is believed once a look at least 120 s later finds it so still"
    )
    assert desk.count("snapshots") == 1
    assert desk.db.execute("select detail from captures order by id desc").fetchone() == (recorded.detail,)


def test_the_next_look_at_a_doubted_page_asks_for_it_whole_and_reads_it(desk: Desk) -> None:
    before = desk.reads(article(*WHOLE)).page
    assert before.etag
    assert before.body_digest
    page = desk.reads(article(*THIRD)).page
    assert (page.etag, page.last_modified, page.body_digest) == (None, None, None)
    assert (page.state, page.failures) == ("live", 0)


def test_the_body_of_a_doubted_capture_is_kept(desk: Desk) -> None:
    desk.reads(article(*WHOLE))
    desk.finds(Outcome.NOT_ARTICLE)
    desk.reads(article(*THIRD), body=b"a third")
    assert bodies.load(desk.db, bodies.digest(b"a third")) == b"a third"


def test_a_text_that_is_back_whole_leaves_no_trace_but_the_capture(desk: Desk) -> None:
    desk.reads(article(*WHOLE))
    desk.reads(article(*THIRD))
    recorded = desk.reads(article(*WHOLE))
    assert (recorded.outcome, recorded.events, recorded.page.version) == (Outcome.UNCHANGED, (), 1)
    assert recorded.page.etag
    assert desk.count("doubts") == 0
    assert desk.events() == ["first_seen"]
    again = desk.reads(article(*THIRD))
    assert again.doubted


def test_a_text_that_is_still_short_is_an_edit_that_says_since_when(desk: Desk) -> None:
    whole = desk.reads(article(*WHOLE)).page
    doubted = desk.reads(article(*THIRD)).page
    recorded = desk.reads(article(*THIRD))
    assert (recorded.outcome, recorded.page.version, recorded.doubted) == (Outcome.CHANGED, 2, False)
    assert desk.events() == ["first_seen", "text_changed"]
    (details,) = desk.db.execute("select details from events order by id desc limit 1").fetchone()
    told = json.loads(details)
    assert told["deletions"] == 8
    assert (told["last_checked_at"], told["first_seen_at"]) == (whole.last_checked_at, doubted.last_checked_at)
    assert snapshots.load(desk.db, recorded.page).article.text == "\n".join(THIRD)
    assert desk.count("doubts") == 0


def test_another_short_text_is_believed_too_but_was_not_seen_before(desk: Desk) -> None:
    whole = desk.reads(article(*WHOLE)).page
    desk.reads(article(*THIRD))
    recorded = desk.reads(article(*WHOLE[:3]))
    assert recorded.outcome is Outcome.CHANGED
    (event,) = recorded.events
    assert event.details["last_checked_at"] == whole.last_checked_at
    assert "first_seen_at" not in event.details


def test_a_second_look_that_comes_too_soon_settles_nothing(desk: Desk) -> None:
    desk.reads(article(*WHOLE))
    desk.reads(article(*THIRD))
    desk.now -= timedelta(minutes=15) - APART / 2
    assert desk.reads(article(*THIRD)).doubted
    assert desk.reads(article(*THIRD)).outcome is Outcome.CHANGED


def test_a_failure_in_between_settles_nothing(desk: Desk) -> None:
    desk.reads(article(*WHOLE))
    desk.reads(article(*THIRD))
    desk.finds(Outcome.ERROR, detail="no answer")
    assert desk.reads(article(*THIRD)).outcome is Outcome.CHANGED


def test_a_page_that_was_gone_in_between_is_doubted_anew(desk: Desk) -> None:
    desk.reads(article(*WHOLE))
    desk.reads(article(*THIRD))
    desk.finds(Outcome.GONE)
    assert desk.reads(article(*THIRD)).doubted


def test_a_short_text_that_asks_to_subscribe_is_a_teaser(desk: Desk) -> None:
    desk.reads(article(*WHOLE))
    recorded = desk.reads(with_prompt(*THIRD))
    assert (recorded.outcome, recorded.page.version) == (Outcome.PAYWALLED, 1)
    assert "shrank from 192 to 64 words" in recorded.detail
    assert desk.reads(with_prompt(*THIRD)).outcome is Outcome.PAYWALLED
    assert desk.reads(article(*WHOLE)).page.state == "live"
    assert desk.events() == ["first_seen", "paywalled", "unpaywalled"]


def test_a_prompt_that_always_stood_there_hides_no_edit(desk: Desk) -> None:
    desk.reads(with_prompt(*WHOLE))
    assert desk.reads(with_prompt(*THIRD)).doubted
    assert desk.reads(with_prompt(*THIRD)).outcome is Outcome.CHANGED


def test_half_of_the_words_and_more_are_an_edit_at_once(desk: Desk) -> None:
    desk.reads(article(*WHOLE))
    assert desk.reads(article(*WHOLE[:6])).outcome is Outcome.CHANGED


def test_a_short_text_may_get_shorter(desk: Desk) -> None:
    flash = WHOLE[: STANDING // 16 - 1]
    desk.reads(article(*flash))
    assert desk.reads(article(flash[0])).outcome is Outcome.CHANGED


def test_a_first_reading_is_never_doubted(desk: Desk) -> None:
    desk.finds(Outcome.ERROR)
    assert desk.reads(article("Short.")).outcome is Outcome.NEW


def test_a_state_that_was_shown_before_is_no_surprise(desk: Desk) -> None:
    desk.reads(article(*THIRD))
    desk.reads(article(*WHOLE))
    recorded = desk.reads(article(*THIRD))
    assert (recorded.outcome, recorded.page.version) == (Outcome.CHANGED, 1)


def test_what_is_doubted_on_one_page_is_not_believed_on_another(desk: Desk) -> None:
    for path in ("a", "b"):
        desk.reads(article(*WHOLE), identity(path))
    desk.reads(article(*THIRD), identity("a"))
    assert desk.reads(article(*THIRD), identity("b")).doubted
    page = pages.find(desk.db, identity("b").key)
    assert page is not None
    assert page.version == 1


def test_words_of_languages_without_spaces_count_as_well(desk: Desk) -> None:
    line = "港の十二の岸壁は、静かな夜の作業を経て再び開かれた。"
    desk.reads(article(*[line + str(n) for n in range(10)]))
    assert desk.reads(article(line)).doubted


def test_a_capture_recorded_twice_leaves_the_doubt_as_it_is(desk: Desk) -> None:
    desk.reads(article(*WHOLE))
    first = desk.reads(article(*THIRD))
    desk.now -= timedelta(minutes=15)
    again = desk.record(Finding(Outcome.NEW, article(*THIRD), extractor="test 1"))
    assert again.doubted
    assert again.page.last_checked_at == first.page.last_checked_at
    assert desk.count("snapshots") == 1
