"""Text cut into sentences, each cut judged by the few words around it, so that an edit moves no cut far away."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive.compare.text.conventions import conventions, words

if TYPE_CHECKING:
    from archive.compare.text.conventions import Conventions


def sentences(text: str, language: str | None) -> list[str]:
    """The sentences of a text whose lines are paragraphs, white space folded; nothing is lost.

    `language` is ISO 639-1, or None where nobody knows. Quotes are cut too where they hold several
    sentences; a closing quote belongs to the sentence before it.
    """
    rules = conventions(language)
    found: list[str] = []
    for line in text.splitlines():
        paragraph = " ".join(line.split())
        start = 0
        for stop in _STOP.finditer(paragraph):
            if stop.end() < len(paragraph) and _ends_sentence(paragraph, start, stop, rules):
                found.append(paragraph[start : stop.end()].rstrip(" "))
                start = stop.end()
        if start < len(paragraph):
            found.append(paragraph[start:])
    return found


_CLOSERS = "\"'”’“‘»«›‹)\\]}」』）】"

# A run of stops is taken whole (the look-behind), so that ten thousand dots cost ten thousand steps.
_STOP = re.compile(
    rf"(?<![.!?…‽؟۔।॥։።။។])(?P<mark>[.!?…‽؟۔।॥։።။។]++)(?P<close>(?: ?»(?= |$))?(?:[{_CLOSERS}]|\[\d{{1,3}}\])*+) "
    "|(?<![。！？｡])(?P<cjk>[。！？｡]++)(?P<quoted>[\"'”’“‘」』）】)\\]]*+) ?"
)
_OPENERS = "\"'“”„‘’‚«»‹›([{¿¡—–-"
_INITIALS = re.compile(r"[^\W\d_](?:[^\W\d_]?(?:\.-?[^\W\d_]{1,2})+)?")
_ROMAN = re.compile("[IVXLC]{1,6}")
_LOOK_AHEAD = 80


def _ends_sentence(paragraph: str, start: int, stop: re.Match[str], rules: Conventions) -> bool:
    ahead = paragraph[stop.end() : stop.end() + _LOOK_AHEAD]
    if stop["cjk"]:
        # 「はい。」と答えた: what was said goes on into who said it.
        return not (stop["quoted"] and ahead.startswith(("と", "って", "、", "，")))
    if not _may_begin_sentence(ahead) or _says_who_spoke(stop, ahead, rules):
        return False
    begin = paragraph.rfind(" ", 0, stop.start()) + 1
    word = paragraph[begin : stop.start()].lstrip(_OPENERS)
    if stop["mark"] != ".":
        cut_out = stop["mark"] in {"…", "..."} and paragraph[stop.start() - 1 : stop.start()] in {"[", "("}
        return not cut_out
    if stop["close"]:
        return True
    # Of a list run into one paragraph ("The steps are: 1. Stop. 2. Look.") the first number follows a colon.
    at_start = begin == start or paragraph[begin - 2 : begin - 1] == ":"
    return _full_stop_ends_sentence(word, ahead, rules, at_start=at_start)


def _may_begin_sentence(ahead: str) -> bool:
    if ahead[0] in "¿¡":
        return True
    # The spaced ellipsis, . . .
    if ahead[0] == ".":
        return False
    first = next((place for place, char in enumerate(ahead) if char.isalnum()), None)
    if first is None:
        return False
    # iPhone, eBay
    return not ahead[first].islower() or ahead[first + 1 : first + 2].isupper()


def _says_who_spoke(stop: re.Match[str], ahead: str, rules: Conventions) -> bool:
    """Whether what follows a question or an exclamation in quotes is `Smith asked`, the same sentence's tail."""
    if stop["mark"] == "." or not any(mark in stop["close"] for mark in "\"'”’"):
        return False
    words = ahead.split(" ")[:4]
    for word in words:
        if word.rstrip(".,:;") in _SPEECH:
            return word is not words[0]
        if not word[:1].isupper() or word.endswith(",") or _is_first_word(word, rules):
            return False
    return False


_SPEECH = words(
    "added announced answered argued asked claimed cried explained insisted recalled replied said says "
    "shouted told tweeted urged warned wondered wrote"
)


def _full_stop_ends_sentence(word: str, ahead: str, rules: Conventions, *, at_start: bool) -> bool:
    following = ahead.lstrip(f"{_OPENERS} ").partition(" ")[0].rstrip(",;:!?…\"'”’»)")
    if _is_one_of(word, rules.never_last):
        return False
    if ahead[0].isdigit() and (_is_one_of(word, rules.before_number) or word.casefold().endswith(rules.streets)):
        return False
    if word.casefold() in {"a.m", "p.m"}:
        return not (following.rstrip(".") in _AFTER_THE_HOUR or following[:1].isdigit())
    numbered = word.isdigit() or (_ROMAN.fullmatch(word) is not None and rules.ordinals)
    if numbered and at_start:
        return False
    unsure = (
        _INITIALS.fullmatch(word) is not None
        or _is_one_of(word, rules.seldom_last)
        or (numbered and rules.ordinals and len(word) <= _LONGEST_ORDINAL and ahead[0] not in _OPENERS)
    )
    return not unsure or _is_first_word(following, rules)


_LONGEST_ORDINAL = 3
"""Digits; four make a year."""

_AFTER_THE_HOUR = words(
    "EST EDT ET PST PDT PT CST CDT CT MST MDT MT GMT UTC BST CET CEST Eastern Pacific Central Monday Tuesday "
    "Wednesday Thursday Friday Saturday Sunday"
)


def _is_one_of(word: str, words: frozenset[str]) -> bool:
    return word in words or word.casefold() in words


def _is_first_word(word: str, rules: Conventions) -> bool:
    plain = word.casefold().replace("’", "'")
    return plain in rules.first_words or plain.startswith(rules.elisions)
