"""An edit weighs by what kind of thing it changed."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.compare.versions.actions import Change
from archive.compare.versions.diff import compare_sentences, diff
from archive.compare.weights.weight import (
    Kind,
    Weight,
    heaviest,
    weigh,
    weigh_action,
    weigh_actions,
    weigh_byline,
    weigh_notices,
    weigh_parts,
)
from archive.models import Article, Block, Role


def weighed(before: str | None, after: str | None, language: str | None) -> Weight:
    """The weight of sentences that became others, one or none on each side."""
    actions = compare_sentences([before] if before else [], [after] if after else [])
    return heaviest(weigh_action(action, language) for action in actions)


def kinds(before: str | None, after: str | None, language: str | None) -> set[str]:
    return {str(kind) for kind in weighed(before, after, language).kinds}


FACTS = [
    # English: numbers
    ("en", "The fire killed 214 people on the coast.", "The fire killed 241 people on the coast.", "number"),
    ("en", "The plan will cost £2 million a year.", "The plan will cost £2 billion a year.", "number"),
    ("en", "Inflation rose by 3 percent in the region.", "Inflation rose by 3.1 percent in the region.", "number"),
    ("en", "Dozens were hurt when the stand gave way.", "Hundreds were hurt when the stand gave way.", "number"),
    ("en", "Two ferries ran aground near the pier.", "Three ferries ran aground near the pier.", "number"),
    ("en", "Several villagers were led to safety.", "14 villagers were led to safety.", "number"),
    ("en", "One guard was hurt in the raid.", "Two guards were hurt in the raid.", "number"),
    ("en", "Some 1,500 homes lost power overnight.", "Some 15,000 homes lost power overnight.", "number"),
    ("en", "The bill passed by 52 votes to 48.", "The bill passed by 48 votes to 52.", "number"),
    ("en", "The temperature fell to -5 degrees.", "The temperature fell to 5 degrees.", "number"),
    ("en", "The fine came to $500 for each ton.", "The fine came to €500 for each ton.", "number"),
    # names
    ("en", "The envoy flew to Iran for the talks.", "The envoy flew to Iraq for the talks.", "name"),
    ("en", "The suspect was named as Peter Hale.", "The suspect was named as Paul Hale.", "name"),
    ("en", "The deal was signed by Lena Ford in the end.", "The deal was signed by Lena Forde in the end.", "name"),
    ("en", "Norwick beat Holm after extra time.", "Holm beat Norwick after extra time.", "name"),
    ("en", "The patient flew home to Austria that week.", "The patient flew home to Australia that week.", "name"),
    ("en", "Ships left the port for Niger with grain.", "Ships left the port for Nigeria with grain.", "name"),
    # quotations
    ("en", "“We had no choice,” the captain said.", "“We had every choice,” the captain said.", "quotation hedge"),
    (
        "en",
        "He called it “a small setback” for all.",
        "He called it “a total disaster” for all.",
        "quotation",
    ),
    ("en", "She spoke of a “riot” in the town square.", "She spoke of a riot in the town square.", "quotation"),
    ("en", "The mayor called the march a threat.", "The mayor called the march a “threat”.", "quotation"),
    # dates
    ("en", "The court will sit again on 5 May.", "The court will sit again on 12 May.", "date"),
    ("en", "The law has been in force since 2018.", "The law has been in force since 2016.", "date"),
    ("en", "The vote was held on Monday in the capital.", "The vote was held on Tuesday in the capital.", "date"),
    ("en", "Doors open at 5:30 p.m. at the hall.", "Doors open at 6:30 p.m. at the hall.", "date"),
    ("en", "He was last seen yesterday near the mill.", "He was last seen on Monday near the mill.", "date"),
    # hedges, negations, opposites
    ("en", "The alleged thief fled on foot.", "The thief fled on foot.", "hedge"),
    ("en", "The thief fled on foot.", "The alleged thief fled on foot.", "hedge"),
    ("en", "The minister will now resign over the affair.", "The minister will not resign over the affair.", "hedge"),
    ("en", "Tenants can sue the owner of the block.", "Tenants can't sue the owner of the block.", "hedge"),
    ("en", "The jury found him not guilty of fraud.", "The jury found him guilty of fraud.", "hedge"),
    ("en", "The jury found her guilty of fraud.", "The jury found her innocent of fraud.", "hedge"),
    ("en", "The firm made less money than last year.", "The firm made more money than last year.", "hedge"),
    ("en", "The drug may cause harm to the liver.", "The drug will cause harm to the liver.", "hedge"),
    ("en", "The strike was legal, the court said.", "The strike was illegal, the court said.", "hedge"),
    ("en", "Rents rose across the city last month.", "Rents fell across the city last month.", "hedge"),
    (
        "en",
        "The rebels claimed to have killed the head.",
        "The rebels claimed to have wounded the head.",
        "hedge",
    ),
    ("en", "A recovery this year is likely, it said.", "A recovery this year is unlikely, it said.", "hedge"),
    ("en", "The aide denied that he knew of the memo.", "The aide confirmed that he knew of the memo.", "hedge"),
    ("en", "Prices are certain to rise.", "Prices are possibly certain to rise.", "hedge"),
    # links
    ("en", "Write to desk@paper.example.com for the form.", "Write to news@paper.example.com for the form.", "link"),
    ("en", "Follow the team at @OldHandle for more.", "Follow the team at @NewHandle for more.", "link"),
    ("en", "More is at https://paper.example/a today.", "More is at https://paper.example/b today.", "link"),
    # German
    ("de", "Bei dem Brand starben 14 Menschen.", "Bei dem Brand starben 41 Menschen.", "number"),
    ("de", "Das Projekt kostet 3 Millionen Euro.", "Das Projekt kostet 3 Milliarden Euro.", "number"),
    ("de", "Der mutmaßliche Täter floh zu Fuß.", "Der Täter floh zu Fuß.", "hedge"),
    ("de", "Die Ministerin tritt zurück.", "Die Ministerin tritt nicht zurück.", "hedge"),
    ("de", "Das Gericht tagt am 3. Mai wieder.", "Das Gericht tagt am 13. Mai wieder.", "date"),
    ("de", "Sie sprach von einem „Fehler“ der Behörde.", "Sie sprach von einem „Skandal“ der Behörde.", "quotation"),
    ("de", "Den Antrag stellte Anna Berg im Rat.", "Den Antrag stellte Hanna Borg im Rat.", "name"),
    ("de", "Die Mieten stiegen im ganzen Land.", "Die Mieten sanken im ganzen Land.", "hedge"),
    ("de", "Er wurde verurteilt und ging in Berufung.", "Er wurde freigesprochen und ging in Berufung.", "hedge"),
    # Spanish
    ("es", "El incendio dejó 12 muertos en el valle.", "El incendio dejó 21 muertos en el valle.", "number"),
    ("es", "El presunto ladrón huyó a pie.", "El ladrón huyó a pie.", "hedge"),
    ("es", "El alcalde dimitirá esta semana.", "El alcalde no dimitirá esta semana.", "hedge"),
    ("es", "La reunión será el 5 de mayo.", "La reunión será el 15 de mayo.", "date"),
    ("es", "El acuerdo lo firmó Lucía Prado en la sede.", "El acuerdo lo firmó Elena Prado en la sede.", "name"),
    ("es", "Lo llamó «un error» del equipo.", "Lo llamó «un éxito» del equipo.", "quotation"),
    ("es", "El paro subió en la provincia.", "El paro bajó en la provincia.", "hedge"),
    # French
    ("fr", "L'incendie a fait 12 morts dans la vallée.", "L'incendie a fait 21 morts dans la vallée.", "number"),
    ("fr", "Le suspect présumé a fui à pied.", "Le suspect a fui à pied.", "hedge"),
    ("fr", "La ministre va démissionner.", "La ministre ne va pas démissionner.", "hedge"),
    ("fr", "Le procès reprendra le 5 mai.", "Le procès reprendra le 15 mai.", "date"),
    ("fr", "Il a parlé d'« une erreur » du service.", "Il a parlé d'« une faute » du service.", "quotation"),
    ("fr", "L'accord a été signé par Luc Morel.", "L'accord a été signé par Jean Morel.", "name"),
    ("fr", "Il a été reconnu coupable par la cour.", "Il a été reconnu innocent par la cour.", "hedge"),
    # Italian
    ("it", "L'incendio ha causato 12 vittime.", "L'incendio ha causato 21 vittime.", "number"),
    ("it", "Il presunto ladro è fuggito a piedi.", "Il ladro è fuggito a piedi.", "hedge"),
    ("it", "La ministra si dimette oggi.", "La ministra non si dimette oggi.", "hedge"),
    ("it", "Il processo riprende il 5 maggio.", "Il processo riprende il 15 maggio.", "date"),
    ("it", "L'accordo è stato firmato da Luca Neri.", "L'accordo è stato firmato da Marco Neri.", "name"),
    ("it", "Gli affitti sono aumentati in città.", "Gli affitti sono diminuiti in città.", "hedge"),
    # Portuguese
    ("pt", "O incêndio matou 12 pessoas no vale.", "O incêndio matou 21 pessoas no vale.", "number"),
    ("pt", "O suposto ladrão fugiu a pé.", "O ladrão fugiu a pé.", "hedge"),
    ("pt", "O ministro vai renunciar ao cargo.", "O ministro não vai renunciar ao cargo.", "hedge"),
    ("pt", "A reunião será em 5 de maio.", "A reunião será em 15 de maio.", "date"),
    ("pt", "O acordo foi assinado por Rui Matos.", "O acordo foi assinado por Ana Matos.", "name"),
    ("pt", "Ele foi condenado pelo tribunal.", "Ele foi absolvido pelo tribunal.", "hedge"),
    # Dutch
    ("nl", "Bij de brand vielen 12 doden.", "Bij de brand vielen 21 doden.", "number"),
    ("nl", "De vermeende dief vluchtte te voet.", "De dief vluchtte te voet.", "hedge"),
    ("nl", "De minister treedt af.", "De minister treedt niet af.", "hedge"),
    ("nl", "De zitting is op 5 mei.", "De zitting is op 15 mei.", "date"),
    ("nl", "Het akkoord is getekend door Jan Kuiper.", "Het akkoord is getekend door Piet Kuiper.", "name"),
    ("nl", "De huren stegen in de hele stad.", "De huren daalden in de hele stad.", "hedge"),
    # a language that nobody taught us
    ("sv", "Branden dödade 12 personer i dalen.", "Branden dödade 21 personer i dalen.", "number"),
    (None, "The fire killed 12 people.", "The fire killed 21 people.", "number"),
]

SPELLING = [
    ("en", "The goverment resigned on Monday.", "The government resigned on Monday."),
    ("en", "Police recieved the call at noon.", "Police received the call at noon."),
    ("en", "It occured near the harbour.", "It occurred near the harbor."),
    ("en", "Teh mayor was pleased.", "The mayor was pleased."),
    ("en", "It was definately a surprise.", "It was definitely a surprise."),
    ("en", "He later he joined the band.", "He later joined the band."),
    ("en", "They went to to the beach.", "They went to the beach."),
    ("en", "It is one of most popular songs.", "It is one of the most popular songs."),
    ("en", "The team lost it's way.", "The team lost its way."),
    ("en", "They left there bags at home.", "They left their bags at home."),
    ("en", "Health care costs are up.", "Healthcare costs are up."),
    ("en", "The long term plan failed.", "The long-term plan failed."),
    ("en", "the mayor was pleased.", "The mayor was pleased."),
    ("en", "The mayor was pleased", "The mayor was pleased."),
    ("en", "He was, however, late.", "He was however late."),
    ("en", "The café was full.", "The cafe was full."),
    ("en", "They organised a rally.", "They organized a rally."),
    ("en", "The centre was full of travellers.", "The center was full of travelers."),
    ("en", "Zoe Mann won the race.", "Zoë Mann won the race."),
    ("en", "Jean Luc Roy won the race.", "Jean-Luc Roy won the race."),
    ("en", "The U.S. team won.", "The US team won."),
    ("en", "Ten people were hurt.", "10 people were hurt."),
    ("en", "Prices rose 5 percent.", "Prices rose 5%."),
    ("en", "It opened on Jan. 5 in the town.", "It opened on January 5 in the town."),
    ("en", "About 1,000 people came.", "About 1000 people came."),
    ("en", "“We recieved it,” she said.", "“We received it,” she said."),
    ("en", "An european court ruled.", "A european court ruled."),
    ("de", "Die Strasse war gesperrt.", "Die Straße war gesperrt."),
    ("de", "Er sagte, daß es regnet.", "Er sagte, dass es regnet."),
    ("de", "Der Polizsit kam spät.", "Der Polizist kam spät."),
    ("de", "In Muenchen war es kalt.", "In München war es kalt."),
    ("es", "El publicó lo vio despues.", "El publicó lo vio después."),
    ("es", "La policia llegó tarde.", "La policía llegó tarde."),
    ("fr", "L'evenement a commencé.", "L'événement a commencé."),
    ("fr", "Il a commencé a pleuvoir.", "Il a commencé à pleuvoir."),
    ("it", "La citta è deserta.", "La città è deserta."),
    ("pt", "A reuniao foi longa.", "A reunião foi longa."),
    ("nl", "De minsiter kwam laat.", "De minister kwam laat."),
]

REAL_WORDS = [
    ("en", "The trial led through the woods.", "The trail led through the woods."),
    ("en", "They lost contact in March.", "They lost contract in March."),
    ("en", "He resigned with the club.", "He re-signed with the club."),
    ("en", "The country voted early.", "The county voted early."),
    ("en", "The crowd was hostile.", "The crowd was cheerful."),
    ("en", "He shot at the man.", "He shot the man."),
    ("en", "He was killed the man.", "He killed the man."),
    ("en", "It was a bomb on the train.", "It was a device on the train."),
    ("en", "The general was infected at sea.", "The general was injected at sea."),
    ("en", "The soldier was released.", "The soldier was relieved."),
    ("de", "Die Partei fordert das Projekt.", "Die Partei fördert das Projekt."),
    ("de", "Sie schreiben den Brief.", "Sie schrieben den Brief."),
    ("es", "Pasó un año en la sierra.", "Pasó un ano en la sierra."),
    ("fr", "Le pécheur est parti.", "Le pêcheur est parti."),
    ("it", "La casa è vuota.", "La cassa è vuota."),
    ("pt", "O pais é grande.", "O país é grande."),
    ("nl", "Zij leiden de ploeg.", "Zij lijden de ploeg."),
]

MORE_FACTS = [
    ("en", "The blast injured 14 and killed three.", "The blast injured three and killed 14.", "number"),
    ("en", "She won 5-3 in the final.", "She won 3-5 in the final.", "number"),
    ("en", "Terms end in 2027 for the council.", "Terms end in 2029 for the council.", "date"),
    ("en", "Dr. Anna Lee of Yale said so.", "Dr. Anna Lee of Harvard said so.", "name"),
    ("en", "Norland struck a ship off Gaza.", "A ship off Gaza was struck.", "name style"),
    ("en", "He was charged with first-degree arson.", "He was charged with second-degree arson.", "hedge"),
    ("es", "Más de 200 personas asistieron.", "Menos de 200 personas asistieron.", "hedge"),
    ("fr", "Plus de 200 personnes étaient là.", "Moins de 200 personnes étaient là.", "hedge"),
    ("it", "Più di 200 persone erano lì.", "Meno di 200 persone erano lì.", "hedge"),
    ("nl", "Meer dan 200 mensen kwamen.", "Minder dan 200 mensen kwamen.", "hedge"),
    ("en", "The firm's profit rose in spring.", "The firm's loss rose in spring.", "hedge"),
    ("de", "In Berlin brannte ein Haus.", "In Hamburg brannte ein Haus.", "name"),
    ("de", "Scholl trat zurück.", "Merk trat zurück.", "name"),
    ("de", "Er konnte kommen.", "Er könnte kommen.", "hedge"),
    ("fr", "Trois personnes ont été blessées.", "Trois personnes ont été tuées.", "hedge"),
    ("it", "Tre persone sono rimaste ferite.", "Tre persone sono rimaste uccise.", "hedge"),
    ("pt", "Três pessoas ficaram feridas.", "Três pessoas foram mortas.", "hedge"),
    ("nl", "Hij kwam maandag aan in Gent.", "Hij kwam dinsdag aan in Gent.", "date"),
]

STYLE = [
    ("en", "Update your passwords.", "Change your passwords."),
    ("en", "Terrorists seized the hall.", "Militants seized the hall."),
    ("en", "The doors were not open.", "The doors were closed."),
    ("en", "The tribe's chief died.", "The tribe's chief has died."),
    ("en", "The mayor said she was happy with the result.", "The mayor was pleased with how it went."),
    ("en", "Killings have risen in the capital.", "Killings rose in the capital."),
    ("en", "The plan, which was bold, failed.", "The bold plan failed."),
    ("de", "Die Stadt hat den Plan gebilligt.", "Die Stadt hat das Vorhaben gebilligt."),
    ("fr", "La ville a accepté le projet.", "La ville a adopté ce projet."),
]


@pytest.mark.parametrize(("language", "before", "after", "expected"), FACTS + MORE_FACTS)
def test_a_changed_fact_is_told_by_its_kind(language: str | None, before: str, after: str, expected: str) -> None:
    found = weighed(before, after, language)
    assert {str(kind) for kind in found.kinds} == set(expected.split())
    assert (language, before) == ("en", "He was last seen yesterday near the mill.") or found.value >= 0.5


@pytest.mark.parametrize(("language", "before", "after"), SPELLING)
def test_a_change_of_spelling_alone_is_typography(language: str, before: str, after: str) -> None:
    found = weighed(before, after, language)
    assert ([str(kind) for kind in found.kinds], found.value) == (["typography"], 0.1)


@pytest.mark.parametrize(("language", "before", "after"), REAL_WORDS)
def test_a_real_word_for_another_is_never_typography(language: str, before: str, after: str) -> None:
    assert "typography" not in kinds(before, after, language)


@pytest.mark.parametrize(("language", "before", "after"), STYLE)
def test_other_words_for_the_same_facts_are_style(language: str, before: str, after: str) -> None:
    found = weighed(before, after, language)
    assert [str(kind) for kind in found.kinds] == ["style"]
    assert 0.2 <= found.value < 0.5


EDITS = json.loads((Path(__file__).parent / "edits.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("split", ["calibrate", "held"])
def test_most_of_the_labelled_edits_show_what_was_seen_in_them(split: str) -> None:
    edits = [edit for edit in EDITS if edit["split"] == split]
    seen = [set(edit["kinds"]) <= kinds(edit["before"], edit["after"], edit["language"]) for edit in edits]
    assert sum(seen) / len(seen) >= 0.85


@pytest.mark.parametrize(
    ("before", "after", "value"),
    [
        ("The mayor was pleased.", "The mayor was pleased.", 0),
        ("The mayor was pleased!", "The mayor was pleased.", 0.1),
        ("The mayor was pleased with it.", "The mayor was glad of it.", 0.3),
        ("Lin was pleased.", "Ada Lin was pleased.", 0.4),
        ("The suspected thief fled.", "The alleged thief fled.", 0.4),
        ("The mayor resigned.", "The mayor resigned on Monday.", 0.5),
        ("It was called “a mess” by all.", "It was called a mess by all.", 0.5),
        ("A man was shot by police after he drew a knife.", "A man was shot by police.", 0.5),
        ("The shop shut on 5 May.", "The shop shut on 6 May.", 0.6),
        ("The thief stole 14 rings in the night.", "The thief stole rings in the night.", 0.7),
        ("The thief fled.", "The alleged thief fled.", 0.7),
        ("The alleged thief fled.", "The thief fled.", 0.8),
        ("The thief stole 14 rings.", "The thief stole 15 rings.", 0.8),
        ("He did sign the letter.", "He did not sign the letter.", 0.9),
        ("The mayor was pleased with it all.", None, 0.5),
        ("The mayor was pleased with Lena Ford.", None, 0.6),
        ("The mayor paid 14 crowns for it.", None, 0.7),
        ("Read this too", None, 0.3),
        (None, "Read this too", 0.2),
        (None, "The mayor was pleased with it all.", 0.3),
        (None, "The mayor paid 14 crowns for it.", 0.4),
        (None, "* * *", 0.1),
    ],
)
def test_the_scale(before: str | None, after: str | None, value: float) -> None:
    assert weighed(before, after, "en").value == value


def test_a_sentence_that_moved_weighs_little() -> None:
    old = ["The quay was flooded at dawn.", "Nobody was hurt by it.", "The ferries ran late all week."]
    moved = heaviest(weigh_action(action, "en") for action in compare_sentences(old, [old[2], *old[:2]]))
    assert (moved.value, moved.kinds) == (0.2, (Kind.STYLE,))


def test_a_split_with_the_same_words_weighs_little() -> None:
    before = article("The crews reached the quay at dawn on their own and the ferries ran late all week.")
    after = article("The crews reached the quay at dawn on their own. The ferries ran late all week.")
    found = weigh(diff(before, after))
    assert found.kinds == (Kind.STYLE,)
    assert found.value <= 0.3


def test_a_headline_weighs_more_than_a_sentence() -> None:
    before = article("It was built in a year.", title="Bridge to open")
    assert weigh(diff(before, replace(before, title="Bridge not to open"))).value == 1
    assert weigh(diff(before, replace(before, title="Bridge to open!"))).value == 0.2


def test_a_headline_in_title_case_has_the_names_of_its_article() -> None:
    before = article("Norland sent its envoys. Sudland had none.", title="Norland Sends Its Envoys At Last")
    found = weigh(diff(before, replace(before, title="Sudland Sends Its Envoys At Last")))
    assert found.kinds == (Kind.NAME,)
    style = weigh(diff(before, replace(before, title="Norland Picks Its Envoys At Last")))
    assert style.kinds == (Kind.STYLE,)


def test_the_parts_of_a_diff_come_to_its_weight() -> None:
    before = article("Talks with Lopez went on for 14 days.", title="Talks On Steel With Lopez Failed")
    after = article("Talks with Smith went on for 15 days.", title="Talks On Steel With Smith Failed")
    parts = weigh_parts(diff(before, after))
    assert (parts.headline.value, parts.headline.kinds) == (0.9, (Kind.NAME,))
    assert parts.text.value == 0.8
    assert weigh(diff(before, after)) == parts.whole
    assert parts.whole.value == 0.9


def test_a_byline_is_names() -> None:
    assert weigh_byline(Change(("Ruth Ames",), ("Ruth Ames", "Tom Vane"))).value == 0.4
    assert weigh_byline(Change(("Ruth Ames", "Tom Vane"), ("Tom Vane",))).value == 0.6
    assert weigh_byline(Change(("Zoe Ames",), ("Zoë Ames",))).kinds == (Kind.TYPOGRAPHY,)


def test_a_notice_weighs_more_where_it_went() -> None:
    assert weigh_notices(["It was 14."], [], "en").value == 0.6
    assert weigh_notices([], ["It was 14."], "en").value == 0.8


def test_a_diff_weighs_as_its_heaviest_part_with_the_reasons_of_all() -> None:
    before = article("The fire killed 214 people. It was a long day for the crews. The alleged thief fled.")
    after = article("The fire killed 241 people. It was a long day for all crews. The alleged thief fled!")
    found = weigh(diff(before, after))
    assert found.value == 0.8
    assert found.kinds == (Kind.NUMBER, Kind.STYLE, Kind.TYPOGRAPHY)
    assert [(reason.before, reason.after) for reason in found.reasons if reason.kind is Kind.NUMBER] == [("214", "241")]


def test_growth_of_a_live_blog_stays_below_half() -> None:
    before = article("The quay was flooded at dawn.")
    after = article(
        "Lena Ford said on Monday that 14 ferries did not sail. “A mess,” she said.", "The quay was flooded at dawn."
    )
    assert 0 < weigh(diff(before, after)).value < 0.5


def article(*paragraphs: str, title: str = "A quiet day") -> Article:
    return Article(title, ("Ruth Ames",), None, None, "en", tuple(Block(Role.BODY, text) for text in paragraphs))


WORDS = [
    "the",
    "mayor",
    "said",
    "not",
    "alleged",
    "14",
    "15",
    "rose",
    "fell",
    "Ada Lin",
    "Iran",
    "“so”",
    "on Monday",
    ".",
]
words = st.sampled_from(WORDS)
wordings = st.lists(words, max_size=12).map(" ".join)


@given(wordings, wordings, st.sampled_from(["en", "de", "fr", "sv", None]))
def test_a_weight_is_the_heaviest_of_its_reasons(before: str, after: str, language: str | None) -> None:
    found = weighed(before, after, language)
    assert 0 <= found.value <= 1
    assert found.value == max((reason.weight for reason in found.reasons), default=0)
    assert all(reason.before or reason.after for reason in found.reasons)


@pytest.mark.parametrize(("language", "before", "after", "expected"), FACTS + MORE_FACTS)
def test_the_kinds_are_the_same_in_both_directions(
    language: str | None, before: str, after: str, expected: str
) -> None:
    assert kinds(after, before, language) == set(expected.split())


@given(wordings, words, words, wordings)
def test_a_word_put_for_another_has_the_same_kinds_as_the_other_for_the_one(
    head: str, one: str, other: str, tail: str
) -> None:
    before, after = f"Then {head} {one} {tail}", f"Then {head} {other} {tail}"
    assert kinds(before, after, "en") == kinds(after, before, "en")


@given(st.text(max_size=80), st.text(max_size=80))
def test_no_text_is_too_odd(before: str, after: str) -> None:
    assert 0 <= weighed(before, after, "en").value <= 1


@pytest.mark.parametrize("text", ["14 ", "not ", "Aa ", "“", "x “q” y ", "@a", "1.", "(", "a-"])
def test_long_hostile_sentences_are_weighed_and_their_reasons_kept_short(text: str) -> None:
    found = weighed(text * 10_000, f"{text * 2000}b {text * 7999}", "en")
    assert 0 < found.value <= 1
    assert len(found.reasons) <= 50
    assert all(len(wording or "") <= 200 for reason in found.reasons for wording in (reason.before, reason.after))


def test_a_page_rewritten_throughout_is_weighed_by_its_first_edits() -> None:
    """What came is read after what was edited, and all that is beyond the bound counts by its extent alone."""
    filler = "the harbour board of the town will hear more of it before the winter storms are here again " * 3
    before = [f"Of boat {number} it is said that {filler}and that 214 crews left." for number in range(400)]
    came = [f"In line {number} Ada Lund wrote {filler}for them." for number in range(3)]
    actions = compare_sentences(before, [*came, *(each.replace("214", "241") for each in before)])
    weights = weigh_actions(actions, "en")
    kinds_of_edits = [weight.kinds for weight in weights[3:]]
    assert kinds_of_edits[0] == (Kind.NUMBER,)
    assert kinds_of_edits[-1] == (Kind.STYLE,)
    assert [weight.value for weight in weights[:3]] == [0.3] * 3
    assert kinds_of_edits == sorted(kinds_of_edits)
    assert weigh_actions(actions[:100], "en") == tuple(weigh_action(action, "en") for action in actions[:100])
