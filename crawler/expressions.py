"""Regular expressions in the configuration."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator


def _compiles(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"{text!r} is no regular expression: {error}") from error
    return text


Pattern = Annotated[str, AfterValidator(_compiles)]
"""A regular expression, as text; what is none is refused with what is wrong with it."""
