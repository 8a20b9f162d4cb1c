"""The HTML stands alone, is well formed, and takes nothing from the web for markup."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st

from archive.compare.diff import diff
from archive.models import Article, Block, Role
from stet.render.html import render_fragment, render_html

STORY = Article(
    "Bridge to open in June",
    ("Ruth Ames",),
    None,
    None,
    "en",
    (
        Block(Role.BODY, "The bridge will open in June. It cost 12 million euros. Nobody objected. Crowds came."),
        Block(Role.BODY, "Police were there. All went well. Trams ran late."),
    ),
)


def page(before: Article, after: Article, url: str = "https://news.example/bridge?a=1&b=2") -> str:
    return render_html(diff(before, after), url=url, before="v1 · then", after="v2 · now", language="en")


def test_each_change_has_its_section_and_its_label() -> None:
    after = replace(
        STORY,
        title="Bridge to open in July",
        authors=("Jaime Soto",),
        blocks=(
            Block(
                Role.BODY, "Trams ran late. The bridge will open in July. It cost 12 million euros. Nobody objected."
            ),
            Block(Role.BODY, "Crowds came. Police were there. A boat sank."),
            Block(Role.CORRECTION, "Correction: July."),
        ),
    )
    shown = page(STORY, after)
    for expected in (
        '<html lang="en">',
        '<a href="https://news.example/bridge?a=1&amp;b=2" rel="noreferrer nofollow">',
        '<h2>Headline</h2>\n<div lang="en">\n<p dir="auto">Bridge to open in<del> June</del><ins> July</ins></p>',
        "<h2>Byline</h2>",
        "<del>Ruth Ames</del><ins>Jaime Soto</ins>",
        '<small lang="en" dir="ltr">Added</small> <ins>Correction: July.</ins>',
        '<small lang="en" dir="ltr">Moved from sentence 7 to 1</small> Trams ran late.',
        '<small lang="en" dir="ltr">Edited</small> The bridge will open in<del> June</del><ins> July</ins>.',
        '<small lang="en" dir="ltr">Deleted</small> <del>All went well.</del>',
        '<small lang="en" dir="ltr">Added</small> <ins>A boat sank.</ins>',
        '<details><summary lang="en">2 sentences unchanged</summary>',
    ):
        assert expected in shown


def test_nothing_changed() -> None:
    assert "<p>Nothing changed.</p>" in page(STORY, STORY)


def test_only_web_addresses_are_links() -> None:
    assert "href" not in page(STORY, STORY, url="javascript:alert(1)")


def test_without_a_language_the_text_claims_none() -> None:
    assert "<div>" in render_fragment(diff(STORY, replace(STORY, title="Other")))


class _Tags(HTMLParser):
    """Collects tags, and checks that each is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.attributes: set[str] = set()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.attributes.update(name for name, _ in attrs)
        if tag not in {"meta", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


ELEMENTS = {
    *("html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "p", "br", "a"),
    *("section", "div", "small", "ins", "del", "details", "summary"),
}
HOSTILE = st.lists(
    st.sampled_from(
        [
            "<script>",
            "</title>",
            "</style>",
            '"',
            "'",
            ">",
            "<img src=x onerror=y>",
            "&lt;",
            "]]>",
            "-->",
            "\x00",
            "\u202e",
            "a",
            " ",
        ]
    )
    | st.text(max_size=5)
).map("".join)


@given(HOSTILE, HOSTILE)
@settings(deadline=None)
def test_hostile_text_makes_no_markup(one: str, other: str) -> None:
    blocks = (Block(Role.BODY, f"Kept. {one} {other}"), Block(Role.BODY, "Last."), Block(Role.CORRECTION, other))
    after = replace(STORY, title=one, authors=(other,), blocks=blocks)
    shown = page(replace(STORY, blocks=(Block(Role.BODY, f"Kept. {other}"),)), after, url=f"https://a.example/{one}")
    tags = _Tags()
    tags.feed(shown)
    tags.close()
    assert not tags.open
    assert tags.seen <= ELEMENTS
    assert tags.attributes <= {"lang", "charset", "http-equiv", "content", "name", "dir", "href", "rel"}
    assert not set("\x00\x1b\u202e") & set(shown)
    assert shown.encode()
