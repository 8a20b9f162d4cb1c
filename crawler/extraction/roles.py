"""What each piece of the page is: text, or a correction, a credit, a bio, a promo, furniture; and why."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from archive.models import TEXT_ROLES, Block, Role
from crawler.extraction import notices, openings, patterns
from crawler.extraction.naming import FOLLOW, names_only, names_subject
from crawler.extraction.page import LINK_END, Piece, kebab, normalise, squeeze, weights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

MAX_KEPT = 200
MAX_KEPT_LENGTH = 2_000
"""Bounds on what is kept aside of one page: blocks, and characters of each."""

NEAR = 16
"""Pieces before and after the text that are looked at; what stands farther off is the site's."""

CHROME_LENGTH = 400
"""Characters of a line in the site's header or footer that is looked at: a standards line, "back to top"."""

HOME_SHARE = 0.4
"""An element with this share of the text is the article's own container: its class says nothing of one line."""

LINK_ONLY = 0.9
"""A line with this share of its characters in links points elsewhere."""

MOSTLY_LINKED = 0.5

LEAD_PIECES = 12
"""Pieces before the first line of text in which a standfirst may stand."""

SENTENCE_WORDS = 12
"""Words from which a linked line that ends like a sentence may be one."""

STANDFIRST_LENGTH = (40, 600)

VOID_SHARE = 0.3
"""A class on this share of the text ("paywall" on every paragraph) says nothing of any line."""

LABEL_WORDS = 3
MOST_LABELS = 50
"""Words of a label over corrections, and labels that are looked under."""

FULL = 150
"""Characters of a full paragraph; teasers of other stories are shorter."""

ONE_LINK = "one link and nothing else"
"""The reason that marks a line that is a link to another story."""

_TEXT_KINDS = {"head": Role.HEADING, "quote": Role.QUOTE, "item": Role.LIST, "caption": Role.CAPTION}
_TOLD_BY_KIND = {"post": (Role.POST, "time of a post"), "label": (Role.CORRECTION, "label")}
_RESCUED = frozenset({Role.CORRECTION, Role.CREDIT})
_STANDFIRST = re.compile(
    r"(?:^|[\s_-])(?:standfirst|dek|deck|sub-?(?:title|head|heading|headline)|lede?|lead|summary|intro(?:duction)?|excerpt"
    r"|chapo|chapeau|entradilla|bajada|vorspann|teaser-?text|article-(?:summary|lead|intro|description))(?=$|[\s_-])",
    re.IGNORECASE,
)
_NAMED_STANDFIRST = re.compile(
    r"(?:^|[\s_-])(?:standfirst|dek|sub-?(?:title|headline)|chapo|chapeau|entradilla|bajada|vorspann)(?=$|[\s_-])",
    re.IGNORECASE,
)
"""Words for nothing else: of what trafilatura takes for text, the class "lead" may well be the first paragraph's."""
_SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’»)\]]*$")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Known:
    """What the page's metadata says that helps to tell its lines apart."""

    titles: tuple[str, ...]
    """The headline in all its forms."""
    authors: tuple[str, ...]
    description: str


@dataclass(frozen=True, slots=True)
class _Setting:
    """The page around one piece."""

    pieces: Sequence[Piece]
    chosen: frozenset[int]
    hints: dict[HtmlElement, patterns.Markup | None]
    """What the class and id of each element looked at say."""
    first: int
    last: int
    end: int
    """The index from which the last third of the text begins."""
    known: Known
    titles: frozenset[str]
    """The headline in all its forms, letters and figures only."""
    names: tuple[str, ...]
    """The authors' names in lower case, the longest first."""
    weights: Counter[HtmlElement]
    """The characters of text below each element."""
    total: int
    void: frozenset[str]
    """The expressions of the markup hints that say nothing on this page."""


