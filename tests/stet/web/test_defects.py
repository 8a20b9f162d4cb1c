"""What fails in a way that nobody thought of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import html
from support.signing import Reader, keys
from support.web import reading_room

from stet.config import WebSettings

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    import pytest


def no_time() -> datetime:
    """A defect of a clock."""
    raise ZeroDivisionError("the hour has no minutes")


def test_a_defect_is_answered_safely_and_logged_once(
    archive_path: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    with reading_room(archive_path, clock=no_time) as room:
        page, problem = room.get("/sources"), room.get("/api/v1/sources")
    assert (page.status_code, page.headers["content-type"]) == (500, "text/html; charset=utf-8")
    assert (problem.status_code, problem.headers["content-type"]) == (500, "application/problem+json")
    for answer in (page, problem):
        assert answer.headers["content-security-policy"].startswith("default-src 'none'")
        assert answer.headers["cache-control"] == "no-store"
        assert "minutes" not in answer.text
    # Ours goes to the one or the other, by whether a test before has set logging up; the server's own goes to the log.
    logged = [record for record in caplog.records if "a request failed; please report it" in record.getMessage()]
    assert capsys.readouterr().out.count("a request failed; please report it") + len(logged) == 2
    assert len(caplog.records) == len(logged)


def test_who_may_not_read_is_told_of_no_failure(archive_path: Path) -> None:
    with reading_room(archive_path, web=WebSettings(port=0, sign_in_to_read=True, **keys())) as room:
        reader = Reader(room.url)
        (told,) = html.document_fromstring(room.get("/").text).xpath("//main")
        for path in (
            "/nothing",
            "/page?url=ftp://x",
            "/?kind=x",
            "/sources?days=x",
            "/memento/x/https://news.example/",
        ):
            refused = room.get(path)
            assert refused.status_code == 401, path
            (said,) = html.document_fromstring(refused.text).xpath("//main")
            assert said.text_content() == told.text_content()
        assert reader.sign_in().status_code == 303
        failed = reader.get("/page?url=ftp://x")
        assert failed.status_code == 400
        assert failed.headers["cache-control"] == "private, no-store"
        assert "Cookie" in failed.headers["vary"]
