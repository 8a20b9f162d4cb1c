"""Correction notices are found in whatever shape they stand, with the sentence as published."""

from __future__ import annotations

import pytest

from archive.models import Article, Role
from crawler.extraction import extract

YEAR = "The dam was built in 1931, not in 1913."
NAME = "The name of Marta Kolb was misspelled."
NOTICE = f"Correction: {YEAR}"


def read(body: bytes) -> Article:
    return extract(body, url="https://alder.example/valley/dam", content_type="text/html")


@pytest.mark.parametrize(
    ("markup", "notices"),
    [
        (f"<aside><p>{NOTICE}</p></aside>", [NOTICE]),
        (f"<aside><h3>Correction</h3><p>{YEAR}</p></aside>", [YEAR]),
        (f"<aside><h3>Corrections</h3><p>{YEAR}</p><p>{NAME}</p></aside>", [YEAR, NAME]),
        (f"<details><summary>Correction</summary><p>{YEAR}</p></details>", [YEAR]),
        (f"<details><summary>Corrections</summary><p>{YEAR}</p><p>{NAME}</p></details>", [YEAR, NAME]),
        (f"<footer><p>{NOTICE}</p></footer>", [NOTICE]),
        (f"<footer><h4>Correction</h4><p>{YEAR}</p></footer>", [YEAR]),
        (f"<dl><dt>Correction</dt><dd>{YEAR}</dd></dl>", [YEAR]),
        (
            f"<dl><dt>Correction, 3 May</dt><dd>{YEAR}</dd><dt>Clarification, 4 May</dt><dd>{NAME}</dd></dl>",
            [YEAR, NAME],
        ),
        (f"<h4>Correction, May 3, 2024</h4><p>{YEAR}</p>", [YEAR]),
        (f"<div role='note'><p>{NOTICE}</p></div>", [NOTICE]),
        (f"<div role='note'><strong>Correction</strong><p>{YEAR}</p></div>", [YEAR]),
        (f"<div role='note'>{NOTICE}</div>", [NOTICE]),
        (f"<p><em>{NOTICE}</em></p>", [NOTICE]),
        (f"<p><strong>Correction</strong><br>{YEAR}</p>", [YEAR]),
        (f"<p><strong>Correction, May 3, 2024</strong><br>{YEAR}</p>", [YEAR]),
        (f"<div><span>Correction</span><span>{YEAR}</span></div>", [YEAR]),
        (f"<table><tr><td>Correction</td><td>{YEAR}</td></tr></table>", [YEAR]),
        (
            f"<h4>Corrections and clarifications</h4><ul><li>3 May 2024: {YEAR}</li><li>4 May 2024: {NAME}</li></ul>",
            [f"3 May 2024: {YEAR}", f"4 May 2024: {NAME}"],
        ),
        (
            f"<h4>Corrections</h4><p>May 3: {YEAR}</p><p>May 4: {NAME}</p>",
            [f"May 3: {YEAR}", f"May 4: {NAME}"],
        ),
        (
            "<p>Update, 3 May: This article has been updated to add the council’s answer.</p>",
            ["Update, 3 May: This article has been updated to add the council’s answer."],
        ),
        (
            "<details><summary>Fe de errores</summary><p>La presa es de 1931.</p></details>",
            ["La presa es de 1931."],
        ),
        (
            "<p><b>Korrektur vom 3. Mai</b><br>Der Damm wurde 1931 gebaut.</p>",
            ["Der Damm wurde 1931 gebaut."],
        ),
    ],
)
@pytest.mark.parametrize("where", ["between", "after", "below"])
def test_a_notice_is_found_in_any_shape_and_place(page, story, markup, notices, where):
    if where == "below":
        body = page(story).replace(b"</div></article>", f"</div>{markup}</article>".encode())
    else:
        body = page(story, **{where: markup})
    article = read(body)
    assert list(article.corrections) == notices
    assert article.text.split("\n") == list(story)


@pytest.mark.parametrize("notice", [f"<em>{NOTICE}</em>", f"<strong>Correction:</strong> {YEAR}", NOTICE])
@pytest.mark.parametrize("breaks", ["<br>", "<br><br>"])
def test_a_notice_behind_a_line_break_leaves_its_paragraph(page, story, notice, breaks):
    last = "The rain is to go on until Friday, the weather office says."
    article = read(page(story, after=f"<p>{last}{breaks}{notice}</p>"))
    assert article.corrections == (NOTICE,)
    assert article.text.split("\n") == [*story, last]


def test_a_heading_over_plain_notices_at_the_end_heads_them_all(page, story):
    article = read(page(story, after=f"<h3>Corrections</h3><p>{YEAR}</p><p>{NAME}</p>"))
    assert article.corrections == (YEAR, NAME)
    assert article.text.split("\n") == list(story)


def test_a_heading_among_the_storys_own_paragraphs_heads_the_next_one_only(page, story):
    article = read(page(story, between=f"<h3>Correction</h3><p>{YEAR}</p>"))
    assert article.corrections == (YEAR,)
    assert article.text.split("\n") == list(story)


@pytest.mark.parametrize(
    "paragraph",
    [
        "<p><strong>Correction</strong> officers said on Monday that the prison by the river was calm again.</p>",
        "<p>The markets fell by a tenth on Monday.<br>Correction or not, the builders’ shares were hit hardest.</p>",
        "<p><b>Clarification</b>, the monks held, is what a night beside still water does to a muddy mind.</p>",
    ],
)
def test_emphasis_and_line_breaks_make_no_notice_of_a_sentence(page, story, paragraph):
    article = read(page(story, between=paragraph))
    assert article.corrections == ()
    assert {block.role for block in article.blocks if "Correction" in block.text} <= {Role.BODY}