def blocks(pieces: Sequence[Piece], chosen: set[int], known: Known) -> tuple[Block, ...]:
    """The article's blocks in page order, and around them what was kept aside."""
    setting = _setting(pieces, chosen, known)
    judged: dict[int, Block] = {}
    for i in range(max(0, setting.first - NEAR), min(len(pieces), setting.last + NEAR + 1)):
        piece = pieces[i]
        block = _of_text(piece, i, setting) if i in chosen else _beside(piece, i, setting)
        if block is not None:
            judged[i] = block
    _drop_teasers(judged)
    _complete_corrections(judged, setting)
    _drop_loose_headings(judged)
    kept = sorted(_bounded(judged, setting))
    return tuple(block for i in kept for block in openings.apart(judged[i], pieces[i]))


def is_address(line: str) -> bool:
    """Whether the line is a URL, spelled out: what it links to is there to be read."""
    return line.startswith(("http://", "https://")) and " " not in line


def ends_like_sentence(line: str) -> bool:
    return bool(_SENTENCE_END.search(line))


def clean_line(piece: Piece) -> str:
    """The line without labels such as "opens new tab"."""
    line = patterns.without_labels(piece.text)
    return piece.plain if line is piece.text else normalise(line.replace(LINK_END, ""))


def _setting(pieces: Sequence[Piece], chosen: set[int], known: Known) -> _Setting:
    below, total = weights(pieces, chosen)
    read, end = 0, 0
    for i in sorted(chosen):
        end = i
        read += len(pieces[i].text)
        if read > total * 2 / 3:
            break
    first, last = (min(chosen), max(chosen)) if chosen else (0, -1)
    titles = frozenset(_flat(title) for title in known.titles) - {""}
    names = tuple(sorted((name.lower() for name in known.authors), key=len, reverse=True))
    setting = _Setting(pieces, frozenset(chosen), {}, first, last, end, known, titles, names, below, total, frozenset())
    return replace(setting, void=_void(setting))


def _void(setting: _Setting) -> frozenset[str]:
    marked: Counter[str] = Counter()
    for i in setting.chosen:
        hint = _hint(setting.pieces[i], setting)
        if hint is not None:
            marked[hint.expression] += len(setting.pieces[i].text)
    return frozenset(words for words, length in marked.items() if length > VOID_SHARE * setting.total)


def _of_text(piece: Piece, i: int, setting: _Setting) -> Block:
    """A piece that is taken for text, unless it says otherwise itself."""
    line = clean_line(piece)
    if not line:
        return Block(Role.FURNITURE, piece.plain, "pattern: label")
    told = _told(piece, line, i, setting)
    if told is not None:
        return told
    hint = _hint(piece, setting)
    if hint is not None and hint.strong:
        return Block(hint.role, line, f"markup: {hint.reason}")
    if _points_elsewhere(piece, line):
        return Block(Role.PROMO, line, ONE_LINK)
    if piece.kind == "button":
        return Block(Role.FURNITURE, line, "markup: button")
    role = Role.TABLE if _is_row(piece) else _TEXT_KINDS.get(piece.kind, Role.BODY)
    if i <= setting.first + 2 < setting.last and _NAMED_STANDFIRST.search(_classes_around(piece)):
        role = Role.STANDFIRST
    return Block(role, line)


def _is_row(piece: Piece) -> bool:
    """A row of cells; one cell alone is layout."""
    return piece.tag == "tr" and sum(cell.tag in {"td", "th"} for cell in piece.owner) > 1


def _beside(piece: Piece, i: int, setting: _Setting) -> Block | None:
    """A piece that is not taken for text: kept with its role where it says one, or stands near the text."""
    if piece.zone == "chrome" and (len(piece.text) > CHROME_LENGTH or piece.kind == "item"):
        return None
    line = clean_line(piece)
    if not line:
        return None
    if _is_standfirst(piece, line, i, setting) or _is_described(piece, line, i, setting):
        return Block(Role.STANDFIRST, line, "above the text")
    within = _is_within(piece, i, setting)
    told = None
    if piece.kind != "item" or piece.linked < LINK_ONLY:  # a link in a list is a way elsewhere, whatever it says
        told = _told(piece, line, i, setting)
    if told is not None and told.role in _RESCUED and not (within and piece.linked < LINK_ONLY):
        told = None  # another story's correction, in a list of them
    return told or _marked(piece, line, setting, within=within) or (_near(piece, line) if within else None)


