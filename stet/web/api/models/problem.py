"""What went wrong, as RFC 9457 has it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from stet.web.api.models.record import Record


class Fault(Record):
    """One thing that is wrong with a request."""

    detail: Annotated[str, Field(examples=["must be at most 500"])]
    """What is wrong, in a sentence."""
    parameter: Annotated[str, Field(examples=["limit"])] | None = None
    """The parameter of the query that it is wrong with."""
    pointer: Annotated[str, Field(examples=["#/url"])] | None = None
    """The place in the request's body that it is wrong with: a JSON Pointer (RFC 6901) as a fragment."""


class Problem(Record):
    """Why there is no answer (RFC 9457)."""

    type: Annotated[str, Field(examples=["about:blank"])]
    """A URI for the kind of problem; `about:blank` where the status says it all."""
    title: Annotated[str, Field(examples=["Unprocessable Content"])]
    """The status in words."""
    status: Annotated[int, Field(ge=400, le=599, examples=[422])]
    """The HTTP status."""
    detail: Annotated[str, Field(examples=["limit: must be at most 500"])]
    """What is wrong with this request, and what to do where that is known."""
    errors: list[Fault] | None = None
    """Each thing that is wrong, where the request itself is: with status 422."""
