"""Whether two facts could fill one slot: what of them is of one kind, and what is only written otherwise."""

from __future__ import annotations

import re
from operator import ne
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from archive.compare.facts.dates import WEEKDAYS
from archive.compare.facts.facts import FactKind
from archive.compare.outlets.features import stem
from archive.compare.outlets.surroundings import closeness
from archive.compare.text.conventions import words

if TYPE_CHECKING:
    from archive.compare.facts.facts import Fact
    from archive.compare.outlets.surroundings import Stated


def is_variant(one: Fact, other: Fact) -> bool:
    """Whether two names are of one series (`Airbase 101`, `Airbase 201`) or nearly spelled alike."""
    if one.kind is not FactKind.NAME:
        return False
    series = [re.sub(r"\d+", "", fact.value) for fact in (one, other)]
    return series[0] == series[1] != "" or fuzz.ratio(one.value, other.value) >= SPELLED_ALIKE


def are_comparable(one: Stated, other: Stated) -> bool:
    """Whether the two could fill one slot: a share is no amount, a weekday no year, a mile no kilometre."""
    value, other_value = one.fact.value, other.fact.value
    if one.fact.kind is FactKind.NUMBER:
        if (one.preceding in _OTHER) != (other.preceding in _OTHER) or _is_torn(one) or _is_torn(other):
            return False
        measured = one.following != other.following and bool(_MEASURES & {one.following, other.following})
        alike = unit_of(one.fact) == unit_of(other.fact) and not measured and not _is_rounded(value, other_value)
        return alike and not _differ_in_size(one.fact, other.fact, _NEVER)
    if one.fact.kind is FactKind.DATE:
        return _shape(value) == _shape(other_value) != "" and not _is_rounded_hour(value, other_value)
    parts, others = _bare(value), _bare(other_value)
    if len(parts) == len(others) == 1:
        return parts != others and fuzz.ratio(value, other_value) >= SPELLED_ALIKE
    return _are_variants(parts, others)


def _are_variants(parts: list[str], others: list[str]) -> bool:
    """Whether two names differ by how a word of theirs is spelled: another word says the same, or is short for more."""
    if len(parts) != len(others) or set(parts) == set(others):
        return False
    return all(fuzz.ratio(part, other) >= _ALIKE for part, other in zip(parts, others, strict=True))


def _is_torn(number: Stated) -> bool:
    """Whether it is a part of a number that a machine took apart: `4 hundred`, `one.9 million`."""
    value = number.fact.value
    return number.preceding.isdigit() or (number.fact.text.isalpha() and value.rstrip("0") == "1" and value != "10")


_ALIKE = 60
"""The likeness, of 100, of two spellings of a word of a name of several."""

SPELLED_ALIKE = 80
"""The same of one word, or of any wording that is another misspelled."""

_OTHER = words(
    "other others another further additional more weitere weiteren weiterer andere anderen otro otra otros otras más "
    "autre autres altri altre outro outra outros outras nog overige"
)
_SPELLED = {"z": "s", "our": "or", "tre": "ter", "ae": "e", "oe": "e", "ll": "l"}
_ATLANTIC = re.compile(r"z|our\b|tre\b|ae|oe|ll")
_ADJECTIVAL = re.compile(r"(?:ish|i?ans?|ese|ics?|is[ck]h?e?[nrs]?|i[qk]ues?|i?[ns]|e[ns]|[aio][s]?)$")


def _bare(name: str) -> list[str]:
    """A name's words without hyphens, without what makes an adjective of one (`Democrats`, `Democratic`), spelled as
    in Britain and in America (`Centre`, `Center`)."""
    name = _ATLANTIC.sub(lambda found: _SPELLED[found[0]], name)
    return [_ADJECTIVAL.sub("", word) if len(word) > _SHORT else word for word in name.replace("-", " ").split()]


_SHORT = 4


def are_two_names(one: Stated, other: Stated) -> bool:
    """Whether two names fill one slot, and have no word in common: of several words, or behind the same word."""
    parts, others = one.fact.value.split(), other.fact.value.split()
    if one.fact.kind is not FactKind.NAME or len(parts) != len(others) or set(parts) & set(others):
        return False
    alike = len(parts) > 1 or (one.preceding == other.preceding and one.preceding not in _SAYS_NOTHING)
    return alike and closeness(one, other) >= _RIGHT_BESIDE


