"""Whether two texts are of the same at all, by what is of one event only: names, numbers and dates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archive.compare.outlets.features import Weighed


@dataclass(frozen=True, slots=True)
class Kinship:
    """Shares, from 0 to 1, of what is specific and in both texts."""

    specific: float
    """Of the names, numbers and dates of the text that has fewer."""
    lead: float
    """Of those in a headline and under it, which the other text has anywhere: mostly the larger of the two shares,
    since a report of one's own may begin with anything."""
    is_told: bool
    """Whether both texts have enough of them to tell."""

    @property
    def degree(self) -> float:
        """Both shares together; 1 where there is too little to doubt it by."""
        return (self.specific + self.lead) / 2 if self.is_told else 1.0


def kinship(features: Weighed) -> Kinship:
    """How much of what is specific to the texts is in both; what closes both in the same words is of neither event."""
    closing = 0
    while closing < min(map(len, (features.a, features.b))) and features.a[-closing - 1] == features.b[-closing - 1]:
        closing += 1
    all_a, all_b = (lead.union(*text[: len(text) - closing]) & features.specific for lead, text in _sides(features))

    def worth(keys: Iterable[str]) -> float:
        return sum(map(features.rarities.__getitem__, keys))

    least = min(worth(all_a), worth(all_b))
    specific = worth(all_a & all_b) / max(least, _TELLING)
    leads = [
        (lead & features.specific, other) for (lead, _), other in zip(_sides(features), (all_b, all_a), strict=True)
    ]
    shares = [worth(lead & other) / worth(lead) for lead, other in leads if worth(lead) >= _ONE_NAME]
    lead = _LARGER * max(shares) + (1 - _LARGER) * min(shares) if shares else specific
    return Kinship(round(specific, 3), round(lead, 3), least >= _TELLING)


_TELLING, _ONE_NAME = 3.0, 1.0
_LARGER = 0.75


def _sides(features: Weighed) -> tuple[tuple[frozenset[str], tuple[frozenset[str], ...]], ...]:
    return (features.lead_a, features.a), (features.lead_b, features.b)
