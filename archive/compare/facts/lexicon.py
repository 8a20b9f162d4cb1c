"""The words by which a language states numbers, dates, doubts and titles."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.compare.text.conventions import words

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All in lower case, without full stops."""

    months: tuple[str, ...] = ()
    """Twelve, each with its spellings separated by spaces."""
    weekdays: tuple[str, ...] = ()
    """Seven, from Monday on, each with its spellings."""
    relative_days: frozenset[str] = frozenset()
    before_year: frozenset[str] = frozenset()
    """Words after which four figures are a year, and a month's name a month."""
    numbers: tuple[str, ...] = ()
    """From 0 on, each with its spellings; a word that is also an article or a pronoun is left out."""
    tens: tuple[str, ...] = ()
    """20, 30 … 90."""
    one: str = ""
    """The spellings of 1 after or before tens (`twenty-one`), where alone it may be an article."""
    joints: tuple[str, ...] = ("",)
    """What may stand between tens and units (`-`, `und`)."""
    units_first: bool = False
    """`fünfundzwanzig`, as against `twenty-five`."""
    hundreds: frozenset[str] = frozenset()
    round_hundreds: tuple[str, ...] = ()
    """200, 300 … 900, where they are words of their own."""
    multipliers: tuple[tuple[str, int], ...] = ()
    """(spellings, power of ten) of what stands after a number."""
    vague: frozenset[str] = frozenset()
    """Numbers that nobody counted: `dozens`."""
    percent: frozenset[str] = frozenset()
    decimal_comma: bool = True
    negations: frozenset[str] = frozenset()
    hedges: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    """What stands before a person's name and is no part of it."""
    openers: frozenset[str] = frozenset()
    """Common nouns that begin sentences with a capital."""
    particles: frozenset[str] = frozenset()
    """Words in lower case inside of names."""
    nouns_have_capitals: bool = False


def lexicon(language: str | None) -> Lexicon:
    """The lexicon of a language (ISO 639-1, a region may follow); English where nobody knows, none for others."""
    return _KNOWN.get((language or "en").replace("_", "-").partition("-")[0].lower(), _NONE)


def any_of(forms: Iterable[str]) -> str:
    """A regular expression for any of the forms, the longest first; of no forms one that matches nothing.

    Forms that begin alike share their beginning: of hundreds of forms a word that is none is told by its first letters.
    """
    return _branches(set(forms)) or "(?!)"


def _branches(forms: set[str]) -> str:
    by_first: defaultdict[str, set[str]] = defaultdict(set)
    for form in forms - {""}:
        by_first[form[0]].add(form[1:])
    found = "|".join(re.escape(first) + _rest(rests) for first, rests in sorted(by_first.items()))
    return f"{found}|" if found and "" in forms else found


def _rest(forms: set[str]) -> str:
    if len(forms) == 1:
        return re.escape(next(iter(forms)))
    return f"(?:{_branches(forms)})"


_NONE = Lexicon()

