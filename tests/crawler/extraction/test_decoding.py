"""A page comes out right whatever it says of its encoding."""

from __future__ import annotations

import pytest

from crawler.extraction import NotAnArticle
from crawler.extraction.decoding import decode


def read(body: bytes, content_type: str | None) -> str:
    source = decode(body, content_type)
    assert source.utf8.decode() == source.text
    return source.text


LINE = "<html><head><meta charset='{}'></head><body><p>Straßenbahn, señor, “Ärger” – naïve façade</p></body></html>"


@pytest.mark.parametrize(
    ("really", "header", "meta"),
    [
        ("utf-8", "text/html; charset=utf-8", "utf-8"),
        ("utf-8", None, "windows-1252"),
        ("utf-8", "text/html; charset=iso-8859-1", "utf-8"),
        ("cp1252", "text/html; charset=utf-8", "utf-8"),
        ("cp1252", None, "utf-8"),
        ("cp1252", "text/html; charset=iso-8859-1", "utf-8"),
        ("cp1252", "text/html; charset=utf-8", "windows-1252"),
        ("utf-8-sig", None, "iso-8859-1"),
        ("utf-16", "text/html", "utf-8"),
    ],
)
def test_the_real_encoding_wins(really, header, meta):
    assert "Straßenbahn, señor, “Ärger” – naïve façade" in read(LINE.format(meta).encode(really), header)


def test_a_few_broken_bytes_do_not_turn_utf8_into_something_else():
    body = LINE.format("utf-8").encode().replace(b"</p>", b" \xff and more</p>")
    assert "Straßenbahn" in read(body, "text/html; charset=utf-8")


def test_an_undeclared_encoding_is_guessed():
    text = "<html><body><p>" + "Вода поднялась в долине за одну ночь, и люди ушли в школу. " * 5 + "</p></body></html>"
    assert "Вода поднялась в долине" in read(text.encode("cp1251"), None)


@pytest.mark.timeout(30)
@pytest.mark.parametrize("script", ["a" * 1_000_000, "var a=1;" * 125_000, "ж" + "a" * 1_000_000])
def test_an_undeclared_encoding_is_guessed_beside_a_megabyte_of_script(script):
    words = "Вода поднялась в долине за одну ночь, и люди ушли в школу. " * 5
    text = f"<html><body><script>{script}</script><p>{words}</p></body></html>"
    assert "Вода поднялась в долине" in read(text.encode("cp1251"), None)


def test_a_declared_encoding_of_another_script_is_believed():
    text = "<html><head><meta charset='shift_jis'></head><body><p>銀行の社長が解任された。</p></body></html>"
    assert "銀行の社長" in read(text.encode("shift_jis"), None)


def test_nuls_and_surrogates_never_leave():
    text = read(b"<html><body><p>a\x00b \xed\xa0\x80 c</p></body></html>", "text/html; charset=utf-8")
    assert "\x00" not in text
    assert text.encode("utf-8")


@pytest.mark.parametrize("reference", ["&#1;", "&#x1F;", "&#xFFFE;", "&#65535;", "&#11;", "\x0c", "\x1b", "\ufffe"])
def test_what_lxml_refuses_to_hold_is_taken_out(reference):
    assert read(f"<p>one {reference} two</p>".encode(), None) == "<p>one  two</p>"


@pytest.mark.parametrize("reference", ["&#128;", "&#39;", "&#x27;", "&#10;", "&#9;", "&#8217;", "&#x1F600;", "&#310;"])
def test_other_references_stay(reference):
    assert reference in read(f"<p>one {reference} two</p>".encode(), None)


@pytest.mark.parametrize("kind", ["image/png", "application/json", "video/mp4"])
def test_other_media_are_refused_by_name(kind):
    with pytest.raises(NotAnArticle, match=kind):
        read(b'{"a": "<b>"}', kind)


def test_html_sent_under_a_wrong_name_is_read_all_the_same():
    assert "hello" in read(b"<!doctype html><p>hello</p>", "application/octet-stream")