def _marked(piece: Piece, line: str, setting: _Setting, *, within: bool) -> Block | None:
    """What the markup says of a piece that is not taken for text."""
    hint = _hint(piece, setting)
    if hint is None or not (within or hint.role in {Role.BIO, Role.PROMO}):
        return None
    role = hint.role
    if role in _RESCUED and (not within or piece.linked > LINK_ONLY or piece.kind == "head"):
        role = Role.FURNITURE
    return Block(role, line, f"markup: {hint.reason}")


def _near(piece: Piece, line: str) -> Block:
    if piece.kind == "caption":
        return Block(Role.CAPTION, line, "markup: caption")
    return Block(Role.PROMO if _points_elsewhere(piece, line) else Role.FURNITURE, line, "outside the text")


def _told(piece: Piece, line: str, i: int, setting: _Setting) -> Block | None:
    """What the line itself tells: that it opens a post or a notice, the headline again, or a pattern."""
    if piece.kind in _TOLD_BY_KIND:
        role, reason = _TOLD_BY_KIND[piece.kind]
        return Block(role, line, reason)
    if i <= setting.first + 3 and _flat(line) in setting.titles and not _is_described(piece, line, i, setting):
        return Block(Role.FURNITURE, line, "repeats the headline")
    if (i <= setting.first + 3 or i >= setting.last - 1) and names_only(line, setting.names):
        return Block(Role.FURNITURE, line, "pattern: byline")
    for pattern in patterns.load().matches(line):
        if not _in_place(pattern.place, i, setting):
            continue
        if pattern.reason == FOLLOW and names_subject(line, setting.known.titles, setting.names):
            continue
        if pattern.role is Role.CORRECTION and piece.kind in {"head", "caption"} and not _is_label(line):
            continue
        return Block(pattern.role, line, f"pattern: {pattern.reason}")
    return None


def _in_place(place: patterns.Place, i: int, setting: _Setting) -> bool:
    if place == "top":
        return i <= setting.first + 3
    if place == "end":
        return i >= setting.end
    return True


def _is_within(piece: Piece, i: int, setting: _Setting) -> bool:
    """Between the first and the last line of text, or in one of the containers that hold most of it."""
    if piece.zone == "chrome" or not setting.total:
        return False
    if setting.first < i < setting.last:
        return True
    for element in piece.owner.iterancestors():
        if setting.weights[element] >= HOME_SHARE * setting.total:
            return element.tag not in {"body", "html"}
    return False


def _hint(piece: Piece, setting: _Setting) -> patterns.Markup | None:
    """What the classes of the elements around the piece say, up to the article's own container."""
    for element in (piece.owner, *piece.owner.iterancestors()):
        if element.tag in {"body", "html", "article", "main"}:
            return None
        if setting.total and setting.weights[element] >= HOME_SHARE * setting.total:
            return None
        if element not in setting.hints:
            setting.hints[element] = said_by(element)
        hint = setting.hints[element]
        if hint is not None and hint.expression not in setting.void:
            return hint
    return None


def said_by(element: HtmlElement) -> patterns.Markup | None:
    """What the element's own class and id say of the text in it."""
    words = f"{element.get('class') or ''} {element.get('id') or ''}".strip()
    return _said(words[:300]) if words else None


@lru_cache(maxsize=4096)
def _said(words: str) -> patterns.Markup | None:
    joined = kebab(words)
    anything, hints = patterns.markup()
    if not anything.search(joined):
        return None
    return next((hint for expression, hint in hints if expression.search(joined)), None)


def _points_elsewhere(piece: Piece, line: str) -> bool:
    if piece.linked < LINK_ONLY or piece.kind == "quote" or is_address(line):
        return False
    return not ends_like_sentence(line) or len(_WORD.findall(line)) < SENTENCE_WORDS


