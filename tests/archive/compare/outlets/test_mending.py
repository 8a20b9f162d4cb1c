"""Acronyms torn apart are put together again, and nothing else is."""

from __future__ import annotations

import pytest

from archive.compare.outlets.mending import is_torn, mended


@pytest.mark.parametrize(
    ("torn", "whole"),
    [
        ("the U.S. army", "the US army"),
        ("the U. s. army", "the US army"),
        ("the US. S. army", "the US army"),
        ("the U.S. S. army", "the US army"),
        ("the USA. s. army", "the US army"),
        ("the E. U. and N. a. T. o. met", "the EU and NATO met"),
        ("the U. S. S. R. fell", "the USSR fell"),
        ("told the U. s. The army said", "told the US. The army said"),
        ("at 5 p.m. on Jan. 3, e.g. there", "at 5 p.m. on Jan. 3, e.g. there"),
        ("He got a B. She did not.", "He got a B. She did not."),
    ],
)
def test_mending(torn: str, whole: str) -> None:
    assert mended(torn) == whole


def test_a_tear_between_two_pieces_is_seen_from_either() -> None:
    assert is_torn("It was denied by the U. s.", "The army said so.")
    assert is_torn("It was denied by the US.", "S. officials said so.")
    assert not is_torn("It was denied by the U.S.", "The army said so.")
    assert not is_torn("It was denied by all.", "A spokesman said so.")
