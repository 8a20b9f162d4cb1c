"""Lists are read to their end page by page, whatever is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from support.web import Served

HARBOUR = "url=https%3A%2F%2Fnews.example%2Fharbour"


def to_the_end(served: Served, path: str) -> list[list[dict[str, Any]]]:
    """The items of each page, each reached by what the one before says."""
    found: list[list[dict[str, Any]]] = []
    following: str | None = path
    while following is not None:
        answer = served.get(following)
        assert answer.status_code == 200, answer.text
        found.append(answer.json()["items"])
        following = answer.json()["next"]
        assert answer.links.get("next", {}).get("url") == following
    return found


@pytest.mark.parametrize(
    "asked",
    [
        "changes?",
        f"changes?{HARBOUR}&",
        "changes?source=Example+Daily&kind=text_changed&kind=first_seen&min_weight=0&since=2026-01-01&",
        f"log?{HARBOUR}&",
        f"headlines?{HARBOUR}&",
    ],
)
@pytest.mark.parametrize("limit", [1, 2, 3])
def test_pages_together_are_the_list(served: Served, asked: str, limit: int) -> None:
    whole = served.get(f"/api/v1/{asked}limit=500").json()
    assert whole["next"] is None
    assert len(whole["items"]) > 1
    pages = to_the_end(served, f"/api/v1/{asked}limit={limit}")
    assert all(len(page) == limit for page in pages[:-1])
    assert pages[-1]
    assert [item for page in pages for item in page] == whole["items"]


def test_events_of_a_page_are_those_of_that_page(served: Served) -> None:
    told = served.get(f"/api/v1/changes?{HARBOUR}").json()["items"]
    assert {event["url"] for event in told} == {"https://news.example/harbour"}
