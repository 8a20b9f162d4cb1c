"""Which events a page, a feed or a program asks for, by the same parameters."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import Query
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, field_validator, model_validator

from archive.models import EventKind
from archive.search.query import QueryError, parse
from archive.stream import Wanted
from stet.moments import parse_moment

Moment = Annotated[
    datetime,
    BeforeValidator(lambda given: parse_moment(given) if isinstance(given, str) else given),
    WithJsonSchema({"type": "string", "examples": ["2026-01-31", "2026-01-31T12:00:00Z", "2d"]}),
]


class Asked(BaseModel):
    """The parameters of a page. A form sends what was left empty too: it counts as not given."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _without_empty(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        return {
            name: [each for each in value if each != ""] if isinstance(value, list) else value
            for name, value in data.items()
            if value not in ("", [])
        }


class ChangeFilter(Asked):
    """What events are asked for."""

    source: str | None = Field(default=None, max_length=200, description="Events of that source only.")
    kind: tuple[EventKind, ...] = Field(default=(), description="Events of that kind only; may be repeated.")
    min_weight: float = Field(default=0.0, ge=0, le=1, description="What weighs that much at least, from 0 to 1.")
    since: Moment | None = Field(default=None, description="Observed then or later: a time, or how long ago.")
    until: Moment | None = Field(default=None, description="Observed before: a time, or how long ago.")
    text: str = Field(
        default="",
        max_length=2_000,
        description="A search query that the headline, what changed of text or byline, or a notice matches.",
    )

    @field_validator("text")
    @classmethod
    def _can_be_searched_for(cls, text: str) -> str:
        try:
            if text.strip():
                parse(text)
        except QueryError as error:
            raise ValueError(str(error)) from error
        return text

    def wanted(self, *, page_id: int | None = None) -> Wanted:
        """As the archive is asked for it."""
        return Wanted(
            source=self.source,
            kinds=tuple(kind.value for kind in self.kind),
            min_weight=self.min_weight,
            since=self.since,
            until=self.until,
            page_id=page_id,
            text=self.text,
        )


Filters = Annotated[ChangeFilter, Query()]
