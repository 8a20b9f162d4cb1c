"""A diff says what changed between two articles: all of it, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.compare.text.normalise import normalise
from archive.compare.versions.actions import Action, ActionKind, Change, Diff
from archive.compare.versions.contract import as_json
from archive.compare.versions.diff import apply, compare_sentences, diff
from archive.compare.versions.fingerprint import fingerprint
from archive.models import Article, Block, Role

if TYPE_CHECKING:
    from collections.abc import Iterable


def article(*paragraphs: str, title: str = "Bridge to open", language: str | None = "en") -> Article:
    blocks = tuple(Block(Role.BODY, text) for text in paragraphs)
    return Article(title, ("Ruth Ames",), None, None, language, blocks)


def told(found: Diff) -> list[tuple[str, str | None, str | None]]:
    return [(str(action.kind), action.before, action.after) for action in found.changes]


STORY = article(
    "The bridge will open in June. It cost 12 million euros.",
    "Nobody objected. The mayor was pleased.",
    "The old bridge closed in 2019. It had stood for a century.",
)


def test_an_article_is_the_same_as_itself() -> None:
    found = diff(STORY, STORY)
    assert found.is_empty
    assert {action.kind for action in found.actions} == {ActionKind.UNCHANGED}
    assert (found.words_added, found.words_removed) == (0, 0)


def test_a_number_changed() -> None:
    after = article(
        "The bridge will open in June. It cost 15 million euros.", *[block.text for block in STORY.blocks[1:]]
    )
    found = diff(STORY, after)
    [edit] = found.changes
    assert (edit.kind, edit.before_index, edit.after_index) == (ActionKind.EDIT, 1, 1)
    assert [(mark.op, mark.text) for mark in edit.marks if mark.op != "equal"] == [("delete", " 12"), ("insert", " 15")]
    assert (found.words_added, found.words_removed) == (1, 1)


def test_a_sentence_went_and_another_came() -> None:
    after = article(
        "The bridge will open in June. It cost 12 million euros.",
        "The mayor was pleased.",
        "The old bridge closed in 2019. It had stood for a century. Crowds waved goodbye.",
    )
    found = diff(STORY, after)
    assert told(found) == [("deletion", "Nobody objected.", None), ("addition", None, "Crowds waved goodbye.")]
    assert [action.before or action.after for action in found.actions][1:4] == [
        "It cost 12 million euros.",
        "Nobody objected.",
        "The mayor was pleased.",
    ]
    assert (found.words_added, found.words_removed) == (3, 2)


def test_of_a_moved_paragraph_each_sentence_moved() -> None:
    first, second, third = STORY.blocks
    longer = replace(STORY, blocks=(first, second, third, Block(Role.BODY, "A fair is planned. All may come.")))
    found = diff(longer, replace(longer, blocks=(third, first, second, longer.blocks[3])))
    assert told(found) == [
        ("refactor", "The old bridge closed in 2019.", "The old bridge closed in 2019."),
        ("refactor", "It had stood for a century.", "It had stood for a century."),
    ]
    assert [(action.before_index, action.after_index) for action in found.changes] == [(4, 0), (5, 1)]
    assert (found.words_added, found.words_removed) == (0, 0)


def test_a_moved_sentence_may_be_edited_too() -> None:
    after = article(
        "The old bridge closed in 2018. The bridge will open in June. It cost 12 million euros.",
        "Nobody objected. The mayor was pleased.",
        "It had stood for a century.",
    )
    [moved] = diff(STORY, after).changes
    assert moved.kind is ActionKind.REFACTOR
    assert any(mark.text == " 2018" for mark in moved.marks)


def test_headline_and_byline_stand_apart() -> None:
    after = replace(STORY, title="Bridge to open late", authors=("Ruth Ames", "Jaime Soto"))
    found = diff(STORY, after)
    assert found.title == Change("Bridge to open", "Bridge to open late")
    assert found.authors == Change(("Ruth Ames",), ("Ruth Ames", "Jaime Soto"))
    assert found.changes == ()
    assert (found.words_added, found.words_removed) == (1, 0)


def test_a_correction_stands_apart() -> None:
    notice = Block(Role.CORRECTION, "Correction: the  bridge cost 15 million euros.")
    after = replace(STORY, blocks=(*STORY.blocks, notice))
    assert diff(STORY, after).corrections_added == ("Correction: the bridge cost 15 million euros.",)
    assert diff(after, STORY).corrections_removed == ("Correction: the bridge cost 15 million euros.",)
    assert diff(STORY, after).changes == ()
    assert diff(STORY, after).words_added == 7


@pytest.mark.parametrize(
    "after",
    [
        pytest.param(
            article(
                "The bridge will open in June.",
                "It cost 12 million euros. Nobody objected. The mayor was pleased. "
                "The old bridge closed in 2019. It had stood for a century.",
            ),
            id="paragraphs",
        ),
        pytest.param(replace(STORY, language="de"), id="language"),
        pytest.param(replace(STORY, blocks=(*STORY.blocks, Block(Role.BODY, "\u200b"))), id="an invisible paragraph"),
        pytest.param(replace(STORY, blocks=(*STORY.blocks, Block(Role.PROMO, "Sign up"))), id="a promo"),
    ],
)
def test_what_nobody_can_see_is_no_change(after: Article) -> None:
    assert diff(STORY, after).is_empty
    assert diff(after, STORY).is_empty


def test_a_heading_run_into_the_text_is_no_change_even_beside_one() -> None:
    before = article("What comes next", "Builders come in May. It rains.", "It was late.")
    after = article("What comes next Builders come in May. It rains.", "It was early.")
    [edit] = diff(before, after).changes
    assert (edit.kind, edit.before, edit.after) == (ActionKind.EDIT, "It was late.", "It was early.")
    [back] = diff(after, before).changes
    assert (back.kind, back.after) == (ActionKind.EDIT, "It was late.")


def test_an_empty_article() -> None:
    assert diff(article(), article()).is_empty
    assert {action.kind for action in diff(article(), STORY).actions} == {ActionKind.ADDITION}
    assert {action.kind for action in diff(STORY, article()).actions} == {ActionKind.DELETION}
    assert diff(article(), STORY).words_added == diff(STORY, article()).words_removed == 29


def test_everything_replaced() -> None:
    found = diff(STORY, article("Police arrested two men. Officers gave no names."))
    assert [str(action.kind) for action in found.actions] == ["deletion"] * 6 + ["addition"] * 2


def test_a_sentence_said_again() -> None:
    found = diff(article("No. He left. No."), article("No. He left. No. No."))
    assert told(found) == [("addition", None, "No.")]


def test_chinese_and_arabic() -> None:
    found = diff(
        article("桥会在六月开放。市长很高兴。", language="zh"), article("桥会在七月开放。市长很高兴。", language="zh")
    )
    assert told(found) == [("edit", "桥会在六月开放。", "桥会在七月开放。")]
    found = diff(
        article("وصل الوزير مساء الاثنين. هل سيعود؟", language="ar"),
        article("وصل الوزير مساء الأحد. هل سيعود؟", language="ar"),
    )
    assert told(found) == [("edit", "وصل الوزير مساء الاثنين.", "وصل الوزير مساء الأحد.")]


def test_three_thousand_sentences() -> None:
    lines = [f"Paragraph {number} speaks of matter {number * 7919} at length and in detail." for number in range(3000)]
    changed = [*lines[:1000], *lines[1001:2000], "Something else entirely was said here.", *lines[2000:]]
    changed[500] = changed[500].replace("length", "some length")
    found = diff(article(*lines), article(*changed))
    assert [str(action.kind) for action in found.changes] == ["edit", "deletion", "addition"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(["same word"] * 5000, [" ".join(["same word"] * 5000) + " x"], id="headings run together"),
        pytest.param(
            ["a"] * 5000, [" ".join(["a"] * times) for times in range(2, 300)], id="each the start of the next"
        ),
        pytest.param(["a" * 500_000], ["b" * 500_000], id="one endless word"),
        pytest.param(["," * 200_000], [";" * 200_000], id="nothing but commas"),
        pytest.param(["Yes."] * 20_000, ["No.", "Yes."] * 10_000, id="one sentence over and over"),
    ],
)
def test_a_page_made_to_cost_time_does_not(before: list[str], after: list[str]) -> None:
    found = diff(article(*before), article(*after))
    assert apply(found.before, found.actions) == list(found.after)


def test_applying_to_another_text_is_refused() -> None:
    found = diff(STORY, article("Nobody objected."))
    with pytest.raises(ValueError, match="not a diff of this text"):
        apply(["Something else."], found.actions)
    with pytest.raises(ValueError, match="not a diff of this text"):
        apply([*found.before, "One more."], found.actions)


def test_the_contract() -> None:
    after = replace(
        STORY,
        title="Bridge opens",
        blocks=(
            Block(Role.BODY, "The bridge will open in July. It cost 12 million euros."),
            *STORY.blocks[1:],
            Block(Role.CORRECTION, "Correction: July."),
        ),
    )
    found = diff(STORY, after)
    assert as_json(found) == {
        "title": {"before": "Bridge to open", "after": "Bridge opens"},
        "authors": None,
        "actions": [
            {
                "action": "edit",
                "shape": None,
                "before": "The bridge will open in June.",
                "after": "The bridge will open in July.",
                "before_index": 0,
                "after_index": 0,
                "similarity": 0.862,
                "marks": [
                    {"op": "equal", "text": "The bridge will open in"},
                    {"op": "delete", "text": " June"},
                    {"op": "insert", "text": " July"},
                    {"op": "equal", "text": "."},
                ],
            }
        ],
        "corrections_added": ["Correction: July."],
        "corrections_removed": [],
        "counts": {"additions": 0, "deletions": 0, "edits": 1, "refactors": 0, "merges": 0, "splits": 0},
    }
    with_all = as_json(found, unchanged=True)["actions"]
    assert isinstance(with_all, list)
    assert [action["action"] for action in with_all] == ["edit"] + ["unchanged"] * 5


SENTENCE = st.sampled_from(
    [
        "No.",
        "He left.",
        "She met Mr. Lund in the U.S. on May 5.",
        "She met Mr. Lund in Rome on May 6.",
        "“It’s over,” he said.",
        '"It\'s over," he said.',
        "A heading",
        "heading and A",
        "桥会开放。",
        "。」「",
        "\u200b",
        "e\u0301tat",
        "état",
    ]
)
TEXT = st.lists(st.one_of(SENTENCE, st.text(max_size=12)), max_size=7)
ARTICLES = st.builds(
    lambda title, authors, paragraphs, corrections, language: Article(
        title,
        tuple(authors),
        None,
        None,
        language,
        (
            *(Block(Role.BODY, text) for text in paragraphs),
            *(Block(Role.CORRECTION, text) for text in corrections),
        ),
    ),
    st.sampled_from(["A title", "A\u00a0title", "Another", ""]),
    st.lists(st.sampled_from(["Ruth Ames", "Jaime Soto", " "]), max_size=2),
    st.lists(TEXT.map(" ".join), max_size=4),
    st.lists(st.sampled_from(["Correction: a.", "Correction:  a.", "Correction: b.", ""]), max_size=2),
    st.sampled_from(["en", "de", None]),
)


@st.composite
def near_articles(draw: st.DrawFn) -> tuple[Article, Article]:
    """Two articles that are the same but for where paragraphs end, or for one thing more."""
    one = draw(ARTICLES)
    words = one.text.replace("\n", " ").split(" ")
    breaks = draw(st.lists(st.sampled_from([" ", "\n", "  ", "\u00a0"]), min_size=len(words), max_size=len(words)))
    text = "".join(word + gap for word, gap in zip(words, breaks, strict=True)) + draw(st.sampled_from(["", "", " x"]))
    blocks = [block for block in one.blocks if block.role is Role.CORRECTION]
    return one, replace(one, blocks=(*blocks, Block(Role.BODY, text)))


@given(st.one_of(near_articles(), st.tuples(ARTICLES, ARTICLES)))
@settings(deadline=None, max_examples=400)
def test_a_new_snapshot_never_has_an_empty_diff_and_an_old_one_always(pair: tuple[Article, Article]) -> None:
    assert (fingerprint(pair[0]) == fingerprint(pair[1])) == diff(*pair).is_empty


@given(st.one_of(near_articles(), st.tuples(ARTICLES, ARTICLES)))
@settings(deadline=None, max_examples=400)
def test_applied_to_the_old_it_gives_the_new(pair: tuple[Article, Article]) -> None:
    found = diff(*pair)
    assert normalise(" ".join(found.before)) == normalise(pair[0].text)
    assert apply(found.before, found.actions) == list(found.after)
    assert normalise(" ".join(found.after)) == normalise(pair[1].text)


SENTENCES = st.lists(SENTENCE.filter(normalise), max_size=9)


@given(SENTENCES, SENTENCES)
@settings(deadline=None)
def test_applied_to_sentences_it_gives_exactly_the_new_ones(before: list[str], after: list[str]) -> None:
    actions = compare_sentences(before, after)
    assert apply(before, actions) == after
    assert sorted(places(actions, "before")) == list(range(len(before)))
    assert places(actions, "after") == list(range(len(after)))


@given(SENTENCES, SENTENCES)
@settings(deadline=None)
def test_deletions_stand_where_their_sentences_stood(before: list[str], after: list[str]) -> None:
    actions = compare_sentences(before, after)
    in_order = places((action for action in actions if action.kind is not ActionKind.REFACTOR), "before")
    assert all(one < two for one, two in pairwise(in_order))


def places(actions: Iterable[Action], side: Literal["before", "after"]) -> list[int]:
    """Of all sentences of one side, in the order of the actions."""
    return [
        getattr(action, f"{side}_index") + step
        for action in actions
        for step in range(len(getattr(action, f"{side}s")))
    ]
