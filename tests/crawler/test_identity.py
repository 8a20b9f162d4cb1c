"""The canonical identity of a page."""

from __future__ import annotations

import string

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crawler.identity import (
    InvalidURL,
    believed_canonical,
    clean_url,
    identity,
    is_section_or_home,
    looks_like_article,
    same_site,
)

LABELS = st.sampled_from(["www", "m", "mobile", "amp", "en", "news", "münchen", "straße", "日本", "a-b", "x_y", "♥"])
DOMAINS = st.sampled_from(
    [
        "example.com",
        "m.com",
        "amp.com",
        "bbc.co.uk",
        "a.github.io",
        "github.io",
        "localhost",
        "www.ck",
        "قناة.com",
        "google.com",
    ]
)
HOSTS = st.one_of(
    st.builds(lambda labels, domain: ".".join([*labels, domain]), st.lists(LABELS, max_size=3), DOMAINS),
    st.ip_addresses(v=4).map(str),
    st.ip_addresses(v=6).map(lambda address: f"[{address}]"),
)
PORTS = st.one_of(st.just(""), st.sampled_from([":80", ":443", ":8080"]))
TEXT = st.text(st.characters(exclude_categories=["Cc", "Cs", "Z"], exclude_characters="?#"), max_size=8)
SEGMENTS = st.one_of(
    TEXT,
    st.sampled_from(["amp", "AMP", "amp.html", "a.amp.html", "a.amp", "index.html", "index.php", "..", ".", "s", "c"]),
    st.sampled_from(["%2e%2E", "%2F", "%C3%A9", "%e9", "%", "%zz", "%25", "a;x", ";jsessionid=1", "www.example.com"]),
)
PATHS = st.lists(SEGMENTS, max_size=6).map(lambda segments: "".join(f"/{segment}" for segment in segments))
NAMES = st.one_of(
    st.text(string.ascii_letters, min_size=1, max_size=4),
    st.sampled_from(["id", "amp", "output", "utm_source", "fbclid", "ref", "%61mp", "é", "amp;b", ";", "%26"]),
)
VALUES = st.one_of(TEXT, st.sampled_from(["amp", "1", "a+b", "%20", "%2B", "é", "%E9", "="]))
PARAMETERS = st.one_of(st.builds("{}={}".format, NAMES, VALUES), NAMES, st.just(""))
QUERIES = st.lists(PARAMETERS, max_size=4).map(lambda parameters: "?" + "&".join(parameters) if parameters else "")
URLS = st.builds("{}://{}{}{}{}".format, st.sampled_from(["http", "https", "HTTPS"]), HOSTS, PORTS, PATHS, QUERIES)


LONGEST = 2083
LONG = st.builds(
    lambda scheme, host, path, mark, letter: f"{scheme}://{host}/{path}{mark}".ljust(LONGEST, letter),
    st.sampled_from(["http", "https"]),
    st.sampled_from(["example.com", "m.example.com", "example.com:8080", "cdn.ampproject.org/c", "google.com/amp/s"]),
    st.sampled_from(["", "a", "amp/a/b", "www.example.com/a", "é"]),
    st.sampled_from(["", "?", "?q=", "?q=1&amp=1&p=", "/amp/"]),
    st.sampled_from(["a", "/", ":", "+", "=", "&", "%", ".", "!"]),
)


@given(URLS | LONG | st.text(max_size=60).map("https://example.com/".__add__))
@example("http://example.com/".ljust(LONGEST, "a"))
@example("https://example.com/?q=".ljust(LONGEST, "/"))
def test_what_can_be_cleaned_has_an_identity(url: str) -> None:
    try:
        clean = clean_url(url)
    except InvalidURL:
        return
    assert len(clean) <= LONGEST
    assert identity(clean)


@given(URLS)
def test_the_identity_of_an_identity_is_itself(url: str) -> None:
    key = identity(url)
    assert identity(f"https://{key}") == key
    assert identity(f"http://{key}") == key


@given(URLS)
def test_a_clean_url_is_clean_ascii_and_of_the_same_page(url: str) -> None:
    clean = clean_url(url)
    assert clean_url(clean) == clean
    assert clean.isascii()
    assert "#" not in clean
    assert identity(clean) == identity(url)


@given(URLS, st.permutations(["utm_source=feed", "fbclid=x", "gclid=1", "xtor=RSS-1"]))
def test_tracking_never_makes_another_page(url: str, trackers: list[str]) -> None:
    mark = "&" if "?" in url else "?"
    assert identity(url + mark + "&".join(trackers) + "#top") == identity(url)


