"""Selected words in another spelling, looked for only in what replaced them: case, hyphens, typos, inflection."""

from __future__ import annotations

from collections.abc import Sequence

from summitreader.notes.diff import Difference
from summitreader.notes.model import Placement, State

# Tuned on the development half of the revisions that benchmarks/anchoring.py runs on, documents left out in turn.
_ALIKE = 0.72
_SURELY = 0.9
_AS_ALIKE = 0.05
_MARGIN = 0.3
_AROUND = 5
_AGREES = 0.3
_LONG = 3
_SMALL_HOLE = 25
_LARGE_HOLE = 500

Run = tuple[float, int, int]
"""Likeness 0 to 1, and the half-open range of new words."""


def hole(found: Difference, first: int, last: int) -> tuple[int, int]:
    """The new words between what is left before word `first` of the old text and what is left from `last` on."""
    before = next((found.pair[i] for i in range(first - 1, -1, -1) if found.pair[i] >= 0), -1)
    after = next((found.pair[i] for i in range(last, len(found.pair)) if found.pair[i] >= 0), len(found.new.words))
    return before + 1, after


def respelt(found: Difference, first: int, last: int) -> Placement | None:
    """The place in the hole whose letters are nearly those of the selected words, where there is one.

    Of several the one that stands among the same words is taken; a few words in a large hole need that.
    """
    low, high = hole(found, first, last)
    if low >= high or high - low > _LARGE_HOLE + 4 * (last - first):
        return None
    words = fold("".join(found.old.words[first:last]))
    left = [found.pair[i] for i in range(first, last) if found.pair[i] >= 0]
    runs = [
        r
        for r in alike(words, found.new.words, low, high, last - first)
        if r[0] >= _ALIKE and (not left or (r[1] <= left[-1] and left[0] < r[2]))
    ]
    if not runs:
        return None
    where = max(runs, key=lambda r: (r[0] + surroundings(found, first, last, r[1], r[2]), -r[1]))
    here = [r for r in runs if r[1] < where[2] and where[1] < r[2]]
    likeness, i, j = max(here, key=lambda r: (r[0], surroundings(found, first, last, r[1], r[2])))
    agrees = surroundings(found, first, last, i, j)
    others = [r for r in runs if r[0] > likeness - _AS_ALIKE and (r[2] <= where[1] or where[2] <= r[1])]
    if any(surroundings(found, first, last, r[1], r[2]) > agrees - _MARGIN for r in others):
        return None
    i, j = _trimmed(found, first, last, i, j)
    if last - first < _LONG and high - low > _SMALL_HOLE and agrees < _AGREES:
        return None
    state = State.SURE if likeness >= _SURELY and (agrees >= _AGREES or last - first >= _LONG) else State.UNSURE
    return Placement(found.new.starts[i], found.new.ends[j - 1], state, likeness)


def _trimmed(found: Difference, first: int, last: int, i: int, j: int) -> tuple[int, int]:
    """Without marks at an edge where the selection had a word."""
    old, new = found.old.words, found.new.words
    while i + 1 < j and old[first][0].isalnum() and not new[i][0].isalnum():
        i += 1
    while i + 1 < j and old[last - 1][0].isalnum() and not new[j - 1][0].isalnum():
        j -= 1
    return i, j


def surroundings(found: Difference, first: int, last: int, i: int, j: int) -> float:
    """How many of the words just before and after agree, 0 to 1; nearer ones count for more."""
    old, new = found.old.words, found.new.words
    total = score = 0.0
    for step in range(1, _AROUND + 1):
        for a, b in ((first - step, i - step), (last - 1 + step, j - 1 + step)):
            total += 1 / step
            inside_a, inside_b = 0 <= a < len(old), 0 <= b < len(new)
            if inside_a and inside_b:
                score += (old[a].casefold() == new[b].casefold()) / step
            elif inside_a == inside_b:
                score += 1 / step
    return score / total


def alike(folded: str, words: Sequence[str], low: int, high: int, size: int) -> list[Run]:
    """The runs of `words[low:high]` that come nearest to `folded`, which has `size` words."""
    from rapidfuzz import fuzz
    from rapidfuzz.distance import Indel

    edges = [0]
    pieces = [fold(w) if w[0].isalnum() or not folded[:1].isalnum() else "" for w in words[low:high]]
    for piece in pieces:
        edges.append(edges[-1] + len(piece))
    text = "".join(pieces)
    count = len(pieces)
    if not text or not folded:
        return []
    ranges: list[tuple[range, range]] = []
    if size <= _LONG:
        sizes = range(max(1, size - 1), size + 3)
        runs = [(i, i + n) for i in range(count) for n in sizes if i + n <= count]
    else:
        found = fuzz.partial_ratio_alignment(folded, text) if len(text) > len(folded) else None
        if found is None:
            i, j = 0, count
        else:
            i = sum(1 for e in edges if e <= found.dest_start) - 1
            j = sum(1 for e in edges if e < found.dest_end)
        ranges.append((range(max(0, i - 1), min(count, i + 2)), range(max(1, j - 1), min(count, j + 1) + 1)))
        runs = [(i, j) for starts, ends in ranges for i in starts for j in ends if i < j]
    scored = [(Indel.normalized_similarity(folded, text[edges[i] : edges[j]]), low + i, low + j) for i, j in runs]
    top = max((r[0] for r in scored), default=0.0)
    return [r for r in scored if r[0] >= top - 0.1]


def fold(text: str) -> str:
    """Letters and digits without case, which hyphens and quotation marks do not change."""
    folded = "".join(c for c in text.casefold() if c.isalnum())
    return folded or text


_ENOUGH = 16
"""Letters that make words unmistakable where they stand in one inserted place only."""
_MOVE_AGREES = 0.7
_NEARLY = 0.92
_MOVE_LONG = 6
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
        if alone and (letters >= _ENOUGH or agrees >= _MOVE_AGREES):
            return _place(found, i, i + len(words), 1.0, sure=agrees >= _MOVE_AGREES)
        return None
    if len(words) >= _MOVE_LONG and sum(high - low for low, high in found.inserted) <= _SEARCHED:
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


def _place(found: Difference, i: int, j: int, likeness: float, *, sure: bool = False) -> Placement:
    state = State.SURE if sure else State.UNSURE
    return Placement(found.new.starts[i], found.new.ends[j - 1], state, 0.95 * likeness)
