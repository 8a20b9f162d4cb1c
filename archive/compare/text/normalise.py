"""Text brought to the form in which it is compared: what a reader cannot tell apart becomes the same."""

from __future__ import annotations

import re
import unicodedata


def normalise(text: str) -> str:
    """The text without differences of typography: idempotent, one line, no space at the ends.

    Unicode NFC; every quote mark and apostrophe straight; hyphens and the minus sign `-`, longer dashes
    all `–`; `…` three dots; white space one space, none after a CJK full stop (which carries its own);
    controls, bidi marks, soft hyphens, zero-width characters and lone surrogates dropped.
    """
    if text.isascii():
        return " ".join(_IGNORABLE.sub("", text).replace("`", "'").split())
    visible = _IGNORABLE.sub("", unicodedata.normalize("NFC", text))
    # Dropping what stood between a letter and its accent can bring them together: compose again.
    composed = unicodedata.normalize("NFC", visible)
    folded = " ".join(_VARIANT.sub(lambda found: _PLAIN[found[0]], composed).split())
    return _AFTER_CJK_STOP.sub(lambda found: found[0].replace(" ", ""), folded)


# Default_Ignorable_Code_Point (Unicode DerivedCoreProperties), the other controls that are not white space,
# interlinear annotation marks, and surrogates, which no encoder takes.
_IGNORABLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)

_PLAIN = {
    **dict.fromkeys("“”„‟«»″〝〞〟＂❝❞", '"'),
    **dict.fromkeys("‘’‚‛‹›′´`ʼʹ＇❛❜", "'"),
    **dict.fromkeys("‐‑−﹣－", "-"),
    **dict.fromkeys("‒—―", "–"),
    "…": "...",
}
_VARIANT = re.compile(f"[{''.join(_PLAIN)}]")

_AFTER_CJK_STOP = re.compile("[。！？｡][\"'」』）】)\\] ]+")
