"""Numbers in a text, in figures or in words, each brought to one form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from archive.compare.facts.lexicon import any_of
from archive.compare.facts.spans import Span, apart_from, merged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive.compare.facts.lexicon import Lexicon


def numbers(text: str, words: Lexicon) -> list[Span]:
    """The numbers, in order: `1,000`, `a thousand` and `1000` are all `1000`, `5 percent` is `5%`, `$2m` is `2000000$`.

    Numbers that nobody counted (`dozens`) are their own value. One is not told apart from an article, so it is none.
    """
    grammar = _grammar(words)
    figures = list(_in_figures(text, grammar, decimal_comma=words.decimal_comma))
    return merged(figures, apart_from(_in_words(text, grammar), figures))


@cache
def quantities(words: Lexicon) -> frozenset[str]:
    """Words that stand in a number, its unit included, and so in no name."""
    powers = {form for forms, _ in words.multipliers for form in forms.split()}
    return frozenset({*powers, *words.vague, *words.percent, *_CURRENCIES})


_LONGEST = 40
"""Characters of a number in figures; what is longer is an identifier."""

_MOST_WORDS = 11
"""After the first, in a number spelled out."""

_CURRENCIES = {
    **dict.fromkeys(("us$", "$", "dollar", "dollars", "usd", "dólares", "dólar", "dollari"), "$"),
    **dict.fromkeys(("€", "euro", "euros", "eur"), "€"),
    **dict.fromkeys(("£", "pound", "pounds", "gbp", "pfund", "libras", "livres", "sterline", "pond"), "£"),
    **dict.fromkeys(("¥", "yen"), "¥"),
}

# Thousands may be set off by a comma, a full stop, an apostrophe or a narrow space.
_FIGURES = r"\d+(?:[.,'’\u00a0\u202f ]\d{3}(?!\d))*(?:[.,]\d+)*"


@dataclass(frozen=True, slots=True)
class _Grammar:
    """What a language's lexicon comes to: words with their values, and expressions that find them."""

    values: dict[str, int]
    powers: dict[str, int]
    hundreds: frozenset[str]
    figures: re.Pattern[str]
    spelled: re.Pattern[str]
    word: re.Pattern[str]
    vague: re.Pattern[str]


@cache
def _grammar(words: Lexicon) -> _Grammar:
    values = _below_hundred(words)
    values |= {form: 100 * count for count, forms in enumerate(words.round_hundreds, start=2) for form in forms.split()}
    powers = {form: power for forms, power in words.multipliers for form in forms.split()}
    long_powers = [form for form in powers if len(form) > 1]
    word = any_of([*values, *words.hundreds, *(form for form in powers if form not in _AFTER_FIGURES)])
    unit = (
        rf"(?:[ \u00a0-]?(?P<percent>{any_of(['%', 'per cent', *words.percent])})(?!\w)"
        rf"|[ \u00a0-]?(?:d['’]|d[ei] )?(?:(?<=[ \u00a0-])us )?(?P<unit>{any_of(_CURRENCIES)})(?!\w))?"
    )
    letter = r"(?:[ \u00a0](?=[kmb][$€£]))?(?P<letter>[kmb])(?!\w)"
    power = rf"(?:[ \u00a0-]?(?P<power>{any_of(long_powers)})(?!\w)|{letter})?"
    sign = r"(?P<currency>us\$|[$€£¥])? ?(?P<minus>(?<!\w)[-−])?"
    return _Grammar(
        values=values,
        powers=powers,
        hundreds=words.hundreds,
        figures=re.compile(
            rf"(?<![\w./]){sign}(?P<figures>{_FIGURES})(?:(?:st|nd|rd|th|e|er|º|ª)(?!\w))?{power}{unit}", re.IGNORECASE
        ),
        spelled=re.compile(
            rf"(?<![\w-])(?P<words>(?:{word})(?:[ -]?(?:(?:and|und|et|y|e|en)[ -])?(?:{word})){{0,{_MOST_WORDS}}})"
            rf"(?!\w){unit}",
            re.IGNORECASE,
        ),
        word=re.compile(word),
        vague=re.compile(rf"(?<!\w)(?:{any_of(words.vague)})(?!\w)", re.IGNORECASE),
    )