@given(st.text(max_size=40))
@example("http://[::1")
@example("http://a:b:c/")
@example("http://[v1.x]/")
@example("http://℀.com/")
@example("https://xn--/")
@example("https://\ud800/")
@example("http://[::ffff:1.2.3.4%25x]/")
def test_anything_is_a_clean_url_or_a_clear_refusal(text: str) -> None:
    for url in (text, f"https://{text}", f"https://example.com/{text}"):
        try:
            clean = clean_url(url)
        except InvalidURL as error:
            assert str(error).isprintable()
            assert len(str(error)) < 1500
        else:
            assert clean_url(clean) == clean


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://m.example.com/a/?utm_source=x#top", "example.com/a"),
        ("http://www.example.com/a", "example.com/a"),
        ("https://example.com", "example.com"),
        ("https://example.com/?id=5", "example.com?id=5"),
        ("https://en.m.wikipedia.org/wiki/Foo", "en.wikipedia.org/wiki/Foo"),
        ("https://amp.theguardian.com/world/2020/a", "theguardian.com/world/2020/a"),
        ("https://m.com/a", "m.com/a"),
        ("https://amp.com/a", "amp.com/a"),
        ("https://www.gov.uk/a", "www.gov.uk/a"),
        ("https://suchen.mobile.de/a", "suchen.mobile.de/a"),
        ("https://example.com/a/amp", "example.com/a"),
        ("https://example.com/a/amp/", "example.com/a"),
        ("https://example.com/amp/news/a", "example.com/news/a"),
        ("https://example.com/amp", "example.com/amp"),
        ("https://example.com/a.amp.html", "example.com/a.html"),
        ("https://example.com/a/amp/index.html", "example.com/a"),
        ("https://example.com/a?amp", "example.com/a"),
        ("https://example.com/a?amp=1&id=7", "example.com/a?id=7"),
        ("https://example.com/a?outputType=amp", "example.com/a"),
        ("https://example.com/a?amp=watt", "example.com/a?amp=watt"),
        ("https://www.google.com/amp/s/www.example.com/a/amp/?usqp=x", "example.com/a"),
        ("https://www.google.co.uk/amp/example.com/a", "example.com/a"),
        ("https://www-example-com.cdn.ampproject.org/c/s/www.example.com/a?x=1", "example.com/a?x=1"),
        ("https://www.google.com/amp/s/", "google.com/amp/s"),
        ("https://example.com/a?b=2&a=1&a=0", "example.com/a?a=0&a=1&b=2"),
        ("https://example.com/?p=12&amp;utm_medium=rss", "example.com?p=12"),
        ("https://example.com/b/index.html", "example.com/b"),
        ("https://example.com/b/../a;jsessionid=4F", "example.com/a"),
        ("https://example.com//a", "example.com/a"),
        ("https://example.com/%7Ea/%c3%a9", "example.com/~a/%C3%A9"),
        ("http://127.0.0.1:8080/a", "127.0.0.1:8080/a"),
        ("http://[::0:1]:8080/a", "[::1]:8080/a"),
        ("http://example.com:443/a", "example.com/a"),
        ("https://MÜNCHEN.de./A", "xn--mnchen-3ya.de/A"),
    ],
)
def test_the_doubles_of_a_page_have_one_identity(url: str, key: str) -> None:
    assert identity(url) == key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.com/?id=1", "https://example.com/?id=2"),
        ("https://example.com/a?article=x", "https://example.com/a?article=y"),
        ("https://example.com/a?ref=123456", "https://example.com/a?ref=123457"),
        ("https://example.com/a?gallery_id=1", "https://example.com/a?gallery_id=2"),
        ("https://example.com/a?sc_itemid=1", "https://example.com/a?sc_itemid=2"),
        ("https://example.com/a", "https://example.com/A"),
        ("https://en.example.com/a", "https://de.example.com/a"),
        ("http://127.0.0.1:8000/a", "http://127.0.0.1:8001/a"),
        ("https://example.com/a%2Fb", "https://example.com/a/b"),
        ("https://example.com/a?q=%E9", "https://example.com/a?q=%E8"),
    ],
)
def test_different_pages_keep_different_identities(one: str, other: str) -> None:
    assert identity(one) != identity(other)


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        ("  https://Example.COM:443/a?b=2&a=1#c \n", "https://example.com/a?b=2&a=1"),
        ("http://user:secret@example.com/", "http://example.com/"),
        ("http://example.com\\@evil.com/", "http://example.com/@evil.com/"),
        ("https://straße.de/ä b".replace(" ", "%20"), "https://xn--strae-oqa.de/%C3%A4%20b"),
        ("https://example.com/a?q=%E9&utm_source=x", "https://example.com/a?q=%E9"),
        ("https://example.com?UTM_Source=x", "https://example.com/"),
        ("https://ex%61mple.com/", "https://example.com/"),
    ],
)
def test_a_clean_url_can_be_fetched_and_shown(url: str, clean: str) -> None:
    assert clean_url(url) == clean


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("", "is empty"),
        ("example.com/a", "has no scheme; write https://example.com/a"),
        ("example.com:8080/a", "has no scheme; write https://example.com:8080/a"),
        ("//example.com/a", "has no scheme; write https://example.com/a"),
        ("javascript:alert(1)", "only http and https are fetched, not javascript"),
        ("file:///etc/passwd", "only http and https are fetched, not file"),
        ("https:///a", "has no host"),
        ("https:example.com", "has no host"),
        ("https://?a", "has no host"),
        ("https://exa mple.com/", "contains spaces"),
        ("https://example.com/\x1b[2J", "contains control characters"),
        ("https://example.com/" + "a" * 2083, "longer than 2083 characters"),
        ("https://example.com/" + "é" * 1000, "longer than 2083 characters"),
        ("https://example.com:99999/", "port is not valid"),
        ("https://example.com:x/", "port is not valid"),
        ("https://..example.com/", "host is not valid"),
        ("https://" + "a" * 64 + ".com/", "host is not valid"),
        ("https://[::1/", "host is not valid"),
        ("https://[fe80::1%25eth0]/", "host is not valid"),
    ],
)
def test_an_invalid_url_is_refused_in_one_clear_line(url: str, reason: str) -> None:
    with pytest.raises(InvalidURL) as refusal:
        clean_url(url)
    message = str(refusal.value)
    assert reason in message
    assert message.isprintable()
    assert len(message) < 400


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://www.bbc.co.uk/a", "http://news.bbc.co.uk/b", True),
        ("https://bbc.co.uk/", "https://itv.co.uk/", False),
        ("https://a.github.io/", "https://b.github.io/", False),
        ("https://www.a.github.io/", "https://a.github.io/", True),
        ("https://news.example/a", "https://other.example/b", False),
        ("https://www.news.example/a", "https://news.example/b", True),
        ("http://localhost/a", "http://localhost/b", True),
        ("http://127.0.0.1:1/", "http://127.0.0.1:2/", False),
        ("http://[::1]:1/", "http://[0::1]:1/", True),
        ("https://münchen.de/", "https://xn--mnchen-3ya.de/", True),
        ("https://example.com/", "javascript:", False),
    ],
)
def test_a_site_is_a_registrable_domain(one: str, other: str, same: bool) -> None:
    assert same_site(one, other) is same


