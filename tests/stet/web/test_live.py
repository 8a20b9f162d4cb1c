"""Changes told as they are recorded, over real HTTP."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest
import requests
from support.desk import BODY, Desk, article, identity
from support.signing import Reader, bearer, keys
from support.waiting import PATIENCE, wait_until
from support.web import reading_room

from archive.models import Outcome
from archive.opening import open_for_writing
from stet.config import WebSettings
from stet.web import live

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from support.web import Served


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_for_writing(tmp_path / "stet.db") as db:
        desk = Desk(db, source="Example Daily")
        desk.reads(article())
        yield desk


@pytest.fixture
def room(tmp_path: Path, desk: Desk) -> Iterator[Served]:
    with reading_room(tmp_path / "stet.db") as room:
        yield room


def test_what_is_recorded_by_whomever_is_told_to_who_listens(desk: Desk, room: Served) -> None:
    with _Listener(room) as listener:
        assert listener.answer.headers["content-type"].startswith("text/event-stream")
        assert "content-encoding" not in listener.answer.headers
        assert listener.next() == {"id": "1", "event": "changes"}
        desk.reads(article("The harbour office counted 241 ships in March.", *BODY[1:]))
        told = listener.next()
        assert (told["id"], told["event"]) == ("2", "changes")
        assert '<li class="happening" id="event-2">' in told["data"]
        assert "<del>214</del>" in told["data"]


def test_who_comes_back_is_told_what_was_missed_and_no_more(desk: Desk, room: Served) -> None:
    desk.reads(article(title="Second"), identity("b"))
    desk.reads(article(title="Third"), identity("c"))
    with _Listener(room, "?last=1", {"Last-Event-ID": "2"}) as listener:
        told = listener.next()
        assert told["id"] == "3"
        assert "Third" in told["data"]
        assert "Second" not in told["data"]
    with _Listener(room, "?last=1") as listener:
        data = listener.next()["data"]
        assert data.index("Third") < data.index("Second"), "the newest first, as on the page"


def test_only_what_is_asked_for_is_told(desk: Desk, room: Served) -> None:
    with _Listener(room, "?kind=gone") as listener:
        listener.next()
        desk.reads(article(title="Second"), identity("b"))
        assert listener.next() == {"id": "2", "event": "changes"}, "only where to go on"
        desk.finds(Outcome.GONE)
        assert "The page is gone" in listener.next()["data"]


def test_who_missed_too_much_is_told_to_look_again(desk: Desk, room: Served) -> None:
    for number in range(live.MOST + 1):
        desk.reads(article(title=f"Ships {number}"), identity(f"page-{number}"))
    with _Listener(room, "?last=1") as listener:
        told = listener.next()
        assert (told["id"], told["event"]) == (str(live.MOST + 2), "many")


def test_who_read_an_archive_that_another_took_the_place_of_is_told_to_look_again(tmp_path: Path) -> None:
    for name, pages in (("stet.db", 2), ("new.db", 1)):
        with open_for_writing(tmp_path / name) as db:
            for number in range(pages):
                Desk(db).reads(article(), identity(f"page-{number}"))
    with reading_room(tmp_path / "stet.db") as room, _Listener(room) as listener:
        assert listener.next()["id"] == "2"
        (tmp_path / "new.db").replace(tmp_path / "stet.db")
        told = listener.next()
        assert (told["id"], told["event"]) == ("1", "many")


def test_an_open_tab_does_not_hold_up_the_end(desk: Desk, tmp_path: Path) -> None:
    with reading_room(tmp_path / "stet.db") as room:
        listener = _Listener(room)
        listener.next()
    with listener:
        assert listener.rest() == [], "the answer is complete, not broken off"


def test_so_many_may_listen_and_a_place_that_is_left_is_free(
    desk: Desk, room: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "LISTENERS", 2)
    with _Listener(room):
        with _Listener(room):
            refused = room.get("/changes/live")
            assert (refused.status_code, refused.headers["retry-after"]) == (503, "30")
        wait_until(lambda: _Listener(room).status() == 200)


@pytest.mark.parametrize("heartbeat", [0.05, 3600.0])
def test_who_has_signed_out_is_told_nothing_more(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, heartbeat: float
) -> None:
    monkeypatch.setattr(live, "HEARTBEAT", heartbeat)
    closed = WebSettings(port=0, sign_in_to_read=True, **keys())
    with reading_room(tmp_path / "stet.db", web=closed) as room:
        reader = Reader(room.url)
        reader.sign_in()
        cookie = "; ".join(f"{name}={value}" for name, value in reader.browser.cookies.items())
        with _Listener(room, headers={"Cookie": cookie}) as listener, _Listener(room, headers=bearer()) as program:
            listener.next()
            program.next()
            assert reader.order("/sign-out").status_code == 303
            desk.reads(article("The harbour office counted 241 ships in March.", *BODY[1:]))
            assert program.next()["id"] == "2"
            assert not [line for line in listener.rest() if line.startswith("data")]


@pytest.mark.parametrize("query", ["last=-1", "last=x", "last=99999999999999999999", "kind=gossip", "text=%22open"])
def test_what_means_nothing_is_refused(room: Served, query: str) -> None:
    assert room.get(f"/changes/live?{query}").status_code == 400


class _Listener:
    """A client of the event stream."""

    def __init__(self, room: Served, query: str = "", headers: dict[str, str] | None = None) -> None:
        self.answer = requests.get(f"{room.url}/changes/live{query}", headers=headers, stream=True, timeout=PATIENCE)
        self._lines = self.answer.iter_lines(chunk_size=1, decode_unicode=True)

    def __enter__(self) -> _Listener:
        assert self.answer.status_code == 200, self.answer.text
        return self

    def __exit__(self, *_: object) -> None:
        self.answer.close()

    def status(self) -> int:
        with closing(self.answer):
            return self.answer.status_code

    def next(self) -> dict[str, str]:
        """The next event that has an id."""
        event: dict[str, str] = {}
        for line in self._lines:
            if not line and "id" in event:
                return event
            name, _, value = line.partition(": ")
            if name:
                event[name] = f"{event[name]}\n{value}" if name in event else value
            else:
                event = {}
        raise AssertionError("the stream ended")

    def rest(self) -> list[str]:
        return [line for line in self._lines if line]
