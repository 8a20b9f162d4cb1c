"""Each pattern takes its examples, and leaves alone what only looks like them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.models import Role
from crawler.extraction import patterns

if TYPE_CHECKING:
    from collections.abc import Iterator

ALL = [pattern for language in patterns.LANGUAGES for pattern in patterns.read(language)]


def name(pattern: object) -> str:
    return f"{pattern.role}: {pattern.reason}" if isinstance(pattern, patterns.Pattern) else str(pattern)


@pytest.mark.parametrize(("pattern", "line"), [(p, line) for p in ALL for line in p.examples], ids=name)
def test_a_pattern_takes_its_example(pattern, line):
    assert list(patterns.Patterns([pattern]).matches(line)) == [pattern]


@pytest.mark.parametrize(("pattern", "line"), [(p, line) for p in ALL for line in p.never], ids=name)
def test_a_pattern_leaves_its_near_misses(pattern, line):
    assert list(patterns.Patterns([pattern]).matches(line)) == []


@pytest.mark.parametrize(("pattern", "line"), [(p, line) for p in ALL for line in p.examples], ids=name)
def test_all_patterns_together_give_an_example_its_role(pattern, line):
    assert next(patterns.load().matches(line)).role is pattern.role


LINES = [line for pattern in ALL for line in (*pattern.examples, *pattern.never)]


def one_by_one(line: str) -> Iterator[patterns.Pattern]:
    """What `matches` gives, found by asking each pattern, the slow way."""
    asked = set()
    for pattern in sorted(ALL, key=lambda pattern: patterns.ROLE_ORDER.index(pattern.role)):
        group = (pattern.role, pattern.place, pattern.way)
        expression = {"start": r"\A(?:%s)", "whole": r"\A(?:%s)\Z", "anywhere": "%s"}[pattern.way] % pattern.expression
        if group not in asked and len(line) <= pattern.longest and re.search(expression, line, re.IGNORECASE):
            asked.add(group)
            yield pattern


@pytest.mark.parametrize("cased", [str, str.lower, str.upper, str.title])
def test_looking_at_a_line_cheaply_first_changes_no_answer(cased):
    for line in map(cased, LINES):
        assert set(patterns.load().matches(line)) == set(one_by_one(line))


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(LINES),
    st.sampled_from(LINES),
    st.tuples(st.integers(0, 80), st.integers(0, 80)),
    st.sampled_from(["", " ", ". ", " | ", " – ", "\n"]),
)
def test_lines_made_of_two_lines_get_the_same_answers(one, other, cuts, between):
    line = one[: cuts[0]] + between + other[cuts[1] :]
    assert set(patterns.load().matches(line)) == set(one_by_one(line))


@pytest.mark.parametrize(
    "line",
    [
        "The government corrected to 3% its forecast.",
        "A market correction: stocks fell.",
        "Prices were corrected to 1990 levels in the study.",
        "Updated figures show that the river rose by two metres on Monday.",
        "The editor of the paper said on Monday that she would resign.",
        "Reporting by the state broadcaster was not to be trusted, the minister said.",
        "Anna Weber is a reporter who has covered the war for ten years, and she was arrested on Monday at the border.",
        "Copyright law was made for printers, the judge said.",
        "Photos of the fire were everywhere by noon.",
        "Share prices fell by a tenth.",
        "Read the letter, she said, and then burn it.",
        "By Monday, 3,000 people had left the town.",
        "Register offices in the north will close in May, the ministry said.",
        "Sign up sheets hung on the door of the town hall.",
        "Published in 1931, the novel sold two million copies in the first year alone.",
        "Korrekturen an der Börse sind normal, sagte der Händler.",
        "Von Montag an fahren wieder Züge über die Brücke.",
        "La corrección de los mercados llegó el lunes.",
        "Par ailleurs, le ministre a annoncé sa démission.",
        "The deal opens a new window of opportunity for both sides.",
        "Disclosure of the accounts was refused by the court on Monday.",
        "Click here, said the trainer, and forty hands went to forty mice.",
        "Anyone with information is asked to contact the police in Alder.",
        "This article of faith was first published by the monks in 1540, when nobody could read it.",
        "Unsubscribed shares will go to the banks, the company said.",
        "About the author little is known, except that she came from the north.",
        "Listen to the rain, the old man told his grandson.",
        "Edited volumes sell badly, said the publisher at the fair.",
        "Join the queue at six, the ushers advised.",
        "Update of the river's flood maps will take two years, the office said.",
        "“Follow me on the path,” the guide said, and the group went after her.",
        "Mehr als alle anderen litt das Dorf am Fluss.",
        "Über die Autorin spricht das ganze Land, seit sie den Preis bekam.",
        "Fehler melden viele Beschäftigte aus Angst nicht.",
        "Folgen Sie dem Geld, riet der Anwalt.",
        "Text und Bild gehören zusammen, sagte die Lehrerin.",
        "Redaktion und Verlag trennten sich im Streit.",
        "Sigue la búsqueda de los tres pescadores desaparecidos.",
        "Sobre el autor del robo no hay noticias.",
        "Puedes leer en sus ojos el miedo, dijo la testigo.",
        "Escuchar a los vecinos fue su primera promesa.",
        "Además, el ministro anunció su dimisión.",
        "Lire un livre par semaine, c'est son vœu pour l'année.",
        "Contribuer à la paix est le but du voyage, a dit le pape.",
        "Écouter les habitants, voilà sa méthode.",
        "Suivez le fleuve jusqu'au pont, dit le panneau.",
        "Signaler une erreur coûte parfois un emploi.",
        "Registrati tre nuovi casi di febbre nel nord del Paese.",
        "Abbonati in calo, il teatro chiude dopo cento anni.",
        "Di lunedì il museo resta chiuso, ma il giardino è aperto.",
        "La rettifica dei confini è attesa da trent'anni.",
        "Segui il denaro, disse l'avvocato al giudice.",
        "Leggi anche molto vecchie restano in vigore, dice il giurista.",
        "Video e fotografie mostrano il fango nelle strade.",
        "Condividi il pane, diceva sua nonna, e non avrai fame.",
        "Pubblicato nel 1931, il romanzo vendette due milioni di copie.",
        "A correção dos preços chegou na segunda-feira, disse o banco.",
        "Por Lima passam três linhas de trem e nenhuma para.",
        "Assine quem quiser, disse o deputado aos colegas.",
        "Leia a carta, pediu ela, e depois queime.",
        "Mais vistas do que lidas, as obras do poeta estão num museu.",
        "Siga o rio até a ponte, diz a placa.",
        "Publicada em 1931, a obra vendeu dois milhões de exemplares.",
        "Clique a clique, o aparelho contou os carros na ponte.",
        "Reportagem do jornal mostrou que a barragem tinha rachaduras.",
        "Door de regen ging het feest in Alkmaar niet door.",
        "Lees de brief, zei ze, en verbrand hem dan.",
        "Meer over een week, zei de minister, en hij stapte in zijn auto.",
        "Volg het spoor tot aan de brug, staat er op het bord.",
        "Correctie op de beurs: het is normaal, zei de handelaar.",
        "Beelden van de avond tonen een lege straat.",
        "Deel twee van het proces begint in mei.",
        "Meld u aan de balie, stond er op het bord bij de ingang.",
        "Advertenties verdwijnen uit de krant, zei de uitgever.",
        "Delen wil de erfgenaam het huis niet.",
        "Gepubliceerd werd het dagboek pas in 1952, lang na zijn dood.",
    ],
)
def test_ordinary_sentences_match_no_pattern(line):
    text_only = [p for p in patterns.load().matches(line) if p.place == "any"]
    assert text_only == []


@pytest.mark.parametrize("label", patterns.read_labels(), ids=lambda label: label.left)
def test_a_label_is_cut_out_of_its_line(label):
    assert " ".join(patterns.without_labels(label.example).replace("\ue000", "").split()) == label.left


@pytest.mark.parametrize(
    "line",
    [
        "The deal opens a new window of opportunity for both sides.",
        "The bank opens new tabs for regulars every Friday night.",
        "Der Minister öffnet ein neues Fenster für Verhandlungen.",
        "Si apre una nuova finestra per i negoziati, dice il ministro.",
        "Abre-se uma nova janela para as negociações, disse o ministro.",
        "De minister opent een nieuw venster op de wereld, schreef de krant.",
    ],
)
def test_a_sentence_about_windows_stays_whole(line):
    assert patterns.without_labels(line) == line


@pytest.mark.parametrize(
    ("hint", "words"), [(hint, words) for hint in patterns.read_markup() for words in hint.examples]
)
def test_a_markup_hint_takes_its_words(hint, words):
    _, hints = patterns.markup()
    expression = next(expression for expression, known in hints if known == hint)
    assert expression.search(words.replace("AuthorBio", "Author-Bio"))


def kind_and_language(wall: object) -> str:
    return f"{wall.language}: {wall.reason}" if isinstance(wall, patterns.Wall) else str(wall)


@pytest.mark.parametrize(
    ("wall", "line"), [(wall, line) for wall in patterns.walls() for line in wall.examples], ids=kind_and_language
)
def test_a_wall_is_known_by_its_line(wall, line):
    assert wall.expression.search(line)
    assert patterns.wall(line) == wall.kind


@pytest.mark.parametrize("line", [line for wall in patterns.walls() for line in wall.never])
def test_an_articles_line_is_no_wall(line):
    assert patterns.wall(line) is None


def test_every_language_has_every_kind_of_wall():
    known = {(wall.kind, wall.language) for wall in patterns.walls()}
    assert len(known) == 3 * len(patterns.LANGUAGES)


def test_every_role_but_text_can_be_told_from_a_line():
    assert {pattern.role for pattern in ALL} == set(patterns.ROLE_ORDER)
    assert Role.BODY not in patterns.ROLE_ORDER
