"""`stet discover`: which pages the sources list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.badserver import head, serve_badly
from support.cli import configure, stet, stet_each

from stet.newsroom.script import BRIDGE

if TYPE_CHECKING:
    from pathlib import Path

    from support.chronicle import Chronicle

KEYS = ["source", "url", "title", "published", "modified", "via", "new"]


def test_feed_sitemap_and_section_bring_each_page_once(chronicle: Chronicle) -> None:
    assert (chronicle.discovered.status, chronicle.discovered.stderr) == (0, "")
    records = chronicle.discovered.records
    assert all(list(record) == KEYS for record in records)
    urls = [record["url"] for record in records]
    assert sorted(urls) == sorted(chronicle.served.url + path for path in chronicle.paths.values())
    assert all(record["new"] for record in records)
    bridge = chronicle.discovered.record_of(chronicle.url(BRIDGE))
    assert bridge["source"] == "Courier"
    assert bridge["title"] == "Port Ellery bridge reopens to lorries four days after storm"
    assert bridge["via"].startswith(chronicle.served.url)


def test_a_dry_run_finds_the_same_and_watches_nothing(chronicle: Chronicle) -> None:
    assert (chronicle.tried.status, chronicle.tried.stderr) == (0, "")
    found = [record["url"] for record in chronicle.tried.records]
    assert found == [record["url"] for record in chronicle.discovered.records]
    assert all(record["new"] for record in chronicle.tried.records)
    assert not chronicle.archive_after_trial


def test_an_unknown_source_is_wrong_usage(chronicle: Chronicle, tmp_path: Path) -> None:
    unknown = stet(chronicle.folder, "discover", "Currier")
    none = stet(tmp_path, "discover")
    assert (unknown.status, unknown.stdout, none.status, none.stdout) == (2, "", 2, "")
    assert "No source is named Currier; the configuration has: Courier" in unknown.stderr
    assert "no sources" in none.stderr


def test_a_source_that_cannot_be_read_is_told_of_and_stops_no_other(tmp_path: Path) -> None:
    feed = """<rss version="2.0"><channel><title>T</title>
        <item><title>\x9b31mA story</title><link>{}/2026/01/31/a-story-worth-reading</link></item></channel></rss>"""
    with serve_badly() as bad:
        good = bad.html("/good.xml", feed.format(bad.url).encode(), "application/rss+xml; charset=utf-8")
        page = bad.html("/page.xml", b"<!doctype html><title>Oops</title><p>We are redesigning.")
        broken = bad.html("/broken.xml", b"<urlset><url><loc>http://x/</loc", "application/xml")
        cut = bad.on("/cut.xml", head("200 OK", "Content-Type: application/xml", length=9_000), b"<urlset>")
        gone = f"{bad.url}/gone.xml"
        sources = [
            {"name": "A feed that is a page", "feeds": [page]},
            {"name": "A broken sitemap", "sitemaps": [broken]},
            {"name": "A sitemap cut short", "sitemaps": [cut]},
            {"name": "A section that went", "sections": [gone]},
            {"name": "A feed to read", "feeds": [good]},
        ]
        configure(tmp_path, sources=sources)
        ran = stet(tmp_path, "discover", "--json")
    assert ran.status == 1
    (record,) = ran.records
    assert (record["source"], record["url"]) == ("A feed to read", f"{bad.url}/2026/01/31/a-story-worth-reading")
    assert sorted(ran.stderr.splitlines()) == [
        f"stet: A broken sitemap: {broken} is broken before its first entry",
        f"stet: A feed that is a page: {page} is an HTML page, not a feed",
        f"stet: A section that went: {gone}: HTTP 404 Not Found",
        f"stet: A sitemap cut short: {cut}: {bad.url.removeprefix('http://')} broke off before the body was complete",
    ]
    assert "\x9b" not in ran.stdout


def test_discovery_goes_to_no_private_address_unless_told(chronicle: Chronicle, tmp_path: Path) -> None:
    source = {"name": "Courier", "feeds": [f"{chronicle.served.url}/atom.xml"]}
    configure(tmp_path, crawl={"allow_private": False}, sources=[source])
    refused, allowed = stet_each(
        tmp_path, [["discover", "--dry-run"], ["discover", "--dry-run", "--json", "--allow-private"]]
    )
    assert (refused.status, refused.stdout) == (1, "")
    assert "127.0.0.1" in refused.stderr
    assert "--allow-private" in refused.stderr
    assert allowed.status == 0
    assert len(chronicle.served.requested("/atom.xml")) == 1