def _is_standfirst(piece: Piece, line: str, i: int, setting: _Setting) -> bool:
    """The paragraph between headline and text that says what the page's description says, or is marked so."""
    shortest, longest = STANDFIRST_LENGTH
    if not setting.first - LEAD_PIECES <= i < setting.first or piece.zone or piece.linked > MOSTLY_LINKED:
        return False
    if not shortest <= len(line) <= longest or piece.kind in {"caption", "button", "item"}:
        return False
    if _flat(line) in setting.titles:
        return False
    said = squeeze(setting.known.description).lower()
    if said and squeeze(line).lower()[:120] == said[:120] and len(said) > shortest:
        return True
    return bool(_STANDFIRST.search(_classes_around(piece)))


def _is_described(piece: Piece, line: str, i: int, setting: _Setting) -> bool:
    """A sentence right below the headline that is the page's description, however short or like the headline."""
    above = setting.pieces[i - 1] if i else piece
    if above.kind != "head" or _flat(above.text) not in setting.titles or line != setting.known.description:
        return False
    return piece.kind == "p" and ends_like_sentence(line) and line not in setting.known.titles


def _classes_around(piece: Piece) -> str:
    """The classes of the element the piece stands in, and of the one around that, in kebab case."""
    home = piece.owner.getparent()
    classes = f"{piece.owner.get('class') or ''} {(home is not None and home.get('class')) or ''}"
    return kebab(classes[:300])


def _flat(text: str) -> str:
    return "".join(_WORD.findall(text.lower()))


def _is_label(line: str) -> bool:
    """ "Correction" or "Editor's note", with nothing said yet."""
    return len(_WORD.findall(line)) <= LABEL_WORDS


def _complete_corrections(judged: dict[int, Block], setting: _Setting) -> None:
    """A heading "Correction" alone is no notice: what stands under it is, and the heading is its label."""
    labels = (i for i in sorted(judged) if judged[i].role is Role.CORRECTION)
    labels = (i for i in labels if setting.pieces[i].kind == "label" or _is_label(judged[i].text))
    for i in list(islice(labels, MOST_LABELS)):
        block, piece = judged[i], setting.pieces[i]
        judged[i] = Block(Role.FURNITURE, block.text, "label of a correction")
        in_home = setting.weights[piece.owner.getparent()] >= HOME_SHARE * setting.total
        for j in notices.under(setting.pieces, i, apart_from_text=i >= setting.end or not in_home):
            below = judged.get(j)
            if below is not None and below.role in {Role.BODY, Role.LIST, Role.TABLE, Role.FURNITURE}:
                judged[j] = Block(Role.CORRECTION, below.text, "under a correction heading")


def _drop_teasers(judged: dict[int, Block]) -> None:
    """After the story's last full paragraph: short lines each under the headline of another story are its teasers."""
    last = max((i for i, block in judged.items() if block.role is Role.BODY and len(block.text) >= FULL), default=None)
    if last is None:
        return
    above: Block | None = None
    for i in sorted(i for i in judged if i > last):
        block = judged[i]
        if block.role is Role.BODY and above is not None and above.reason == ONE_LINK:
            judged[i] = Block(Role.PROMO, block.text, "teaser of another story")
        above = block


def _drop_loose_headings(judged: dict[int, Block]) -> None:
    """A heading that no text follows headed what was taken out."""
    followed = False
    for i in sorted(judged, reverse=True):
        block = judged[i]
        if block.role is Role.HEADING:
            if not followed:
                judged[i] = Block(Role.FURNITURE, block.text, "heading with no text under it")
        elif block.role in TEXT_ROLES:
            followed = True


def _bounded(judged: dict[int, Block], setting: _Setting) -> set[int]:
    """The indexes to keep: all text, corrections and credits; of the rest what stands nearest to the text."""
    rest = []
    for i, block in list(judged.items()):
        if block.role in TEXT_ROLES:
            continue
        if len(block.text) > MAX_KEPT_LENGTH:
            judged[i] = Block(block.role, block.text[:MAX_KEPT_LENGTH], block.reason)
        distance = max(setting.first - i, i - setting.last, 0)
        important = block.role in {Role.CORRECTION, Role.CREDIT}
        rest.append((not important, distance, i))
    dropped = {i for _, _, i in sorted(rest)[MAX_KEPT:]}
    return set(judged) - dropped
