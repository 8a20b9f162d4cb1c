"""A page that loses most of its text: for one fetch it is no edit, for good it is one."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

from support.archived import assert_sound
from support.cli import configure, stet
from support.daemon import OFTEN, running, source, write_config

from stet.newsroom.script import BRIDGE

if TYPE_CHECKING:
    from pathlib import Path

    from stet.newsroom import Newsroom, Served


def told(database: Path, url: str) -> list[tuple[str, dict[str, Any]]]:
    """The events of a page, with their details."""
    with closing(sqlite3.connect(database)) as connection:
        rows = connection.execute(
            "select kind, details from events join pages on pages.id = page_id where url = ? order by events.id", [url]
        ).fetchall()
    return [(kind, json.loads(details)) for kind, details in rows]


def test_an_article_cut_for_one_fetch_is_no_edit_and_cut_for_good_it_is_one(
    newsroom: Newsroom, served: Served, tmp_path: Path, database: Path
) -> None:
    config = write_config(tmp_path, source(served.url), recheck={**OFTEN, "confirm_after": "2s"})
    url = served.url + newsroom.story(BRIDGE).path
    whole = newsroom.story(BRIDGE).blocks
    with running(config, database) as daemon:
        daemon.wait_for("checked", outcome="new", url=url)

        newsroom.edit(BRIDGE, blocks=whole[: len(whole) // 4])
        daemon.wait_for("checked", outcome="not_article", url=url)
        newsroom.edit(BRIDGE, blocks=whole)
        looks = len(daemon.logged("checked", outcome="unchanged", url=url))
        daemon.wait_for("checked", outcome="unchanged", url=url, times=looks + 2)
        assert [kind for kind, _ in told(database, url)] == ["first_seen"]

        newsroom.edit(BRIDGE, blocks=whole[: len(whole) // 4])
        daemon.wait_for("checked", outcome="changed", url=url)
        daemon.wait_for("checked", outcome="unchanged", url=url, times=looks + 4)
        assert len(daemon.logged("checked", outcome="changed", url=url)) == 1
        assert len(daemon.logged("checked", outcome="not_article", url=url)) == 2
        assert not daemon.logged("source failing")
    (first, (kind, details)) = told(database, url)
    assert (first[0], kind) == ("first_seen", "text_changed")
    assert details["last_checked_at"] < details["first_seen_at"]
    assert_sound(database)


def test_a_fetch_by_hand_says_so_and_keeps_it_for_the_next(newsroom: Newsroom, served: Served, tmp_path: Path) -> None:
    configure(tmp_path, recheck={"confirm_after": "1ms"})
    url = served.url + newsroom.story(BRIDGE).path
    assert stet(tmp_path, "fetch", url).status == 0
    newsroom.edit(BRIDGE, blocks=newsroom.story(BRIDGE).blocks[:3])
    ran = stet(tmp_path, "fetch", url, "--json")
    record = ran.record_of(url)
    assert (ran.status, record["outcome"], record["version"], record["events"]) == (1, "not_article", 1, [])
    assert record["error"].startswith("the text shrank from ")
    assert " words: it is believed once a look at least " in record["error"]
    ran = stet(tmp_path, "fetch", url, "--json")
    record = ran.record_of(url)
    assert (ran.status, record["outcome"], record["version"]) == (0, "changed", 2)
    assert record["events"] == ["text_changed"]
