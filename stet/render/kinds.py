"""What each kind of event is called for people, wherever they are told of it."""

from __future__ import annotations

from archive.models import EventKind

KINDS = {
    EventKind.FIRST_SEEN: "First seen",
    EventKind.HEADLINE_CHANGED: "Headline changed",
    EventKind.TEXT_CHANGED: "Text changed",
    EventKind.BYLINE_CHANGED: "Byline changed",
    EventKind.DATES_CHANGED: "Dates changed",
    EventKind.CORRECTION_ADDED: "Correction added",
    EventKind.CORRECTION_REMOVED: "Correction removed",
    EventKind.MOVED: "Moved",
    EventKind.GONE: "Gone",
    EventKind.RETURNED: "Returned",
    EventKind.PAYWALLED: "Paywalled",
    EventKind.UNPAYWALLED: "Free again",
    EventKind.REEXTRACTED: "Read anew",
}
