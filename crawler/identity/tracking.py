"""Query parameters that tell where a reader came from, not what the page is."""

from __future__ import annotations

import re
from urllib.parse import unquote_plus


def without_tracking(query: str) -> str:
    """`query` without tracking and session parameters; the others as they are, in their order."""
    # "&amp;" comes from feeds and pages that escaped a URL twice.
    parameters = query.replace("&amp;", "&").split("&")
    return "&".join(parameter for parameter in parameters if parameter and not _tracks(parameter))


# courlan's list (AdGuard, ClearURLs, Firefox) is the base, but its pattern finds names inside names ("ga" in
# "gallery_id") and its cleaner recodes what is not UTF-8, so names are matched here in full. Two identities
# for one page cost a double; one identity for two pages loses an article. So what is in doubt stays.
_TRACKERS = re.compile(
    r"""
      (?: utm | mtm | matomo | piwik | itm | stm | hsa | ga | gaa | mkt | oly | vero | ns | at | wt | guce | fb
        | ito ) _ .+
    | pk_ (?: campaign | kwd | keyword | source | medium | content | cid | vid )
    | ref_ (?: src | url | type | source | campaign | medium )
    | sc_ (?: channel | campaign | content | medium | outcome | geo | country )
    | (?: fb | g | d | tw | y | ys | tt ) clid | msclkid | irclickid | clickid | wickedid | gclsrc | [gw]braid
    | igsh (?: id )? | li_fat_id | mc_[ce]id | s_cid | s_kwcid | ef_id | epik | _hsenc | _hsmi | hsctatracking
    | _ga | _gl | _gac | _openstat | __twitter_impression | __tn__ | xtor | ocid | ncid | icid | cmpid | intcid | cvid
    | smid | smtyp | soc_src | soc_trk | sref | srnd | taid | ftag | spm | campaign_id | referr?er | refsrc
    | share_?type | share_?id | share_?token | guccounter | emailtype | tblci | dicbo | obOrigUrl | cx_[a-z]+
    | (?: php | j | asp ) sess (?: ion )? id
    """,
    re.VERBOSE | re.IGNORECASE,
)
_UNLESS_NUMBERS = frozenset(
    {"affiliate", "aff", "campaign", "cmp", "ito", "medium", "partner", "ref", "share", "source", "src", "via"}
)
"""Names that track on most sites and name an article on some: there the value is a number."""


def _tracks(parameter: str) -> bool:
    name, _, value = parameter.partition("=")
    name = unquote_plus(name).lower()
    if name in _UNLESS_NUMBERS:
        return not value.isdecimal()
    return _TRACKERS.fullmatch(name) is not None
