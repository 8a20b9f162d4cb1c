"""After a correction at one page, the copies that still say it as it was, and for how long."""

from __future__ import annotations

from datetime import timedelta

import pytest
from support.desk import Desk, article

from archive import pages, snapshots
from archive.copies.carriers import copies
from archive.copies.uncorrected import Correction, corrections
from archive.models import Home, Identity, Outcome
from archive.opening import transaction

WAS = "The harbour office counted 214 ships in March, the most since the strike of 1997 emptied the quays."
BECAME = WAS.replace("214", "241")
REST = (
    "Officials told the council on Tuesday that the northern basin would be dredged before the autumn storms.",
    "The work will cost 3.2 million crowns, half of it paid by the shipping line Aldermark, and take eleven weeks.",
    "Fishermen fear that the dredging will bury the oyster beds at Sund, which feed forty families.",
    "The council voted nine to four for the plan, with the Greens and one Liberal against it.",
)
NOTICE = "Correction: An earlier version gave the number of ships as 214. It is 241."


def host(name: str) -> Identity:
    return Identity(f"{name}.example/story", f"https://{name}.example/story")


def told(desk: Desk, name: str = "wire") -> list[Correction]:
    page = pages.find(desk.db, host(name).key)
    assert page is not None
    return corrections(desk.db, copies(desk.db, page))


def still(correction: Correction) -> dict[str, timedelta | None]:
    return {each.carrier.page.key.partition(".")[0]: each.carried_for for each in correction.still}


def test_copies_that_were_not_corrected_are_named_with_how_long_they_were_seen_so(desk: Desk) -> None:
    desk.reads(article(WAS, *REST), host("wire"))
    for name in ("herald", "courier", "post", "late"):
        desk.reads(article(WAS, *REST, f"{name.capitalize()} has more."), host(name))
    before = desk.now
    desk.finds(Outcome.UNCHANGED, host("wire"))
    desk.reads(article(BECAME, *REST, corrections=(NOTICE,)), host("wire"))
    corrected = desk.now
    desk.reads(article(BECAME, *REST, "Courier has more."), host("courier"))
    desk.finds(Outcome.GONE, host("post"))
    desk.now += timedelta(hours=5)
    desk.finds(Outcome.UNCHANGED, host("herald"))
    looked = desk.now
    desk.finds(Outcome.ERROR, host("herald"))
    (correction,) = told(desk)
    assert (correction.page.key, correction.version) == ("wire.example/story", 2)
    assert correction.notices == (NOTICE,)
    assert (correction.before, correction.after) == (WAS, BECAME)
    assert correction.seen.at == f"{corrected:%Y-%m-%dT%H:%M}:00.000Z"
    assert correction.seen.not_at == f"{before + timedelta(minutes=15):%Y-%m-%dT%H:%M}:00.000Z"
    # What was not looked at since may have been corrected meanwhile; what failed to load shows nothing.
    assert still(correction) == {"herald": looked - corrected, "late": None}


def test_a_correction_at_a_copy_is_told_of_the_page_asked_about(desk: Desk) -> None:
    desk.reads(article(WAS, *REST), host("wire"))
    desk.reads(article(WAS, *REST), host("herald"))
    desk.reads(article(BECAME, *REST, corrections=(NOTICE,)), host("herald"))
    desk.finds(Outcome.UNCHANGED, host("wire"))
    (correction,) = told(desk)
    assert correction.page.key == "herald.example/story"
    assert still(correction) == {"wire": timedelta(minutes=15)}


def test_a_notice_that_came_after_the_edit_is_of_what_it_speaks_of(desk: Desk) -> None:
    desk.reads(article(WAS, *REST), host("wire"))
    desk.reads(article(WAS, *REST), host("herald"))
    desk.reads(article(BECAME, *REST), host("wire"))
    desk.reads(article(BECAME, *REST, "A vote is due in May."), host("wire"))
    desk.reads(article(BECAME, *REST, "A vote is due in May.", corrections=(NOTICE,)), host("wire"))
    (correction,) = told(desk)
    assert (correction.version, correction.before) == (4, WAS)
    assert list(still(correction)) == ["herald"]


