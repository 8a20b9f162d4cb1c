"""Reading sitemaps."""

from __future__ import annotations

import gzip
from functools import partial

import pytest

from crawler.discovery.errors import DiscoveryError
from crawler.discovery.sitemaps import MAX_BYTES, read_sitemap

URL = "https://example.com/sitemap.xml"
gzipped = partial(gzip.compress, mtime=0)
"""Without the time: the tests' names are to be the same in each process that collects them."""
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    ' xmlns:video="http://www.google.com/schemas/sitemap-video/1.1">'
)
STORY = """<url><loc> https://example.com/a-long-story </loc><lastmod>2024-05-04T10:00:00+02:00</lastmod>
  <video:video><video:title>Not this</video:title></video:video>
  <news:news><news:publication><news:name>N</news:name></news:publication>
  <news:publication_date>2024-05-03</news:publication_date>
  <news:title>Storm &amp; flood</news:title></news:news></url>"""


def urlset(*entries: str) -> bytes:
    return f"{HEAD}{''.join(entries)}</urlset>".encode()


def test_a_news_sitemap_names_its_articles_with_titles_and_dates() -> None:
    sitemap = read_sitemap(urlset(STORY), url=URL)
    (page,) = sitemap.pages
    assert page.url == "https://example.com/a-long-story"
    assert page.via == URL
    assert page.title == "Storm & flood"
    assert page.published == "2024-05-03"
    assert page.modified == "2024-05-04T08:00:00+00:00"
    assert sitemap.news == {page.url}


def test_an_index_names_further_sitemaps_of_its_own_site() -> None:
    body = b"""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
      <sitemap><loc>https://www.example.com/1.xml</loc><lastmod>2024-05-03</lastmod></sitemap>
      <sitemap><loc>/2.xml.gz</loc></sitemap><sitemap><loc>https://other.com/3.xml</loc></sitemap></sitemapindex>"""
    sitemap = read_sitemap(body, url=URL)
    assert sitemap.pages == ()
    assert sitemap.children == (("https://www.example.com/1.xml", "2024-05-03"), ("https://example.com/2.xml.gz", None))


def test_a_robots_txt_names_sitemaps() -> None:
    body = b"User-agent: *\nDisallow: /\nSITEMAP: /news.xml\nSitemap: https://cdn.example.org/s.xml\n"
    sitemap = read_sitemap(body, url="https://example.com/robots.txt")
    assert [url for url, _ in sitemap.children] == ["https://example.com/news.xml", "https://cdn.example.org/s.xml"]


@pytest.mark.parametrize(
    "body",
    [
        gzipped(urlset(STORY)),
        b"\xef\xbb\xbf\n" + urlset(STORY),
        urlset(STORY).decode().replace("UTF-8", "UTF-16").encode("utf-16"),
        b"https://example.com/a-long-story\n\njavascript:x\n",
        b'<rss version="2.0"><channel><image><url>/i.png</url></image>'
        b"<item><link>https://example.com/a-long-story</link></item></channel></rss>",
        urlset("<url><loc>javascript:alert(1)</loc></url><url/><url><loc/></url>", STORY),
        urlset(STORY).replace(b"</urlset>", b"") + b"<url><loc>https://example.com/half-a-lo",
        urlset(STORY).replace(b"</urlset>", b"") + b"<url><loc>https://example.com/whole</loc><lastm",
        gzipped(urlset(STORY))[:-8],
        b"<urlset><url><loc>https://example.com/a-long-story</loc></url></urlset>",
    ],
)
def test_whatever_the_wrapping_what_can_be_read_is_found(body: bytes) -> None:
    (page,) = read_sitemap(body, url=URL).pages
    assert page.url == "https://example.com/a-long-story"
    assert page.title in {None, "Storm & flood"}


def test_an_unescaped_ampersand_does_not_bend_the_url() -> None:
    found = read_sitemap(urlset("<url><loc>https://example.com/?a=1&b=2&amp;c=3</loc></url>"), url=URL)
    assert [page.url for page in found.pages] == ["https://example.com/?a=1&b=2&c=3"]


@pytest.mark.parametrize("body", [urlset(), b"<urlset/>\n"])
def test_an_empty_sitemap_is_no_fault(body: bytes) -> None:
    assert read_sitemap(body, url=URL).pages == ()


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"", "is empty"),
        (gzipped(b""), "is empty"),
        (b"<!doctype html><html><body>404</body></html>", "is an HTML page, not a sitemap"),
        (b"Not found", "is not a sitemap"),
        (b"\x00\xff" * 100, "is not a sitemap"),
        (b"<opml><body/></opml>", "is not a sitemap but <opml>"),
        (b"<urlset><url><loc>https://example.com/half-a-lo", "is broken before its first entry"),
        (b"\x1f\x8b\x08junk", "is broken gzip"),
        (gzipped(bytes(range(256)) * 99)[:40] + b"\xff" * 40, "is broken gzip"),
        (gzipped(b" " * (MAX_BYTES + 1)), f"unpacks to more than {MAX_BYTES:,} bytes"),
    ],
)
def test_what_is_no_sitemap_is_said_so(body: bytes, says: str) -> None:
    with pytest.raises(DiscoveryError) as refusal:
        read_sitemap(body, url=URL)
    assert str(refusal.value).startswith(URL)
    assert says in str(refusal.value)


LAUGHS = '<!ENTITY l "ha">' + "".join(f'<!ENTITY l{n} "{f"&l{n - 1 or str()};" * 10}">' for n in range(1, 12))
LONG = f'<!ENTITY l11 "{"ha" * 500_000}">'


@pytest.mark.parametrize("entities", [LAUGHS, LONG, '<!ENTITY l11 SYSTEM "file:///etc/passwd">'])
@pytest.mark.parametrize(
    "bomb", ["<url><loc>/{}</loc></url>", '<url><link href="{}"/><loc>/b</loc></url>', "<url><news>{}</news></url>"]
)
def test_entity_bombs_are_harmless(entities: str, bomb: str) -> None:
    head = f'<?xml version="1.0"?><!DOCTYPE urlset [{entities}]><urlset>'
    body = f"{head}{bomb.format('&l11;' * 50_000)}</urlset>".encode()
    assert not any("haha" in page.url or "root" in page.url for page in read_sitemap(body, url=URL).pages)


@pytest.mark.parametrize(
    "body", [b"<urlset><url><loc>/a</loc><x:link href='/a'/>", b"<!---->" * 1000, b"<urlset>" + b"</url " * 100_000]
)
def test_faults_that_have_many_readings_are_told_at_once(body: bytes) -> None:
    with pytest.raises(DiscoveryError):
        read_sitemap(body, url=URL)


def test_deep_nesting_is_harmless() -> None:
    assert read_sitemap(b"<urlset>" + b"<url>" * 100_000 + b"</urlset>", url=URL).pages == ()
