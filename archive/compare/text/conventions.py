"""What writing in one language does around a full stop: abbreviations, ordinals, first words of sentences."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Conventions:
    """The words, without their full stop, that tell whether one ends a sentence.

    A word in lower case stands for all its spellings, one with capitals for itself alone.
    """

    never_last: frozenset[str]
    """Abbreviations that something must follow (`Mr`)."""
    seldom_last: frozenset[str]
    """Abbreviations that end a sentence only where a first word follows (`Inc`)."""
    before_number: frozenset[str]
    """Abbreviations only where a number follows (`No`)."""
    first_words: frozenset[str]
    """Words, in lower case, that written with a capital begin a sentence: articles, pronouns, conjunctions."""
    ordinals: bool = False
    """A full stop makes a number an ordinal (`3. Oktober`)."""
    streets: tuple[str, ...] = ()
    """Endings, in lower case, of abbreviations written as one word, where a number follows (`Hauptstr. 5`)."""
    elisions: tuple[str, ...] = ()
    """Beginnings, in lower case, that make a word a first word (`l'`)."""


def conventions(language: str | None) -> Conventions:
    """The conventions of a language (ISO 639-1, a region may follow); all known ones together for others."""
    return _KNOWN.get((language or "").replace("_", "-").partition("-")[0].lower(), _ALL)


def words(text: str) -> frozenset[str]:
    """The words of a list written with spaces."""
    return frozenset(text.split())


_ENGLISH = Conventions(
    never_last=words(
        "mr mrs ms mx messrs dr prof gen sen rep gov lt col sgt cpl maj capt cmdr adm rev hon supt insp amb "
        "atty e.g i.e cf vs viz"
    ),
    seldom_last=words(
        "st ave rd blvd Mt Ft inc corp ltd co bros jr sr etc al approx dept univ assn bldg Jan Feb Mar Apr "
        "Jun Jul Aug Sep Sept Oct Nov Dec Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Mass Md "
        "Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa Tenn Tex Va Vt Wash Wis Wyo"
    ),
    before_number=words("no nos fig figs p pp vol vols sec ch art para eq op pop"),
    first_words=words(
        "a about after all also although among an and another are as at because before both but by did do "
        "does each even every few for from he her here his how however i if in is it its later many "
        "meanwhile more most my nobody none nor not now of on only or other our she since so some still such "
        "than that the their then there these they this those though to under until was we were what when "
        "where whether which while who why with without yes yet you your"
    ),
)

_GERMAN = Conventions(
    never_last=words(
        "dr prof hr dipl mag hl st bzw ca vgl evtl ggf inkl exkl zzgl sog bspw geb z.B d.h gem lt Abb Hrsg"
    ),
    seldom_last=words(
        "str co mio mrd tsd usw usf etc jh jhd jhdt jr sen inc ltd Jan Feb Mär Apr Jun Jul Aug Sep Sept Okt Nov Dez"
    ),
    before_number=words("nr str abs art bd kap tel abb s anm ziff"),
    first_words=words(
        "aber alle allerdings als also am an andere auch auf aus außerdem bei beim bis da dabei dafür damit "
        "danach dann darauf das dass dem den denn der des deshalb dessen die dies diese dieser dieses doch "
        "dort du durch ein eine einem einen einer einige er es etwa für gegen gestern hier heute ich ihm ihn "
        "ihr ihre im in insgesamt ist ja jede jeder jedoch jetzt kein keine keiner laut man mehr mit nach "
        "nachdem neben nicht niemand noch nun nur ob obwohl oder ohne schon sei sein seine seit sie sind so "
        "sogar somit sondern später trotz über um und unser unter viele vom von vor war warum was weil weitere "
        "wenn wer wie wieder wir wo zu zudem zuletzt zum zur zuvor zwar zwischen während"
    ),
    ordinals=True,
    streets=("str",),
)

_SPANISH = Conventions(
    never_last=words(
        "sr sra sres sras srta dr dra dres ud uds vd vds dña prof profa lic ing arq gral cnel tte mons sto sta "
        "av avda excmo ilmo EE JJ FF p.ej"
    ),
    seldom_last=words("etc UU OO AA cía inc ltd ee.uu jj.oo s.a"),
    before_number=words("núm núms nro pág págs art arts cap vol fig tel párr no"),
    first_words=words(
        "a además ahora al algunas algunos antes así aunque ayer bajo cada como con contra cuando cómo de del "
        "desde después donde durante e el ella ellas ellos en entonces entre era es esa ese eso esta estas "
        "este esto estos están está fue había hasta hay hoy hubo la las le les lo los luego mi mientras muchos "
        "más nada nadie ni no nosotros o otra otro otros para pero por porque que quien quién qué se según ser "
        "si sin sino sobre solo son su sus también tampoco todas todo todos tras tu un una unas uno unos usted "
        "y ya yo él"
    ),
)

_FRENCH = Conventions(
    never_last=words("M mm mme mlle dr pr cf av apr env ex p.ex st ste vs"),
    seldom_last=words("etc inc ltd cie janv févr juil sept oct nov déc"),
    before_number=words("art p pp fig vol chap no n al tél"),
    first_words=words(
        "a ainsi alors après au aucun aujourd'hui aussi autre aux avant avec beaucoup car ce cela celle celui "
        "certains ces cet cette chaque comme comment contre dans de depuis des deux donc du elle elles en "
        "enfin ensuite entre est et eux hier il ils ici je jusqu la le les leur leurs lors lorsque lui là ma "
        "mais malgré même ni non nos notre nous on or ou où par parce parmi pas pendant personne peu plus "
        "plusieurs pour pourquoi pourtant puis quand que quel quelques qui quoi rien sa sans se selon ses si "
        "son sont sous sur tandis tous tout toute toutefois toutes tu un une vers voici voilà vos votre vous y à ça"
    ),
    elisions=("c'", "d'", "j'", "l'", "m'", "n'", "qu'", "s'", "t'"),
)

_ITALIAN = Conventions(
    never_last=words(
        "sig sigg sig.ra sig.na sigg.ri dott dott.ssa dr prof prof.ssa avv ing arch geom rag on sen gen col cap mons "
        "card spett egr gent cfr es p.es"
    ),
    seldom_last=words("ecc etc cit ca s.p.a s.r.l spa srl gen feb mar apr mag giu lug ago set ott nov dic"),
    before_number=words("n nr num art artt p pag pagg fig cap vol tel"),
    first_words=words(
        "a ad al alla alle ai agli allora anche ancora anzi appena c'è che chi ci ciò come con così cosa contro da dal "
        "dalla dai dalle de degli dei del della delle dopo dove due durante e ecco ed era erano essa essi fino fra già "
        "gli ha hanno ho i ieri il in infatti infine intanto invece io la le lei lo loro lui ma mentre mi molti nel "
        "nella nelle nei negli nessuno niente no noi non nonostante nostra nostro o oggi ogni oltre oppure ora per "
        "perché però più poi prima proprio qualcuno quando quanto quella quelle quelli quello questa queste questi "
        "questo qui quindi se secondo sempre senza si sia siamo sono sopra sotto su subito sue sul sulla suo suoi "
        "tra tre tu tutta tutte tutti tutto un una uno vi voi è"
    ),
    elisions=("c'", "d'", "l'", "un'", "all'", "dall'", "dell'", "nell'", "sull'", "quell'", "quest'"),
)

_KNOWN = {"en": _ENGLISH, "de": _GERMAN, "es": _SPANISH, "fr": _FRENCH, "it": _ITALIAN}

_ALL = Conventions(
    never_last=frozenset[str]().union(*(each.never_last for each in _KNOWN.values())),
    seldom_last=frozenset[str]().union(*(each.seldom_last for each in _KNOWN.values())),
    before_number=frozenset[str]().union(*(each.before_number for each in _KNOWN.values())),
    first_words=frozenset[str]().union(*(each.first_words for each in _KNOWN.values())),
    # Wrong for fewer sentences than splitting every date of a language that has ordinals.
    ordinals=True,
    streets=_GERMAN.streets,
    elisions=_FRENCH.elisions + _ITALIAN.elisions,
)
