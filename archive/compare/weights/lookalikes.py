"""What each language's writers slip at, and the words that look like a slip and are none."""

from __future__ import annotations

from dataclasses import dataclass

from archive.compare.text.conventions import words


@dataclass(frozen=True, slots=True)
class Habits:
    """All in lower case."""

    small_words: frozenset[str] = frozenset()
    """Words that go missing and are put in again without saying anything else."""
    slips: frozenset[frozenset[str]] = frozenset()
    """Words written for each other because they sound alike: `their` and `there`."""
    lookalikes: frozenset[frozenset[str]] = frozenset()
    """Real words a letter or an accent apart: one for the other says something else."""
    doubling_is_a_slip: bool = True
    """False where a doubled letter makes another word as a rule."""
    omission_is_a_slip: bool = True
    """False where names are written as other nouns are, so that `Rheinau` would be a slip for `Rheinsau`."""
    never_transposed: frozenset[str] = frozenset()
    """Two letters that swapped make another tense."""
    is_english: bool = False


def habits(language: str | None) -> Habits:
    """The habits of a language (ISO 639-1, a region may follow); English where nobody knows, none for others."""
    return _KNOWN.get((language or "en").replace("_", "-").partition("-")[0].lower(), _NONE)


def _pairs(text: str) -> frozenset[frozenset[str]]:
    return frozenset(frozenset(pair.split("/")) for pair in text.split())


_NONE = Habits(doubling_is_a_slip=False)

_ENGLISH = Habits(
    small_words=words("a an the of to that is"),
    slips=_pairs(
        "their/there their/they're there/they're your/you're its/it's to/too then/than affect/effect lose/loose "
        "lead/led who's/whose principal/principle a/an complimented/complemented stationary/stationery"
    ),
    lookalikes=_pairs(
        "trial/trail trials/trails martial/marital causal/casual united/untied form/from angel/angle "
        "angels/angles quiet/quite sacred/scared diary/dairy nuclear/unclear silver/sliver barely/barley "
        "signed/singed complaint/compliant fired/fried tired/tried cavalry/calvary gaol/goal bets/best "
        "contact/contract contacts/contracts contacted/contracted contacting/contracting country/county "
        "countries/counties through/though thorough/through thorough/though through/thought though/thought "
        "morning/mourning immoral/immortal statue/statute statues/statutes public/pubic desert/dessert "
        "deserts/desserts planed/planned staring/starring stared/starred hoping/hopping barred/bared "
        "infection/inflection infected/inflected expansive/expensive prescribed/proscribed "
        "prescribe/proscribe complement/compliment complements/compliments casualty/causality "
        "casualties/causalities resign/re-sign resigns/re-signs resigned/re-signed resigning/re-signing "
        "recover/re-cover recovered/re-covered reform/re-form reformed/re-formed recreation/re-creation "
        "soldier/solder soldiers/solders friend/fiend friends/fiends parties/parities filing/filling "
        "tapped/taped scrapped/scraped scrapping/scraping stripped/striped dinning/dining pinning/pining "
        "commanded/commended conformed/confirmed conviction/convection exercise/exorcise heroine/heroin "
        "minister/minster ministers/minsters exits/exists patient/patent patients/patents severed/severe "
        "boarder/border boarders/borders defused/diffused planning/planing discreet/discrete strained/stained "
        "prince/price princes/prices slaughter/laughter adoption/adaption devise/device desperate/disparate "
        "prosecution/persecution abolition/ablution hostile/hostel"
    ),
    is_english=True,
)

