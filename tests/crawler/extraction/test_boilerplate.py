"""What a source repeats is set aside, and no more of an article than that."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.models import Block, Memory, Role, line_digest
from archive.repeats import DROPPED, KEPT, LEARNED
from crawler.extraction import ExtractionSettings, extract
from crawler.extraction.boilerplate import without_repeated
from crawler.extraction.settings import BoilerplateSettings

if TYPE_CHECKING:
    from archive.models import Article

HOUSE = "The Alder Post is printed on paper from the valley."
TEXT = (Block(Role.BODY, "Engineers began pumping on Tuesday."), Block(Role.BODY, "No one was hurt at all."))


def knowing(*lines: str) -> Memory:
    return Memory(boilerplate=frozenset(map(line_digest, lines)))


def own(**settings: object) -> ExtractionSettings:
    return ExtractionSettings(boilerplate=BoilerplateSettings.model_validate(settings))


def read(body: bytes, memory: Memory = Memory(), settings: ExtractionSettings = ExtractionSettings()) -> Article:
    url = "https://alder.example/valley/dam"
    return extract(body, url=url, content_type="text/html", memory=memory, settings=settings)


def judged(blocks: tuple[Block, ...], *lines: str, **settings: object) -> tuple[Block, ...]:
    return without_repeated(blocks, own(**settings), knowing(*lines))


def test_a_line_that_nothing_gives_away_goes_once_the_source_is_known_to_repeat_it(page, story):
    body = page(story, after=f"<p>{HOUSE}</p>")
    assert read(body).text.split("\n") == [*story, HOUSE]
    known = read(body, knowing(HOUSE))
    assert known.text.split("\n") == list(story)
    assert Block(Role.FURNITURE, HOUSE, LEARNED) in known.blocks


def test_the_headline_is_never_touched(page, story):
    title = "Alder dam gives way after a week of rain"
    assert read(page(story), knowing(title)).title == title


def test_the_configuration_has_the_last_word(page, story):
    body = page(story, after=f"<p>{HOUSE}</p>")
    kept = read(body, knowing(HOUSE), own(keep=["printed on paper"]))
    assert kept.text.endswith(HOUSE)
    assert Block(Role.BODY, HOUSE, KEPT) in kept.blocks
    assert Block(Role.BODY, HOUSE, KEPT) in read(body, knowing(HOUSE), own(learn=False)).blocks
    assert Block(Role.FURNITURE, HOUSE, DROPPED) in read(body, settings=own(drop=["^The Alder Post is"])).blocks


@pytest.mark.parametrize("role", [Role.CORRECTION, Role.CREDIT, Role.BIO, Role.PROMO])
def test_what_is_no_text_stays_what_it_is(role: Role) -> None:
    blocks = (*TEXT, Block(role, HOUSE, "pattern: x"))
    assert judged(blocks, HOUSE, drop=["Alder"]) == blocks


def test_an_article_that_would_lose_more_than_half_its_words_is_left_alone() -> None:
    blocks = (TEXT[0], Block(Role.BODY, HOUSE))
    assert judged(blocks, HOUSE) == blocks
    assert judged((*TEXT, Block(Role.BODY, HOUSE)), HOUSE) == (*TEXT, Block(Role.FURNITURE, HOUSE, LEARNED))
    assert judged(blocks, drop=["Alder"])[1] == Block(Role.FURNITURE, HOUSE, DROPPED)


def test_a_heading_stays_over_text_that_stays_and_goes_with_text_that_goes() -> None:
    ours = (Block(Role.HEADING, "Our promise"), Block(Role.BODY, HOUSE))
    theirs = (Block(Role.HEADING, "What happened"), *TEXT)
    found = judged((*theirs, *ours), HOUSE, "Our promise", "What happened")
    assert [block.role for block in found] == [Role.HEADING, Role.BODY, Role.BODY, Role.FURNITURE, Role.FURNITURE]
    nested = (Block(Role.HEADING, "Recipe"), Block(Role.HEADING, "Method"), Block(Role.BODY, HOUSE), *TEXT)
    found = judged(nested, "Recipe", "Method", HOUSE)
    assert [block.role for block in found[:3]] == [Role.HEADING, Role.HEADING, Role.FURNITURE]


LINES = ("Our promise", HOUSE, *(block.text for block in TEXT), "Read on.")


@given(
    st.lists(st.builds(Block, st.sampled_from(Role), st.sampled_from(LINES)), max_size=10).map(tuple),
    st.sets(st.sampled_from(LINES)),
)
def test_nothing_is_lost_and_at_least_half_of_the_text_stays(blocks: tuple[Block, ...], lines: set[str]) -> None:
    found = judged(blocks, *lines)
    assert [block.text for block in found] == [block.text for block in blocks]
    roles = ExtractionSettings().text_roles
    before, after = (sum(len(block.text.split()) for block in some if block.role in roles) for some in (blocks, found))
    assert 2 * after >= before
    for old, new in zip(blocks, found, strict=True):
        assert old == new or (old.role in roles and new.text in lines and new.reason == LEARNED)
