"""Who was seen first: of looking, never of writing."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from support.desk import Desk, article, identity

from archive import pages, snapshots
from archive.models import Home, Outcome
from archive.precedence import SeenPage, precedence, seen_page
from archive.times import iso

if TYPE_CHECKING:
    from archive.models import Identity


def seen(desk: Desk, page: Identity, version: int | None = None) -> SeenPage:
    found = pages.find(desk.db, page.key)
    assert found is not None
    return seen_page(desk.db, found, snapshots.load(desk.db, found, version))


def test_first_is_whose_first_version_was_seen_first_whatever_version_is_compared(desk: Desk) -> None:
    one, other = identity("one"), identity("other")
    desk.reads(article("It was so."), one)
    desk.reads(article("It was so, others said."), other)
    desk.reads(article("It was not so."), one)
    latest, copied = seen(desk, one), seen(desk, other)
    assert latest.snapshot.version == 2
    assert latest.first_seen_at < copied.first_seen_at < latest.snapshot.captured_at <= latest.last_seen_at
    assert (precedence(latest, copied).first, precedence(copied, latest).first) == ("a", "b")
    assert precedence(latest, copied).apart == timedelta(minutes=15)


def test_a_page_was_not_seen_before_itself(desk: Desk) -> None:
    desk.reads(article("It was so."))
    assert precedence(seen(desk, identity()), seen(desk, identity())).first is None


def test_a_page_was_last_seen_when_it_last_showed_an_article(desk: Desk) -> None:
    desk.reads(article("It was so."), identity("one"))
    last = iso(desk.now)
    desk.finds(Outcome.ERROR, identity("one"))
    desk.reads(article("It was not so."), identity("other"))
    desk.reads(article("It was not so."), identity("one"), home=Home(identity("other"), by_redirect=True))
    assert seen(desk, identity("one")).last_seen_at == last
