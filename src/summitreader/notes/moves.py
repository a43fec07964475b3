"""Selected words that were cut from one place and put in another: looked for in inserted text only."""

from __future__ import annotations

from summitreader.notes.difference import Difference
from summitreader.notes.model import Placement, State
from summitreader.notes.respelling import alike, fold, surroundings

_ENOUGH = 16
"""Letters that make words unmistakable where they stand in one inserted place only."""
_AGREES = 0.7
_NEARLY = 0.92
_LONG = 6
_SEARCHED = 4_000
"""Inserted words up to which nearly the same words are looked for too: a rewritten text is no place for that."""


def moved(found: Difference, first: int, last: int) -> Placement | None:
    """The one inserted place with the same words, unmistakable by their length or by the words around them; else,
    for a long selection, the one with nearly the same words."""
    words = list(found.old.words[first:last])
    letters = sum(len(w) for w in words)
    exact = []
    for i, high in _scarcest(found, words):
        if i + len(words) <= high and list(found.new.words[i : i + len(words)]) == words:
            exact.append((surroundings(found, first, last, i, i + len(words)), i))
    exact.sort(reverse=True)
    if exact:
        agrees, i = exact[0]
        alone = len(exact) == 1 or agrees > exact[1][0] + 0.15
        if alone and (letters >= _ENOUGH or agrees >= _AGREES):
            return _place(found, i, i + len(words), 1.0)
        return None
    if len(words) >= _LONG and sum(high - low for low, high in found.inserted) <= _SEARCHED:
        folded = fold("".join(words))
        runs = [
            max(runs)
            for low, high in found.inserted
            if (high - low) * 2 >= len(words) and (runs := alike(folded, found.new.words, low, high, len(words)))
        ]
        runs.sort(reverse=True)
        if runs and runs[0][0] >= _NEARLY and (len(runs) == 1 or runs[0][0] > runs[1][0] + 0.05):
            return _place(found, runs[0][1], runs[0][2], runs[0][0])
    return None


def _scarcest(found: Difference, words: list[str]) -> list[tuple[int, int]]:
    """Where `words` would begin in inserted text, judged by the word of theirs that stands there least often."""
    offset, places = min(
        ((n, found.inserted_at.get(word, ())) for n, word in enumerate(words)), key=lambda item: len(item[1])
    )
    return [(i - offset, high) for i, high in places if i >= offset]


def _place(found: Difference, i: int, j: int, likeness: float) -> Placement:
    state = State.SURE if likeness == 1.0 else State.UNSURE
    return Placement(found.new.starts[i], found.new.ends[j - 1], state, 0.95 * likeness)
