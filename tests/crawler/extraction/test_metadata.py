"""Title, authors, dates, language, canonical: from what the page says, and never from its clock."""

from __future__ import annotations

import json
from datetime import date

import pytest
from lxml.html import document_fromstring

from crawler.extraction import bylines, dates, jsonld
from crawler.extraction.languages import iso_639_1
from crawler.extraction.metadata import Metadata, read
from crawler.extraction.titles import choose, without_site

TODAY = date(2024, 5, 20)


def about(head: str = "", body: str = "<p>Text.</p>", *, ld: object = None, lang: str = "") -> Metadata:
    script = (
        f"<script type='application/ld+json'>{ld if isinstance(ld, str) else json.dumps(ld)}</script>" if ld else ""
    )
    html = f"<html{f' lang={lang!r}' if lang else ''}><head>{head}{script}</head><body>{body}</body></html>"
    return read(document_fromstring(html), url="https://www.alder.example/valley/dam", today=TODAY)


NEWS = {
    "@type": "NewsArticle",
    "headline": "Dam gives way",
    "datePublished": "2024-05-02T23:10:00+02:00",
    "dateModified": "2024-05-03",
    "author": {"@type": "Person", "name": "Jo Park"},
}


@pytest.mark.parametrize(
    "ld",
    [
        NEWS,
        [{"@type": "BreadcrumbList"}, NEWS],
        {"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, NEWS]},
        {**NEWS, "@type": ["Article", "ReportageNewsArticle"]},
        {**NEWS, "@type": "http://schema.org/OpinionNewsArticle"},
        {"@type": "WebPage", "mainEntity": NEWS},
        json.dumps(NEWS).replace("Dam gives", "Dam\n gives"),
        json.dumps(NEWS)[:-1] + ",}",
        "<!-- " + json.dumps(NEWS) + " -->",
        "// <![CDATA[\n" + json.dumps(NEWS) + "\n// ]]>",
        "/* <![CDATA[ */" + json.dumps(NEWS) + ";/* ]]> */",
        "<![CDATA[" + json.dumps(NEWS) + "]]>;",
        json.dumps(NEWS) + ";",
    ],
)
def test_json_ld_is_read_in_all_its_shapes(ld):
    found = about(ld=ld)
    assert found.title == "Dam gives way"
    assert found.authors == ("Jo Park",)
    assert found.published == "2024-05-02T23:10:00+02:00"
    assert found.modified == "2024-05-03"
    assert found.is_article


@pytest.mark.parametrize(
    "ld", ["{", "[[[[", "null", "3", '{"@type": 7}', '{"@type": "NewsArticle", "author": [null, 3]}']
)
def test_broken_json_ld_does_no_harm(ld):
    assert about("<title>Dam</title>", ld=ld).title == "Dam"


def test_meta_elements_speak_where_json_ld_is_silent():
    found = about(
        "<meta property='og:title' content='Dam gives way'><meta name='author' content='By Jo Park and Li Wei'>"
        "<meta property='article:published_time' content='2024-05-02T23:10:00.000Z'>"
        "<meta property='article:modified_time' content='2024-05-03 08:00 +0200'>"
    )
    assert found.title == "Dam gives way"
    assert found.authors == ("Jo Park", "Li Wei")
    assert found.published == "2024-05-02T23:10:00Z"
    assert found.modified == "2024-05-03T08:00+02:00"


def test_a_clock_on_the_page_is_no_date():
    found = about(
        body="<div class='clock'><time datetime='2024-05-20T10:00:00Z'>10:00</time></div><h1>Dam</h1>"
        "<p>Updated 3 minutes ago</p><div class='live-time'>20 May 2024</div><p>Text of the story.</p>"
    )
    assert found.published is None
    assert found.modified is None


def test_a_time_element_under_the_headline_dates_the_article_but_not_its_change():
    found = about(body="<h1>Dam</h1><time datetime='2024-05-02'>May 2</time><p>Text of the story.</p>")
    assert found.published == "2024-05-02"
    assert found.modified is None


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("2024-05-02", "2024-05-02"),
        ("2024-05-02T23:10", "2024-05-02T23:10"),
        ("2024-05-02T23:10:00Z", "2024-05-02T23:10:00Z"),
        ("2024-05-02T23:10:00+00:00", "2024-05-02T23:10:00Z"),
        ("2024-05-02T23:10:00.000Z", "2024-05-02T23:10:00Z"),
        ("2024-05-02T23:10:00-0430", "2024-05-02T23:10:00-04:30"),
        ("2024-05-02 23:10:00 UTC", "2024-05-02T23:10:00Z"),
        ("20240502", "2024-05-02"),
        ("Thu, 02 May 2024 23:10:00 GMT", "2024-05-02T23:10:00Z"),
        ("1714691400", "2024-05-02T23:10:00Z"),
        ("2024-13-02", None),
        ("2024-05-02T25:10:00Z", None),
        ("2024-05-02T23:10:00+99:00", None),
        ("2031-01-01", None),
        ("0024-01-01", None),
        ("three minutes ago", None),
        ("", None),
        (None, None),
        (20240502, None),
    ],
)
def test_dates_are_as_precise_as_written_and_possible(written, read_as):
    assert dates.iso(written, today=TODAY) == read_as


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Jo Park", ("Jo Park",)),
        ("Von Mia Kranz, Jonas Weber und Ayşe Kaya", ("Mia Kranz", "Jonas Weber", "Ayşe Kaya")),
        ("Jo Park, Senior Reporter", ("Jo Park",)),
        ("Jo Park (@jopark)", ("Jo Park",)),
        ("Jo Park; jo park", ("Jo Park",)),
        ("https://alder.example/jo", ()),
        ("@alderpost", ()),
        ("", ()),
    ],
)
def test_bylines_are_cleaned(line, names):
    assert bylines.clean(bylines.split(line)) == names


