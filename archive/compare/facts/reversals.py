"""Words that cannot stand for each other: one put in the place of the other turns round what is said."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def reversed_words(before: Iterable[str], after: Iterable[str], language: str | None) -> tuple[str, str] | None:
    """A word that went and one that came which contradict it (`rose`, `fell`; `legal`, `illegal`), or None.

    All in lower case. `language` is ISO 639-1, English where nobody knows.
    """
    code = _code(language)
    sides, prefixes = _sides(code), _PREFIXES.get(code, ())
    went, came = _parts(before), _parts(after)
    stands = [(word, place) for word in came for place in sides.get(word, ())]
    stems = {_stem(word, prefixes): word for word in came}
    for old in went:
        for line, side in sides.get(old, ()):
            new = next((word for word, place in stands if place[0] == line and place[1] != side), None)
            if new is not None:
                return old, new
        new = stems.get(_stem(old, prefixes))
        if new is not None and new != old and min(len(new), len(old)) >= _SHORTEST:
            return old, new
    return None


def are_opposed(one: str, other: str, language: str | None) -> bool:
    """Whether two words, in lower case, contradict each other by what is known of them, not by a prefix."""
    sides = _sides(_code(language))
    return any(
        line == other_line and side != other_side
        for line, side in sides.get(one, ())
        for other_line, other_side in sides.get(other, ())
    )


def has_opposite(word: str, language: str | None) -> bool:
    """Whether a word, in lower case, is among those of which it is known what contradicts them."""
    return word in _sides(_code(language))


def negates(words: Iterable[str], language: str | None) -> bool:
    """Whether a word has a prefix that says no and begins few other words (`unaware`)."""
    is_known = _code(language) in ("en", "de")
    return is_known and any(word.startswith("un") and not word.startswith(_NO_PREFIX) for word in words)


_NO_PREFIX = ("under", "until", "uni", "uncle", "unless", "unter", "uns", "und", "ung")
_SHORTEST = 5
"""Letters of a word that a prefix can negate: `come` and `income` are two words."""


def _code(language: str | None) -> str:
    return (language or "en").replace("_", "-").partition("-")[0].lower()


def _parts(words: Iterable[str]) -> list[str]:
    """The words, and the parts of those with a hyphen (`first-degree`), each once."""
    return list(dict.fromkeys(part for word in words for part in (word, *word.split("-"))))


def _stem(word: str, prefixes: tuple[str, ...]) -> str:
    """The word without a prefix that says no; a double consonant after it is kept (`illegal`, `legal`)."""
    for prefix in prefixes:
        if word.startswith(prefix) and len(word) - len(prefix) >= _SHORTEST:
            return word.removeprefix(prefix).removeprefix("-")
    return word


@cache
def _sides(language: str) -> dict[str, tuple[tuple[int, int], ...]]:
    """Where each word stands: on which lines, on which side of each."""
    found: dict[str, tuple[tuple[int, int], ...]] = {}
    for line, text in enumerate(_LINES.get(language, "").split(";")):
        for side, words in enumerate(text.split("|")):
            for word in words.split():
                found[word] = (*found.get(word, ()), (line, side))
    return found


_PREFIXES = {
    "en": ("un", "non", "in", "im", "il", "ir", "dis"),
    "de": ("un", "nicht"),
    "es": ("in", "im", "des", "i"),
    "fr": ("in", "im", "il", "ir", "dés"),
    "it": ("in", "im", "il", "ir", "s"),
    "pt": ("in", "im", "des", "i"),
    "nl": ("on", "niet"),
}

_LINES = {
    "en": """
more | less fewer;
rise rises rose risen rising increase increases increased up grew grown climbed gain gains gained | fall falls
    fell fallen falling decrease decreases decreased decline declined down shrank dropped drop loss losses lost;
higher highest | lower lowest;
guilty | innocent;
convicted | acquitted cleared | charged accused | arrested;
killed dead died dies deaths death kills killing fatally | injured hurt wounded injuries injuring | missing |
    alive survived unharmed safe rescued;
