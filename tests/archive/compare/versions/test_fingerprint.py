"""A fingerprint tells whether an article says something else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archive.compare.versions.fingerprint import fingerprint
from archive.models import Article, Block, Role

STORY = Article(
    title="Harbour bridge to open in June",
    authors=("Ruth Ames", "Jaime Soto"),
    published="2026-01-01",
    modified=None,
    language="en",
    blocks=(
        Block(Role.BODY, "The bridge will open in June. It cost 12 million euros."),
        Block(Role.HEADING, "What comes next"),
        Block(Role.QUOTE, "“It won’t be late,” the mayor said."),
        Block(Role.CORRECTION, "Correction: an earlier version misspelled a name."),
        Block(Role.CORRECTION, "Correction: the bridge is 80 metres long."),
    ),
)


def with_block(role: Role, text: str) -> Article:
    return replace(STORY, blocks=(*STORY.blocks, Block(role, text)))


@pytest.mark.parametrize(
    "same",
    [
        pytest.param(with_block(Role.FURNITURE, "Scroll to top"), id="furniture"),
        pytest.param(with_block(Role.PROMO, "Sign up for our newsletter"), id="a promo"),
        pytest.param(with_block(Role.BIO, "Ruth Ames covers the harbour."), id="a bio"),
        pytest.param(with_block(Role.CREDIT, "Editing by A. Wu"), id="a credit"),
        pytest.param(replace(STORY, published=None, modified="2026-01-02"), id="dates"),
        pytest.param(replace(STORY, language=None, paywalled=True, canonical="https://a.example/"), id="the rest"),
        pytest.param(replace(STORY, title=" Harbour\u00a0bridge  to open in June"), id="white space"),
        pytest.param(
            replace(
                STORY,
                blocks=(*STORY.blocks[:2], Block(Role.BODY, '"It won\'t be late," the mayor said.'), *STORY.blocks[3:]),
            ),
            id="quote marks, and a quote that became body",
        ),
        pytest.param(
            replace(
                STORY,
                blocks=(
                    Block(Role.BODY, "The bridge will open in June."),
                    Block(Role.BODY, "It cost 12 million euros."),
                    *STORY.blocks[1:],
                ),
            ),
            id="a paragraph break",
        ),
        pytest.param(
            replace(STORY, blocks=(*STORY.blocks[:3], STORY.blocks[4], STORY.blocks[3])), id="corrections' order"
        ),
        pytest.param(replace(STORY, authors=("Ruth Ames", "", "Jaime Soto")), id="an author without a name"),
    ],
)
def test_says_the_same(same: Article) -> None:
    assert fingerprint(same) == fingerprint(STORY)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(replace(STORY, title="Harbour bridge to open in July"), id="title"),
        pytest.param(replace(STORY, authors=("Jaime Soto", "Ruth Ames")), id="authors' order"),
        pytest.param(replace(STORY, authors=("Ruth Ames, Jaime Soto",)), id="two authors made one"),
        pytest.param(replace(STORY, blocks=STORY.blocks[1:]), id="a paragraph less"),
        pytest.param(
            replace(STORY, blocks=(STORY.blocks[1], STORY.blocks[0], *STORY.blocks[2:])), id="a moved paragraph"
        ),
        pytest.param(replace(STORY, blocks=STORY.blocks[:4]), id="a correction less"),
        pytest.param(with_block(Role.BODY, "More."), id="a paragraph more"),
        pytest.param(with_block(Role.CORRECTION, "Correction: more."), id="a correction more"),
    ],
)
def test_says_something_else(other: Article) -> None:
    assert fingerprint(other) != fingerprint(STORY)


def test_fields_do_not_run_together() -> None:
    empty = replace(STORY, title="", authors=(), blocks=())
    articles = [
        empty,
        replace(empty, title="A"),
        replace(empty, authors=("A",)),
        replace(empty, blocks=(Block(Role.BODY, "A"),)),
        replace(empty, blocks=(Block(Role.CORRECTION, "A"),)),
        replace(empty, title='A","B'),
        replace(empty, authors=("A", "B")),
        replace(empty, authors=('A","B',)),
    ]
    assert len({fingerprint(article) for article in articles}) == len(articles)


def test_it_holds_from_one_day_to_the_next() -> None:
    """A change of this value makes a snapshot of every page: it must be meant."""
    assert fingerprint(STORY) == "7f52c1a15e7a7887e92a9ce0af3fa2580f13ddfb03fbf0f591edd4baa53bf293"
