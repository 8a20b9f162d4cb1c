"""The script: what the newsroom changes, step by step, and what an archive should make of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from stet.newsroom.stories import BODY, Block

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from stet.newsroom.newsroom import Newsroom

BRIDGE = "harbour-bridge-reopens-after-storm"
TREATY = "lake-treaty-talks-resume-in-vesper"
STRIKE = "rail-freight-strike-ends-with-pay-deal"
CHIPS = "chipmaker-norvane-cuts-forecast"
GLACIER = "glacier-survey-finds-hidden-lakes"
MAYOR = "mayor-of-tessaly-denies-dam-warnings"
LIGHTHOUSE = "lighthouse-logbooks-read-by-volunteers"
SHIPYARD = "werft-in-hallerhafen-baut-stellen-ab"
WINDPARK = "gemeinderat-stoppt-windpark"
WINDPARK_MOVED = "oberlinden-lehnt-windpark-am-kahlberg-ab"
RAILWAY = "bahnstrecke-nach-lindenau-wird-gesperrt"
DROUGHT = "la-sequia-obliga-a-racionar-el-agua"
PORT = "el-puerto-de-almarza-recupera-su-tren"
TELESCOPE = "un-telescopio-busca-planetas-desde-el-desierto"

GLACIER_HEADLINE = "Survey finds 63 hidden lakes beneath the Corran ice cap"
BRIDGE_NOTICE = (
    "Correction: An earlier version of this article misstated the weight limit for vehicles on the "
    "Marlowe Bridge. It is 23.5 tonnes, not 32.5 tonnes."
)
RAILWAY_NOTICE = (
    "Korrektur: In einer früheren Version dieses Artikels hieß es, die Strecke werde ab dem 2. Juni gesperrt. "
    "Richtig ist der 9. Juni. Wir bitten, den Fehler zu entschuldigen."
)


@dataclass(frozen=True, slots=True)
class Step:
    """One change that the script makes."""

    name: str
    slug: str | None
    """The story it concerns; None where it is the whole site."""
    what: str
    """One line for people."""
    apply: Callable[[Newsroom], None]
    events: tuple[str, ...] = ()
    """The kinds of event to expect, the telling one first; none where nothing may be recorded."""
    actions: tuple[str, ...] = ()
    """The sentence edit actions to expect in the diff."""


@dataclass(frozen=True, slots=True)
class Change:
    """One step, as it was applied."""

    number: int
    """Counted from 1."""
    name: str
    path: str | None
    """Where the story stood before the step; None where the step concerns the whole site."""
    what: str
    events: tuple[str, ...]
    actions: tuple[str, ...]
    at: datetime
    """The newsroom's clock once the step was made."""

    @property
    def event(self) -> str | None:
        """The telling event to expect, if any."""
        return self.events[0] if self.events else None


