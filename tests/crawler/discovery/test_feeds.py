"""Reading feeds."""

from __future__ import annotations

import json

import pytest

from crawler.discovery.errors import DiscoveryError
from crawler.discovery.feeds import MAX_BYTES, read_feed

URL = "https://example.com/news/feed.xml"


def rss(*items: str, head: str = '<?xml version="1.0" encoding="UTF-8"?>') -> bytes:
    namespaces = 'xmlns:fb="http://rssnamespace.org/feedburner/ext/1.0" xmlns:atom="http://www.w3.org/2005/Atom"'
    inside = "".join(f"<item>{item}</item>" for item in items)
    return f'{head}<rss version="2.0" {namespaces}><channel><title>C</title>{inside}</channel></rss>'.encode()


def test_an_rss_feed_names_its_articles_with_titles_and_dates() -> None:
    dates = "<pubDate>Tue, 05 May 2020 10:00:00 +0200</pubDate><atom:updated>2020-05-06T00:00:00Z</atom:updated>"
    found = read_feed(
        rss(f"<title>Storm &amp;amp; <![CDATA[<b>flood</b>]]></title><link>/a?x=1</link>{dates}"), url=URL
    )
    (page,) = found
    assert page.url == "https://example.com/a?x=1"
    assert page.via == URL
    assert page.title == "Storm & flood"
    assert page.published == "2020-05-05T08:00:00+00:00"
    assert page.modified == "2020-05-06T00:00:00+00:00"


@pytest.mark.parametrize(
    ("item", "url"),
    [
        ("<link>https://example.com/a?utm_source=rss</link>", "https://example.com/a"),
        ("<link> https://example.com/a b\n</link>", "https://example.com/a%20b"),
        ("<link>../a</link>", "https://example.com/a"),
        ("<guid>https://example.com/guid</guid>", "https://example.com/guid"),
        ("<link>https://fb.com/x</link><fb:origLink>https://example.com/a</fb:origLink>", "https://example.com/a"),
        ("<link>https://other.org/a</link>", "https://other.org/a"),
    ],
)
def test_the_link_of_an_entry(item: str, url: str) -> None:
    assert [page.url for page in read_feed(rss(item), url=URL)] == [url]


@pytest.mark.parametrize(
    "item",
    [
        '<guid isPermaLink="false">tag:1</guid>',
        "<link>javascript:alert(1)</link>",
        "<link>mailto:desk@example.com</link>",
        "<link>file:///etc/passwd</link>",
        "<link>https://</link>",
        "<link>#top</link>",
        "<link></link>",
        "<title>no link</title>",
    ],
)
def test_entries_without_a_usable_link_are_passed_over(item: str) -> None:
    found = read_feed(rss(item, "<link>https://example.com/good</link>"), url=URL)
    assert [page.url for page in found] == ["https://example.com/good"]


def test_an_atom_feed() -> None:
    body = b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://example.com/b/"><title>C</title>
      <entry><title type="text">1 &lt; 2</title><link rel="enclosure" href="/a.mp3"/><link href="a"/>
      <published>2024-05-03T10:00:00Z</published><updated>2024-05-03T12:00:00+01:00</updated></entry></feed>"""
    (page,) = read_feed(body, url=URL)
    assert page.url == "https://example.com/b/a"
    assert page.title == "1 < 2"
    assert page.published == "2024-05-03T10:00:00+00:00"
    assert page.modified == "2024-05-03T11:00:00+00:00"


def test_an_rdf_feed() -> None:
    body = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
      xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>C</title></channel>
      <item rdf:about="x"><title>A</title><link>https://example.com/a</link><dc:date>2024-05-03</dc:date></item>
      </rdf:RDF>"""
    assert [(page.url, page.title) for page in read_feed(body, url=URL)] == [("https://example.com/a", "A")]


