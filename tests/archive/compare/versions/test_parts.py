"""A diff of some parts is the diff of two articles that have nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archive.compare.versions.diff import diff
from archive.compare.versions.parts import Part, only
from archive.models import Article, Block, Role

BEFORE = Article(
    "Ferry sails on Sunday",
    ("Ada Lund",),
    None,
    None,
    "en",
    (Block(Role.BODY, "The ferry sails at nine. Tickets cost 4 euros."), Block(Role.CORRECTION, "Correction: nine.")),
)
AFTER = replace(
    BEFORE,
    title="Ferry sails on Monday morning",
    authors=(),
    blocks=(
        Block(Role.BODY, "The ferry sails at ten. Tickets cost 4 euros."),
        Block(Role.CORRECTION, "Correction: ten."),
    ),
)


@pytest.mark.parametrize(
    ("part", "without"),
    [
        (Part.HEADLINE, {"authors": (), "blocks": ()}),
        (Part.BYLINE, {"title": "", "blocks": ()}),
        (Part.TEXT, {"title": "", "authors": (), "blocks": "text"}),
        (Part.CORRECTIONS, {"title": "", "authors": (), "blocks": "corrections"}),
    ],
)
def test_one_part_alone(part: Part, without: dict[str, object]) -> None:
    def alone(article: Article) -> Article:
        roles = {"text": Role.BODY, "corrections": Role.CORRECTION}.get(str(without.get("blocks")))
        blocks = tuple(block for block in article.blocks if block.role is roles)
        kept = {"title": article.title, "authors": article.authors} | without | {"blocks": blocks}
        return replace(article, **kept)

    assert only(diff(BEFORE, AFTER), {part}) == diff(alone(BEFORE), alone(AFTER))


def test_all_parts_are_the_whole_diff() -> None:
    whole = diff(BEFORE, AFTER)
    assert only(whole, set(Part)) == whole
    assert only(whole, set()).is_empty
