"""How rare a word is: read from the archive, with sense in a small one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.desk import Desk, article, identity

from archive.compare.outlets.rarity import Counts
from archive.rarity import SEEN, ArchiveRarity

if TYPE_CHECKING:
    from sqlite_utils import Database


def test_an_empty_archive_knows_function_words(db: Database) -> None:
    rarity = ArchiveRarity(db).of({"the", "nicht", "harbour"})
    assert rarity["the"] < 0.1
    assert rarity["nicht"] < 0.1
    assert rarity["harbour"] == 1.0


def test_a_word_that_many_pages_have_is_less_rare(desk: Desk) -> None:
    for number in range(40):
        desk.reads(article(f"The mayor opened bridge {number}.", title="Bridge"), identity(str(number)))
    desk.reads(article("The mayor opened a lighthouse.", title="Light"), identity("light"))
    rarity = ArchiveRarity(desk.db).of({"the", "mayor", "lighthouse", "walrus"})
    assert rarity["the"] < rarity["mayor"] < rarity["lighthouse"] <= rarity["walrus"]
    assert rarity["mayor"] < 0.5


def test_a_page_with_many_versions_is_one_text(desk: Desk) -> None:
    for number in range(30):
        desk.reads(article(f"The walrus was seen {number} times.", title="Walrus"))
    assert ArchiveRarity(desk.db).of({"walrus"})["walrus"] > 0.7


def test_words_are_looked_up_without_accents(desk: Desk) -> None:
    for number in range(40):
        desk.reads(article(f"Der Bürgermeister kam {number} mal."), identity(str(number)))
    assert ArchiveRarity(desk.db).of({"burgermeister"})["burgermeister"] < 0.5


def test_without_an_archive_rarity_is_presumed() -> None:
    assert Counts().of({"und", "walrus"})["walrus"] == 1.0
    assert Counts().of({"und", "walrus"})["und"] < 0.1


def test_of_a_word_in_many_snapshots_only_the_first_are_looked_at(desk: Desk) -> None:
    """How close they lie together says how many there are."""
    for number in range(SEEN + 100):
        often, seldom = ("walrus" if number % 2 else "seal"), ("lighthouse" if number % 50 == 0 else "harbour")
        desk.reads(article(f"The {often} of the {seldom} was seen.", title="Sea"), identity(str(number)))
    rarity = ArchiveRarity(desk.db).of({"sea", "seen", "walrus", "lighthouse"})
    assert rarity["seen"] == rarity["sea"] < rarity["walrus"] < rarity["lighthouse"]
    assert rarity["seen"] < 0.1