def test_an_edit_without_a_notice_is_no_correction(desk: Desk) -> None:
    desk.reads(article(WAS, *REST), host("wire"))
    desk.reads(article(WAS, *REST), host("herald"))
    desk.reads(article(BECAME, *REST), host("wire"))
    assert told(desk) == []


@pytest.mark.parametrize("notice", ["This article has been amended since it was first published.", NOTICE])
def test_what_was_altered_besides_is_left_out_where_the_notice_says_what_it_is_of(desk: Desk, notice: str) -> None:
    desk.reads(article(WAS, *REST), host("wire"))
    desk.reads(article(WAS, *REST), host("herald"))
    desk.reads(article(BECAME, "Officials told nobody.", *REST[1:], corrections=(notice,)), host("wire"))
    found = [correction.before for correction in told(desk)]
    assert found == ([WAS] if notice == NOTICE else [WAS, REST[0]])


def test_what_was_read_anew_between_is_no_edit_of_the_publisher(desk: Desk) -> None:
    desk.reads(article(WAS, *REST, "Sign up for more of this."), host("wire"))
    desk.reads(article(WAS, *REST), host("herald"))
    page = pages.find(desk.db, host("wire").key)
    assert page is not None
    with transaction(desk.db):
        version = snapshots.add_again(desk.db, page, article(WAS, *REST))
        desk.db.execute("update pages set version = ? where id = ?", [version, page.id])
    desk.reads(article(BECAME, *REST, corrections=("This article has been amended.",)), host("wire"))
    assert [correction.before for correction in told(desk)] == [WAS]


def test_a_page_that_went_back_to_what_it_had_corrected_is_told_itself(desk: Desk) -> None:
    desk.reads(article(WAS, *REST), host("wire"))
    desk.reads(article(BECAME, *REST, corrections=(NOTICE,)), host("wire"))
    desk.now += timedelta(days=1)
    desk.reads(article(WAS, *REST), host("wire"))
    desk.finds(Outcome.UNCHANGED, host("wire"))
    (correction,) = told(desk)
    (back,) = correction.still
    assert (back.carrier.page.key, back.is_back, back.sentence) == ("wire.example/story", True, WAS)
    assert back.carried_for == timedelta(minutes=15)


def test_a_page_that_was_corrected_twice_over_has_one_correction(desk: Desk) -> None:
    desk.reads(article(WAS, *REST), host("wire"))
    for _ in range(2):
        desk.reads(article(BECAME, *REST, corrections=(NOTICE,)), host("wire"))
        desk.reads(article(WAS, *REST), host("wire"))
    desk.reads(article(BECAME, *REST, corrections=(NOTICE,)), host("wire"))
    (correction,) = told(desk)
    assert (correction.version, correction.before, correction.still) == (2, WAS, ())


def test_a_later_edit_of_a_corrected_page_is_no_return(desk: Desk) -> None:
    desk.reads(article(WAS, *REST), host("wire"))
    desk.reads(article(BECAME, *REST, corrections=(NOTICE,)), host("wire"))
    desk.reads(article(BECAME, *REST, "A vote is due in May."), host("wire"))
    (correction,) = told(desk)
    assert correction.still == ()


def test_a_copy_that_leads_to_another_page_was_not_seen_with_it_then(desk: Desk) -> None:
    desk.reads(article(WAS, *REST), host("old"))
    seen = f"{desk.now:%Y-%m-%dT%H:%M}:00.000Z"
    desk.reads(article(WAS, *REST), host("new"))
    desk.reads(article(WAS, *REST), host("old"), home=Home(host("new"), by_redirect=True))
    page = pages.find(desk.db, host("new").key)
    assert page is not None
    (copy,) = copies(desk.db, page).copies
    assert copy.carrier.last_seen_at == seen
