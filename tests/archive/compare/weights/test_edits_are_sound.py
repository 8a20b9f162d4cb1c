"""The edits that weights are judged by are labelled completely, in both halves."""

from __future__ import annotations

import json
from collections import Counter
from itertools import product
from pathlib import Path

EDITS: list[dict[str, str | list[str]]] = json.loads((Path(__file__).parent / "edits.json").read_text(encoding="utf-8"))
KINDS = {"number", "quotation", "name", "date", "hedge", "link", "style", "typography"}
LANGUAGES = {"de", "en", "es", "fr", "it", "nl", "pt"}
SPLITS = {"calibrate", "held"}


def test_each_edit_changes_something_and_says_what() -> None:
    for edit in EDITS:
        assert set(edit) == {"id", "language", "before", "after", "kinds", "split", "note"}
        assert edit["before"] != edit["after"]
        assert edit["kinds"]
        assert set(edit["kinds"]) <= KINDS
        assert edit["note"]


def test_no_two_edits_share_an_id_or_a_sentence() -> None:
    for key in ("id", "before"):
        assert max(Counter(str(edit[key]) for edit in EDITS).values()) == 1


def test_each_half_has_every_kind_and_every_language() -> None:
    assert {(edit["split"], kind) for edit in EDITS for kind in edit["kinds"]} == set(product(SPLITS, KINDS))
    assert {(edit["split"], edit["language"]) for edit in EDITS} == set(product(SPLITS, LANGUAGES))
