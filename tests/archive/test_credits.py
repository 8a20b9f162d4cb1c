"""Credits say who did what."""

# ruff: noqa: E501 - credits are written as they are read

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archive.credit_words import WORDS
from archive.credits import Contributor, contributors


def told(credit: str, language: str | None = None) -> list[tuple[str, str | None]]:
    return [(each.name, each.did) for each in contributors([credit], language)]


@pytest.mark.parametrize(
    ("credit", "expected"),
    [
        (
            "Reporting by Ana Ruiz in Paris and Li Wei; Additional reporting by J. R. Doe in Hamilton, Bermuda, and Tom van der Berg; Writing by Jean-Luc d’Orsay; Editing by E. Moss and Suhartono",
            [
                ("Ana Ruiz", "reporting"),
                ("Li Wei", "reporting"),
                ("J. R. Doe", "additional reporting"),
                ("Tom van der Berg", "additional reporting"),
                ("Jean-Luc d’Orsay", "writing"),
                ("E. Moss", "editing"),
                ("Suhartono", "editing"),
            ],
        ),
        ("(Reporting by Ana Ruiz. Editing by Tom Okafor.)", [("Ana Ruiz", "reporting"), ("Tom Okafor", "editing")]),
        ("Reporting by Ana Ruiz; Tom Okafor in Abuja", [("Ana Ruiz", "reporting"), ("Tom Okafor", "reporting")]),
        ("Written by Ana Ruiz", [("Ana Ruiz", "writing")]),
        ("Edited by: Ana Ruiz, foreign editor", [("Ana Ruiz", "editing")]),
        ("Reporting and writing by Ana Ruiz", [("Ana Ruiz", "reporting"), ("Ana Ruiz", "writing")]),
        (
            "Jo Park and Li Wei contributed to the reporting; Jo Park wrote the article; Ana Ruiz edited it.",
            [
                ("Jo Park", "reporting"),
                ("Li Wei", "reporting"),
                ("Jo Park", "writing"),
                ("Ana Ruiz", "editing"),
            ],
        ),
        (
            "Alder Press writers Ana Ruiz in Lima and Tom Okafor in Abuja, Nigeria, contributed to this report.",
            [("Ana Ruiz", "contributing"), ("Tom Okafor", "contributing")],
        ),
        ("Ruiz reported from Lima, and Okafor from Abuja.", [("Ruiz", "reporting"), ("Okafor", "reporting")]),
        ("With files from Reuters and Ana Ruiz", [("Reuters", "agency"), ("Ana Ruiz", "contributing")]),
        ("Reporting by 王小明 in Beijing", [("王小明", "reporting")]),
        (
            "Bericht von Mia Kranz, Jonas Weber und Ayşe Kaya; Redaktion: Karl von der Au",
            [
                ("Mia Kranz", "reporting"),
                ("Jonas Weber", "reporting"),
                ("Ayşe Kaya", "reporting"),
                ("Karl von der Au", "editing"),
            ],
        ),
        ("Mitarbeit: Mia Kranz in Kiew, Jonas Weber", [("Mia Kranz", "contributing"), ("Jonas Weber", "contributing")]),
        (
            "Text: Mia Kranz, Fotos: Jonas Weber / Übersetzung: Ayşe Kaya",
            [("Mia Kranz", "writing"), ("Jonas Weber", "photography"), ("Ayşe Kaya", "translation")],
        ),
        ("Text und Fotos: Mia Kranz", [("Mia Kranz", "writing"), ("Mia Kranz", "photography")]),
        ("Con información de EFE y Ana Ruiz", [("EFE", "agency"), ("Ana Ruiz", "contributing")]),
        (
            "Reporte de Ana Ruiz en Madrid. Editado por Juan Pérez",
            [("Ana Ruiz", "reporting"), ("Juan Pérez", "editing")],
        ),
        ("Reporte adicional de Ana de la Cruz", [("Ana de la Cruz", "additional reporting")]),
        ("Redacción de Ana Ruiz y Luis Gómez", [("Ana Ruiz", "writing"), ("Luis Gómez", "writing")]),
        (
            "(Reportage de Marie Dupont à Paris, édité par Paul Roux)",
            [("Marie Dupont", "reporting"), ("Paul Roux", "editing")],
        ),
        ("Rédigé par Marie Dupont et Paul Roux", [("Marie Dupont", "writing"), ("Paul Roux", "writing")]),
        ("avec l’AFP", [("AFP", "agency")]),
        ("A cura di Maria Rossi e Paolo Bianchi", [("Maria Rossi", "editing"), ("Paolo Bianchi", "editing")]),
        ("Ha collaborato Maria Rossi", [("Maria Rossi", "contributing")]),
        (
            "Reportagem de Ana Silva em Brasília e João da Costa; Edição de Rui Melo",
            [("Ana Silva", "reporting"), ("João da Costa", "reporting"), ("Rui Melo", "editing")],
        ),
        (
            "Tekst: Jan de Vries en Piet Bakker; Redactie: Kees Smit",
            [("Jan de Vries", "writing"), ("Piet Bakker", "writing"), ("Kees Smit", "editing")],
        ),
    ],
)
def test_a_credit_names_people_and_what_they_did(credit: str, expected: list[tuple[str, str]]) -> None:
    assert told(credit) == expected