_GERMAN = Habits(
    small_words=words("der die das den dem des ein eine einen einem einer zu dass von es"),
    slips=_pairs("das/dass daß/dass seid/seit wieder/wider tot/tod"),
    lookalikes=_pairs(
        "wurde/würde wurden/würden hatte/hätte hatten/hätten konnte/könnte konnten/könnten musste/müsste "
        "mussten/müssten durfte/dürfte durften/dürften war/wär waren/wären kamen/kämen kam/käme gab/gäbe lagen/lägen "
        "fordern/fördern fordert/fördert forderte/förderte forderung/förderung forderungen/förderungen "
        "gefordert/gefördert schon/schön drucken/drücken druck/drück zahlen/zählen zahlt/zählt gezahlt/gezählt "
        "lied/leid lieder/leider beine/biene reise/riese reisen/riesen mutter/mütter tochter/töchter bruder/brüder "
        "vater/väter lasst/lässt achten/ächten geachtet/geächtet verband/verbannt stadt/staat stadt/statt miete/mitte "
        "massen/maßen busse/buße kuchen/küchen tauschen/täuschen getauscht/getäuscht rat/rät betriebsrat/betriebsart"
    ),
    omission_is_a_slip=False,
    never_transposed=frozenset({"ie", "ei"}),
)

_SPANISH = Habits(
    small_words=words("el la los las un una de del al que a lo"),
    slips=_pairs("a/ha e/he hay/ahí hecho/echo haber/ver sino/si porque/porqué aun/aún solo/sólo el/él tu/tú mas/más"),
    lookalikes=_pairs(
        "año/ano años/anos pena/peña papa/papá perdida/pérdida perdidas/pérdidas publico/público hacia/hacía "
        "ingles/inglés casual/causal trafico/tráfico medico/médico pero/perro caro/carro ahora/ahorra cero/cerro "
        "llegara/llegará llegaran/llegarán dimitiera/dimitirá ejercito/ejército secretaria/secretaría "
        "contrario/contraria terminó/termino sabana/sábana"
    ),
    doubling_is_a_slip=False,
)

_FRENCH = Habits(
    small_words=words("le la les un une des de du que à ne"),
    slips=_pairs(
        "a/à et/est ce/se ces/ses son/sont ou/où sa/ça on/ont la/là quand/quant du/dû clé/clef clés/clefs "
        "ognon/oignon ognons/oignons"
    ),
    lookalikes=_pairs(
        "pécheur/pêcheur pécheurs/pêcheurs signe/singe signes/singes côte/cote côtes/cotes tué/tue tués/tues "
        "jeune/jeûne mûr/mur tâche/tache tâches/taches interne/interné poisson/poison poissons/poisons "
        "désert/dessert cheveux/chevaux "
        "censure/censuré accuse/accusé arrête/arrêté condamne/condamné juge/jugé"
    ),
)

_ITALIAN = Habits(
    small_words=words("il lo la i gli le un uno una di del della che a"),
    slips=_pairs("e/è a/ha o/ho hanno/anno perché/perchè qual/qual'è sì/si né/ne là/la dà/da"),
    lookalikes=_pairs(
        "casa/cassa caro/carro pala/palla anno/ano note/notte pena/penna copia/coppia fato/fatto papa/papà "
        "causale/casuale casuale/causale meta/metà principi/princìpi arresto/arrestò aumento/aumentò calo/calò "
        "conflitto/confitto"
    ),
    doubling_is_a_slip=False,
)

_PORTUGUESE = Habits(
    small_words=words("o a os as um uma de do da que"),
    slips=_pairs("a/à a/há e/é mas/mais mau/mal por/pôr esta/está onde/aonde"),
    lookalikes=_pairs(
        "avó/avô pais/país publico/público secretaria/secretária pode/pôde policia/polícia caro/carro para/pára "
        "casual/causal coco/cocô trafico/tráfico medico/médico demitira/demitirá morreram/morrerão ganharam/ganharão"
    ),
    doubling_is_a_slip=False,
)

_DUTCH = Habits(
    small_words=words("de het een van te dat er"),
    slips=_pairs("hun/hen jou/jouw word/wordt gebeurd/gebeurt wordt/word als/dan na/naar een/één"),
    lookalikes=_pairs("leiden/lijden leidde/lijdde zij/zei bom/boom man/maan moord/moor ziekten/zieken kosten/koosten"),
    doubling_is_a_slip=False,
    never_transposed=frozenset({"ie", "ei"}),
)

_KNOWN = {
    "en": _ENGLISH,
    "de": _GERMAN,
    "es": _SPANISH,
    "fr": _FRENCH,
    "it": _ITALIAN,
    "pt": _PORTUGUESE,
    "nl": _DUTCH,
}
