"""Words that every text has, in the languages that are known: they say nothing of what it is about."""

from __future__ import annotations

from archive.compare.text.conventions import conventions, words


def is_common(word: str) -> bool:
    """Whether a word, in lower case and without accents, is one of them; single letters and lone figures are."""
    return len(word) <= 1 or word in _COMMON


# Prepositions, auxiliaries and verbs of speech that no sentence begins with, so that conventions do not list them.
_FURTHER = {
    "en": words(
        "be been being am has had having have would could can may might will shall should must said says say told "
        "tell into over out up off onto upon between through during against within who whom them him us me any no "
        "own just also very too than where down back such only same both including according made make two one"
    ),
    "de": words(
        "hat haben hatte hatten habe hast war waren wurde wurden wird werden worden sein bin kann konnte konnten "
        "konnen muss mussen musste soll sollen sollte sollten will wollen wollte wollten sagte sagten sagt gesagt "
        "zwei mich mir dir ihnen uns euch eines keines sehr mehr immer wieder bereits zwischen gegen durch ohne "
        "bis hin her"
    ),
    "es": words(
        "ser sido siendo son era eran fueron estaba estaban estar han ha habia habian haber habra sera seran "
        "puede pueden podria debe deben dijo dijeron dice dicen le les lo me te nos os muy dos cual cuales cuyo "
        "hacia hace hizo fue tiene tienen tenia"
    ),
    "fr": words(
        "ete etre etait etaient sera seront sont ont avait avaient aura auront avoir ayant fait faire peut "
        "peuvent pourrait doit doivent dit disent declare selon me te lui ses leurs deux dont tres fut furent "
        "cette aux l d qu n s c j m"
    ),
    "it": words(
        "il lo la i gli le un uno una di a da in con su per tra fra del dello della dei degli delle al allo alla "
        "ai agli alle dal dalla dai dalle nel nello nella nei nelle sul sulla sui sulle e ed o ma se che chi cui "
        "non piu anche come dove quando mentre dopo prima sono sei siamo siete era erano essere stato stata stati "
        "state ha hanno aveva avevano avere questo questa questi queste quello quella si ci vi ne mi ti lui lei "
        "loro suo sua suoi sue due molto detto dice puo possono"
    ),
    "nl": words(
        "de het een en of maar want dus van in op te ten ter met voor door over onder tegen bij aan uit naar om "
        "tot na sinds tijdens tussen zonder dat die dit deze er hier daar waar wie wat welke hoe als dan toen nu "
        "ook nog al niet geen wel zijn is was waren ben bent worden wordt werd werden geworden heeft hebben had "
        "hadden kan kunnen kon konden zal zullen zou zouden moet moeten moest hij zij ze wij we jij je ik hem "
        "haar hun hen ons zich zegt zei volgens meer zeer twee"
    ),
    "pt": words(
        "o a os as um uma uns umas de do da dos das em no na nos nas num numa por pelo pela pelos pelas para com "
        "sem sob sobre entre ate desde apos e ou mas se que quem qual quais cujo nao sim mais muito tambem ja "
        "ainda como onde quando enquanto ser sido sao era eram foi foram sera serao esta estao estava estavam "
        "estar tem tinha tinham ter ha havia haver pode podem deve devem disse disseram diz ele ela eles elas eu "
        "lhe lhes seu sua seus suas este isto esse essa isso aquele dois segundo"
    ),
}

_ACCENTS = str.maketrans("áàâäãéèêëíìîïóòôöõúùûüñç", "aaaaaeeeeiiiiooooouuuunc")

_COMMON = frozenset().union(
    *_FURTHER.values(),
    *(
        {word.translate(_ACCENTS) for word in conventions(language).first_words}
        for language in ("en", "de", "es", "fr")
    ),
)
