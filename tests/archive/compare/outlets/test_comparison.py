"""Two outlets' texts: what belongs together, what is told differently, and what one is to the other."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.compare.facts.facts import FactKind
from archive.compare.outlets.comparison import Comparison, compare
from archive.compare.outlets.crosswise import FoundBy
from archive.compare.outlets.rarity import Counts
from archive.compare.outlets.verdict import Verdict
from archive.models import Article, Block, Role

WIRE = (
    "A lorry carrying 18 tonnes of molasses overturned on the Brannock viaduct early on Monday, closing both lanes of "
    "the M94 for eleven hours.",
    "The driver, Pavel Doran, 44, was treated for a broken wrist at Fenwick General Hospital and later discharged.",
    "“I have never smelled anything like it,” said fire chief Alma Reuter, whose crews used sand and hot water.",
    "Northway Haulage, which owns the lorry, moved its depot from Fenwick to Brannock in 2021.",
)
REWORDED = (
    "Both carriageways of the M94 had been shut for 11 hours when a truck laden with eighteen tonnes of treacle tipped "
    "over on the Brannock viaduct in the early hours of Monday..",
    "Alma Reuter, the fire chief, whose teams utilised hot water and sand, remarked: “I have never smelled anything "
    "like it.”.",
    "Pavel Doran, the 44-year-old motorist, obtained remedy at Fenwick General Hospital for a fractured wrist.",
    "The depot of Northway Haulage, the lorry's proprietor, was relocated from Fenwick to Brannock three years ago.",
)


def article(*paragraphs: str, title: str = "Molasses on the viaduct", language: str | None = "en") -> Article:
    return Article(title, (), None, None, language, tuple(Block(Role.BODY, text) for text in paragraphs))


def compared(a: tuple[str, ...], b: tuple[str, ...], language: str = "en") -> Comparison:
    return compare(article(*a, language=language), article(*b, language=language), Counts())


def paragraphs(comparison: Comparison) -> set[tuple[int, int]]:
    return {
        (comparison.sentences_a[a].paragraph, comparison.sentences_b[b].paragraph)
        for each in comparison.alignments
        for a in each.a
        for b in each.b
    }


def told(comparison: Comparison) -> set[tuple[FactKind, str, str]]:
    return {(each.kind, each.a, each.b) for each in comparison.facts.told_differently}


def test_a_machines_rewording_is_aligned_by_what_survives_it() -> None:
    comparison = compared(WIRE, REWORDED)
    assert paragraphs(comparison) == {(1, 1), (2, 3), (3, 2), (4, 4)}
    first = next(each for each in comparison.alignments if 0 in each.a)
    assert first.found_by is FoundBy.ANCHORS
    assert {"viaduct", "Brannock", "M94"} <= set(first.anchors)
    assert comparison.verdict is Verdict.REWRITE
    assert (comparison.coverage_a, comparison.only_a, comparison.only_b) == (1.0, (), ())


def test_a_rewording_that_changes_nothing_tells_nothing_differently() -> None:
    assert told(compared(WIRE, REWORDED)) == set()


@pytest.mark.parametrize("torn", ["U. s.", "U. S.", "U.S. s.", "U.S. S.", "US. S.", "U. S. S.", "USA. s."])
def test_an_acronym_torn_apart_does_not_tear_the_alignment(torn: str) -> None:
    said = "The U.S. troops left the Merrow base on Friday, the third withdrawal this year, General Odile Vance said."
    garbled = f"On Friday the Merrow base was departed by {torn} troops, stated General Odile Vance, a third pullout."
    comparison = compared((said,), (garbled,))
    assert paragraphs(comparison) == {(1, 1)}
    assert len(comparison.sentences_b) == 1
    assert told(comparison) == set()


def test_a_sentence_condensed_from_three_is_aligned_with_all_of_them() -> None:
    digest = (
        "Storm Ilka killed 14 people in Orvane, cut power to 90,000 homes and sank the museum ship Petronella.",
        "Schools reopen on Tuesday.",
    )
    report = (
        "Storm Ilka has killed 14 people in the province of Orvane, officials said.",
        "Power was cut to some 90,000 homes along the coast.",
        "In the old harbour the museum ship Petronella sank at her moorings.",
        "Bakers handed out bread.",
    )
    condensed = compared(digest, report)
    assert [(each.a, each.b) for each in condensed.alignments] == [((0,), (0, 1, 2))]
    assert [(each.a, each.b) for each in compared(report, digest).alignments] == [((0, 1, 2), (0,))]
    assert (condensed.only_a, condensed.only_b) == ((1,), (3,))


def test_a_shortened_wire_story_in_another_typography_is_a_copy() -> None:
    copied = tuple(text.replace("“", '"').replace("”", '"') for text in WIRE[:3])
    comparison = compared(WIRE, copied)
    assert comparison.verdict is Verdict.COPY
    assert comparison.coverage_b == 1.0
    assert [each.similarity for each in comparison.alignments] == [1.0, 1.0, 1.0]
    assert told(comparison) == set()


def test_one_mould_with_other_names_and_numbers_is_unrelated() -> None:
    other = (
        "A lorry carrying 7 tonnes of gravel overturned on the Selby flyover late on Friday, closing one lane of "
        "the A12 for three hours.",
        "The driver, Hugo Marsh, 29, was treated for bruises at Selby Infirmary and later discharged.",
        "“It could have been far worse,” said police sergeant Ines Koch.",
    )
    comparison = compare(article(*WIRE), article(*other, title="Gravel on the flyover"), Counts())
    assert comparison.verdict is Verdict.UNRELATED
    assert told(comparison) == set()


def test_two_reporters_on_one_event_are_related() -> None:
    own = (
        "By noon the smell had reached the market in Brannock, where stallholders wrapped their bread in newspaper.",
        "Nobody here is surprised that a lorry came to grief on the Brannock viaduct; residents have asked for a speed "
        "limit since the winter of 2018.",
        "“You hear the brakes all night,” says Greta Hollis, who lives under the fourth arch.",
        "The council will discuss a barrier in May, but has no money for it.",
        "Northway Haulage did not answer questions about its drivers' hours.",
    )
    comparison = compare(article(*WIRE), article(*own, title="A town under the Brannock viaduct"), Counts())
    assert comparison.verdict is Verdict.RELATED


def test_texts_in_two_languages_are_related_at_most() -> None:
    german = article(
        "Ein Lastwagen mit 18 Tonnen Melasse ist am Montag auf dem Viadukt von Brannock umgekippt, die M94 war zu.",
        "Der Fahrer Pavel Doran kam ins Krankenhaus von Fenwick, teilte Northway Haulage mit.",
        title="Melasse auf dem Viadukt von Brannock",
        language="de",
    )
    assert compare(article(*WIRE), german, Counts()).verdict is Verdict.RELATED


@pytest.mark.parametrize(
    ("language", "a", "b", "expected"),
    [
        (
            "en",
            "The army moved the archive from Fort Kessel to Fort Amaro in the city of Dun, General Ruiz said.",
            "The archive was transferred by the army from Fort Kessel in Dun to Fort Amaro, according to General Ruiz.",
            (FactKind.NAME, "Fort Amaro", "Fort Kessel"),
        ),
        (
            "en",
            "Lindqvist Foods will close its Tarrow bakery in June with the loss of 230 jobs, the company said.",
            "In June the Tarrow bakery of Lindqvist Foods shuts, at the price of 320 jobs, the firm announced.",
            (FactKind.NUMBER, "230", "320"),
        ),
        (
            "en",
            "The ferry Aurelia sailed from Port Lund to Sankt Olaf on Sunday with 40 cars aboard.",
            "With 40 cars on its decks the Aurelia ferry travelled from Sankt Olaf to Port Lund on Sunday.",
            (FactKind.NAME, "Port Lund", "Sankt Olaf"),
        ),
        (
            "en",
            "“We will open the gates before the winter comes,” dam engineer Oskar Brandt told the Tarrow council.",
            "Oskar Brandt, an engineer at the dam, told councillors: “We will open the gates after the winter comes.”",
            (
                FactKind.QUOTE,
                "We will open the gates before the winter comes,",
                "We will open the gates after the winter comes.",
            ),
        ),
        (
            "en",
            "“We will open the gates before the winter comes,” dam engineer Oskar Brandt told the Tarrow council.",
            "“We will open the gates before the winter comes,” Ines Moll told the council of Tarrow about the dam.",
            (FactKind.NAME, "Oskar Brandt", "Ines Moll"),
        ),
        (
            "en",
            "Firefighters from three districts fought the blaze, and chief Ada Lindqvist praised Orvane's bakers.",
            "The blaze was fought by firefighters of three districts, and chief Ines Moll praised Orvane's bakers.",
            (FactKind.NAME, "Ada Lindqvist", "Ines Moll"),
        ),
        (
            "en",
            "The Orvane mill lost 3 million crowns last year, chief executive Ada Lindqvist said.",
            "Chief executive Ada Lindqvist said that last year the Orvane mill had lost 3 billion crowns.",
            (FactKind.NUMBER, "3 million", "3 billion"),
        ),
        (
            "en",
            "The Baltic Maritime Trust bought the museum ship in Lindau for 40,000 crowns.",
            "For 40,000 crowns the museum ship was bought in Tarrow by the Baltic Maritime Trust.",
            (FactKind.NAME, "Lindau", "Tarrow"),
        ),
        (
            "en",
            "Inspector Mara Jansen did not find cracks in the Orvane bridge in May, the ministry said.",
            "The ministry said that cracks in the Orvane bridge were found by inspector Mara Jansen in May.",
            (FactKind.HEDGE, "not", ""),
        ),
        (
            "de",
            "Das Werk in Adlershof beschäftigt nach Angaben von Geschäftsführerin Ute Brandt 1.200 Menschen.",
            "Laut Ute Brandt, der Geschäftsführerin, arbeiten im Werk in Adlershof 2.100 Menschen.",
            (FactKind.NUMBER, "1.200", "2.100"),
        ),
        (
            "fr",
            "Les tableaux du musée de Brévannes n’étaient pas assurés, a précisé Hélène Vasseur.",
            "Hélène Vasseur a précisé que les tableaux du musée de Brévannes étaient assurés.",
            (FactKind.HEDGE, "pas", ""),
        ),
        (
            "es",
            "La naviera trasladó tres buques de Valdemar a Puerto Azul, informó Lucía Barreda.",
            "Según Lucía Barreda, tres buques fueron llevados por la naviera de Puerto Azul a Valdemar.",
            (FactKind.NAME, "Valdemar", "Puerto Azul"),
        ),
    ],
)
def test_what_is_told_differently_is_told(language: str, a: str, b: str, expected: tuple[FactKind, str, str]) -> None:
    assert told(compared((a,), (b,), language)) == {expected}
    kind, here, there = expected
    assert told(compared((b,), (a,), language)) == {(kind, there, here)}


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("About 2,300 people left Tarrow on Monday.", "Some 2,312 people left Tarrow on Monday."),
        ("The Aurelia sank 10 kilometres off Tarrow.", "The Aurelia sank 6 miles off Tarrow."),
        ("It was not clear who set the Tarrow mill alight.", "It was unclear who set the Tarrow mill alight."),
        ("Joe Tarrow may run in Orvane.", "Mr Tarrow might run in Orvane."),
        ("The quake hit Orvane at 9:40 p.m.", "The quake hit Orvane at 9 p.m."),
        ("“The centre of the harbour is closed.”", "“The center of the harbor is closed.”"),
        ("“We will, as I said, rebuild the Tarrow mill.”", "“We will rebuild the Tarrow mill.”"),
        ("“We won,” said Ada Orvane. “Nobody lost.”", "“We won. Nobody lost,” said Ada Orvane."),
    ],
)
def test_the_same_said_otherwise_is_not_told_differently(a: str, b: str) -> None:
    assert told(compared((a, *WIRE), (b, *WIRE))) == set()


def test_facts_are_shared_whatever_they_are_written_like() -> None:
    facts = compared(WIRE, REWORDED).facts
    assert facts.numbers.shared == ("18", "eleven", "44")
    assert facts.numbers.only_a == ()
    assert "I have never smelled anything like it" in facts.quotes.shared[0]
    assert {"Brannock", "Pavel Doran", "Alma Reuter", "Northway Haulage"} <= set(facts.names.shared)


def test_a_surname_is_the_name_in_short_and_an_acronym_too() -> None:
    facts = compared(
        ("The European Union fined Adlan Motors, its president Ruth Ames said.",),
        ("The EU said that Ames had fined Adlan Motors, and not Adlan Tyres.",),
    ).facts
    assert facts.names.shared == ("European Union", "Adlan Motors", "Ruth Ames")
    assert facts.names.only_b == ("Adlan Tyres",)


def test_sentences_keep_their_paragraphs_over_all_roles_of_text() -> None:
    blocks = (
        Block(Role.HEADING, "What happened"),
        Block(Role.BODY, WIRE[0]),
        Block(Role.FURNITURE, "Share this story"),
        Block(Role.LIST, f"{WIRE[1]}\n{WIRE[3]}"),
    )
    comparison = compare(replace(article(), blocks=blocks), article(*WIRE), Counts())
    assert [sentence.paragraph for sentence in comparison.sentences_a] == [1, 2, 3, 4]
    assert paragraphs(comparison) == {(2, 1), (3, 2), (4, 4)}


def test_a_text_is_a_copy_of_itself() -> None:
    comparison = compared(WIRE, WIRE)
    assert (comparison.verdict, comparison.coverage_a, comparison.coverage_b) == (Verdict.COPY, 1.0, 1.0)
    assert [(each.a, each.b) for each in comparison.alignments] == [((n,), (n,)) for n in range(len(WIRE))]


def test_nothing_compared_with_something_is_unrelated() -> None:
    for a, b in ((), WIRE), (WIRE, ()), ((), ()):
        comparison = compared(a, b)
        assert (comparison.verdict, comparison.alignments) == (Verdict.UNRELATED, ())


WORDS = st.sampled_from(
    [
        "Tarrow",
        "Orvane",
        "40",
        "2,300",
        "“yes”",
        "not",
        "U.",
        "s.",
        "the",
        "mill",
        ".",
        "?",
        "sank,",
        "Ärger",
        "日本",
        "\u200b",
    ]
)
TEXTS = st.lists(st.lists(WORDS, max_size=12).map(" ".join), max_size=8).map(tuple)


@settings(deadline=None, max_examples=150)
@given(TEXTS, TEXTS)
def test_every_sentence_is_in_one_alignment_or_alone(a: tuple[str, ...], b: tuple[str, ...]) -> None:
    comparison = compared(a, b)
    for places, only, count in (
        ([place for each in comparison.alignments for place in each.a], comparison.only_a, len(comparison.sentences_a)),
        ([place for each in comparison.alignments for place in each.b], comparison.only_b, len(comparison.sentences_b)),
    ):
        assert sorted([*places, *only]) == list(range(count))
    for each in comparison.alignments:
        assert len(each.a) == 1 or len(each.b) == 1
        assert 0 < each.similarity <= 1
    assert all(one.a < other.a for one, other in pairwise(comparison.alignments))
    assert 0 <= comparison.coverage_a <= 1
    assert 0 <= comparison.coverage_b <= 1


@pytest.mark.parametrize(
    ("language", "wire", "reworded", "said", "slipped"),
    [
        (
            "en",
            "The bridge at Tarn cost 412,000 crowns, mayor Ada Holm said on Friday.",
            "For the crossing in Tarn 421,000 crowns were paid, according to Ada Holm, the mayor, on Friday.",
            "412,000",
            "421,000",
        ),
        (
            "de",
            "Die Brücke in Tarnau stammt aus dem Jahr 1987 und wurde im Jahr 2011 erneuert, sagte Ada Holm am Freitag.",
            "Laut Ada Holm vom Freitag stammt die Tarnauer Brücke von 1978, die Erneuerung in Tarnau war 2011.",
            "1987",
            "1978",
        ),
        (
            "es",
            "El puente de Tarna quedó cerrado para 2.600 vecinos de Losada, dijo Ada Holm el viernes.",
            "Ada Holm informó el viernes que seis mil doscientos vecinos de Losada no pueden usar el puente de Tarna.",
            "2.600",
            "seis mil doscientos",
        ),
        (
            "fr",
            "Le pont de Tarnac a coûté 300 millions d'euros, a dit Ada Holm vendredi à Losange.",
            "Selon Ada Holm, vendredi à Losange, le pont de Tarnac est revenu à 3 milliards d'euros.",
            "300 millions d'euros",
            "3 milliards d'euros",
        ),
        (
            "en",
            "The bridge at Tarn cost £412m, mayor Ada Holm told the council in Losby on Friday.",
            "Mayor Ada Holm said on Friday in Losby that the crossing at Tarn had cost €412m.",
            "£412m",
            "€412m",
        ),
    ],
)
def test_a_slip_is_told_in_whatever_words(language: str, wire: str, reworded: str, said: str, slipped: str) -> None:
    found = told(compared((wire,), (reworded,), language))
    assert [(one, other) for _, one, other in found] == [(said, slipped)]


def test_a_number_rounded_or_of_others_is_told_alike() -> None:
    said = ("Almost 1.9 million people in Tarn lost power on Friday, and four crews, two of them from Losby, are out.",)
    again = ("About 2 million people in Tarn lost power on Friday; two crews from Losby and two others are out.",)
    assert told(compared(said, again)) == set()


def test_who_did_it_to_whom_is_told() -> None:
    said = "Harrow Foods sued Lindqvist Mills over the Tarn plant on Friday, court papers in Losby show."
    turned = "Court papers in Losby show that on Friday Lindqvist Mills sued Harrow Foods over the Tarn plant."
    passive = "Court papers in Losby show that on Friday Lindqvist Mills was sued by Harrow Foods over the Tarn plant."
    assert (FactKind.NAME, "Harrow Foods", "Lindqvist Mills") in told(compared((said,), (turned,)))
    assert told(compared((said,), (passive,))) == set()


def test_a_denial_that_became_its_opposite_is_told() -> None:
    said = "The ministry denied reports in the Tarn Courier of cholera in Losby, Ada Holm said on Friday."
    turned = (
        "Stories of cholera in Losby, printed by the Tarn Courier, were confirmed by the ministry, Ada Holm told us."
    )
    assert (FactKind.HEDGE, "denied", "confirmed") in told(compared((said,), (turned,)))


def test_a_month_later_the_same_statistics_are_no_copy() -> None:
    """What opens with another day and another number is other news, in however like words."""
    may = (
        "Unemployment in Norland fell to 5.7 percent in March from 5.9 percent in February, the labour office said.",
        "Factories in the west took on 4,100 people, and shops 2,300.",
        "The figures are based on a survey of households and are adjusted for the season.",
    )
    june = (
        "Unemployment in Norland rose to 6.4 percent in May from 6.1 percent in April, the labour office said.",
        "Factories in the west laid off 1,700 people, and shops 900.",
        "The figures are based on a survey of households and are adjusted for the season.",
    )
    assert compared(may, june).verdict not in {Verdict.COPY, Verdict.REWRITE}


def test_strangers_share_no_more_than_the_lines_that_both_carry() -> None:
    closing = "Deep mines in the province have had 212 deaths in ten years, the union of miners says."
    one = (
        "Six miners were trapped 640 metres down at Sorrel Ridge on Sunday night, Cassel Gold said.",
        "The tunnel fell in after a tremor of magnitude 3.2, rescue chief Bram Ndlela said in Orvane.",
        closing,
    )
    other = (
        "A dealer in Losby was fined 90,000 crowns on Friday for selling forged stamps, judge Ada Holm ruled.",
        "Pavel Doran had printed them in his cellar in Tarn since 2019, the court heard.",
        closing,
    )
    comparison = compared(one, other)
    assert comparison.verdict is Verdict.UNRELATED
    assert paragraphs(comparison) == {(3, 3)}


def test_a_first_word_is_no_name_though_nobody_writes_it_small() -> None:
    shared = compared(
        ("Armed men took the ferry Petronella at Losby on Friday.",),
        ("Gunmen seized the Petronella, a ferry, on Friday at Losby.",),
    ).facts.names
    assert set(shared.shared) == {"Petronella", "Losby"}
    assert (shared.only_a, shared.only_b) == ((), ())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Interior Ministry", "Home Ministry"),
        ("Harbour Workers Federation", "Harbor Workers Federation"),
        ("Losby Civic Centre", "Losby Civic Center"),
        ("Social Democrats", "Social-Democrats"),
        ("Social Democrats", "Social Democratic"),
        ("Meridian Press", "Meridian"),
        ("Spain", "Spanish"),
    ],
)
def test_a_name_put_in_other_words_is_told_alike(one: str, other: str) -> None:
    said = f"On Friday the {one} office in Tarn hired Ada Holm and 17 clerks from Losby."
    again = f"Ada Holm and 17 clerks from Losby were hired on Friday by the {other} office in Tarn."
    assert told(compared((said,), (again,))) == set()


def test_a_name_spelled_otherwise_is_told() -> None:
    said = "On Friday Lake Sere in Tarn was closed to Ada Holm and 17 clerks from Losby."
    again = "Ada Holm and 17 clerks from Losby found Lake Sera in Tarn closed on Friday."
    assert (FactKind.NAME, "Lake Sere", "Lake Sera") in told(compared((said,), (again,)))
