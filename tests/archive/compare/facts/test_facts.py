"""What a text states that can be checked."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.compare.facts.facts import FactKind, facts


def values(text: str, kind: str, language: str | None = "en") -> list[str]:
    return [fact.value for fact in facts(text, language) if fact.kind == kind]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "It counted 1,000 ships.", ["1000"]),
        ("en", "It counted a thousand ships.", ["1000"]),
        ("en", "It cost $2m, or £2.5 million.", ["2000000$", "2500000£"]),
        ("en", "Some 3 million dollars went.", ["3000000$"]),
        ("en", "Prices rose by 5 percent, not 5.5%.", ["5%", "5.5%"]),
        ("en", "Two hundred and fifty-one of twenty-one.", ["251", "21"]),
        ("en", "He came 2nd of the 14 runners.", ["2", "14"]),
        ("en", "Dozens were hurt.", ["dozens"]),
        ("es", "Vinieron mil cuatrocientos cincuenta, y seis mil doscientas.", ["1450", "6200"]),
        ("pt", "Custou trezentos e oitenta mil euros.", ["380000€"]),
        ("fr", "Il a coûté 2,4 M€.", ["2400000€"]),
        ("fr", "Il a coûté 300 millions d'euros.", ["300000000€"]),
        ("es", "Pagó tres millones de euros a cuatro millares de vecinos.", ["3000000€", "4000"]),
        ("es", "Debe dos mil millones de euros, y millones de vecinos pagan.", ["2000000000€", "millones"]),
        ("it", "Vale 2,8 milioni di euro.", ["2800000€"]),
        ("en", "It fell to -3 degrees.", ["-3"]),
        ("en", "From 5-10 people.", ["5", "10"]),
        ("en", "The 17-year-old won.", ["17"]),
        ("en", "One man saw one of them.", []),
        ("en", "Version 1.2.3 is out.", []),
        ("en", "The often sixth attendee.", []),
        ("de", "Es kamen 1.200 Menschen, 3,5 Prozent mehr.", ["1200", "3.5%"]),
        ("de", "Zweihundertfünfzig Häuser und einundzwanzig Schiffe.", ["250", "21"]),
        ("de", "Das kostet 3,5 Millionen Euro.", ["3500000€"]),
        ("es", "Pagó veinticinco mil euros, un 3,5 por ciento.", ["25000€", "3.5%"]),
        ("fr", "Quatre-vingt-dix-sept personnes et soixante-douze chiens.", ["97", "72"]),
        ("fr", "Il a payé 1 250 euros.", ["1250€"]),
        ("fr", "Environ 3 000 personnes sont venues.", ["3000"]),
        ("it", "Circa 20mila persone, venticinque feriti.", ["20000", "25"]),
        ("pt", "Vinte e cinco pessoas e 3 milhões de reais.", ["25", "3000000"]),
        ("nl", "Vijfentwintig mensen en 1,5 miljoen euro.", ["25", "1500000€"]),
        ("xx", "About 12 and 1.000.000 only, twelve not.", ["12", "1000000"]),
    ],
)
def test_a_number_is_the_same_however_it_is_written(language: str, text: str, expected: list[str]) -> None:
    assert values(text, "number", language) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "It opens on January 11, 2017 at 5:59 p.m. EST.", ["2017-01-11", "17:59"]),
        ("en", "It opens on 11 January 2017.", ["2017-01-11"]),
        ("en", "It opened on 2017-01-11 and on Wednesday.", ["2017-01-11", "wed"]),
        ("en", "Since 2018 and until Jan. 5, it was shut in March.", ["2018", "--01-05", "--03"]),
        ("en", "The 2017-2018 class of November 2017.", ["2017", "2018", "2017-11"]),
        ("en", "They may march on Sunday at 17:30.", ["sun", "17:30"]),
        ("en", "It killed 2000 people.", []),
        ("en", "It did so yesterday.", ["yesterday"]),
        ("de", "Am 3. Oktober 2024 um 17.30 Uhr, im Mai.", ["2024-10-03", "17:30", "--05"]),
        ("es", "El 11 de enero de 2017, un lunes.", ["2017-01-11", "mon"]),
        ("fr", "Le 14 juillet 1789 à 17h30.", ["1789-07-14", "17:30"]),
        ("it", "Il 2 giugno e nel 2020.", ["--06-02", "2020"]),
        ("pt", "Na segunda-feira, 5 de maio.", ["mon", "--05-05"]),
        ("nl", "Op 5 mei om 17.30 uur.", ["--05-05", "17:30"]),
    ],
)
def test_a_date_is_the_same_however_it_is_written(language: str, text: str, expected: list[str]) -> None:
    assert values(text, "date", language) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Troops moved from Airbase 101 to Airbase 201 in Agadez.", ["airbase 101", "airbase 201", "agadez"]),
        ("en", "President Ada Lin’s office met Dr. Juan de la Cruz.", ["ada lin", "juan de la cruz"]),
        ("en", "The ferry sailed to Port Lund on Sunday.", ["port lund"]),
        ("en", "The U.S. and the US left NATO.", ["us", "us", "nato"]),
        ("en", "Officials said so. Researchers agreed. Lin did not.", ["lin"]),
        ("en", "It's late. Lin's office said so.", ["lin"]),
        ("en", "New York and the Bank of England agreed.", ["new york", "bank of england"]),
        ("en", "Mayor Resigns Over Quay Contract in NATO Row", ["nato"]),
        ("en", "I think I’ll wait.", []),
        ("en", "Already 296 ships came. Airbase 101 was shut.", ["airbase 101"]),
        ("en", "The COVID-19 wave and an iPhone.", ["covid-19", "iphone"]),
        ("de", "Bundeskanzlerin Ada Lind sprach mit der Presse über die NATO.", ["ada lind", "nato"]),
        ("es", "El presidente Juan Pérez llegó a Madrid.", ["juan pérez", "madrid"]),
        ("fr", "La ministre Ada Lind a quitté Lyon.", ["ada lind", "lyon"]),
        ("pt", "O prefeito Ricardo Luz chegou a São Tomé.", ["ricardo luz", "são tomé"]),
    ],
)
def test_names_are_told_by_their_capitals(language: str, text: str, expected: list[str]) -> None:
    assert values(text, "name", language) == expected


def test_the_full_stop_of_a_sentence_is_no_part_of_a_number() -> None:
    (number,) = facts("It cost 22 million.", "en")
    assert number.text == "22 million"


def test_a_word_that_the_article_has_in_lower_case_is_no_name() -> None:
    told = facts("Harbours closed at noon.", "en", common=frozenset({"harbours"}))
    assert [fact.value for fact in told if fact.kind == "name"] == []
    assert values("Harbours closed at noon.", "name") == ["harbours"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "we will go" and left.', ["we will go"]),
        ("He said “we’ll go,” and “not yet”.", ["we'll go", "not yet"]),
        ("« Bonjour », dit-il, « au revoir ».", ["bonjour", "au revoir"]),
        ("Er sagte „nicht genug“ und »nie«.", ["nicht genug", "nie"]),
        ("'I may go,' he told the workers' union.", ["i may go"]),
        ("“We came.", ["we came"]),
        ("It is over,” he said.", ["it is over"]),
        ("The workers' union isn't there.", []),
        ("「はい」と答えた", ["はい"]),
    ],
)
def test_quotations_are_what_stands_between_marks(text: str, expected: list[str]) -> None:
    assert values(text, "quote", None) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "He allegedly did not, and may not.", ["allegedly", "not", "may", "not"]),
        ("en", "It didn’t rain in May.", ["not"]),
        ("de", "Er soll mutmaßlich nicht dort gewesen sein.", ["soll", "mutmaßlich", "not"]),
        ("es", "El presunto autor no habló.", ["presunto", "not"]),
        ("fr", "Il n’a pas nié, il aurait menti.", ["not", "aurait"]),
        ("it", "Il presunto colpevole non parla.", ["presunto", "not"]),
        ("pt", "O suposto autor não falou.", ["suposto", "not"]),
        ("nl", "De vermeende dader sprak niet.", ["vermeende", "not"]),
    ],
)
def test_hedges_and_negations(language: str, text: str, expected: list[str]) -> None:
    assert values(text, "hedge", language) == expected


def test_links_are_addresses_and_handles() -> None:
    text = "Write to desk@news.example or @desk, see https://news.example/a?b=1. Or docs.example.org/page."
    assert values(text, "link") == ["desk@news.example", "@desk", "https://news.example/a?b=1", "docs.example.org/page"]


@given(st.text(max_size=200), st.sampled_from(["en", "de", "es", "fr", "it", "pt", "nl", "ja", None]))
def test_a_fact_stands_where_it_says_and_apart_from_the_others(text: str, language: str | None) -> None:
    found = facts(text, language)
    for fact in found:
        assert text[fact.start : fact.end] == fact.text
        assert fact.text
        assert fact.value
    apart = sorted(
        (fact.start, fact.end)
        for fact in found
        if fact.kind in {FactKind.NUMBER, FactKind.DATE, FactKind.NAME, FactKind.LINK}
    )
    assert all(one[1] <= other[0] for one, other in pairwise(apart))


def test_an_amount_after_a_name_is_no_part_of_it() -> None:
    assert values("In Tarn 421,000 crowns went to Airbase 201.", "name") == ["tarn", "airbase 201"]
    assert values("In Tarn 421,000 crowns went to Airbase 201.", "number") == ["421000"]


def test_a_first_word_that_lacks_its_full_stop_before_it_names_no_number() -> None:
    assert values("It fell at night Of 61 men below 47 came up.", "number") == ["61", "47"]


def test_an_article_without_its_vowel_makes_no_name() -> None:
    assert values("L'eau est froide. D'après Luc Aubrac, l'eau monte.", "name", "fr") == ["luc aubrac"]