@pytest.mark.parametrize(
    ("credit", "expected"),
    [
        ("(jpa/dpa)", [("jpa", None), ("dpa", "agency")]),
        ("dpa/AFP", [("dpa", "agency"), ("AFP", "agency")]),
        ("Ana Ruiz", [("Ana Ruiz", None)]),
        ("The Associated Press contributed to this report.", [("Associated Press", "agency")]),
    ],
)
def test_initials_and_agencies_are_names_as_they_stand(credit: str, expected: list[tuple[str, str | None]]) -> None:
    assert told(credit) == expected


@pytest.mark.parametrize(
    "credit", ["", "The Alder Post is supported by its readers.", "Reporting by our own correspondents", "ago", "( )"]
)
def test_what_names_nobody_gives_nobody(credit: str) -> None:
    assert told(credit) == []


def test_the_pages_language_settles_words_that_languages_share() -> None:
    assert told("Foto: Ana Ruiz en Madrid", "es") == [("Ana Ruiz", "photography")]
    assert told("Foto: Jan de Vries en Piet Bakker", "nl") == [
        ("Jan de Vries", "photography"),
        ("Piet Bakker", "photography"),
    ]


def test_whoever_is_credited_twice_for_one_thing_is_named_once() -> None:
    assert contributors(["Editing by Ana Ruiz", "Edited by Ana Ruiz"]) == (Contributor("Ana Ruiz", "editing"),)


@pytest.mark.parametrize("words", WORDS, ids=lambda words: words.language)
def test_every_word_for_work_is_found_before_a_name_with_a_colon(words) -> None:
    for expression, work in words.work.items():
        word = expression.split("|")[0]
        if word.isalpha():
            assert (("Ana Ruiz", work)) in told(f"{word}: Ana Ruiz", words.language), word


_BITS = (
    *(
        "Reporting by",
        "Editing by ",
        "Mitarbeit:",
        "avec",
        "l’",
        "A",
        "Ana Ruiz",
        "von der",
        " and ",
        ";",
        ".",
        ",",
        "in ",
    ),
    *("(", ")", "王", "d’", "contributed to this report", "\n", "y", "/", "dpa", "the "),
)
_written = st.lists(st.sampled_from(_BITS), max_size=20).map(" ".join)


@given(st.lists(st.one_of(st.text(max_size=60), _written), max_size=3))
@example(["Reporting by " + "A, " * 2_000])
@example(["Reporting " + "and writing " * 2_000])
def test_any_credit_is_read_and_every_name_stands_in_one(credits: list[str]) -> None:  # noqa: A002
    for contributor in contributors(credits):
        assert contributor.name
        assert any(contributor.name in credit for credit in credits)
