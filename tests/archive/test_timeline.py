"""A page's looks counted into spans: none is lost, and what each showed is kept apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from support.desk import BODY, article, identity

from archive import pages
from archive.models import Finding, Outcome
from archive.timeline import Span, Timeline, timeline
from stet.render.timeline import HEIGHT, SPANS, WIDTH, chart

if TYPE_CHECKING:
    from support.desk import Desk

EDITED = (BODY[0].replace("214", "241"), *BODY[1:])


def of(desk: Desk, *, spans: int, path: str = "a") -> Timeline | None:
    page = pages.find(desk.db, identity(path).key)
    assert page is not None
    return timeline(desk.db, page, spans=spans)


def test_looks_are_told_apart_by_what_they_showed(desk: Desk) -> None:
    desk.reads(article())
    desk.record(Finding(Outcome.UNCHANGED))
    desk.finds(Outcome.GONE)
    desk.finds(Outcome.ERROR)
    desk.reads(article(*EDITED))
    found = of(desk, spans=100)
    assert found is not None
    assert (found.read, found.away, found.failed, found.versions) == (3, 1, 1, 2)
    assert [span.versions for span in found.spans] == [1, 0, 0, 0, 1]
    assert found.spans[0].place == 0
    assert found.spans[-1].place == 99
    assert found.spans[-1].weight > 0.5
    assert (found.first_at, found.last_at) == ("2026-01-01T12:15:00.000Z", "2026-01-01T13:15:00.000Z")


def test_many_looks_come_to_few_spans_and_none_is_lost(desk: Desk) -> None:
    desk.reads(article())
    for _ in range(200):
        desk.record(Finding(Outcome.UNCHANGED))
    found = of(desk, spans=10)
    assert found is not None
    assert [span.place for span in found.spans] == list(range(10))
    assert found.read == 201


def test_one_look_is_a_timeline_and_none_is_none(desk: Desk) -> None:
    desk.reads(article())
    found = of(desk, spans=10)
    assert found is not None
    assert [(span.place, span.looks) for span in found.spans] == [(0, 1)]
    page = pages.ensure(desk.db, identity("unseen"), now=desk.now)
    assert timeline(desk.db, page, spans=10) is None


COUNTS = st.integers(0, 10**6)
PLACES = st.lists(st.integers(0, SPANS - 1), min_size=1, unique=True).map(sorted)


@given(PLACES.flatmap(lambda places: st.tuples(*(_span(place) for place in places))))
def test_whatever_was_seen_is_drawn_within_the_frame(spans: tuple[Span, ...]) -> None:
    drawn = chart(Timeline("2026-01-01T12:00:00.000Z", "2026-01-02T12:00:00.000Z", spans))
    assert sum(dot.count for dot in drawn.dots) == sum(span.versions for span in spans)
    assert all(0 < dot.x < WIDTH and 0 < dot.radius < 10 for dot in drawn.dots)
    for kind in ("read", "away", "failed"):
        bars = [bar for bar in drawn.bars.get(kind, "").split("z") if bar]
        assert len(bars) == sum(getattr(span, kind) > 0 for span in spans)
        for bar in bars:
            corner, _, rest = bar.removeprefix("M").partition("h")
            x, y = map(float, corner.split())
            width, height = map(float, rest.split("h")[0].split("v"))
            assert 0 <= x < x + width <= WIDTH
            assert y > 0
            assert height > 0
            assert y + height <= HEIGHT


def _span(place: int) -> st.SearchStrategy[Span]:
    return st.builds(Span, st.just(place), COUNTS, COUNTS, COUNTS, COUNTS, st.floats(0, 1)).filter(
        lambda span: span.looks > 0
    )
