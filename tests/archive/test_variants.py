"""Headlines that a site shows in turn are variants of one version, not a stream of edits."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from support.desk import BODY, article, identity
from support.liveblogs import ENTRIES, NEW, live_page

from archive import pages, snapshots
from archive.models import Finding, Outcome, Replay
from archive.reextraction import ReplayFirst
from crawler.extraction import extract

if TYPE_CHECKING:
    from support.desk import Desk

    from archive.models import Article
    from archive.recording import Recorded

EDITED = (BODY[0].replace("214", "241"), *BODY[1:])


def shows(desk: Desk, *titles: str, body: tuple[str, ...] = BODY, after: timedelta | None = None) -> list[Recorded]:
    """The page is read with these headlines one after the other, `after` that long each."""
    recorded = []
    for title in titles:
        desk.now += after or timedelta(0)
        recorded.append(desk.reads(article(*body, title=title)))
    return recorded


def variants(desk: Desk) -> dict[int, int | None]:
    return dict(desk.db.execute("select version, variant_of from snapshots order by version").fetchall())


def headlines(desk: Desk) -> list[tuple[str | None, str, str]]:
    return desk.db.execute("select before, after, variants from headline_history").fetchall()


def test_a_headline_on_trial_is_a_variant_once_the_page_goes_back(desk: Desk) -> None:
    shows(desk, "A", "B")
    assert variants(desk) == {1: None, 2: None}
    assert headlines(desk) == [(None, "A", "[]"), ("A", "B", "[]")]
    shows(desk, "A")
    assert variants(desk) == {1: None, 2: 1}
    assert headlines(desk) == [(None, "A", '["B"]')]
    assert desk.events() == ["first_seen", "headline_changed", "returned"]


def test_a_trial_is_told_of_once_however_often_it_flips(desk: Desk) -> None:
    shows(desk, "A", "B", "A")
    before = pages.get(desk.db, 1).last_changed_at
    recorded = shows(desk, *"BABAB")
    assert {each.outcome for each in recorded} == {Outcome.UNCHANGED}
    assert desk.events() == ["first_seen", "headline_changed", "returned"]
    assert recorded[-1].page.last_changed_at == before


def test_a_third_headline_on_the_same_trial_is_a_variant_of_the_same_version(desk: Desk) -> None:
    shows(desk, *"ABACB")
    assert variants(desk) == {1: None, 2: 1, 3: 1}
    told = desk.events()
    shows(desk, *"CABCA")
    assert desk.events() == told == ["first_seen", "headline_changed", "returned", "headline_changed", "returned"]


def test_a_headline_restored_days_later_is_no_variant(desk: Desk) -> None:
    shows(desk, *"ABA", after=timedelta(days=3))
    assert variants(desk) == {1: None, 2: None}
    assert headlines(desk) == [(None, "A", "[]"), ("A", "B", "[]"), ("B", "A", "[]")]
    shows(desk, "B", after=timedelta(days=3))
    assert variants(desk) == {1: None, 2: 1}


def test_a_headline_that_stays_is_no_variant(desk: Desk) -> None:
    shows(desk, *"ABBBB", "C", "C")
    assert set(variants(desk).values()) == {None}
    assert [after for _, after, _ in headlines(desk)] == ["A", "B", "C"]


def test_a_known_trial_over_an_edited_text_is_only_an_edit_of_the_text(desk: Desk) -> None:
    shows(desk, *"ABA")
    (edited,) = shows(desk, "B", body=EDITED)
    assert [event.kind for event in edited.events] == ["text_changed"]
    recorded = shows(desk, *"ABA", body=EDITED)
    assert [each.events for each in recorded] == [(), (), ()]
    assert (recorded[0].outcome, recorded[0].page.version) == (Outcome.CHANGED, 4)
    assert variants(desk) == {1: None, 2: 1, 3: None, 4: 3}
    assert [after for _, after, _ in headlines(desk)] == ["A"]


def test_what_changes_beside_a_headline_on_trial_is_told(desk: Desk) -> None:
    shows(desk, *"ABA")
    recorded = desk.reads(article(title="B", authors=("Bo Marsh",), corrections=("Correction: 214 ships.",)))
    assert [event.kind for event in recorded.events] == ["byline_changed", "correction_added"]
    assert variants(desk)[3] is None


def test_another_headline_after_a_trial_is_told(desk: Desk) -> None:
    shows(desk, *"ABA")
    (recorded,) = shows(desk, "C")
    assert [event.kind for event in recorded.events] == ["headline_changed"]
    assert headlines(desk) == [(None, "A", '["B"]'), ("A", "C", "[]")]


def test_a_new_version_of_a_known_trial_has_no_diff_of_its_own(desk: Desk) -> None:
    shows(desk, *"ABA")
    shows(desk, *"BA", body=EDITED)
    assert desk.db.execute("select to_version from diffs").fetchall() == [(2,), (3,)]


def test_the_same_capture_twice_marks_nothing_more(desk: Desk) -> None:
    finding = [Finding(Outcome.NEW, article(title=title), extractor="test 1") for title in "ABAB"]
    for each in finding:
        desk.record(each, body=b"<html>1</html>")
        once = (variants(desk), desk.events())
        desk.record(each, body=b"<html>1</html>")
        assert (variants(desk), desk.events()) == once


def test_a_trial_outlives_a_new_extraction(desk: Desk) -> None:
    def reads(found: Article) -> Recorded:
        """A fetch by another extraction, which reads the credit apart that stands in the text."""
        finding = Finding(Outcome.NEW, found, extractor="test 2")
        try:
            return desk.record(finding)
        except ReplayFirst as first:
            stood = snapshots.load(desk.db, pages.get(desk.db, first.page_id), first.version).article
            again = Finding(Outcome.NEW, article(*BODY, title=stood.title), extractor="test 2")
            return desk.record(replace(finding, replay=Replay(first.page_id, first.version, again)))

    credited = (*BODY, "Reporting by our desk.")
    shows(desk, *"AB", body=credited)
    first = reads(article(*BODY, title="A"))
    assert [event.kind for event in first.events] == ["reextracted"]
    silent = [reads(article(*BODY, title=title)).events for title in "BABA"]
    assert silent == [(), (), (), ()]
    assert variants(desk) == {1: None, 2: None, 3: None, 4: 3}
    assert [after for _, after, _ in headlines(desk)] == ["A", "B"]


@pytest.mark.parametrize("more", [1, 3])
def test_a_trial_over_a_live_blog_is_told_of_once(desk: Desk, more: int) -> None:
    def posts(count: int, title: str) -> Recorded:
        entries = (*(NEW for _ in range(count)), *ENTRIES)
        found = extract(live_page(entries), url=identity().url, content_type="text/html")
        return desk.reads(replace(found, title=title))

    told = [posts(place * more, "AB"[place % 2]) for place in range(8)]
    kinds = [[event.kind for event in each.events] for each in told]
    both = ["headline_changed", "text_changed"]
    assert kinds == [["first_seen"], both, both, *[["text_changed"]] * 5]
