"""What is given again to many readers, and that nobody is given what is no longer so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.desk import Desk, article, identity
from support.waiting import wait_until
from support.web import reading_room

from archive.opening import open_for_writing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from support.web import Served


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """An archive of one page."""
    with open_for_writing(tmp_path / "stet.db") as db:
        Desk(db).reads(article("The harbour office counted 214 ships in March.", title="Ships return"))
    return tmp_path / "stet.db"


@pytest.fixture
def served(database: Path) -> Iterator[Served]:
    """The room over it."""
    with reading_room(database) as served:
        yield served


def test_an_answer_is_given_again_byte_by_byte(served: Served) -> None:
    once, again = served.get("/"), served.get("/")
    assert once.headers["content-encoding"] == "gzip"
    assert again.content == once.content
    assert {name: value for name, value in again.headers.items() if name != "date"} == {
        name: value for name, value in once.headers.items() if name != "date"
    }


def test_who_has_a_kept_answer_already_gets_no_body(served: Served) -> None:
    tag = served.get("/").headers["etag"]
    assert served.get("/", headers={"If-None-Match": tag}).status_code == 304
    assert served.get("/").status_code == 200


def test_who_takes_no_gzip_gets_none(served: Served) -> None:
    served.get("/")
    answer = served.get("/", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in answer.headers
    assert "Ships return" in answer.text


def test_an_event_is_seen_within_a_moment(database: Path, served: Served) -> None:
    history = "/page?url=https://news.example/a"
    assert "Lighthouse" not in served.get("/").text
    assert "from version 1 to 2" not in served.get(history).text
    with open_for_writing(database) as db:
        desk = Desk(db)
        desk.reads(article("The lighthouse was sold.", title="Lighthouse sold"), identity("lighthouse"))
        desk.reads(article("The harbour office counted 241 ships in March.", title="Ships return"))
    wait_until(lambda: "Lighthouse" in served.get("/").text)
    wait_until(lambda: "from version 1 to 2" in served.get(history).text)


def test_what_was_asked_otherwise_is_answered_otherwise(served: Served) -> None:
    assert "Ships return" in served.get("/").text
    assert "Ships return" not in served.get("/?kind=gone").text
    elsewhere = "/page?url=https://news.example/a"
    links = [served.get(elsewhere, headers={"Host": host}).headers["link"] for host in ("one.example", "two.example")]
    assert "one.example" in links[0]
    assert "two.example" in links[1]


def test_what_is_no_answer_is_not_kept(database: Path, served: Served) -> None:
    unknown = "/page?url=https://news.example/lighthouse"
    assert served.get(unknown).status_code == 404
    with open_for_writing(database) as db:
        Desk(db).reads(article("The lighthouse was sold.", title="Lighthouse sold"), identity("lighthouse"))
    assert served.get(unknown).status_code == 200
