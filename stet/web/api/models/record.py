"""What all models share: their base, and the types of fields that many have."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema


class Record(BaseModel):
    """A JSON object whose fields are described by what stands below them."""

    model_config = ConfigDict(use_attribute_docstrings=True)


Time = Annotated[
    str, WithJsonSchema({"type": "string", "format": "date-time", "examples": ["2026-01-31T12:00:00.000Z"]})
]
"""UTC, to the millisecond."""
PageTime = Annotated[str, Field(examples=["2026-01-31T08:00:00+01:00", "2026-01-31"])]
"""As an article gives it."""
Address = Annotated[str, Field(examples=["https://news.example/harbour"])]
Version = Annotated[int, Field(ge=1, examples=[2])]
Part = Annotated[float, Field(ge=0, le=1, examples=[0.5])]
"""From 0 to 1."""
Count = Annotated[int, Field(ge=0, examples=[3])]
Source = Annotated[str, Field(examples=["Example Daily"])]
Headline = Annotated[str, Field(examples=["Ships return"])]
Text = Annotated[str, Field(examples=["The harbour office counted 214 ships in March."])]
State = Annotated[str, Field(examples=["live", "gone", "paywalled", "moved"])]
Extractor = Annotated[str, Field(examples=["trafilatura 2.3"])]
Digest = Annotated[str, Field(examples=["9f86d081884c7d65"])]
