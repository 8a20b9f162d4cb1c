"""An edit without a mark scores by how substantial it is, and says what was observed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.compare.versions.diff import diff
from archive.compare.weights.advance import Advance, advance
from archive.compare.weights.unmarked import Unmarked, unmarked
from archive.compare.weights.update_lines import new_update_lines
from archive.models import Article, Block, Role

SENTENCES = (
    "The fire killed 214 people on the coast.",
    "The alleged arsonist fled on foot.",
    "Nobody objected to the plan of the crews.",
    "The mayor was pleased with it all.",
)
MORNING, NOON = "2026-01-01T08:00:00Z", "2026-01-01T12:00:00Z"


def article(*sentences: str, notices: tuple[str, ...] = (), modified: str | None = MORNING) -> Article:
    blocks = [*(Block(Role.BODY, text) for text in sentences), *(Block(Role.CORRECTION, text) for text in notices)]
    return Article("Fire on the coast", ("Ruth Ames",), None, modified, "en", tuple(blocks))


def observed(before: Article, after: Article) -> Unmarked:
    return unmarked(diff(before, after), before, after)


BEFORE = article(*SENTENCES)
TOLL = article("The fire killed 241 people on the coast.", *SENTENCES[1:])


def test_a_number_changed_without_a_mark() -> None:
    assert observed(BEFORE, TOLL) == Unmarked(
        0.807,
        changes=("the number 214 became 241",),
        extent=("1 of 29 words is no longer there", "1 word was added"),
        marks=(
            "no correction or update notice was added",
            f"the article's own modified date stayed at {MORNING}",
        ),
    )


def test_what_changed_is_told_the_heaviest_first() -> None:
    before = article("The fire killed 214 people on the coast.", *SENTENCES[1:], notices=("Correction: it was 214.",))
    after = article("The fire killed 241 people on the coast.", *SENTENCES[1:3])
    found = observed(before, replace(after, title="The fire on the coast"))
    assert found.changes == (
        "the notice “Correction: it was 214.” is no longer there",
        "the number 214 became 241",
        "the sentence “The mayor was pleased with it all.” is no longer there",
        "the headline “Fire on the coast” became “The fire on the coast”",
    )
    assert found.evidence == (*found.changes, *found.extent, *found.marks)


@pytest.mark.parametrize("is_split", [True, False])
def test_of_a_split_or_a_merge_the_fact_is_told_and_not_the_whole_sentence(is_split: bool) -> None:
    one = article("The old bridge closed in 2019, and a ferry has carried 214 people over the harbour since then.")
    two = article("The old bridge closed in 2019. A ferry has carried 241 people over the harbour since then.")
    found = observed(one, two) if is_split else observed(two, one)
    was, became = (214, 241) if is_split else (241, 214)
    assert found.changes[0] == f"the number {was} became {became}"
    assert not any("The old bridge" in each for each in found.changes)


def test_nothing_changed() -> None:
    assert observed(BEFORE, BEFORE) == Unmarked(0.0)


def test_typography_alone_is_no_edit_to_speak_of() -> None:
    after = article("The fire killed 214 people on the coast!", *SENTENCES[1:])
    assert observed(BEFORE, after) == Unmarked(0.0, ("nothing but spelling or punctuation is different",))


@pytest.mark.parametrize(
    ("after", "low", "high"),
    [
        (TOLL, 0.8, 0.85),
        (article(SENTENCES[0], "The arsonist fled on foot.", *SENTENCES[2:]), 0.8, 0.85),
        (article(*SENTENCES[:2]), 0.75, 1),
        (article(*SENTENCES, "A new ferry was sent by Lena Ford."), 0.1, 0.3),
        (article(*SENTENCES[:3], "The mayor was happy about it all."), 0.1, 0.3),
        (article(*SENTENCES[1:], SENTENCES[0]), 0.05, 0.2),
        (replace(BEFORE, title="No fire on the coast"), 0.9, 1),
    ],
)
def test_what_was_altered_or_went_counts_and_what_came_hardly_does(after: Article, low: float, high: float) -> None:
    assert low <= observed(BEFORE, after).score <= high


@pytest.mark.parametrize(
    "after",
    [
        replace(TOLL, blocks=(*TOLL.blocks, Block(Role.CORRECTION, "An earlier version gave another toll."))),
        replace(TOLL, blocks=(*TOLL.blocks, Block(Role.BODY, "This story has been updated to mend the toll."))),
        replace(TOLL, blocks=(*TOLL.blocks, Block(Role.FURNITURE, "Updated 1 January 2026, 12:00"))),
        replace(TOLL, modified=NOON),
    ],
)
def test_a_marked_edit_scores_little(after: Article) -> None:
    assert observed(BEFORE, after).score < 0.2


def test_a_notice_that_went_is_substantial() -> None:
    noticed = article(*SENTENCES, notices=("Correction: the toll is 214.",))
    found = observed(noticed, BEFORE)
    assert found.score == 0.8
    assert "the notice “Correction: the toll is 214.” is no longer there" in found.evidence


def test_the_evidence_accuses_nobody() -> None:
    found = observed(
        article(*SENTENCES, notices=("It was 214.",)), article("The fire killed 1 on 5 May.", modified=None)
    )
    text = " ".join(found.evidence).lower()
    for word in ("secret", "stealth", "hid", "silent", "quiet", "without telling", "suspicious", "covert"):
        assert word not in text


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (MORNING, NOON, Advance.ADVANCED),
        (MORNING, MORNING, Advance.STAYED),
        (NOON, MORNING, Advance.STAYED),
        (MORNING, "2026-01-01T09:00:00+01:00", Advance.STAYED),
        (MORNING, "2026-01-01T08:00:00.000+00:00", Advance.STAYED),
        (MORNING, "2026-01-01T09:30:00+01:00", Advance.ADVANCED),
        ("2026-01-01", "2026-01-01", Advance.STAYED),
        ("2026-01-01", "2026-01-02", Advance.ADVANCED),
        ("2026-01-01", MORNING, Advance.UNCLEAR),
        (MORNING, "2026-01-01", Advance.UNCLEAR),
        (MORNING, "2026-01-03", Advance.ADVANCED),
        ("2026-01-01", "2026-01-03T01:00:00Z", Advance.ADVANCED),
        ("2026-01", "2026-02-02", Advance.ADVANCED),
        ("2026-01-01T08:00:00", "2026-01-01T09:00:00", Advance.ADVANCED),
        ("2026-01-01T08:00:00", "2026-01-01T09:00:00Z", Advance.UNCLEAR),
        ("2026-01-01T08:00Z", "2026-01-01T08:00:30Z", Advance.UNCLEAR),
        (None, MORNING, Advance.ADVANCED),
        (MORNING, None, Advance.ABSENT),
        (None, None, Advance.ABSENT),
        (MORNING, "  ", Advance.ABSENT),
        (MORNING, "last week", Advance.UNCLEAR),
        ("last week", MORNING, Advance.UNCLEAR),
        ("last week", "last week", Advance.STAYED),
        (MORNING, "9999-12-31", Advance.ADVANCED),
        ("0001-01-01T00:00:00+14:00", MORNING, Advance.ADVANCED),
        (MORNING, "2026-13-01", Advance.UNCLEAR),
        (MORNING, "2" * 10_000, Advance.UNCLEAR),
    ],
)
def test_a_date_advanced_only_where_it_is_later_for_sure(
    before: str | None, after: str | None, expected: Advance
) -> None:
    assert advance(before, after) is expected


def test_a_first_modified_date_is_compared_with_the_day_of_publication() -> None:
    before, after = replace(BEFORE, modified=None, published=MORNING), replace(TOLL, modified=MORNING)
    found = observed(before, after)
    assert found.score > 0.8
    assert f"the page gave no modified date before, and gives {MORNING}" in found.evidence
    assert observed(before, replace(after, modified=NOON)).score < 0.2


@pytest.mark.parametrize(
    ("line", "is_mark"),
    [
        ("Updated: 5 May 2026", True),
        ("UPDATE 5:30 p.m.: The toll rose.", True),
        ("(Updated on Monday at 17:00)", True),
        ("Editor’s note: an earlier version gave another name.", True),
        ("This article was amended on 5 May to correct a name.", True),
        ("An earlier version of this story misstated the toll.", True),
        ("Zuletzt aktualisiert: 5. Mai 2026", True),
        ("Dieser Artikel wurde am 5. Mai korrigiert.", True),
        ("Actualizado a las 17:30", True),
        ("Este artículo ha sido corregido.", True),
        ("Mis à jour le 5 mai à 17h30", True),
        ("Cet article a été modifié.", True),
        ("Aggiornato il 5 maggio", True),
        ("Questo articolo è stato aggiornato.", True),
        ("Atualizado em 5 de maio", True),
        ("Esta matéria foi atualizada.", True),
        ("Bijgewerkt op 5 mei om 17.30", True),
        ("Dit artikel is aangepast.", True),
        ("The phone was updated on 5 May.", False),
        ("Updated phones sell well.", False),
        ("The story of the town was told.", False),
        ("Update your phone today.", False),
        ("Correction of the market went on.", False),
        ("Das Handy wurde aktualisiert.", False),
        ("Les prix ont été mis à jour.", False),
        ("The report, published on Monday, was revised by the ministry before its release.", False),
        ("The post was incorrectly filed, the court heard.", False),
        ("L’article 49 de la Constitution, modifié en 2008, le permet.", False),
        ("Cet article 49 de la Constitution, modifié en 2008, le permet.", False),
        ("El artículo 14 de la ley fue modificado el lunes.", False),
        ("Der Bericht wurde vom Ministerium vor der Vorlage geändert.", False),
    ],
)
def test_a_line_that_says_so_is_a_mark(line: str, is_mark: bool) -> None:
    assert bool(new_update_lines(BEFORE, replace(BEFORE, blocks=(*BEFORE.blocks, Block(Role.BODY, line))))) is is_mark


def test_a_line_that_stood_there_before_marks_nothing() -> None:
    stamp = Block(Role.FURNITURE, "Updated 1 January 2026, 08:00")
    before, after = (replace(each, blocks=(stamp, *each.blocks)) for each in (BEFORE, TOLL))
    assert observed(before, after).score > 0.8


texts = st.lists(st.sampled_from([*SENTENCES, "The fire killed 9.", "It was so.", "“No,” she said."]), max_size=6)
dates = st.sampled_from([None, "2026", "2026-01-01", MORNING, NOON, "2026-01-01T09:00:00", "soon"])


@given(texts, texts, dates, dates)
def test_adding_a_notice_never_raises_the_score(
    before: list[str], after: list[str], was: str | None, became: str | None
) -> None:
    older, newer = article(*before, modified=was), article(*after, modified=became)
    noticed = article(*after, modified=became, notices=("Correction: it was 9.",))
    silent, marked = observed(older, newer), observed(older, noticed)
    assert 0 <= marked.score <= silent.score <= 1
    assert marked.score <= 0.05


@given(texts, texts)
def test_a_later_modified_date_never_raises_the_score(before: list[str], after: list[str]) -> None:
    older = article(*before)
    assert observed(older, article(*after, modified=NOON)).score <= observed(older, article(*after)).score


@pytest.mark.parametrize("text", ["Updated ", "this story ", "(", "\n", "This story was ", "Update: ", ". "])
def test_hostile_lines_are_read_once(text: str) -> None:
    hostile = replace(BEFORE, blocks=(Block(Role.FURNITURE, text * (100_000 // len(text))),))
    assert all(len(line) < 400 for line in new_update_lines(BEFORE, hostile))
