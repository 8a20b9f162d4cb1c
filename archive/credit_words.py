"""What credits are written with, a language each: words for the work, how a name follows them, what joins names."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CreditWords:
    """One language's wording. All but `work` and `after` are regular expressions, matched without regard to case."""

    language: str
    """ISO 639-1."""
    work: dict[str, str]
    """Words for a piece of work that come before the name, as an expression, and what whoever is named then did."""
    by: str
    """What stands between such words and the name; a colon always may."""
    joint: str
    """The words that join two names, or two pieces of work."""
    place: str
    """The words between a name and where its bearer was."""
    led: dict[str, str]
    """Openings that the name follows at once."""
    after: dict[str, str]
    """What is said of people after their names."""
    further: str = r"additional|further"
    """Words before those for the work that make it additional."""


WORDS = (
    CreditWords(
        "en",
        {
            r"report(?:ing|ed)": "reporting",
            r"writing|written|words|story|text": "writing",
            r"(?:copy[ -])?edit(?:ing|ed)": "editing",
            r"compil(?:ed|ing)": "compiling",
            r"photo(?:graph(?:y|s|ed)?|s)?|pictures?": "photography",
            r"translat(?:ion|ed|ing)": "translation",
            r"illustrat(?:ions?|ed)": "illustration",
            r"graphics?": "graphics",
            r"video|film(?:ed|ing)": "video",
            r"research(?:ed)?": "research",
            r"fact[ -]check(?:ed|ing)": "fact-checking",
            r"data analysis": "data analysis",
            r"produc(?:tion|ed)": "production",
        },
        r"by",
        r"and|&",
        r"in|at|from|near|of|for",
        {
            r"with (?:files|information|inputs?|contributions?) (?:from|by)": "contributing",
            r"with (?:additional )?reporting from": "additional reporting",
        },
        {
            r"contributed to (?:the |this )?reporting": "reporting",
            r"contributed (?:additional )?reporting": "additional reporting",
            r"contributed(?: to (?:the|this) (?:report|story|article|piece|post))?": "contributing",
            r"reported|did the reporting": "reporting",
            r"wrote": "writing",
            r"edited": "editing",
            r"translated": "translation",
            r"took the (?:photograph|photo|picture)s": "photography",
        },
    ),
    CreditWords(
        "de",
        {
            r"bericht(?:erstattung)?|reportage": "reporting",
            r"recherchen?": "research",
            r"texte?|geschrieben|verfasst|autor(?:in|en|innen)?": "writing",
            r"redaktion|redigiert|redigatur|bearbeitung|bearbeitet|lektorat": "editing",
            r"(?:redaktionelle |unter )?mitarbeit": "contributing",
            r"fotos?|bilder|bild|fotografie": "photography",
            r"übersetzung|übersetzt|aus dem \w+": "translation",
            r"illustration(?:en)?": "illustration",
            r"grafik(?:en)?": "graphics",
            r"video": "video",
            r"produktion": "production",
            r"aufgezeichnet": "recording",
        },
        r"von|durch",
        r"und|sowie|&",
        r"in|aus|im",
        {
            r"mit material (?:von|der|des)|quellen?:": "contributing",
            r"an diesem (?:text|bericht|artikel|beitrag) (?:arbeiteten?|hat|haben|wirkten?)": "contributing",
        },
        {r"(?:hat|haben) (?:an diesem \w+ )?mitgearbeitet": "contributing"},
        r"zusätzliche|weitere",
    ),
    CreditWords(
        "es",
        {
            r"report(?:e|es|aje|ado)": "reporting",
            r"escrito|redacci[oó]n|redactado|textos?": "writing",
            r"edici[oó]n|editado": "editing",
            r"traducci[oó]n|traducido": "translation",
            r"fotos?|fotograf[ií]as?": "photography",
            r"(?:con la )?colaboraci[oó]n": "contributing",
            r"ilustraci[oó]n(?:es)?": "illustration",
            r"gr[aá]ficos?": "graphics",
            r"v[ií]deos?": "video",
        },
        r"de|por",
        r"y|e|&",
        r"en|desde",
        {
            r"con (?:informaci[oó]n|reportes?|material) de|informaci[oó]n de|fuente:": "contributing",
            r"colabor(?:ó|aron)": "contributing",
        },
        {r"(?:colabor(?:ó|aron)|contribuy(?:ó|eron))": "contributing"},
        r"",
    ),
    CreditWords(
        "fr",
        {
            r"reportages?|enquête": "reporting",
            r"r[eé]dig[eé]|r[eé]daction|[eé]crit|textes?": "writing",
            r"[eé]dit[eé]|[eé]dition|relecture": "editing",
            r"traduit|traduction": "translation",
            r"photos?|photographies?": "photography",
            r"propos recueillis|entretien": "interview",
            r"(?:avec la )?contribution": "contributing",
            r"illustrations?": "illustration",
            r"infographies?": "graphics",
            r"vid[eé]o": "video",
        },
        r"de|par|d[’']",
        r"et|&",
        r"à|en|au|aux|depuis",
        {r"version française": "translation", r"avec": "contributing", r"source ?:": "contributing"},
        {r"(?:a|ont) (?:contribu[eé]|collabor[eé])": "contributing"},
        r"",
    ),
    CreditWords(
        "it",
        {
            r"servizio|reportage": "reporting",
            r"testo|testi|scritto": "writing",
            r"a cura|redazione|modificato": "editing",
            r"traduzione|tradotto": "translation",
            r"foto(?:grafie)?": "photography",
            r"(?:con (?:il|la) )?(?:contributo|collaborazione)": "contributing",
            r"illustrazioni": "illustration",
            r"video": "video",
        },
        r"di|da",
        r"e|ed|&",
        r"a|in",
        {r"(?:ha|hanno) (?:collaborato|contribuito):?": "contributing", r"con informazioni di|fonte:": "contributing"},
        {r"(?:ha|hanno) (?:collaborato|contribuito)": "contributing"},
        r"",
    ),
    CreditWords(
        "pt",
        {
            r"reportagem": "reporting",
            r"textos?|escrito|reda[çc][ãa]o": "writing",
            r"edi[çc][ãa]o|editado": "editing",
            r"tradu[çc][ãa]o|traduzido": "translation",
            r"fotos?|fotografias?": "photography",
            r"(?:com )?colabora[çc][ãa]o": "contributing",
            r"ilustra[çc](?:ão|ões)": "illustration",
            r"v[íi]deo": "video",
        },
        r"de|por",
        r"e|&",
        r"em|no|na",
        {r"com informa[çc][õo]es d[aeo]s?|fonte:": "contributing", r"colabor(?:ou|aram):?": "contributing"},
        {r"(?:colabor(?:ou|aram)|contribu(?:iu|íram))": "contributing"},
        r"",
    ),
    CreditWords(
        "nl",
        {
            r"verslag|reportage": "reporting",
            r"teksten|tekst|geschreven": "writing",
            r"(?:eind)?redactie|bewerking|bewerkt": "editing",
            r"vertaling|vertaald": "translation",
            r"foto(?:[’']?s|grafie)?|beeld": "photography",
            r"(?:met )?medewerking": "contributing",
            r"onderzoek": "research",
            r"illustraties?": "illustration",
            r"video": "video",
        },
        r"van|door",
        r"en|&",
        r"in|vanuit|uit",
        {r"met informatie van|bron:": "contributing"},
        {r"(?:werkte|werkten) mee": "contributing"},
        r"",
    ),
)

