"""A sentence cut into several is a split, one edited beside something new is not."""

from __future__ import annotations

import pytest

from archive.compare.text.sentences import sentences
from archive.compare.versions.actions import Action, ActionKind, Counts, Shape
from archive.compare.versions.diff import apply, compare_sentences

CUT = [
    (
        "The council approved the budget on Monday, and the mayor signed it an hour later.",
        "The council approved the budget on Monday. The mayor signed it an hour later.",
    ),
    (
        "The council approved the budget on Monday, which the mayor had vetoed twice before.",
        "The council approved the budget on Monday. The mayor had vetoed it twice before.",
    ),
    ("It rained, and we left.", "It rained. We left."),
    (
        "The fire broke out at noon, spread to two neighbouring houses, and was put out only by nightfall.",
        "The fire broke out at noon. It spread to two neighbouring houses. It was put out only by nightfall.",
    ),
    (
        "The fire killed three people and destroyed a house.",
        "The fire killed three people on Monday. It destroyed a house on the main street.",
    ),
    (
        "Smith, who was born in Ohio and had worked at the plant for thirty years, died on Tuesday.",
        "Smith died on Tuesday. He was born in Ohio and had worked at the plant for thirty years.",
    ),
    (
        "“We are proud,” she said, adding that the bridge had cost less than planned.",
        "“We are proud,” she said. She added that the bridge had cost less than planned.",
    ),
    (
        "Der Stadtrat hat den Haushalt am Montag beschlossen, und die Bürgermeisterin unterschrieb ihn noch am Abend.",
        "Der Stadtrat hat den Haushalt am Montag beschlossen. Die Bürgermeisterin unterschrieb ihn noch am Abend.",
    ),
    (
        "El alcalde dimitió el lunes tras la publicación de los contratos, pero negó haber cometido ningún delito.",
        "El alcalde dimitió el lunes tras la publicación de los contratos. Negó, sin embargo, haber cometido delito.",
    ),
    (
        "Мэр подписал бюджет в понедельник, а совет одобрил его еще в пятницу вечером.",
        "Мэр подписал бюджет в понедельник. Совет одобрил его еще в пятницу вечером.",
    ),
    (
        "وقع العمدة الميزانية يوم الاثنين، ووافق عليها المجلس مساء الجمعة.",
        "وقع العمدة الميزانية يوم الاثنين. وافق عليها المجلس مساء الجمعة.",
    ),
    ("大桥将于六月开放，市长对此表示非常高兴。", "大桥将于六月开放。市长对此表示非常高兴。"),
]

BESIDE = [
    (
        "The mayor resigned on Monday over the contracts.",
        "The mayor resigned on Monday over the harbour contracts, his office said. The council will meet on Tuesday.",
    ),
    (
        "Police arrested three men on Friday after the robbery of a bank in the centre of the town.",
        "Police arrested three men on Friday. The mayor thanked the officers of the town for the work.",
    ),
    (
        "The council voted on the bridge on Monday.",
        "The council voted on the bridge on Monday night. The council will vote on the tunnel on Thursday.",
    ),
    (
        "The minister said the plan would cost 12 million euros and would be finished by June.",
        "The minister said the plan would cost 15 million euros. The minister said he would not resign.",
    ),
    (
        "The trial of the former director starts on Monday in the capital.",
        "The trial of the former director starts on Tuesday. He denies the charges. His lawyers will speak on Monday.",
    ),
    (
        "Shares of the bank fell 4 percent on Tuesday after it reported a loss for the third quarter.",
        "Shares of the bank fell 6 percent on Tuesday. The bank had reported a profit for the second quarter in July.",
    ),
    (
        "This page explains how to get your money back.",
        "This page explains how to get your money back from any of the shops you bought it in. Ask any of the shops.",
    ),
    (
        "Die Polizei nahm am Freitag drei Männer nach dem Überfall auf eine Bank in der Innenstadt fest.",
        "Die Polizei nahm am Freitag drei Männer fest. In der Innenstadt war es am Freitag zu Staus gekommen.",
    ),
    ("大桥将于六月开放。", "大桥将于七月开放。市长对此表示非常高兴。"),
]

FIRST, LAST = "Nothing was known before.", "Then the night came."


def compared(before: str, after: str) -> tuple[Action, ...]:
    """Two wordings between neighbours that stay, compared."""
    old, new = ([FIRST, *sentences(text, None), LAST] for text in (before, after))
    actions = compare_sentences(old, new)
    assert apply(old, actions) == new
    return tuple(action for action in actions if action.kind is not ActionKind.UNCHANGED)


@pytest.mark.parametrize(("whole", "cut"), CUT)
def test_a_sentence_cut_with_its_words_changed_is_one_action(whole: str, cut: str) -> None:
    [split] = compared(whole, cut)
    assert (split.kind, split.shape) == (ActionKind.EDIT, Shape.SPLIT)
    assert (split.before, split.afters) == (whole, tuple(sentences(cut, None)))
    [merge] = compared(cut, whole)
    assert (merge.kind, merge.shape) == (ActionKind.EDIT, Shape.MERGE)
    assert (merge.befores, merge.after) == (split.afters, whole)


@pytest.mark.parametrize(("alone", "beside"), BESIDE)
def test_an_edit_beside_something_new_is_an_edit_and_an_addition(alone: str, beside: str) -> None:
    found = compared(alone, beside)
    assert not any(action.shape for action in found)
    assert Counts.of(found).edits == 1
    assert Counts.of(found).additions == len(sentences(beside, None)) - 1
    back = compared(beside, alone)
    assert (Counts.of(back).edits, Counts.of(back).deletions) == (1, Counts.of(found).additions)


def test_the_marks_of_a_split_show_what_changed_around_the_cut() -> None:
    [split] = compared("It rained all day, and we left.", "It rained all day. We left.")
    assert [(mark.op, mark.text) for mark in split.marks if mark.op != "equal"] == [
        ("delete", ", and we"),
        ("insert", ". We"),
    ]


def test_a_split_that_moved_is_a_move_with_a_shape() -> None:
    whole, cut = CUT[0]
    rest = [f"The {name} stayed where it was." for name in ("bridge", "tunnel", "harbour")]
    actions = compare_sentences([whole, *rest], [*rest, *sentences(cut, "en")])
    [moved] = [action for action in actions if action.kind is not ActionKind.UNCHANGED]
    assert (moved.kind, moved.shape, moved.before_index, moved.after_index) == (
        ActionKind.REFACTOR,
        Shape.SPLIT,
        0,
        3,
    )
    assert Counts.of(actions) == Counts(additions=0, deletions=0, edits=0, refactors=1, merges=0, splits=1)