def test_people_come_before_organisations():
    team = {"@type": "Organization", "name": "The Alder Post"}
    assert about(ld={**NEWS, "author": [team, NEWS["author"]]}).authors == ("Jo Park",)
    assert about(ld={**NEWS, "author": team}).authors == ("The Alder Post",)


@pytest.mark.parametrize(
    ("title", "left"),
    [
        ("Dam gives way | The Alder Post", "Dam gives way"),
        ("Dam gives way - Alder Post", "Dam gives way"),
        ("The Alder Post: weather", "The Alder Post: weather"),
        ("Rain stops play – again", "Rain stops play – again"),
        ("Alder Post | Dam gives way", "Dam gives way"),
        ("A dam gives way in the valley | World | The Alder Post", "A dam gives way in the valley"),
        ("Live | Dam gives way after a week of rain", "Live | Dam gives way after a week of rain"),
    ],
)
def test_a_title_loses_the_sites_name_and_nothing_else(title, left):
    assert without_site(title, ["The Alder Post", "Alder Post"]) == left


def test_the_headline_is_the_h1_that_the_page_confirms():
    said = ["Dam gives way after rain"]
    headings = [["The Alder Post"], ["Old dam gives way after rain"]]
    assert choose(headings, said, "", [], "") == "Old dam gives way after rain"
    assert choose([["The Alder Post"]], said, "", [], "") == "Dam gives way after rain"
    assert choose([["Dam"]], [], "", [], "") == "Dam"


@pytest.mark.parametrize(
    ("runs", "said", "headline"),
    [
        (["Valley", ":", "Dam gives way after rain"], "Dam gives way after rain", "Dam gives way after rain"),
        (["Flood", "Dam gives way after rain"], "Storm: Dam gives way after rain", "Dam gives way after rain"),
        (["The day", "the dam gave way"], "The day the dam gave way", "The day the dam gave way"),
        (["“At last”"], "“At last” - The New Alder Daily Post", "“At last”"),
    ],
)
def test_a_kicker_in_the_h1_and_an_unknown_site_behind_it_are_no_part_of_the_headline(runs, said, headline):
    assert choose([runs], [said], "", [], "") == headline


@pytest.mark.parametrize(
    ("tag", "code"),
    [("en-US", "en"), ("de_DE", "de"), ("FR", "fr"), ("en, de", "en"), ("xx", None), ("eng", None), ("", None)],
)
def test_languages_are_two_letters(tag, code):
    assert iso_639_1(tag) == code


def test_the_language_is_looked_for_in_turn():
    assert about(lang="de-AT").language == "de"
    assert about(ld={**NEWS, "inLanguage": {"name": "Spanish", "alternateName": "es"}}).language == "es"
    assert about("<meta property='og:locale' content='fr_FR'>").language == "fr"
    assert about().language is None


@pytest.mark.parametrize(
    ("href", "canonical"),
    [
        ("/valley/dam-2", "https://www.alder.example/valley/dam-2"),
        ("https://other.example/x", "https://other.example/x"),
        ("javascript:void(0)", None),
        ("http://[broken", None),
        ("", None),
    ],
)
def test_the_canonical_is_absolute_and_http(href, canonical):
    assert about(f"<link rel='canonical' href='{href}'>").canonical == canonical


@pytest.mark.parametrize("value", [False, "False", "false", "http://schema.org/False"])
def test_a_paid_article_says_so_in_many_ways(value):
    assert about(ld={**NEWS, "isAccessibleForFree": value}).says_paid
    part = {"@type": "WebPageElement", "isAccessibleForFree": value}
    assert about(ld={**NEWS, "hasPart": part}).says_paid
    assert not about(ld={**NEWS, "isAccessibleForFree": True}).says_paid


def test_the_article_is_preferred_to_what_stands_beside_it():
    related = {"@type": "Article", "headline": "Another"}
    assert jsonld.article([related, NEWS]) == NEWS
