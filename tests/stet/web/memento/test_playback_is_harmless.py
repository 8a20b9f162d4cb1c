"""What hostile markup becomes before a browser sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from stet.web.memento.harmless import MAX_CHARACTERS, harmless

if TYPE_CHECKING:
    from support.web import Served

STAMP = "20260101133000"
URL = "https://news.example/hostile"

SAFE = {"html", "head", "meta", "title", "style", "body", "h1", "p", "a", "span", "br"}


@pytest.fixture
def copy(served: Served) -> str:
    stamp = served.get(f"/timegate/{URL}").headers["location"].split("/memento/")[1][:14]
    answer = served.get(f"/memento/{stamp}if_/{URL}")
    assert answer.status_code == 200
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("sandbox; default-src 'none'; ")
    assert "frame-ancestors 'self'" in policy
    assert "unsafe" not in policy
    assert answer.headers["x-dns-prefetch-control"] == "off"
    return answer.text


def test_the_copy_has_the_words_and_nothing_that_acts(copy: str) -> None:
    tree = html.document_fromstring(copy)
    assert {element.tag for element in tree.iter()} <= SAFE
    assert {name for element in tree.find("body").iter() for name in element.attrib} == {"class"}
    assert (tree.get("lang"), tree.get("dir")) == ("de", "ltr")
    assert "evil" not in copy
    said = " ".join(tree.find("body").text_content().split())
    assert said == 'Grüße & <script> First link. A "ship" Send Last.'


def test_the_exact_bytes_are_for_saving_and_not_for_rendering(served: Served) -> None:
    stamp = served.get(f"/timegate/{URL}").headers["location"].split("/memento/")[1][:14]
    answer = served.get(f"/memento/{stamp}id_/{URL}")
    assert b"evil()" in answer.content
    headers = answer.headers
    assert headers["content-type"] == "text/html; charset=iso-8859-1"
    assert headers["content-disposition"].startswith("attachment;")
    assert headers["content-security-policy"] == "sandbox; default-src 'none'; frame-ancestors 'none'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-archive-orig-set-cookie"] == "a=1"
    assert "set-cookie" not in headers
    assert "evil" not in headers["link"]
    assert {name for name in headers if name.startswith("x-archive-orig-")} == {
        f"x-archive-orig-{name}" for name in ("content-type", "set-cookie", "link")
    }


def test_the_plain_form_is_a_page_of_ours_that_frames_the_copy(served: Served) -> None:
    stamp = served.get(f"/timegate/{URL}").headers["location"].split("/memento/")[1][:14]
    page = served.page(f"/memento/{stamp}/{URL}")
    (frame,) = page.xpath("//iframe")
    assert frame.get("sandbox") == ""
    assert served.get(frame.get("src")).status_code == 200
    assert served.get(page.xpath("//a[@download]/@href")[0]).content.startswith(b"<!DOCTYPE html>")


@pytest.mark.parametrize(
    "kind", ["text/javascript", "text/css", "image/svg+xml", "application/wasm", "", "text/html;x"]
)
def test_no_type_is_passed_on_that_our_own_pages_would_take(kind: str) -> None:
    from archive.mementos import Content  # noqa: PLC0415
    from stet.web.memento.playback import _type  # noqa: PLC0415

    given_type = _type(Content(b"", (("content-type", kind),)))[0]
    assert given_type == ("text/html" if kind == "text/html;x" else "application/octet-stream")


@pytest.mark.parametrize(
    ("body", "kind", "shown"),
    [
        (b"one <b>two", "text/plain", "one <b>two"),
        ("naïve".encode("latin-1"), "text/plain; charset=latin-1", "naïve"),
        (b'{"a": 1}', "application/json", '{"a": 1}'),
        (b"%PDF-1.7 ...", "application/pdf", "a PDF file"),
        (b"\x00\x01\x02<\xff" * 100, "application/octet-stream", "not shown"),
        (b"", "text/html", "empty body"),
        (b"only words", "text/html", "only words"),
        ("<p>Привет".encode("cp1251"), "text/html; charset=windows-1251", "Привет"),
    ],
)
def test_what_is_no_page_is_shown_as_text_or_told_of(body: bytes, kind: str, shown: str) -> None:
    assert shown in html.document_fromstring(harmless(body, kind)).find("body").text_content()


@pytest.mark.parametrize(
    "unit",
    ["<p>word ", "<div>", "<b><i>", "<table><tr><td>", "</p>", "<a href=x>", "&lt;", "<!--", "<svg>", "x", "<br>", "<"],
)
def test_huge_and_deep_pages_become_bounded_ones(unit: str) -> None:
    page = f"<html><body><p>{unit * (10_000_000 // len(unit))}"
    copy = harmless(page.encode(), "text/html")
    assert len(copy) < MAX_CHARACTERS + 5_000


@pytest.mark.parametrize("kind", ["text/html", "text/plain"])
def test_what_is_cut_says_so_and_ends_there(kind: str) -> None:
    copy = harmless(b"<p>" + b"&& " * 1_000_000, kind)
    body = html.document_fromstring(copy).find("body")
    assert body.text_content().strip().endswith("The exact bytes have it.")
    assert len(body.text_content()) > MAX_CHARACTERS / 10
    assert {element.tag for element in body.iter()} == ({"body", "p"} if kind == "text/html" else {"body", "pre", "p"})


MARKUP = st.lists(
    st.one_of(
        st.sampled_from(
            [
                *("<script>", "</script>", "<style>", "</style>", "<svg>", "</svg>", "<math>", "<mtext>", "<title>"),
                *("<img src=//evil.example onerror=evil()>", "<a href=javascript:evil()>", "<p onclick=evil()>", "<p>"),
                *(
                    "<template>",
                    "<noscript>",
                    "</noscript>",
                    "<textarea>",
                    "<xmp>",
                    "<plaintext>",
                    "<!--",
                    "-->",
                    "<table>",
                ),
                *(
                    "<![CDATA[",
                    "]]>",
                    "<iframe srcdoc='<b>'>",
                    '<p lang="a" dir="rtl">',
                    '<td colspan="2" rowspan="x">',
                ),
                *("&lt;img src=x onerror=evil()&gt;", "\x00", "<p/onclick=evil()>", "<x:script>", "<SCRIPT>"),
            ]
        ),
        st.text(max_size=8),
    ),
    max_size=30,
)


@given(MARKUP)
def test_no_markup_leaves_anything_that_acts(markup: list[str]) -> None:
    copy = harmless(f"<p>{''.join(markup)}".encode("utf-8", "ignore"), "text/html; charset=utf-8")
    tree = html.document_fromstring(copy)
    body = tree.find("body")
    for element in body.iter():
        assert element.tag not in {"script", "style", "img", "iframe", "svg", "math", "template", "title", "textarea"}
        assert set(element.attrib) <= {"lang", "dir", "colspan", "rowspan", "class"}
