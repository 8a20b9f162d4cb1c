"""An archive in which all happened that can be told of, under the URLs that the document gives as examples."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from support.desk import BODY, Desk, article, identity
from support.web import reading_room

from archive import boilerplate, pages
from archive.models import Article, Finding, Home, Identity, Outcome, Replay
from archive.opening import open_for_writing, transaction
from archive.reextraction import record_replay
from archive.repeats import set_aside

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from support.web import Served

NOTICE = "Correction: an earlier version gave another number of ships."
OTHER = Identity("other.example/ships", "https://other.example/ships")
HOUSE = "The Example Daily is printed on paper from the valley."
TOLD = (
    "The harbour office counted 214 ships in March, more than in any month since the storm of 1987 closed the port.",
    "“We have not seen such traffic in a generation,” said Ada Lin, who runs the office from a tower above the quay.",
    "Officials said the northern quay would reopen on Monday after repairs that cost the town 3 million euros.",
    "Nobody was hurt when a crane fell into the basin in February, but two barges sank and one still lies there.",
)
SUBJECTS = (
    "orchard",
    "tramway",
    "library",
    "museum",
    "stadium",
    "theatre",
    "railway",
    "brewery",
    "airport",
    "hospital",
)


@pytest.fixture(scope="session")
def archive_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("api") / "stet.db"
    with open_for_writing(path) as db:
        desk = Desk(db, source="Example Daily")
        _is_edited(desk, identity("harbour"))
        Desk.reads(_later(desk, "Other Post"), article(*TOLD, title="Harbour is busy again"), OTHER)
        _comes_and_goes(desk, identity("lighthouse"))
        _moves(desk, identity("ferry"), identity("ferries"))
        _is_read_again(desk, identity("bridge"))
        _repeats_itself(desk)
    return path


@pytest.fixture(scope="session")
def served(archive_path: Path) -> Iterator[Served]:
    with reading_room(archive_path) as room:
        yield room


def _later(desk: Desk, source: str) -> Desk:
    other = Desk(desk.db, source=source)
    other.now = desk.now
    return other


def _is_edited(desk: Desk, page: Identity) -> None:
    corrected = (
        "The harbour office counted 241 ships in March, more than in any month since the storm of 1987.",
        *TOLD[1:],
    )
    credit, aside = ("Reporting by Ada Lin; editing by Ben Okoro",), ("Sign up for our newsletter.",)
    desk.reads(article(*TOLD), page)
    desk.reads(article(*TOLD, title="Ships return in numbers"), page)
    desk.reads(article(*TOLD, "The mayor was late.", authors=("Ada Lin", "Ben Okoro"), credits=credit), page)
    desk.reads(
        article(
            *corrected,
            authors=("Ada Lin", "Ben Okoro"),
            corrections=(NOTICE,),
            credits=credit,
            aside=aside,
            modified="2026-01-01T13:00:00Z",
        ),
        page,
    )
    desk.reads(article(*corrected, authors=("Ada Lin", "Ben Okoro"), credits=credit), page)
    desk.reads(article(*TOLD), page)


def _comes_and_goes(desk: Desk, page: Identity) -> None:
    sold = article("The lighthouse was sold.", title="Lighthouse sold")
    desk.reads(sold, page)
    desk.finds(Outcome.GONE, page, detail="410 Gone")
    desk.reads(sold, page)
    desk.finds(Outcome.PAYWALLED, page, detail="for subscribers")
    desk.reads(sold, page)


def _moves(desk: Desk, page: Identity, to: Identity) -> None:
    desk.reads(article("The ferry runs on Sundays.", title="Ferry"), page)
    desk.reads(article("The ferry runs on Sundays.", title="Ferry"), page, home=Home(to, by_redirect=True))


def _is_read_again(desk: Desk, page: Identity) -> None:
    desk.reads(article(*BODY, "Share this page.", title="Bridge"), page)
    found = pages.find(desk.db, page.key)
    assert found is not None
    assert found.version is not None
    reading = Finding(Outcome.NEW, article(*BODY, title="Bridge"), extractor="test 2", settings_digest="aa")
    with transaction(desk.db):
        record_replay(desk.db, Replay(found.id, found.version, reading), now=desk.now)


def _repeats_itself(desk: Desk) -> None:
    for number in range(len(SUBJECTS)):
        desk.now += timedelta(days=1)
        desk.reads(_of_subject(number), identity(SUBJECTS[number]))
    # The first of them is looked at again, and reads otherwise by what was learned since.
    fresh = _of_subject(0)
    learned = boilerplate.learned(desk.db, pages.ensure_source(desk.db, "Example Daily"))
    blocks = set_aside(fresh.blocks, learned, text_roles=fresh.text_roles)
    desk.reads(replace(fresh, blocks=blocks), identity(SUBJECTS[0]))


def _of_subject(number: int) -> Article:
    subject = SUBJECTS[number]
    told = f"The {subject} of the town has {number + 3} new owners, who will not say what they paid for it."
    day = f"2026-01-{number + 2:02}T08:00:00Z"
    return article(told, HOUSE, title=f"{subject.title()} under fresh {subject}s", published=day)
