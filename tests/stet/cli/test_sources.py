"""`stet sources --pause` and `--resume`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.cli import configure, stet

if TYPE_CHECKING:
    from pathlib import Path


def test_a_source_is_paused_and_resumed_by_name(tmp_path: Path) -> None:
    configure(
        tmp_path, sources=[{"name": "Example Daily", "feeds": ["https://news.example/feed.xml"]}, {"name": "Other"}]
    )
    (paused, other) = stet(tmp_path, "sources", "--pause", "Example Daily", "--json").records
    assert paused["source"] == "Example Daily"
    assert paused["paused_at"]
    assert other["paused_at"] is None
    again = stet(tmp_path, "sources", "--pause", "Example Daily")
    assert f"Example Daily is paused since {paused['paused_at'][:10]}" in again.stdout
    assert stet(tmp_path, "sources", "--json").records[0]["paused_at"] == paused["paused_at"]
    assert stet(tmp_path, "sources", "--resume", "Example Daily", "--json").records[0]["paused_at"] is None


def test_a_source_that_nobody_knows_is_not_paused_nor_are_those_beside_it(tmp_path: Path) -> None:
    configure(tmp_path, sources=[{"name": "Example Daily", "feeds": ["https://news.example/feed.xml"]}])
    refused = stet(tmp_path, "sources", "--pause", "Example Daily", "--pause", "Exmaple")
    assert refused.status == 2
    assert "No source is named Exmaple" in refused.stderr
    assert stet(tmp_path, "sources", "--json").records[0]["paused_at"] is None
