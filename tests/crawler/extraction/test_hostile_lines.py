"""Lines made to hang an expression: each expression of extraction reads the longest line it can be given, and soon."""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from lxml.html import document_fromstring, fromstring
from support.hostile import LONG, UNITS, lines

import crawler.extraction
from crawler.extraction import bylines, dates, jsonld, metadata, patterns, roles
from crawler.extraction.languages import iso_639_1
from crawler.extraction.page import Piece, normalise
from crawler.extraction.titles import choose, without_site

if TYPE_CHECKING:
    from types import ModuleType

BOUNDED = {
    "dates._COMPACT": 64,
    "dates._EPOCH": 64,
    "dates._ISO_DATE": 64,
    "dates._ISO_TIME": 64,
    "languages._TAG": 40,
    "roles._STANDFIRST": 600,
}
"""Expressions that are only ever given lines of so many characters."""

TODAY = date(2024, 5, 20)


def modules() -> list[ModuleType]:
    names = [module.name for module in pkgutil.walk_packages(crawler.extraction.__path__, "crawler.extraction.")]
    return [importlib.import_module(name) for name in names]


EXPRESSIONS = {
    f"{module.__name__.removeprefix('crawler.extraction.')}.{name}": value
    for module in modules()
    for name, value in vars(module).items()
    if isinstance(value, re.Pattern)
}


@pytest.mark.timeout(60)
@pytest.mark.parametrize("name", EXPRESSIONS)
def test_no_expression_runs_away(name):
    expression = EXPRESSIONS[name]
    for line in lines(BOUNDED.get(name, LONG)):
        said = line.encode() if isinstance(expression.pattern, bytes) else line
        expression.search(said)


def test_every_bound_names_an_expression():
    assert set(BOUNDED) <= set(EXPRESSIONS)


@pytest.mark.timeout(60)
@pytest.mark.parametrize("language", patterns.LANGUAGES)
def test_no_pattern_runs_away_on_the_longest_line_it_takes(language):
    for pattern in patterns.read(language):
        compiled = patterns.Patterns([pattern])
        for line in lines(pattern.longest):
            list(compiled.matches(line))


@pytest.mark.timeout(60)
def test_all_patterns_together_look_at_no_line_longer_than_they_take():
    assert not any(list(patterns.load().matches(line)) for line in lines(LONG))


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "length", sorted({pattern.longest for name in patterns.LANGUAGES for pattern in patterns.read(name)})
)
def test_all_patterns_together_do_not_run_away(length):
    for line in lines(length):
        list(patterns.load().matches(line))


@pytest.mark.timeout(60)
@pytest.mark.parametrize("expression", [*patterns.labels()[1:], *(pattern for pattern, _ in patterns.markup()[1])])
def test_no_label_or_markup_hint_runs_away(expression):
    for line in lines(LONG if expression in patterns.labels() else 600):
        expression.search(line)


@pytest.mark.timeout(60)
def test_no_wall_runs_away():
    for line in (*lines(patterns.WALL_LENGTH), *lines(LONG)):
        patterns.wall(line)


@pytest.mark.timeout(60)
@pytest.mark.parametrize("unit", UNITS)
def test_no_line_hangs_what_reads_lines(unit):
    line = (unit * LONG)[:LONG]
    owner = fromstring("<p>x</p>")
    roles.clean_line(Piece(normalise(f"{line} new tab"), "p", "p", 0.0, "", owner))
    bylines.clean([line, f"{line}@", *bylines.split(line)])
    dates.iso(line, today=TODAY)
    iso_639_1(line)
    without_site(line, [line, "Alder"])
    choose([line], [line], line, [line], "alder.example")


@pytest.mark.timeout(60)
@pytest.mark.parametrize("unit", UNITS)
def test_no_json_ld_hangs_what_reads_it(unit):
    line = (unit * LONG)[: jsonld.MAX_SCRIPT // 30]
    node = {
        "@type": ["NewsArticle", line, f"{line}/"],
        **dict.fromkeys(("headline", "description", "datePublished", "inLanguage", "isAccessibleForFree"), line),
        "author": [line, {"name": line, "@type": line}],
        "publisher": {"name": line},
    }
    head = f"<script type='application/ld+json'>{json.dumps(node, ensure_ascii=False)}</script>".replace("</p", "<\\/p")
    root = document_fromstring(f"<html><head>{head}</head><body><p>Text.</p></body></html>")
    assert metadata.read(root, url="https://alder.example/x", today=TODAY).is_article


@pytest.mark.timeout(30)
@pytest.mark.parametrize(
    "text",
    [
        "{} -->" + " " * 900_000 + "x",
        "{} //" + " " * 900_000 + "x",
        "{}" + "-->" * 300_000 + "x",
        "//" * 400_000,
        "<!--" * 200_000 + "{}",
        "{}" + ", " * 400_000,
    ],
    ids=["spaces", "slashes", "comments", "openings", "open comments", "commas"],
)
def test_what_stands_around_json_ld_does_not_hang_it(text):
    root = document_fromstring(f"<html><head><script type='application/ld+json'>{text}</script></head></html>")
    assert jsonld.nodes(root) in ([], [{}])


@pytest.mark.timeout(30)
@pytest.mark.parametrize("author", ["a" * 900_000, "a@" * 400_000, " @" * 400_000, "<" * 900_000])
def test_an_endless_author_is_a_short_name_or_nobody(author):
    assert all(len(name) <= 2 for name in bylines.clean(bylines.split(author)))


@pytest.mark.timeout(30)
def test_endless_authors_are_cut_to_a_few():
    assert len(bylines.clean(f"Jo Park {n}th" for n in range(900_000))) <= bylines.MAX_AUTHORS
