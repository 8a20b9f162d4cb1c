"""The times by which versions are chosen, in the zone of whoever reads."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from support.browser import chromium
from support.desk import Desk, article, identity
from support.web import reading_room

from archive.opening import open_for_writing

if TYPE_CHECKING:
    from pathlib import Path


def test_versions_are_chosen_by_the_readers_time(tmp_path: Path) -> None:
    path = tmp_path / "stet.db"
    with open_for_writing(path) as db:
        desk = Desk(db)
        desk.now = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)
        for crowd in ("Few", "Many"):
            desk.reads(article(f"{crowd} came to the quay on Sunday."), identity("story"))
    with reading_room(path) as room, chromium() as browser:
        shown = {}
        for scripts in (True, False):
            reader = browser.new_context(locale="en-GB", timezone_id="Asia/Tokyo", java_script_enabled=scripts)
            page = reader.new_page()
            page.goto(room.url + "/page?url=https://news.example/story")
            option = page.locator("#from option[value='1']")
            shown[scripts] = option.get_attribute("label") or option.text_content() or ""
            reader.close()
    assert "21:" in shown[True]
    assert "12:" in shown[False]
