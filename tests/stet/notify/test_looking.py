"""Looking into the stream: a little at a time, nothing twice and nothing passed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.desk import Desk, article, identity
from support.receiver import SECRET

from archive.models import Outcome
from archive.stream import each, last_id
from stet.config import Config
from stet.notify import looking
from stet.notify.targets import MOST_EVENTS_OF_A_WEBHOOK, routes

if TYPE_CHECKING:
    from archive.outbox import Draft


def test_every_event_that_is_wanted_is_found_once(desk: Desk) -> None:
    for number in range(looking.AT_A_TIME):
        desk.reads(article(title=f"Ship {number}"), identity(f"page-{number}"))
        desk.finds(Outcome.GONE, identity(f"page-{number}"))
    hooks = [{"url": f"https://hooks.example/{name}", "secrets": [SECRET]} for name in "ab"]
    rule = {"name": "r", "kinds": ["gone"], "words": ["ship 1*"], "webhooks": hooks}
    (route,) = routes(Config.model_validate({"notify": {"rules": [rule]}}).notify)
    found, seen = dict[int, object](), looking.Look({}, 0, is_last=False)
    looks = 0
    while not seen.is_last:
        seen = looking.look(desk.db, [route], {"r": seen.considered})
        found |= seen.wanted
        looks += 1
    assert (seen.considered, looks) == (last_id(desk.db), 3)
    titles = [change.title for change in each(desk.db, list(found))]
    assert titles == [f"Ship {number}" for number in (1, *range(10, 20))]
    drafts: list[Draft] = list(looking.drafts({event: [route] for event in range(MOST_EVENTS_OF_A_WEBHOOK + 1)}))
    assert [len(draft.events) for draft in drafts] == [MOST_EVENTS_OF_A_WEBHOOK, 1] * 2
    assert len({draft.message_id for draft in drafts}) == 4
    assert len({draft.target for draft in drafts}) == 2
