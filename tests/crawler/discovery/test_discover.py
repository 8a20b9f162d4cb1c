"""One run of discovery, over answers given by the test in place of a network."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from scrapy.http import Response

from crawler.discovery.discover import MAX_CHILDREN, Discovery, discover
from crawler.discovery.errors import DiscoveryError
from crawler.discovery.settings import DiscoverySettings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SITE = "https://example.com"
NOW = datetime(2024, 5, 10, tzinfo=UTC)


class Web:
    """URLs and what they answer with; what is not there cannot be reached."""

    def __init__(self, pages: Mapping[str, str | Response]) -> None:
        self.pages = pages
        self.asked: list[str] = []

    async def download(self, url: str) -> Response:
        self.asked.append(url)
        if url not in self.pages:
            raise DiscoveryError(f"{url}: no such host")
        answer = self.pages[url]
        return answer if isinstance(answer, Response) else Response(url, body=answer.encode())


def run(settings: DiscoverySettings, web: Web) -> Discovery:
    return asyncio.run(discover(settings, web.download, clock=lambda: NOW))


def feed(*links: str, title: str = "") -> str:
    items = "".join(f"<item><title>{title}</title><link>{link}</link></item>" for link in links)
    return f'<rss version="2.0"><channel>{items}</channel></rss>'


def urlset(entries: Iterable[tuple[str, str]]) -> str:
    urls = "".join(f"<url><loc>{url}</loc><lastmod>{date}</lastmod></url>" for url, date in entries)
    return f"<urlset>{urls}</urlset>"


def index(entries: Iterable[tuple[str, str]]) -> str:
    maps = "".join(f"<sitemap><loc>{url}</loc><lastmod>{date}</lastmod></sitemap>" for url, date in entries)
    return f"<sitemapindex>{maps}</sitemapindex>"


def urls(discovery: Discovery) -> list[str]:
    return [page.url for page in discovery.found]


def test_a_page_that_feed_sitemap_and_section_name_is_found_once_with_what_each_knows() -> None:
    web = Web(
        {
            f"{SITE}/feed": feed(f"{SITE}/2024/05/03/storm?utm_source=rss"),
            f"{SITE}/map.xml": urlset([(f"{SITE}/2024/05/03/storm/", "2024-05-03")]),
            f"{SITE}/": '<a href="//m.example.com/2024/05/03/storm">Storm over the bay</a>',
        }
    )
    settings = DiscoverySettings(feeds=[f"{SITE}/feed"], sitemaps=[f"{SITE}/map.xml"], sections=[f"{SITE}/"])
    discovery = run(settings, web)
    (page,) = discovery.found
    assert (page.url, page.via) == (f"{SITE}/2024/05/03/storm", f"{SITE}/feed")
    assert (page.title, page.modified) == ("Storm over the bay", "2024-05-03")
    assert (discovery.problems, discovery.succeeded) == ((), 3)


def test_one_bad_feed_does_not_stop_the_others() -> None:
    web = Web(
        {
            f"{SITE}/page": "<!doctype html><html></html>",
            f"{SITE}/gone": Response(f"{SITE}/gone", status=410),
            f"{SITE}/odd": Response(f"{SITE}/odd", status=799),
            f"{SITE}/good": feed(f"{SITE}/a"),
        }
    )
    discovery = run(
        DiscoverySettings(feeds=[f"{SITE}/{name}" for name in ("page", "gone", "lost", "odd", "good")]), web
    )
    assert urls(discovery) == [f"{SITE}/a"]
    assert discovery.succeeded == 1
    assert discovery.problems == (
        f"{SITE}/page is an HTML page, not a feed",
        f"{SITE}/gone: HTTP 410 Gone",
        f"{SITE}/lost: no such host",
        f"{SITE}/odd: HTTP 799",
    )


def test_whatever_a_download_raises_is_a_problem() -> None:
    async def download(url: str) -> Response:
        raise OSError("cable\n\x1b[31mcut")

    discovery = asyncio.run(discover(DiscoverySettings(feeds=[f"{SITE}/feed"]), download))
    assert discovery.problems == (f"{SITE}/feed: OSError: cable \\x1b[31mcut",)


def test_whatever_a_reader_trips_over_is_a_problem_of_that_page_only() -> None:
    web = Web({f"{SITE}/": '<base href="http://["><a href="/a-b-c-d-e">A</a>', f"{SITE}/feed": feed(f"{SITE}/a")})
    discovery = run(DiscoverySettings(feeds=[f"{SITE}/feed"], sections=[f"{SITE}/"]), web)
    assert urls(discovery) == [f"{SITE}/a"]
    assert discovery.problems == (f"{SITE}/ cannot be read: ValueError: Invalid IPv6 URL",)


def test_a_link_of_the_longest_length_is_a_page_like_any_other() -> None:
    longest = "http://example.com/a-b-c-d-e".ljust(2083, "a")
    web = Web({f"{SITE}/": f'<a href="{longest}">A</a>', f"{SITE}/feed": feed(longest, f"{SITE}/a")})
    discovery = run(DiscoverySettings(feeds=[f"{SITE}/feed"], sections=[f"{SITE}/"]), web)
    assert urls(discovery) == [longest, f"{SITE}/a"]
    assert discovery.succeeded == 2


@given(
    st.binary(max_size=200)
    | st.lists(
        st.sampled_from(
            [
                b"<rss>",
                b"<item>",
                b"<link>http://[",
                b"<urlset>",
                b"<url>",
                b"<loc>http://a:b",
                b"\x1f\x8b",
                b"\xff\xfe",
            ]
        )
        | st.sampled_from([b"{", b'"version":"https://jsonfeed.org/version/1"', b',"items":[{"id":[[', b"}", b"\x00"])
        | st.sampled_from([b"<base href=//[>", b"<a href='//['>", b"</loc></url></urlset>", b"https://\xed\xa0\x80/"]),
        max_size=8,
    ).map(b"".join)
)
def test_no_body_ends_the_discovery_of_a_source(body: bytes) -> None:
    async def download(url: str) -> Response:
        return Response(url, body=feed(f"{SITE}/a").encode() if url == f"{SITE}/feed" else body)

    settings = DiscoverySettings(feeds=[f"{SITE}/feed", f"{SITE}/x"], sitemaps=[f"{SITE}/y"], sections=[f"{SITE}/z"])
    discovery = asyncio.run(discover(settings, download))
    assert f"{SITE}/a" in urls(discovery)
    assert len(discovery.problems) + discovery.succeeded == 4


def test_links_are_read_from_where_a_redirect_led() -> None:
    web = Web({f"{SITE}/feed": Response("https://feeds.example.org/x/", body=feed("a").encode())})
    assert urls(run(DiscoverySettings(feeds=[f"{SITE}/feed"]), web)) == ["https://feeds.example.org/x/a"]


def test_include_and_exclude() -> None:
    web = Web(
        {
            f"{SITE}/feed": feed(f"{SITE}/news/a", f"{SITE}/sport/b", f"{SITE}/news/live/c"),
            f"{SITE}/": f'<a href="/news/d">d</a><a href="/a-b-c-d-e">e</a><a href="{SITE}/news/live">f</a>',
        }
    )
    settings = DiscoverySettings(
        feeds=[f"{SITE}/feed"], sections=[f"{SITE}/"], include=["/news/", "/extra/"], exclude=["/live"]
    )
    assert urls(run(settings, web)) == [f"{SITE}/news/a", f"{SITE}/news/d"]


def test_a_sitemap_is_followed_from_the_newest_and_old_parts_are_passed_over() -> None:
    web = Web(
        {
            f"{SITE}/robots.txt": f"Sitemap: {SITE}/index.xml",
            f"{SITE}/index.xml": index(
                [
                    (f"{SITE}/old.xml", "2023-01-01"),
                    (f"{SITE}/april.xml", "2024-05-05"),
                    (f"{SITE}/may.xml", "2024-05-09"),
                    (f"{SITE}/undated.xml", ""),
                    (f"{SITE}/index.xml", "2024-05-09"),
                ]
            ),
            f"{SITE}/may.xml": urlset(
                [
                    (f"{SITE}/2024/05/08/b", "2024-05-08"),
                    (f"{SITE}/2023/05/08/z", "2023-05-08"),
                    (f"{SITE}/2024/05/09/a", "2024-05-09"),
                    (f"{SITE}/2024/05/07/u", ""),
                    (f"{SITE}/", "2024-05-09"),
                    (f"{SITE}/sport/", "2024-05-09"),
                ]
            ),
            f"{SITE}/april.xml": urlset([(f"{SITE}/2024/05/05/c", "2024-05-05")]),
            f"{SITE}/undated.xml": urlset([]),
        }
    )
    settings = DiscoverySettings(sitemaps=[f"{SITE}/robots.txt"], max_age=timedelta(days=7))
    discovery = run(settings, web)
    names = ["2024/05/09/a", "2024/05/08/b", "2024/05/07/u", "2024/05/05/c"]
    assert urls(discovery) == [f"{SITE}/{name}" for name in names]
    assert web.asked == [
        f"{SITE}/{name}" for name in ["robots.txt", "index.xml", "may.xml", "april.xml", "undated.xml"]
    ]
    assert discovery.succeeded == 5


def test_sitemaps_that_lead_in_circles_or_on_for_ever_come_to_an_end() -> None:
    class Endless(Web):
        async def download(self, url: str) -> Response:
            self.asked.append(url)
            body = index((f"{url}/{number}", "") for number in range(100))
            return Response(url, body=body.encode())

    web = Endless({})
    assert run(DiscoverySettings(sitemaps=[f"{SITE}/s"]), web).found == ()
    assert len(web.asked) == 1 + MAX_CHILDREN
    assert len(set(web.asked)) == len(web.asked)


def test_indexes_are_followed_three_deep() -> None:
    web = Web({f"{SITE}{'/s' * n}": index([(f"{SITE}{'/s' * (n + 1)}", "")]) for n in range(1, 9)})
    run(DiscoverySettings(sitemaps=[f"{SITE}/s"]), web)
    assert len(web.asked) == 4


def test_a_site_that_fails_is_not_asked_for_all_its_sitemaps() -> None:
    web = Web({f"{SITE}/s": index((f"{SITE}/{number}.xml", "") for number in range(50))})
    discovery = run(DiscoverySettings(sitemaps=[f"{SITE}/s"]), web)
    assert len(discovery.problems) == 3
    assert discovery.succeeded == 1


def test_no_more_pages_than_wanted() -> None:
    web = Web(
        {
            f"{SITE}/feed": feed(*(f"{SITE}/{number}" for number in range(20))),
            f"{SITE}/s": index([(f"{SITE}/1.xml", ""), (f"{SITE}/2.xml", "")]),
            f"{SITE}/1.xml": urlset((f"{SITE}/2024/05/03/{number}-x", "") for number in range(20)),
            f"{SITE}/2.xml": urlset([]),
        }
    )
    discovery = run(DiscoverySettings(feeds=[f"{SITE}/feed"], sitemaps=[f"{SITE}/s"], max_pages=10), web)
    assert len(discovery.found) == 10
    assert f"{SITE}/2.xml" not in web.asked


def test_a_news_entry_is_taken_however_its_url_looks() -> None:
    entry = f"<url><loc>{SITE}/short</loc><news:news><news:title>T</news:title></news:news></url>"
    body = f'<urlset xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{entry}</urlset>'
    assert urls(run(DiscoverySettings(sitemaps=[f"{SITE}/s"]), Web({f"{SITE}/s": body}))) == [f"{SITE}/short"]


def test_nothing_to_look_at_is_no_fault() -> None:
    assert run(DiscoverySettings(), Web({})) == Discovery((), (), 0)
