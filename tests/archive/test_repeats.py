"""One rule for what is repeated, in a fresh reading and in what stands in the archive."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from support.desk import BODY, article

from archive.compare.versions.fingerprint import fingerprint
from archive.models import Article, Block, Role, line_digest
from archive.repeats import DROPPED, KEPT, LEARNED, agree, set_aside

HOUSE = "The Alder Post is printed on paper from the valley."
LINES = frozenset({line_digest(HOUSE)})
NONE: frozenset[int] = frozenset()

texts = st.lists(st.sampled_from([*BODY, HOUSE, "About us", "Nobody knows why."]), max_size=8)
learned = st.frozensets(st.sampled_from([*map(line_digest, (HOUSE, "About us", BODY[2]))]))


def apart(found: Article, lines: frozenset[int] = LINES, reason: str = LEARNED) -> Article:
    """The article with those lines set aside."""
    return replace(found, blocks=set_aside(found.blocks, lines, text_roles=found.text_roles, reason=reason))


def test_only_lines_of_text_are_set_aside() -> None:
    blocks = tuple(Block(role, HOUSE) for role in (Role.BODY, Role.HEADING, Role.CORRECTION, Role.CREDIT, Role.BIO))
    roles = [block.role for block in set_aside(blocks, LINES, text_roles=article().text_roles)]
    assert roles == [Role.FURNITURE, Role.FURNITURE, Role.CORRECTION, Role.CREDIT, Role.BIO]


def test_a_line_learned_since_goes_from_what_stands_there() -> None:
    standing = article(*BODY, HOUSE)
    today, fresh = agree(standing, apart(standing), LINES)
    assert (today, fresh) == (apart(standing), apart(standing))
    gone_altogether, _ = agree(standing, article(), LINES)
    assert gone_altogether == apart(standing)


def test_a_line_forgotten_since_stays_aside_in_what_comes() -> None:
    standing = apart(article(*BODY, HOUSE))
    today, fresh = agree(standing, article(*BODY, HOUSE, "A new line."), NONE)
    assert today is standing
    assert fresh.text == article(*BODY, "A new line.").text


def test_a_learned_line_that_the_fresh_reading_has_as_text_stays_text() -> None:
    standing = article(*BODY, HOUSE)
    assert agree(standing, standing, LINES) == (standing, standing)


def test_what_the_configuration_wants_back_comes_back() -> None:
    full = article(*BODY, HOUSE)
    kept = replace(full, blocks=(*full.blocks[:-1], Block(Role.BODY, HOUSE, KEPT)))
    assert agree(apart(full), kept, LINES) == (kept, kept)
    assert agree(apart(full, reason=DROPPED), full, NONE) == (full, full)
    assert agree(full, apart(full, reason=DROPPED), NONE)[0].text == article().text


@given(texts, learned, learned)
def test_the_same_page_read_with_more_or_less_knowledge_is_no_edit(
    lines: list[str], then: frozenset[int], now: frozenset[int]
) -> None:
    page = article(*lines)
    today, fresh = agree(apart(page, then), apart(page, now), now)
    assert fingerprint(today) == fingerprint(fresh)
    assert agree(today, fresh, now) == (today, fresh)


@given(texts, texts, learned)
def test_nothing_is_lost_and_nothing_else_is_touched(was: list[str], became: list[str], known: frozenset[int]) -> None:
    standing, fresh = article(*was), apart(article(*became), known)
    today, after = agree(standing, fresh, known)
    assert [block.text for block in today.blocks] == [block.text for block in standing.blocks]
    assert after == fresh
    for block in today.blocks:
        assert block.reason == "" or line_digest(block.text) in known


def test_a_heading_that_is_the_articles_own_does_not_go_for_being_known_elsewhere() -> None:
    recipe = Article(
        "Soup", (), None, None, "en", (Block(Role.HEADING, "Ingredients"), Block(Role.BODY, "Six leeks, a potato."))
    )
    without = replace(recipe, blocks=recipe.blocks[1:])
    today, fresh = agree(recipe, without, frozenset({line_digest("Ingredients")}))
    assert (today, fresh) == (recipe, without)
