"""The lines by which an article says of itself that it was updated or corrected."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive.compare.text.normalise import normalise

if TYPE_CHECKING:
    from archive.models import Article


def update_lines(article: Article) -> dict[str, str]:
    """The lines, wherever on the page they stand, by their normal form: `Updated 5 May`, `This story was corrected`."""
    found: dict[str, str] = {}
    for block in article.blocks:
        for line in _LINE.finditer(block.text):
            wording = " ".join(line["line"].split())
            found.setdefault(normalise(wording), wording)
    return found


def new_update_lines(before: Article, after: Article) -> tuple[str, ...]:
    """The lines that came: other ones than before, a line whose date alone is another too."""
    known = update_lines(before)
    return tuple(line for form, line in update_lines(after).items() if form not in known)


# Labels stand at the beginning of a line or sentence and are set off from what follows; a verb wants the article as
# what was updated, since a phone may be updated too.
_LABELS = (
    "updated?|update|corrected|corrections?|clarifications?|amended|last (?:updated|modified)"
    "|editor['’]?s['’]? note"
    "|aktualisiert|aktualisierung|korrektur|berichtigung|richtigstellung"
    "|(?:zuletzt|letzte) (?:aktualisier(?:t|ung)|änderung)"
    "|actualizad[oa]|actualización|última actualización|corrección|fe de errores|rectificación|nota del editor"
    "|mis(?:e)? à jour|mise à jour|dernière mise à jour|actualisé|correction|rectificatif|erratum|précision"
    "|aggiornat[oa]|aggiornamento|ultimo aggiornamento|rettifica|correzione|errata corrige"
    "|atualizad[oa]|atualização|última atualização|correção|errata"
    "|bijgewerkt|laatst bijgewerkt|correctie|rectificatie|gewijzigd"
)
# With `the` it may be any report that the story is about; an article with a number is one of a law.
_ARTICLES = (
    "(?:this|an earlier version of this|a previous version of this|an earlier version of the) "
    "(?:story|article|report|post|page|headline|piece|item|version)"
    "|dieser (?:artikel|text|beitrag|bericht)|diese (?:meldung|fassung)"
    "|(?:este|esta) (?:artículo|noticia|nota|información|artigo|notícia|texto|reportagem|matéria)"
    "|(?:cet|cette) (?:article|dépêche|texte|version)"
    "|(?:questo|quest['’]) ?(?:articolo|notizia|testo)"
    "|dit (?:artikel|bericht|stuk)"
)
_VERBS = (
    "updated|corrected|amended|revised|clarified|edited|changed to|incorrectly|misstated|misspelled|wrongly"
    "|aktualisiert|korrigiert|berichtigt|ergänzt|überarbeitet|geändert"
    "|actualizad[oa]|corregid[oa]|modificad[oa]|rectificad[oa]"
    "|mis(?:e)? à jour|actualisée?|corrigée?|modifiée?|rectifiée?"
    "|aggiornat[oa]|corrett[oa]|modificat[oa]"
    "|atualizad[oa]|corrigid[oa]"
    "|bijgewerkt|gecorrigeerd|aangepast|gewijzigd"
)
_BEGINS = r"(?:^|(?<=[.!?] )|(?<=\n))[ \t(\[*–—-]{0,4}"
_SET_OFF = r"(?=\s*[:|(–—-]|\s*\d|\s+(?:on|at|am|um|le|à|el|a las|il|alle|em|às|op|om)\s[\w ,]{0,20}\d)"
_LINE = re.compile(
    rf"{_BEGINS}(?P<line>(?:(?:{_LABELS}){_SET_OFF}"
    rf"|(?:{_ARTICLES})\b(?! \d)(?:[^.!?\n]|(?<=\d)\.){{0,60}}?\b(?:{_VERBS})\b)[^.!?\n]{{0,80}})",
    re.IGNORECASE | re.MULTILINE,
)