_ENGLISH = Lexicon(
    months=(
        *("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul"),
        *("august aug", "september sept sep", "october oct", "november nov", "december dec"),
    ),
    weekdays=(
        *("monday mon", "tuesday tue tues", "wednesday wed", "thursday thu thur thurs"),
        *("friday fri", "saturday sat", "sunday sun"),
    ),
    relative_days=words("today yesterday tomorrow tonight"),
    before_year=words(
        "in since by until till from to of between and before after during around circa early late mid "
        "last next this through year summer winter spring autumn fall"
    ),
    numbers=(
        *("zero", "", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
        *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
    ),
    tens=("twenty", "thirty", "forty fourty", "fifty", "sixty", "seventy", "eighty", "ninety"),
    one="one",
    joints=("-", " "),
    hundreds=words("hundred"),
    multipliers=(
        ("thousand k", 3),
        ("million mn m mln", 6),
        ("billion bn b", 9),
        ("trillion tn", 12),
        ("lakh", 5),
        ("crore", 7),
    ),
    vague=words("dozens scores hundreds thousands millions billions"),
    percent=words("percent pct p.c.") | {"p. c."},
    decimal_comma=False,
    negations=words(
        "not no never nor none neither nobody nothing nowhere without cannot can't won't don't doesn't didn't isn't "
        "aren't wasn't weren't hasn't haven't hadn't wouldn't couldn't shouldn't ain't denied denies deny"
    ),
    hedges=words(
        "alleged allegedly alleges reported reportedly apparent apparently suspected suspect purported purportedly "
        "supposed supposedly claimed claims possible possibly probable probably potential potentially likely unlikely "
        "may might could perhaps maybe unconfirmed unverified believed seemingly appears appeared seems presumably "
        "accused"
    ),
    titles=words(
        "mr mrs ms miss dr prof professor president vice prime minister chancellor senator sen rep representative gov "
        "governor mayor general gen colonel col captain capt lt sgt sir lady lord king queen prince princess pope "
        "judge justice secretary ambassador chief director chairman chairwoman former the"
    ),
    openers=words(
        "already around about police officials authorities residents people troops soldiers researchers scientists "
        "experts critics supporters protesters workers students teachers parents children women men doctors lawyers "
        "prosecutors investigators lawmakers voters analysts economists witnesses families drivers passengers "
        "firefighters rescuers prices shares sales profits demand talks negotiations efforts plans work results "
        "figures data demonstrators campaigners opponents neighbours neighbors reporters journalists editors "
        "companies banks markets investors governments ministers leaders members activists farmers fishermen patients "
        "nurses hospitals schools trains flights ships boats cars trucks rain snow floods fire one two three four "
        "five six seven eight nine ten eleven twelve dozens hundreds thousands millions update correction according "
        "almost nearly roughly over under more less fewer up some eight nine ten last next only just even then today "
        "yesterday tomorrow earlier additional other others several many"
    ),
    particles=words("of de da di du del della der den von van der bin ibn al el la le y zu und for on and the"),
)

_GERMAN = Lexicon(
    months=(
        *("januar jan jänner", "februar feb", "märz mär", "april apr", "mai", "juni jun", "juli jul", "august aug"),
        *("september sep sept", "oktober okt", "november nov", "dezember dez"),
    ),
    weekdays=("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag sonnabend", "sonntag"),
    relative_days=words("heute gestern morgen vorgestern übermorgen"),
    before_year=words(
        "im in seit bis von ab vor nach um jahr jahre jahren anfang ende mitte sommer winter und zwischen"
    ),
    numbers=(
        *("null", "", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf"),
        *("dreizehn", "vierzehn", "fünfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn"),
    ),
    tens=("zwanzig", "dreißig dreissig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig"),
    one="ein",
    joints=("und",),
    units_first=True,
    hundreds=words("hundert"),
    multipliers=(
        ("tausend tsd", 3),
        ("million millionen mio", 6),
        ("milliarde milliarden mrd", 9),
        ("billion billionen", 12),
    ),
    vague=words("dutzende hunderte tausende millionen milliarden zehntausende hunderttausende"),
    percent=words("prozent"),
    negations=words(
        "nicht kein keine keinen keinem keiner keines nie niemals niemand nichts ohne weder nirgends bestritt "
        "bestreitet dementiert dementierte"
    ),
    hedges=words(
        "angeblich angebliche angeblichen angeblicher angebliches mutmaßlich mutmaßliche mutmaßlichen mutmaßlicher "
        "vermutlich wohl offenbar möglicherweise möglich wahrscheinlich vielleicht soll sollen könnte könnten dürfte "
        "dürften scheint anscheinend unbestätigt verdächtig"
    ),
    titles=words(
        "herr herrn frau dr prof präsident präsidentin kanzler kanzlerin bundeskanzler bundeskanzlerin minister "
        "ministerin bürgermeister bürgermeisterin general oberst könig königin papst richter richterin sprecher "
        "sprecherin chef chefin der die das den dem"
    ),
    particles=words("von van der den zu zum zur de und am"),
    nouns_have_capitals=True,
)

_SPANISH = Lexicon(
    months=(
        *("enero ene", "febrero feb", "marzo", "abril abr", "mayo", "junio jun", "julio jul", "agosto ago"),
        *("septiembre setiembre sept sep", "octubre oct", "noviembre nov", "diciembre dic"),
    ),
    weekdays=("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
    relative_days=words("hoy ayer mañana anteayer anoche"),
    before_year=words("en de del desde hasta entre y año años a principios finales mediados verano invierno"),
    numbers=(
        *("cero", "", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once", "doce"),
        *("trece", "catorce", "quince", "dieciséis", "diecisiete", "dieciocho", "diecinueve", "veinte"),
        *("veintiuno veintiún", "veintidós", "veintitrés", "veinticuatro", "veinticinco", "veintiséis"),
        *("veintisiete", "veintiocho", "veintinueve"),
    ),
    tens=("", "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa"),
    one="uno un una",
    joints=(" y ",),
    hundreds=words("cien ciento"),
    round_hundreds=(
        *("doscientos doscientas", "trescientos trescientas", "cuatrocientos cuatrocientas", "quinientos quinientas"),
        *("seiscientos seiscientas", "setecientos setecientas", "ochocientos ochocientas", "novecientos novecientas"),
    ),
    multipliers=(("mil millar millares", 3), ("millón millones", 6), ("billón billones", 12)),
    vague=words("decenas docenas cientos centenares miles millones"),
    percent=frozenset({"por ciento"}),
    negations=words("no nunca jamás nadie nada ningún ninguno ninguna ni sin tampoco negó niega negaron"),
    hedges=words(
        "presunto presunta presuntos presuntas presuntamente supuesto supuesta supuestos supuestas supuestamente "
        "aparentemente posible posiblemente probable probablemente quizá quizás podría podrían habría habrían parece "
        "acusado acusada sospechoso sospechosa"
    ),
    titles=words(
        "sr sra srta don doña dr dra presidente presidenta ministro ministra primer general coronel juez jueza alcalde "
        "alcaldesa rey reina papa director directora el la los las"
    ),
    openers=words("según fuentes autoridades policía vecinos expertos"),
    particles=words("de del la las los el y e da"),
)

_FRENCH = Lexicon(
    months=(
        *("janvier janv", "février févr fév", "mars", "avril avr", "mai", "juin", "juillet juil", "août"),
        *("septembre sept", "octobre oct", "novembre nov", "décembre déc"),
    ),
    weekdays=("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    relative_days=words("aujourd'hui hier demain avant-hier"),
    before_year=words("en de depuis jusqu'en dès entre et avant après année années fin début mi été hiver"),
    numbers=(
        *("zéro", "", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze"),
        *("treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf"),
    ),
    tens=(
        *("vingt", "trente", "quarante", "cinquante", "soixante"),
        *("soixante-dix septante", "quatre-vingts quatre-vingt huitante", "quatre-vingt-dix nonante"),
    ),
    one="un une",
    joints=("-", " ", " et ", "-et-"),
    hundreds=words("cent cents"),
    multipliers=(("mille", 3), ("million millions", 6), ("milliard milliards md mds", 9)),
    vague=words("dizaines douzaines centaines milliers millions milliards"),
    percent=frozenset({"pour cent"}),
    negations=words("pas jamais aucun aucune rien personne sans ni nul nulle guère dément démenti nie"),
    hedges=words(
        "présumé présumée présumés présumées prétendu prétendue prétendument apparemment possible peut-être "
        "probablement probable vraisemblablement pourrait pourraient aurait auraient serait seraient semble soupçonné "
        "soupçonnée accusé accusée"
    ),
    titles=words(
        "m mm mme mlle dr pr président présidente ministre premier première général colonel juge maire roi reine pape "
        "directeur directrice le la les l"
    ),
    openers=words("selon policiers habitants autorités environ près"),
    particles=words("de du des la le les et d l à en"),
)

_ITALIAN = Lexicon(
    months=(
        *("gennaio gen", "febbraio feb", "marzo", "aprile apr", "maggio", "giugno", "luglio", "agosto"),
        *("settembre", "ottobre", "novembre", "dicembre"),
    ),
    weekdays=("lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica"),
    relative_days=words("oggi ieri domani"),
    before_year=words("nel dal al del fino tra fra e anno anni dall'anno fine inizio metà estate inverno"),
    numbers=(
        *("zero", "", "due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove", "dieci", "undici"),
        *("dodici", "tredici", "quattordici", "quindici", "sedici", "diciassette", "diciotto", "diciannove"),
    ),
    tens=("venti", "trenta", "quaranta", "cinquanta", "sessanta", "settanta", "ottanta", "novanta"),
    one="uno un",
    hundreds=words("cento"),
    multipliers=(("mila mille", 3), ("milione milioni", 6), ("miliardo miliardi", 9)),
    vague=words("decine dozzine centinaia migliaia milioni miliardi"),
    percent=frozenset({"per cento"}),
    negations=words("non mai nessuno nessuna nessun niente nulla né senza nega smentisce smentito"),
    hedges=words(
        "presunto presunta presunti presunte presumibilmente apparentemente possibile forse probabilmente probabile "
        "potrebbe potrebbero sarebbe sarebbero avrebbe avrebbero sembra accusato accusata sospettato sospettata"
    ),
    titles=words(
        "sig signor signora dott dottor prof presidente ministro ministra premier generale colonnello giudice sindaco "
        "sindaca re regina papa direttore il la lo i gli le l"
    ),
    openers=words(
        "secondo polizia autorità residenti il lo la i gli le un uno una l'un a al alla alle ai agli da dal dalla in "
        "nel nella nei nelle con su sul sulla per tra fra e ma o se non che chi come quando dove perché anche ancora "
        "già poi dopo prima durante ora oggi ieri circa quasi oltre sono è ha hanno era questo questa questi queste "
        "quello quella tutti tutto molti alcuni nessuno ogni di del della dei delle io lui lei noi loro si ci mentre "
        "tuttavia infatti inoltre"
    ),
    particles=words("di del della dei da de e la"),
)

_PORTUGUESE = Lexicon(
    months=(
        *("janeiro jan", "fevereiro fev", "março mar", "abril abr", "maio", "junho jun", "julho jul", "agosto ago"),
        *("setembro set", "outubro out", "novembro nov", "dezembro dez"),
    ),
    weekdays=(
        *("segunda-feira", "terça-feira", "quarta-feira", "quinta-feira"),
        *("sexta-feira", "sábado", "domingo"),
    ),
    relative_days=words("hoje ontem amanhã"),
    before_year=words("em de desde até entre e ano anos fim início meados verão inverno"),
    numbers=(
        *("zero", "", "dois duas", "três", "quatro", "cinco", "seis", "sete", "oito", "nove", "dez", "onze"),
        *("doze", "treze", "catorze quatorze", "quinze", "dezesseis dezasseis", "dezessete dezassete", "dezoito"),
        "dezenove dezanove",
    ),
    tens=("vinte", "trinta", "quarenta", "cinquenta", "sessenta", "setenta", "oitenta", "noventa"),
    one="um uma",
    joints=(" e ",),
    hundreds=words("cem cento"),
    round_hundreds=(
        *("duzentos duzentas", "trezentos trezentas", "quatrocentos quatrocentas", "quinhentos quinhentas"),
        *("seiscentos seiscentas", "setecentos setecentas", "oitocentos oitocentas", "novecentos novecentas"),
    ),
    multipliers=(("mil", 3), ("milhão milhões", 6), ("bilhão bilhões", 9)),
    vague=words("dezenas dúzias centenas milhares milhões bilhões"),
    percent=frozenset({"por cento"}),
    negations=words("não nunca jamais ninguém nada nenhum nenhuma nem sem tampouco negou nega negaram"),
    hedges=words(
        "suposto suposta supostos supostas supostamente alegado alegada alegadamente aparentemente possível "
        "possivelmente talvez provavelmente provável poderia poderiam teria teriam seria seriam parece acusado acusada "
        "suspeito suspeita"
    ),
    titles=words(
        "sr sra dr dra presidente ministro ministra primeiro general coronel juiz juíza prefeito prefeita rei rainha "
        "papa diretor diretora o a os as"
    ),
    openers=words(
        "segundo polícia autoridades moradores o a os as um uma uns umas ao à aos às de do da dos das em no na nos "
        "nas num numa com por pelo pela para entre e mas ou se não que quem como quando onde porque também ainda já "
        "depois antes durante agora hoje ontem cerca quase mais são é foi era este esta estes estas esse essa isso "
        "aquele aquela todos tudo muitos alguns nenhum cada eu ele ela nós eles elas enquanto contudo porém além até "
        "sob sobre apesar"
    ),
    particles=words("de do da dos das e"),
)

_DUTCH = Lexicon(
    months=(
        *("januari jan", "februari feb", "maart mrt", "april apr", "mei", "juni jun", "juli jul", "augustus aug"),
        *("september sep sept", "oktober okt", "november nov", "december dec"),
    ),
    weekdays=("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
    relative_days=words("vandaag gisteren morgen eergisteren"),
    before_year=words("in sinds tot van vanaf voor na tussen en jaar jaren begin eind medio zomer winter"),
    numbers=(
        *("nul", "", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf"),
        *("dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien"),
    ),
    tens=("twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig"),
    one="een één",
    joints=("en", "ën"),
    units_first=True,
    hundreds=words("honderd"),
    multipliers=(("duizend", 3), ("miljoen mln", 6), ("miljard mld", 9)),
    vague=words("tientallen dozijnen honderden duizenden miljoenen miljarden"),
    percent=words("procent"),
    negations=words("niet geen nooit niemand niets zonder noch nergens ontkent ontkende ontkennen"),
    hedges=words(
        "vermeende vermeend vermoedelijk vermoedelijke mogelijk mogelijke blijkbaar kennelijk misschien waarschijnlijk "
        "wellicht zou zouden lijkt schijnt verdachte verdacht onbevestigd"
    ),
    titles=words(
        "dhr mevr mevrouw meneer dr prof president premier minister generaal kolonel rechter burgemeester koning "
        "koningin paus directeur de het"
    ),
    openers=words(
        "volgens politie autoriteiten bewoners de het een in op aan van voor met bij naar uit over onder tussen tegen "
        "door en maar of als niet dat die dit deze wie wat waar wanneer waarom hoe ook nog al dan daarna eerder "
        "tijdens nu vandaag gisteren ongeveer bijna meer zijn is was had heeft er hij zij ze wij we ik jij u hun alle "
        "veel sommige geen elke terwijl echter bovendien na om te toen sinds omdat hoewel ondanks zo toch ruim"
    ),
    particles=words("van de den der het ten ter en"),
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