ADDITIONAL_AFTER = r"adicional|supplémentaire|aggiuntivo|aanvullende?"
"""Words after those for the work that make it additional."""

_AGENCIES = """
adn, adnkronos, afp, agence france-presse, agencia brasil, agencia efe, agência brasil, agência lusa, agencias,
agenturen, agi, ani, anp, ansa, ap, apa, associated press, ats, belga, bloomberg, bloomberg news, cna, dpa, dpa-afx,
dpa-infocom, efe, epd, europa press, ians, interfax, keystone-ats, keystone-sda, kna, kyodo, kyodo news, lusa,
notimex, ntb, pa, pa media, press association, press trust of india, pti, reuters, ritzau, sda, sid, tass, télam,
tt, upi, xinhua, xinhua news agency, yonhap
"""
AGENCIES = frozenset(name.strip() for name in _AGENCIES.split(","))
"""News agencies as credits name them, in lower case and without articles."""

POSTS = (
    r"(?:(?:[A-ZÀ-Þ][\w.’'&-]*|staff|senior|chief|special|foreign|freelance|the) ){0,4}"
    r"(?:writers?|reporters?|correspondents?|journalists?|editors?|photographers?|producers?|redakteur(?:in|e)?|"
    r"korrespondent(?:in|en)?|corresponsal(?:es)?|journalistes?|giornalist[aie]|redacteurs?) "
)
"""An expression for the post that somebody holds, before the name."""

_PARTICLES = """
abu al av af bin bint da dal das de degli dei del della den der di do dos du el ibn la las le lo los santa te ten
ter van vom von y zu zum zur
"""
PARTICLES = frozenset(_PARTICLES.split())
"""Words in names that are written small."""
