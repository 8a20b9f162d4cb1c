"""Two articles compared, sentence by sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.compare.text.normalise import normalise
from archive.compare.text.sentences import sentences
from archive.compare.text.words import count_changes, count_words, mark
from archive.compare.versions.actions import Action, ActionKind, Change, Diff
from archive.compare.versions.alignment import align
from archive.compare.versions.boundaries import reconcile
from archive.compare.versions.fingerprint import essence

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from archive.compare.versions.alignment import Pair
    from archive.models import Article


def diff(before: Article, after: Article) -> Diff:
    """What changed between two articles; empty exactly when their fingerprints are the same.

    Both are cut into sentences by the newer one's language, so that a language found later cuts nothing
    anew. Sentences that show nothing (zero-width characters alone) are left out.
    """
    was, became = essence(before), essence(after)
    language = after.language or before.language
    actions = compare_sentences(*reconcile(_visible(before.text, language), _visible(after.text, language)))
    title = Change(_line(before.title), _line(after.title)) if was.title != became.title else None
    authors = Change(_names(before.authors), _names(after.authors)) if was.authors != became.authors else None
    added = _only_in(after.corrections, was.corrections)
    removed = _only_in(before.corrections, became.corrections)
    words_removed, words_added = count_all(title, actions, removed, added)
    return Diff(
        title=title,
        authors=authors,
        actions=actions,
        corrections_added=added,
        corrections_removed=removed,
        words_added=words_added,
        words_removed=words_removed,
        language=language,
    )


def compare_sentences(before: Sequence[str], after: Sequence[str]) -> tuple[Action, ...]:
    """What became of each sentence, all of them, in the order of reading."""
    pairs = align([normalise(each) for each in before], [normalise(each) for each in after])
    paired = {place for pair in pairs for place in pair.before}
    deletions = iter([place for place in range(len(before)) if place not in paired])
    by_start = {pair.after.start: pair for pair in pairs}
    in_order = iter([pair for pair in pairs if not pair.moved])
    actions: list[Action] = []
    # Deletions come right after the last sentence before them that stayed in order.
    pending = next(deletions, None)
    following = next(in_order, None)
    place = 0
    while True:
        while pending is not None and (following is None or pending < following.before.start):
            actions.append(Action(ActionKind.DELETION, (before[pending],), (), pending, None, 0.0))
            pending = next(deletions, None)
        if place == len(after):
            return tuple(actions)
        pair = by_start.get(place)
        if pair is None:
            actions.append(Action(ActionKind.ADDITION, (), (after[place],), None, place, 0.0))
            place += 1
        else:
            actions.append(_action(before, after, pair))
            place = pair.after.stop
            if pair is following:
                following = next(in_order, None)


def apply(before: Sequence[str], actions: Iterable[Action]) -> list[str]:
    """The newer sentences, made from the older ones by the actions.

    Raises ValueError where the actions are not about these sentences.
    """
    found: list[str] = []
    seen: set[int] = set()
    for action in actions:
        for place, sentence in enumerate(action.befores, start=action.before_index or 0):
            if place >= len(before) or before[place] != sentence:
                raise ValueError(f"not a diff of this text: sentence {place} is another one")
            seen.add(place)
        text = "".join(each.text for each in action.marks if each.op != "delete") or action.after or ""
        for sentence in action.afters:
            found.append(text[: len(sentence)])
            text = text[len(sentence) + 1 :]
    if len(seen) != len(before):
        raise ValueError(f"not a diff of this text: {len(before)} sentences, {len(seen)} accounted for")
    return found


def count_all(
    title: Change[str] | None, actions: Iterable[Action], removed: Iterable[str], added: Iterable[str]
) -> tuple[int, int]:
    """Words removed and added by a diff's parts; `removed` and `added` are notices of correction."""
    counts = [*map(_count, actions), (sum(map(count_words, removed)), sum(map(count_words, added)))]
    if title:
        counts.append(count_changes(mark(title.before, title.after)))
    return sum(count for count, _ in counts), sum(count for _, count in counts)


def _visible(text: str, language: str | None) -> list[str]:
    return [sentence for sentence in sentences(text, language) if normalise(sentence)]


def _line(text: str) -> str:
    return " ".join(text.split())


def _names(authors: Iterable[str]) -> tuple[str, ...]:
    return tuple(_line(author) for author in authors if normalise(author))


def _only_in(notices: Iterable[str], others: Iterable[str]) -> tuple[str, ...]:
    """The notices that the others do not have, in order, each once."""
    by_form = {normalise(notice): _line(notice) for notice in notices}
    known = {"", *others}
    return tuple(notice for form, notice in by_form.items() if form not in known)


def _action(before: Sequence[str], after: Sequence[str], pair: Pair) -> Action:
    old = tuple(before[pair.before.start : pair.before.stop])
    new = tuple(after[pair.after.start : pair.after.stop])
    same = pair.similarity == 1
    stayed = ActionKind.UNCHANGED if same else ActionKind.EDIT
    return Action(
        kind=ActionKind.REFACTOR if pair.moved else stayed,
        befores=old,
        afters=new,
        before_index=pair.before.start,
        after_index=pair.after.start,
        similarity=pair.similarity,
        marks=() if same else mark(" ".join(old), " ".join(new)),
    )


def _count(action: Action) -> tuple[int, int]:
    """Words removed and added by one action."""
    if action.marks:
        return count_changes(action.marks)
    if action.kind is ActionKind.DELETION:
        return count_words(action.before or ""), 0
    if action.kind is ActionKind.ADDITION:
        return 0, count_words(action.after or "")
    return 0, 0
