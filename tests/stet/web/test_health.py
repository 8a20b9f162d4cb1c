"""Whether the service lives, and whether it can do its work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.web import reading_room

from archive.opening import open_for_writing

if TYPE_CHECKING:
    from pathlib import Path

    from support.web import Served


def test_it_lives_while_it_answers(served: Served) -> None:
    answer = served.get("/health")
    assert (answer.status_code, answer.json()["status"]) == (200, "ok")


def test_a_room_that_can_read_its_archive_is_ready(served: Served) -> None:
    answer = served.get("/ready")
    assert (answer.status_code, answer.json()) == (200, {"status": "ready", "wrong": []})


def test_a_room_whose_archive_cannot_be_read_lives_but_is_not_ready(tmp_path: Path) -> None:
    path = tmp_path / "stet.db"
    with open_for_writing(path):
        pass
    # While the first connection is in use, the room opens another one.
    with reading_room(path) as room, room.room.readers.reading():
        path.write_bytes(b"no archive any more" * 1_000)
        answer = room.get("/ready")
        assert answer.status_code == 503
        assert answer.json()["status"] == "not ready"
        assert str(path) in answer.json()["wrong"][0]
        assert room.get("/health").status_code == 200


def test_a_room_whose_archive_was_removed_is_not_ready_until_it_is_back(tmp_path: Path) -> None:
    path = tmp_path / "stet.db"
    with open_for_writing(path):
        pass
    with reading_room(path) as room:
        aside = path.rename(tmp_path / "aside.db")
        for address in ("/ready", "/", "/sources"):
            assert room.get(address).status_code == 503
        aside.rename(path)
        assert room.get("/ready").status_code == 200
        assert room.get("/").status_code == 200


def test_nobody_keeps_an_answer_that_may_be_another_one_soon(served: Served) -> None:
    for path in ("/health", "/ready", "/metrics", "/status"):
        assert served.get(path).headers["cache-control"] == "no-store"