murder murdered | manslaughter;
won wins win victory | lost loses lose defeat;
before | after;
against | for;
above over | below under;
allow allows allowed permit permits permitted approve approved approves | ban bans banned prohibit prohibits
    prohibited block blocked reject rejected rejects refuse refused refuses forbid forbids;
accept accepts accepted agreed agrees agree support supports supported backs backed | reject rejects rejected
    refused refuses oppose opposes opposed disagreed;
confirm confirms confirmed admitted admits admit | deny denies denied disputed disputes;
true | false;
always | never;
all every everyone everybody | some none few nobody;
many | few;
buy buys bought | sell sells sold;
open opened opens opening | close closed closes closing shut;
start started starts began begin begins | end ended ends stop stopped stops;
first | second | third | fourth | fifth | last;
men man male boy boys | women woman female girl girls;
north northern | south southern;
east eastern | west western;
left | right;
success succeeded successful | failure failed unsuccessful;
enter entered joined joins | left quit leave leaves;
hired | fired sacked;
ally allies | enemy enemies rival rivals;
can | must;
maximum | minimum;
son sons father brother brothers husband boy boys | daughter daughters mother sister sisters wife girl girls;
upheld upholds uphold | overturned overturns quashed quashes reversed struck;
majority | minority;
profit profits profitable | loss losses unprofitable;
surplus | deficit;
including | excluding;
public | private;
""",
    "de": """
mehr meisten | weniger wenigsten;
stieg stiegen steigt steigen gestiegen zunahme wuchs gewachsen | fiel fielen fällt fallen gefallen sank sanken
    sinkt sinken gesunken abnahme;
höher höchste | niedriger niedrigste tiefer;
schuldig | unschuldig;
verurteilt | freigesprochen | angeklagt | festgenommen verhaftet;
getötet tot tote toten starb starben gestorben todesopfer | verletzt verletzte verletzten | vermisst |
    unverletzt gerettet überlebt überlebten;
mord | totschlag;
gewann gewonnen gewinnt sieg | verlor verloren verliert niederlage;
vor | nach;
gegen | für;
über | unter;
erlaubt erlaubte genehmigt genehmigte | verboten verbietet verbot abgelehnt untersagt untersagte;
zugestimmt stimmte befürwortet | abgelehnt lehnte;
bestätigt bestätigte zugegeben | bestritten bestritt dementiert dementierte;
wahr richtig | falsch;
immer | nie niemals;
alle jeder | einige keiner manche;
viele | wenige;
kauft kaufte gekauft | verkauft verkaufte;
geöffnet offen öffnen öffnet öffnete | geschlossen schließen schließt schloss;
erste ersten | letzte letzten;
männer mann | frauen frau;
nord norden | süd süden;
osten | westen;
""",
    "es": """
más mayor mayoría | menos menor minoría;
subió subieron sube aumentó aumenta aumentaron creció | bajó bajaron baja disminuyó cayó cayeron cae descendió;
culpable culpables | inocente inocentes;
condenado condenada condenados | absuelto absuelta absueltos | acusado acusada | detenido detenida detenidos;
muertos muerto muerta muertas mató mataron murió murieron fallecidos fallecido fallecieron | heridos herido
    herida heridas hirió hirieron | desaparecidos desaparecido | vivo viva ilesos ileso;
asesinato | homicidio;
ganó ganaron gana victoria | perdió perdieron pierde derrota;
antes | después;
contra | favor;
permite permitió aprobó aprueba aprobado | prohíbe prohibió rechazó rechaza rechazado;
confirmó confirma admitió | negó niega desmintió;
verdadero | falso;
siempre | nunca;
todos todas | algunos algunas ninguno;
muchos muchas | pocos pocas;
compró compra | vendió vende;
abrió abierto | cerró cerrado;
primero primera | último última;
hombres hombre | mujeres mujer;
norte | sur;
este | oeste;
""",
    "fr": """