ARTICLES = [
    "https://www.theguardian.com/world/2020/jan/05/iran-launches",
    "https://example.com/2024/05/03/a",
    "https://example.com/news/20240503/storm",
    "https://www.bbc.com/news/world-europe-66006142",
    "https://www.bbc.com/news/articles/c4ng5vd9w3xo",
    "https://www.dw.com/de/klima/a-53453213",
    "https://www.spiegel.de/politik/x-a-3f2b7c44-0001-4f6b-9d3c-0123456789ab",
    "https://example.com/politics/senate-passes-budget-after-long-night",
    "https://example.com/index.php?id=12345",
    "https://example.com/autoren/jane-doe/was-lesen-die-philippinen-heute",
    "https://example.com/columnists/201911181077343476-royal-arrogance",
    "https://example.com/articles/the-community-spotlight-2023/1100-6333/",
    "https://example.com/wirtschaft/bahn-streik-endet.html",
    "https://example.com/新闻/北京今天早上发生了一件非常重要的大事情了",
]
LISTS = [
    "https://example.com/",
    "https://example.com/index.html",
    "https://example.com/en/",
    "https://example.com/news",
    "https://example.com/news/politics/",
    "https://example.com/politik.html",
    "https://example.com/tag/climate-change-and-the-economy",
    "https://example.com/author/jane-van-der-berg-smith",
    "https://example.com/2024/05/",
    "https://example.com/2024/05/03",
    "https://example.com/news/page/12",
    "https://example.com/search?q=a-b-c-d-e",
    "https://example.com/videos/",
]
NEITHER_ARTICLE = [
    "https://example.com/privacy-and-cookie-policy",
    "https://example.com/a-long-name-of-a-picture.jpg",
    "https://example.com/feed/some-long-feed-name.xml",
    "https://example.com/login?id=12345",
    "https://[",
]


@pytest.mark.parametrize("url", ARTICLES)
def test_the_marks_of_an_article(url: str) -> None:
    assert looks_like_article(url)
    assert not is_section_or_home(url)


@pytest.mark.parametrize("url", LISTS)
def test_the_marks_of_a_section(url: str) -> None:
    assert is_section_or_home(url)
    assert not looks_like_article(url)


@pytest.mark.parametrize("url", NEITHER_ARTICLE)
def test_what_is_no_article(url: str) -> None:
    assert not looks_like_article(url)


@pytest.mark.parametrize(
    ("page", "canonical", "believed"),
    [
        ("https://m.example.com/a-1234567", "https://www.example.com/a-1234567", "https://www.example.com/a-1234567"),
        ("https://example.com/x?view=print", "/2024/05/03/storm", "https://example.com/2024/05/03/storm"),
        ("https://example.com/a-1234567", "https://other.com/a-1234567", None),
        ("https://a.github.io/a-1234567", "https://b.github.io/a-1234567", None),
        ("https://example.com/a-1234567", "https://example.com/", None),
        ("https://example.com/a-1234567", "https://example.com/news", None),
        ("https://example.com/news", "https://www.example.com/news/", "https://www.example.com/news/"),
        ("https://example.com/a-1234567", "javascript:void(0)", None),
        ("https://example.com/a-1234567", "http://[", None),
        ("https://example.com/a-1234567", "", None),
        ("https://example.com/a-1234567", None, None),
    ],
)
def test_a_canonical_is_believed_within_its_site_only(page: str, canonical: str | None, believed: str | None) -> None:
    assert believed_canonical(page, canonical) == believed
