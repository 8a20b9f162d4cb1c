"""Within a sentence, words are marked as kept, gone or come."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.compare.text.words import count_changes, count_words, mark, tokens

WORDING = st.text(st.sampled_from("ab AB19.,'’“” -é中\u0301\u200b\n")) | st.text()


def shown(before: str, after: str) -> str:
    sign = {"equal": "{}", "delete": "[-{}-]", "insert": "{{+{}+}}"}
    return "".join(sign[each.op].format(each.text) for each in mark(before, after))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("It cost 12 euros.", "It cost 15 euros.", "It cost[- 12-]{+ 15+} euros."),
        ("It cost 12 of 15 euros.", "It cost 13 of 16 euros.", "It cost[- 12-]{+ 13+} of[- 15-]{+ 16+} euros."),
        ("In 1981, Pence set off.", "Pence set off in 1981.", "[-In 1981, -]Pence set off{+ in 1981+}."),
        (
            "The U.S. paid $1,200.50.",
            "The U.K. paid $1,200.60.",
            "The[- U.S-]{+ U.K+}. paid $[-1,200.50-]{+1,200.60+}.",
        ),
        ("“No,” he said.", '"No," she said.', '[-“-]{+"+}No,[-” he-]{+" she+} said.'),
        ("桥六月开放。", "桥七月开放。", "桥[-六-]{+七+}月开放。"),
        ("पुल जून में खुलेगा।", "पुल मई में खुलेगा।", "पुल[- जून-]{+ मई+} में खुलेगा।"),
        (
            "the proposal of parliament",
            "the counterplan of ministers",
            "the[- proposal of parliament-]{+ counterplan of ministers+}",
        ),
        ("same", "same", "same"),
        ("", "born", "{+born+}"),
        ("gone", "", "[-gone-]"),
    ],
)
def test_marks(before: str, after: str, expected: str) -> None:
    assert shown(before, after) == expected


@given(WORDING, WORDING)
@settings(deadline=None)
def test_marks_hold_both_wordings(before: str, after: str) -> None:
    marks = mark(before, after)
    assert "".join(each.text for each in marks if each.op != "insert") == before
    assert "".join(each.text for each in marks if each.op != "delete") == after
    assert all(each.text for each in marks)


@given(WORDING)
@settings(deadline=None)
def test_tokens_are_the_text(text: str) -> None:
    assert "".join(tokens(text)) == text


@pytest.mark.parametrize(
    ("before", "after", "removed", "added"),
    [
        ("It cost 12 euros.", "It cost 15 euros.", 1, 1),
        ("“It’s late,” he said.", '"It\'s late," he said.', 0, 0),
        ("He left.", "He left the old town.", 0, 3),
        ("the proposal of parliament", "the counterplan of ministers", 2, 2),
    ],
)
def test_changed_words_are_counted(before: str, after: str, removed: int, added: int) -> None:
    assert count_changes(mark(before, after)) == (removed, added)


def test_words_are_counted() -> None:
    assert count_words("Mr. Lund’s well-known bridge cost $1.5 million – so far!") == 9
    assert count_words("天气很好。") == 4


def test_two_enormous_sentences_are_replaced_but_for_their_ends() -> None:
    before = "start " + "a b c " * 4000 + "end"
    after = "start " + "c d a " * 4000 + "end"
    assert [each.op for each in mark(before, after)] == ["equal", "delete", "insert", "equal"]
