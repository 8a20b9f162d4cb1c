"""Lines made to hang what reads sentences."""

from __future__ import annotations

import pytest
from support.hostile import LONG, UNITS

from archive.compare.facts.facts import facts


@pytest.mark.timeout(20)
@pytest.mark.parametrize("unit", [*UNITS, "n't", "hundred", "100,", "Abc of ", '"a ', "January 1 ", "a.b@c."])
def test_no_line_hangs_the_search_for_facts(unit: str) -> None:
    # French has the longest lists of words.
    facts((unit * LONG)[:LONG], "fr")