def script_table(steps: Sequence[Step]) -> str:
    """The script as a plain table: number, step, story, what to expect, what happens."""
    rows = [("", "step", "story", "to expect", "what happens")] + [
        (str(number), step.name, step.slug or "all", ", ".join(step.events + step.actions) or "nothing", step.what)
        for number, step in enumerate(steps, start=1)
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    return "\n".join("  ".join([*map(str.ljust, row, widths), row[4]]) for row in rows)


def _furniture(what: str) -> Step:
    return Step("furniture", None, what, lambda newsroom: newsroom.furniture())


def _correct_bridge(newsroom: Newsroom) -> None:
    blocks = newsroom.story(BRIDGE).replaced("32.5 tonnes", "23.5 tonnes")
    newsroom.edit(BRIDGE, dated=True, blocks=blocks, corrections=(BRIDGE_NOTICE,))


def _correct_railway(newsroom: Newsroom) -> None:
    blocks = newsroom.story(RAILWAY).replaced("ab dem 2. Juni", "ab dem 9. Juni")
    newsroom.edit(RAILWAY, dated=True, blocks=blocks, corrections=(RAILWAY_NOTICE,))


def _raise_pay(newsroom: Newsroom) -> None:
    newsroom.edit(STRIKE, blocks=newsroom.story(STRIKE).replaced("6.4 percent", "4.6 percent"))


def _sharpen_chips(newsroom: Newsroom) -> None:
    title = "Norvane shares tumble as chipmaker slashes forecast and delays plant"
    newsroom.edit(CHIPS, title=title)


def _move_fishing(newsroom: Newsroom) -> None:
    newsroom.edit(TREATY, blocks=newsroom.story(TREATY).moved(5, 2))


def _name_author(newsroom: Newsroom) -> None:
    newsroom.edit(SHIPYARD, authors=(*newsroom.story(SHIPYARD).authors, "Klaus Pohl"))


def _try_headline(newsroom: Newsroom) -> None:
    newsroom.edit(GLACIER, title="There are 63 lakes under this ice cap, and they talk to each other")


def _restore_headline(newsroom: Newsroom) -> None:
    newsroom.edit(GLACIER, title=GLACIER_HEADLINE)


def _add_reply(newsroom: Newsroom) -> None:
    reply = (
        "El Ministerio de Transportes respondió el miércoles que la ayuda se revisará cada tres años y que "
        "en 2027 bajará a 3,60 euros. «Nadie compite con un túnel tapiado», añadió un portavoz."
    )
    newsroom.edit(PORT, dated=True, blocks=(*newsroom.story(PORT).blocks, Block(BODY, reply)))


def _drop_hotels(newsroom: Newsroom) -> None:
    blocks = newsroom.story(DROUGHT).blocks
    newsroom.edit(DROUGHT, blocks=blocks[:4] + blocks[5:])


def _drop_notice(newsroom: Newsroom) -> None:
    newsroom.edit(BRIDGE, corrections=())


SCRIPT: tuple[Step, ...] = (
    _furniture("The ticker, share counts and rails of all pages change, no article does"),
    Step(
        "correction",
        BRIDGE,
        "A wrong weight limit is put right; a notice says so and the date advances",
        _correct_bridge,
        ("correction_added", "text_changed", "dates_changed"),
        ("edit",),
    ),
    Step(
        "silent number",
        STRIKE,
        "A pay rise of 6.4 percent becomes one of 4.6 percent; neither notice nor date tells",
        _raise_pay,
        ("text_changed",),
        ("edit",),
    ),
    _furniture("The furniture changes again, the newsletter boxes with it"),
    Step(
        "new headline",
        CHIPS,
        "The headline is sharpened, the text stays",
        _sharpen_chips,
        ("headline_changed",),
    ),
    Step(
        "moved paragraph",
        TREATY,
        "The fishing families move up from the sixth paragraph to the third, word for word",
        _move_fishing,
        ("text_changed",),
        ("refactor",),
    ),
    Step(
        "byline added",
        SHIPYARD,
        "A second author is named",
        _name_author,
        ("byline_changed",),
    ),
    Step(
        "new article",
        LIGHTHOUSE,
        "A story appears in the feeds, the sitemaps and its section",
        lambda newsroom: newsroom.release(LIGHTHOUSE),
        ("first_seen",),
    ),
    Step(
        "headline trial",
        GLACIER,
        "Another headline is tried on the readers",
        _try_headline,
        ("headline_changed",),
    ),
    _furniture("The furniture changes, no article does"),
    Step(
        "deletion",
        MAYOR,
        "The story is taken down: 410 Gone",
        lambda newsroom: newsroom.set_status(MAYOR, 410),
        ("gone",),
    ),
    Step(
        "headline trial over",
        GLACIER,
        "The first headline is back: no new version, a return to the first",
        _restore_headline,
        ("returned",),
    ),
    Step(
        "redirect",
        WINDPARK,
        "The story moves to another slug (301), its text unchanged",
        lambda newsroom: newsroom.redirect(WINDPARK, WINDPARK_MOVED),
        ("moved",),
    ),
    Step(
        "outage",
        None,
        "The whole site answers 503 with Retry-After: 1",
        lambda newsroom: newsroom.outage(on=True),
    ),
    Step(
        "outage over",
        None,
        "The site is back, nothing has changed",
        lambda newsroom: newsroom.outage(on=False),
    ),
    Step(
        "paywall",
        TELESCOPE,
        "All but the first two paragraphs is for subscribers only",
        lambda newsroom: newsroom.paywall(TELESCOPE, on=True),
        ("paywalled",),
    ),
    Step(
        "added paragraph",
        PORT,
        "The ministry's reply is added at the end, and the date advances",
        _add_reply,
        ("text_changed", "dates_changed"),
        ("addition",),
    ),
    Step(
        "German correction",
        RAILWAY,
        "A wrong date is put right, with a notice",
        _correct_railway,
        ("correction_added", "text_changed", "dates_changed"),
        ("edit",),
    ),
    Step(
        "silent deletion",
        DROUGHT,
        "The paragraph about the hotels disappears without a word",
        _drop_hotels,
        ("text_changed",),
        ("deletion",),
    ),
    Step(
        "notice removed",
        BRIDGE,
        "The correction notice disappears, the corrected text stays",
        _drop_notice,
        ("correction_removed",),
    ),
    _furniture("The furniture changes a last time"),
)
"""The bundled script; `script_table` tells it."""