@pytest.mark.parametrize("content_type", ["application/feed+json", "text/plain", None])
def test_a_json_feed(content_type: str | None) -> None:
    items = [
        {"id": "1", "url": "/a", "title": "A", "date_published": "2024-05-03T12:00:00+02:00", "date_modified": "soon"},
        {"id": "2", "external_url": "https://example.com/b"},
        {"id": "https://example.com/c", "title": 5},
        {"id": 4, "url": ["x"]},
        "junk",
    ]
    body = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items}).encode()
    a, b, c = read_feed(b"\xef\xbb\xbf" + body, url=URL, content_type=content_type)
    assert (a.url, a.title, a.published, a.modified) == (
        "https://example.com/a",
        "A",
        "2024-05-03T10:00:00+00:00",
        None,
    )
    assert (b.url, c.url, c.title) == ("https://example.com/b", "https://example.com/c", None)


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (rss("<title>Größe</title><link>/a</link>"), "text/xml"),
        (rss("<title>Größe</title><link>/a</link>").decode().encode("utf-16"), "application/rss+xml"),
        (
            rss("<title>Größe</title><link>/a</link>", head='<?xml version="1.0" encoding="ISO-8859-1"?>')
            .decode()
            .encode("latin-1"),
            None,
        ),
        (
            rss("<title>Größe</title><link>/a</link>", head="").decode().encode("latin-1"),
            "text/xml; charset=iso-8859-1",
        ),
        (rss("<title>Größe\x08</title><link>/a</link>"), "text/html"),
        (b"\n\n" + rss("<title>Größe</title><link>/a</link>"), None),
    ],
)
def test_encodings_and_small_faults_are_no_hindrance(body: bytes, content_type: str | None) -> None:
    assert [page.title for page in read_feed(body, url=URL, content_type=content_type)] == ["Größe"]


def test_a_feed_that_is_cut_off_gives_what_came() -> None:
    body = rss("<link>https://example.com/a</link>", "<link>https://example.com/b</link>")
    assert read_feed(body[: body.index(b"/b<")], url=URL)[0].url == "https://example.com/a"


def test_an_empty_feed_is_no_fault() -> None:
    assert read_feed(rss(), url=URL) == []


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"", "is empty"),
        (b" \n", "is empty"),
        (b"<!DOCTYPE html><html><body><a href='/a'>a</a></body></html>", "is an HTML page, not a feed"),
        (b"<?xml version='1.0'?><!-- x --><html xmlns='http://www.w3.org/1999/xhtml'/>", "is an HTML page, not a feed"),
        (b"Service unavailable", "is not a feed"),
        (b"\x00\x01\x02\xff" * 100, "is not a feed"),
        (b"{", "is broken JSON"),
        (b"{" * 100_000, "is broken JSON"),
        (b'{"a":' * 100_000, "is broken JSON"),
        (b'{"items": []}', "is JSON, but no JSON Feed"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": {}}', "is JSON, but no JSON Feed"),
        (b'<rss version="2.0"><channel><title>x</ti', "is broken before its first entry"),
        (b" " * MAX_BYTES + b"<rss/>", "too long for a feed"),
    ],
)
def test_what_is_no_feed_is_said_so(body: bytes, says: str) -> None:
    with pytest.raises(DiscoveryError) as refusal:
        read_feed(body, url=URL)
    assert str(refusal.value).startswith(URL)
    assert says in str(refusal.value)
    assert "\n" not in str(refusal.value)


LAUGHS = '<!ENTITY l "ha">' + "".join(f'<!ENTITY l{n} "{f"&l{n - 1 or str()};" * 10}">' for n in range(1, 12))
LONG = f'<!ENTITY l11 "{"ha" * 500_000}">'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("entities", [LAUGHS, LONG, '<!ENTITY l11 SYSTEM "file:///etc/passwd">'])
def test_entity_bombs_are_harmless(entities: str, encoding: str) -> None:
    head = f'<?xml version="1.0"?><!DOCTYPE rss [{entities}]>'
    body = rss(f"<title>{'&l11;' * 50_000}</title><link>https://example.com/a</link>", head=head)
    (page,) = read_feed(body.decode().encode(encoding), url=URL)
    assert page.url == "https://example.com/a"
    assert "hahaha" not in str(page.title)
    assert "root:" not in str(page.title)
    assert len(str(page.title)) < 500_000


@pytest.mark.parametrize(
    "body", [b"<!ENTITY " * 200_000, b"<!---->" * 1000, b"<rss><channel><item><title>" + b"<a" * 10_000]
)
def test_faults_that_have_many_readings_are_told_at_once(body: bytes) -> None:
    try:
        assert all(len(page.title or "") <= 1000 for page in read_feed(body, url=URL))
    except DiscoveryError as refusal:
        assert str(refusal).startswith(URL)