_SAYS_NOTHING = words("the a an der die das dem den el la los las le les l il lo gli i o os as de het") | {""}


_RIGHT_BESIDE = 0.5

_MEASURES = frozenset(
    stem(word)
    for word in words(
        "km kilometre kilometer kilometers kilometros quilometros chilometri mile miles meile meilen millas mijl m "
        "metre metres meter metros metri foot feet ft inch inches cm centimetres zentimeter mm kg kilo kilos kilogramm "
        "pounds lb lbs tonne tonnes tons tonnen toneladas tonnellate ounces acre acres hectare hectares hektar ha "
        "ettari litre litres liter litros litri gallons celsius fahrenheit degrees grad grados degres gradi graus mph"
    )
)


def are_far_apart(one: Fact, other: Fact) -> bool:
    """Whether two numbers are of different sizes, as a slip seldom makes them, or two days or hours near the present.

    That one said it on Tuesday and the other on Wednesday is no difference, unless it is plainly of the same thing.
    """
    if one.kind is FactKind.DATE:
        return _shape(one.value) in {_WEEKDAY, "99:99"}
    return one.kind is FactKind.NUMBER and _differ_in_size(one, other, _FAR)


_FAR, _NEVER = 20, 200
"""How many times as large a number is that seldom fills a slot, and one that never does."""

_DIGITS = re.compile(r"[^\d.]")


def _differ_in_size(one: Fact, other: Fact, times: int) -> bool:
    values = [abs(float(digits)) for fact in (one, other) if (digits := _DIGITS.sub("", fact.value)).strip(".")]
    # But a million is easily made a billion.
    figures = {f"{value:e}".partition("e")[0] for value in values}
    return len(figures) > 1 and max(values) > times * min(values)


def unit_of(number: Fact) -> str:
    """The sign of what is counted, a currency or a percent sign; empty where there is none."""
    return number.value.lstrip("-0123456789.,")


def _is_rounded(one: str, other: str) -> bool:
    """Whether one of two numbers is the other, rounded: 2,300 for 2,312, 2 million for 1.9; not 50 for 47."""
    digits = sorted((_DIGITS.sub("", value) for value in (one, other)), key=lambda value: len(_figures(value)))
    if not all(each.strip(".") for each in digits):
        return True
    rounder, exact = map(float, digits)
    figures = len(_figures(digits[0]))
    is_rough = figures > 1 or "." in digits[1] or min(rounder, exact) >= _ROUGH
    return is_rough and len({f"{value:.{max(figures, 1) - 1}e}" for value in (rounder, exact)}) == 1


_ROUGH = 100


def _figures(digits: str) -> str:
    return digits.replace(".", "").strip("0")


def _shape(date: str) -> str:
    """What of a date is given; nothing of one that depends on the day it is read."""
    return _WEEKDAY if date in WEEKDAYS else re.sub(r"\d", "9", date) if any(map(str.isdigit, date)) else ""


_WEEKDAY = "weekday"


def _is_rounded_hour(one: str, other: str) -> bool:
    """Whether one says at nine what the other says at 9:40."""
    return one.partition(":")[0] == other.partition(":")[0] and ":00" in {one[-3:], other[-3:]}


def is_slip(one: Fact, other: Fact) -> bool:
    """Whether a slip makes one number or date of the other: one figure of several, two changed over, a nought.

    Of facts that could fill one slot: as seldom as that happens to numbers of two different things, so often it does
    to one that is told again.
    """
    figures, others = (re.sub(r"\D", "", fact.value) for fact in (one, other))
    if len(figures) == len(others):
        apart = sum(map(ne, figures, others))
        return (apart == 1 and len(figures) >= _LONG) or (apart > 1 and sorted(figures) == sorted(others))
    noughts = abs(len(figures) - len(others)) <= _NOUGHTS and min(len(figures), len(others)) > 1
    return one.kind is FactKind.NUMBER and noughts and figures.rstrip("0") == others.rstrip("0")


_LONG, _NOUGHTS = 3, 3


def are_other_money(one: Fact, other: Fact) -> bool:
    """Whether two sums are the same but for their currency."""
    units = {unit_of(one), unit_of(other)}
    return len(units) == len({"one", "other"}) and units <= _CURRENCIES and _sum(one) == _sum(other)


_CURRENCIES = set("$€£¥")


def _sum(number: Fact) -> str:
    return number.value.removesuffix(unit_of(number))