_AFTER_FIGURES = frozenset({"k", "m", "b", "bn", "tn", "mn", "mln", "mld", "md", "mds", "mio", "mrd", "tsd"})
"""Abbreviations that stand only after figures."""


def _below_hundred(words: Lexicon) -> dict[str, int]:
    values = {form: number for number, forms in enumerate(words.numbers) for form in forms.split()}
    units = [(form, 1) for form in words.one.split()] + [(form, number) for form, number in values.items() if number]
    for tens, forms in enumerate(words.tens, start=2):
        for ten in forms.split():
            values[ten] = 10 * tens
            for unit, number in units:
                if number < 10 or (number < 20 and ten in _VIGESIMAL):  # noqa: PLR2004
                    for joint in words.joints:
                        both = f"{unit}{joint}{ten}" if words.units_first else f"{ten}{joint}{unit}"
                        values[both] = 10 * tens + number
    return values


_VIGESIMAL = {"soixante", "quatre-vingt"}
"""French counts on to nineteen from these."""


def _in_figures(text: str, grammar: _Grammar, *, decimal_comma: bool) -> Iterator[Span]:
    for found in grammar.figures.finditer(text):
        value = _value(found["figures"], decimal_comma=decimal_comma)
        if value is None:
            continue
        power = found["power"] or found["letter"]
        if power:
            value *= Decimal(10) ** grammar.powers.get(power.lower(), _LETTERS.get(power.lower(), 0))
        sign = "-" if found["minus"] else ""
        start = found.start() + len(found[0]) - len(found[0].lstrip())
        yield Span(start, found.end(), f"{sign}{_plain(value)}{_unit(found, found['currency'])}")


_LETTERS = {"k": 3, "m": 6, "b": 9}


def _in_words(text: str, grammar: _Grammar) -> Iterator[Span]:
    spelled = [
        Span(found.start(), found.end(), f"{_spelled(found['words'], grammar)}{_unit(found, None)}")
        for found in grammar.spelled.finditer(text)
    ]
    # `millones` is a number that nobody counted, `tres millones` is three.
    counted = [span for span in spelled if " " in text[span.start : span.end]]
    vague = [Span(found.start(), found.end(), found[0].lower()) for found in grammar.vague.finditer(text)]
    uncounted = list(apart_from(vague, counted))
    yield from merged(uncounted, apart_from(spelled, uncounted))


def _unit(found: re.Match[str], currency: str | None) -> str:
    return "%" if found["percent"] else _CURRENCIES.get((currency or found["unit"] or "").lower(), "")


def _value(figures: str, *, decimal_comma: bool) -> Decimal | None:
    """The value of figures as the language writes them; None for what is a list of numbers (`1.2.3`)."""
    if len(figures) > _LONGEST:
        return None
    decimal, thousands = (",", ".") if decimal_comma else (".", ",")
    plain = re.sub(r"['’\u00a0\u202f ]", "", figures)
    groups = plain.split(thousands)
    if all(len(group.partition(decimal)[0]) == len("000") for group in groups[1:]):
        plain = "".join(groups)
    whole, _, rest = plain.replace(thousands, decimal).partition(decimal)
    if decimal in rest:
        return None
    return Decimal(f"{whole}.{rest}" if rest else whole)


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _spelled(phrase: str, grammar: _Grammar) -> int:
    total = current = 0
    for found in grammar.word.finditer(phrase.lower()):
        word = found[0]
        if word in grammar.hundreds:
            current = max(current, 1) * 100
        elif word in grammar.powers:
            power = 10 ** grammar.powers[word]
            # `dos mil millones` are 2,000 millions.
            total = (total + current) * power if 0 < total < power else total + max(current, 1) * power
            current = 0
        else:
            current += grammar.values[word]
    return total + current