plus | moins;
hausse augmenté augmente augmentation monté progressé | baisse baissé diminué diminue diminution chuté reculé;
coupable coupables | innocent innocents;
condamné condamnée condamnés | acquitté acquittée relaxé | accusé accusée inculpé | arrêté arrêtée interpellé;
tués tué tuée tuées morts mort morte mortes décédé décédée | blessés blessé blessée blessées | disparus disparu
    | vivant vivants indemne indemnes;
meurtre assassinat | homicide;
gagné gagne victoire remporté | perdu perd défaite;
avant | après;
contre | pour;
autorise autorisé approuvé adopté | interdit interdite rejeté refusé;
confirmé confirme admis reconnu | nié nie démenti;
vrai | faux;
toujours | jamais;
tous toutes | certains certaines aucun;
beaucoup | peu;
acheté achète | vendu vend;
ouvert ouverte | fermé fermée;
premier première | dernier dernière;
hommes homme | femmes femme;
nord | sud;
""",
    "it": """
più maggioranza | meno minoranza;
aumentato aumentata aumentati aumentate aumenta salito saliti sale cresciuto aumento | diminuito diminuita
    diminuiti diminuite diminuisce sceso scende calato calo;
colpevole colpevoli | innocente innocenti;
condannato condannata condannati | assolto assolta assolti | accusato accusata | arrestato arrestata arrestati;
morti morto morta morte uccisi ucciso uccisa uccise deceduti | feriti ferito ferita ferite | dispersi disperso |
    vivo vivi illesi illeso salvi;
vinto vince vittoria | perso perde sconfitta;
prima | dopo;
contro | favore;
autorizza autorizzato approvato approva | vieta vietato respinto respinge bocciato;
confermato conferma ammesso | negato nega smentito smentisce;
vero | falso;
sempre | mai;
tutti tutte | alcuni alcune nessuno;
molti molte | pochi poche;
comprato | venduto;
aperto aperta | chiuso chiusa;
primo prima | ultimo ultima;
uomini uomo | donne donna;
nord | sud;
""",
    "pt": """
mais maioria | menos minoria;
subiu subiram sobe aumentou aumentaram aumenta cresceu alta | caiu caíram cai diminuiu desceu recuou queda;
culpado culpada culpados | inocente inocentes;
condenado condenada condenados | absolvido absolvida absolvidos | acusado acusada | preso presa detido detida
    detidos;
mortos morto morta mortas morreu morreram matou mataram | feridos ferido ferida feridas feriu feriram |
    desaparecidos desaparecido | vivo vivos ilesos ileso;
venceu ganhou vitória | perdeu derrota;
antes | depois;
contra | favor;
permite permitiu aprovou aprova | proíbe proibiu rejeitou rejeita;
confirmou confirma admitiu | negou nega desmentiu;
verdadeiro | falso;
sempre | nunca;
todos todas | alguns algumas nenhum;
muitos muitas | poucos poucas;
comprou | vendeu;
abriu aberto | fechou fechado;
primeiro primeira | último última;
homens homem | mulheres mulher;
norte | sul;
""",
    "nl": """
meer meeste | minder minste;
steeg stegen stijgt stijgen gestegen groeide | daalde daalden daalt dalen gedaald zakte;
hoger hoogste | lager laagste;
schuldig | onschuldig;
veroordeeld | vrijgesproken | aangeklaagd | gearresteerd aangehouden opgepakt;
doden dood dode gedood overleden omgekomen vermoord | gewonden gewond gewonde | vermist vermisten | ongedeerd
    gered;
moord | doodslag;
won wonnen wint gewonnen zege | verloor verloren verliest nederlaag;
voor | tegen;
voor | na;
boven | onder;
toegestaan goedgekeurd | verboden verbiedt afgewezen afgekeurd;
bevestigt bevestigde erkend | ontkent ontkende ontkend;
waar | onwaar vals;
altijd | nooit;
alle iedereen | sommige niemand enkele;
veel | weinig;
kocht koopt gekocht | verkocht verkoopt;
open geopend | dicht gesloten;
eerste | laatste;
mannen man | vrouwen vrouw;
noorden | zuiden;
oosten | westen;
""",
}
