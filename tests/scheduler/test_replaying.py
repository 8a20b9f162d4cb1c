"""After a change of its settings the daemon tells its own doing from an edit."""

from __future__ import annotations

import signal
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from support.archived import assert_sound, events, rows
from support.badserver import serve_badly
from support.cli import stet
from support.daemon import running, write_config
from support.pages import article_page

if TYPE_CHECKING:
    from pathlib import Path

PATH = "/2026/ships-return-to-calder-bay"
PICTURE = '<figure><img src="/quay.jpg" alt=""><figcaption>Cranes over the north quay at dawn.</figcaption></figure>'
EDITED = f"{PICTURE}<p>Two more ships came in on Tuesday, the office said.</p>"


@pytest.mark.parametrize("kept", [True, False])
def test_an_edit_is_told_apart_where_the_old_body_is_kept(kept: bool, tmp_path: Path, database: Path) -> None:
    with serve_badly() as bad:
        url = bad.html(PATH, article_page(inside=PICTURE))
        config = write_config(tmp_path)
        options = ("--config", config, "--db", database)
        assert stet(tmp_path, "fetch", *options, url).status == 0
        assert stet(tmp_path, "watch", *options, url).status == 0
        if not kept:
            with closing(sqlite3.connect(database)) as db, db:
                db.execute("delete from bodies")
        (first,) = rows(database, "select last_changed_at from pages")
        bad.html(PATH, article_page(inside=EDITED))
        config = write_config(tmp_path, extraction={"captions": True})
        with running(config, database) as daemon:
            daemon.wait_for("checked", outcome="changed")
            daemon.wait_for("checked", outcome="unchanged")
            daemon.signal(signal.SIGTERM)
            assert daemon.ended(within=10) == 0
    told = [kind for _, kind in events(database)]
    assert told == ["first_seen", "reextracted", *(["text_changed"] if kept else [])]
    (last,) = rows(database, "select last_changed_at from pages")
    assert (last != first) == kept
    unclear = rows(database, "select details ->> 'detail' from events where kind = 'reextracted'")
    assert (unclear == [(None,)]) == kept
    assert "Traceback" not in daemon.told()
    assert_sound(database)


def test_an_old_article_is_not_looked_at_as_if_it_were_fresh(tmp_path: Path, database: Path) -> None:
    dated = '<meta property="article:published_time" content="2020-05-01T08:00:00Z">'
    with serve_badly() as bad:
        url = bad.html(PATH, article_page(inside=PICTURE, head=dated))
        options = ("--config", write_config(tmp_path), "--db", database)
        assert stet(tmp_path, "fetch", *options, url).status == 0
        with closing(sqlite3.connect(database)) as db, db:
            db.execute("insert into sources (id, name) values (1, 'Courier')")
            db.execute("update pages set source_id = 1, watched = 1, next_check_at = '2020-01-01T00:00:00.000Z'")
        bad.html(PATH, article_page(inside=f"{PICTURE}<!-- 2 -->", head=dated))
        steps = {"steps": [{"until": "365d", "every": "1h"}]}
        options = ("--config", write_config(tmp_path, extraction={"captions": True}, recheck=steps), "--db", database)
        assert stet(tmp_path, "fetch", *options, url).status == 0
    assert [kind for _, kind in events(database)] == ["first_seen", "reextracted"]
    assert rows(database, "select next_check_at from pages") == [(None,)]
