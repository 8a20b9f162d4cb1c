"""Whether two wordings are the same words, spelled or set in type differently."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING

from archive.compare.text.conventions import words
from archive.compare.text.normalise import normalise
from archive.compare.weights.lookalikes import habits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.compare.weights.lookalikes import Habits


def respelled(before: str, after: str, language: str | None) -> bool:
    """Whether nothing but spelling differs: case, punctuation, hyphens, accents, British or American, a slip mended.

    A slip is a letter transposed, doubled, left out or too many in a word that is otherwise the same, a word written
    twice, or a small word (`of`, `the`) that was missing. Other figures, a question mark, and real words that only
    look alike (`trial` and `trail`, `contact` and `contract`) are no matter of spelling.
    """
    if _FIGURES.findall(before) != _FIGURES.findall(after) or _asks(before) != _asks(after):
        return False
    old, new = _words(before), _words(after)
    if len(old) == len(new):
        return _all_one_word(old, new, language)
    if skeleton(before) == skeleton(after):
        return True
    longer, shorter = (old, new) if len(old) > len(new) else (new, old)
    return len(longer) == len(shorter) + 1 and _but_for_one(longer, shorter, language)


def skeleton(text: str) -> str:
    """The letters and figures of a text, without case, accents, spaces and what stands between them."""
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(_LIGATURES)
    return "".join(char for char in plain if char.isalnum())


_NEAR = 2
"""Words before one that is there by mistake, among which it may stand already."""

_FIGURES = re.compile(r"[-−]?\d+(?:[.,:/]\d+)*|[%$€£¥‰]")
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})


def _asks(text: str) -> bool:
    return "?" in text or "？" in text


def _words(text: str) -> list[str]:
    return _WORD.findall(normalise(text).casefold())


def _all_one_word(old: Sequence[str], new: Sequence[str], language: str | None) -> bool:
    return all(_one_word(left, right, language) for left, right in zip(old, new, strict=True))


def _but_for_one(longer: Sequence[str], shorter: Sequence[str], language: str | None) -> bool:
    """Whether the longer wording has one word more, and that one small, or the same as its neighbour."""
    place = next((at for at, word in enumerate(shorter) if word != longer[at]), len(shorter))
    if not _all_one_word(longer[place + 1 :], shorter[place:], language):
        return False
    repeated = longer[place] in longer[max(0, place - _NEAR) : place]
    return repeated or longer[place] in habits(language).small_words


def _one_word(one: str, other: str, language: str | None) -> bool:
    if one == other:
        return True
    known = habits(language)
    if _are_lookalikes(one, other, known):
        return False
    left, right = skeleton(one), skeleton(other)
    return (
        left == right
        or frozenset((one, other)) in known.slips
        or _expanded(one) == _expanded(other)
        or (known.is_english and american(left) == american(right))
        or (left[:1] == right[:1] and _is_slip(left, right, known))
    )


def _are_lookalikes(one: str, other: str, known: Habits) -> bool:
    return frozenset((one, other)) in known.lookalikes


def _expanded(word: str) -> str:
    """German without umlauts: `Muenchen`."""
    return skeleton(re.sub("[äöü]", lambda found: f"{_UMLAUTS[found[0]]}e", word))


_UMLAUTS = {"ä": "a", "ö": "o", "ü": "u"}


def american(word: str) -> str:
    """An English word, in lower case, as Americans write it; others come out otherwise than written, but the same."""
    if word in _AMERICAN:
        return _AMERICAN[word]
    for pattern, spelling in _SPELLINGS:
        word = pattern.sub(spelling, word)
    return word


_SPELLINGS = tuple(
    (re.compile(pattern), spelling)
    for pattern, spelling in (
        (r"(?<=[a-z]{2})our(?=(?:s|ed|er|ers|ing|ings|ite|ites|able|ably|hood|ful|fully|less|al|ist|ists)?$)", "or"),
        (r"(?<=[a-z]{2})is(?=(?:e|es|ed|er|ers|ing|ations?|able)$)", "iz"),
        (r"(?<=[a-z]{2}l)ys(?=(?:e|es|ed|er|ers|ing)$)", "yz"),
        (r"(?<=[a-z][bcdghpt])re(?=(?:s|d)?$)", "er"),
        (r"enc(?=(?:e|es|eless)$)", "ens"),
        (r"ogue(?=s?$)", "og"),
        (r"(?<=[a-z])ll(?=(?:ed|ing|er|ers|ment|ments|ful|fully|or|ors)$)", "l"),
        (r"ae|oe", "e"),
        (r"dgem(?=ents?$)", "dgm"),
    )
)

_AMERICAN = dict(
    pair.split("/")
    for pair in words(
        "grey/gray greys/grays tyre/tire tyres/tires programme/program programmes/programs plough/plow kerb/curb "
        "aluminium/aluminum sceptic/skeptic sceptics/skeptics sceptical/skeptical scepticism/skepticism mum/mom "
        "mums/moms towards/toward afterwards/afterward gaol/jail sulphur/sulfur cheque/check cheques/checks "
        "cosy/cozy ageing/aging moustache/mustache pyjamas/pajamas jewellery/jewelry storey/story storeys/stories "
        "practise/practice practised/practiced practising/practicing licence/license licences/licenses mould/mold "
        "artefact/artifact artefacts/artifacts whilst/while amongst/among manoeuvre/maneuver fulfil/fulfill "
        "enrol/enroll instalment/installment skilful/skillful aeroplane/airplane learnt/learned "
        "burnt/burned spelt/spelled dreamt/dreamed"
    )
)


def _is_slip(one: str, other: str, known: Habits) -> bool:
    """Whether one letter went wrong inside of a word long enough to be the same; both begin alike."""
    shorter, longer = sorted((one, other), key=len)
    if len(longer) > _LONGEST_WORD:
        return False
    if len(shorter) == len(longer):
        places = [at for at, (left, right) in enumerate(zip(one, other, strict=True)) if left != right]
        return _is_transposition(one, other, places, known) or (
            known.is_english
            and len(places) == 1
            and len(one) >= _LONG
            and places[0] < len(one) - _ENDING
            and {one[places[0]], other[places[0]]} < _VOWELS
        )
    if known.doubling_is_a_slip and len(shorter) >= _DOUBLED and _squeezed(one) == _squeezed(other):
        return True
    if len(longer) - len(shorter) != 1 or len(shorter) < _MISSING or not known.omission_is_a_slip:
        return False
    if shorter[-_ENDING:] != longer[-_ENDING:]:
        return False
    place = next(at for at, letter in enumerate(longer) if at == len(shorter) or letter != shorter[at])
    return longer[place + 1 :] == shorter[place:]


_LONGEST_WORD = 60
_LONG = 8
_DOUBLED = 6
_MISSING = 7
_ENDING = 2
"""Letters at the end of a word that may be an inflection."""
_VOWELS = frozenset("aeiou")


def _is_transposition(one: str, other: str, places: list[int], known: Habits) -> bool:
    if len(one) < len("the") or len(places) != 2 or places[1] != places[0] + 1:  # noqa: PLR2004
        return False
    first, second = places
    swapped = {one[first] + one[second], other[first] + other[second]}
    # `schreiben` and `schrieben` are two tenses.
    return one[first] == other[second] and one[second] == other[first] and swapped != known.never_transposed


def _squeezed(word: str) -> str:
    return word[:1] + "".join(right for left, right in pairwise(word) if left != right)
