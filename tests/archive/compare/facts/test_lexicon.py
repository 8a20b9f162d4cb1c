"""An expression for many forms finds what one that lists them would find."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from archive.compare.facts.lexicon import any_of

FORMS = st.sets(st.text("ab'. ", min_size=1, max_size=5), max_size=8)


@given(FORMS, st.text("ab'. ", max_size=40))
def test_the_longest_form_is_found_first(forms: set[str], text: str) -> None:
    listed = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True)) or "(?!)"
    assert re.findall(any_of(forms), text) == re.findall(listed, text)


@given(FORMS, st.text("ab'. ", max_size=40))
def test_a_shorter_form_is_tried_where_the_longest_does_not_go_on(forms: set[str], text: str) -> None:
    listed = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True)) or "(?!)"
    assert re.findall(rf"(?:{any_of(forms)})a", text) == re.findall(rf"(?:{listed})a", text)
