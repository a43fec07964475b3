"""Where selected words stand when the text that they were selected in was not kept: by themselves and by what
stood around them.

The words with their context make a small text of their own. It is laid on the new text where it fits best, first at
the exact words, then by edit distance, and the difference of the two decides as it does for whole texts. The place
counts only where enough of the context is there too, or the words are unmistakable.
"""

from __future__ import annotations

from collections.abc import Sequence

from summitreader.notes.anchoring import follow
from summitreader.notes.difference import difference
from summitreader.notes.model import Placement, Selection, State

# Tuned on the development half of the revisions that benchmarks/anchoring.py --alone runs on.
_MARGIN = 40
_AGREES = 0.3
_LONG = 30
_LONG_AGREES = 0.1
_SURELY = 0.55
_MANY = 400
_AROUND = 32


def recall(selection: Selection, new_text: str) -> Placement:
    """The place of `selection` in `new_text`, by its selectors alone."""
    old = selection.prefix + selection.exact + selection.suffix
    start = len(selection.prefix)
    small = Selection(selection.exact, selection.prefix, selection.suffix, start, start + len(selection.exact))
    best: tuple[float, Placement] | None = None
    for low, high in _regions(selection, old, new_text):
        window = new_text[low:high]
        found = difference(old, window)
        placed = follow(small, found, window)
        if placed.start is None or placed.end is None:
            agrees = _context(found.pair, found.old.words, found.old.covered(start, small.end))
            if agrees >= 0.7 and best is None:
                return Placement(None, None, State.ORPHAN, 0.8)
            continue
        agrees = _context(found.pair, found.old.words, found.old.covered(start, small.end))
        exact = window[placed.start : placed.end] == selection.exact
        score = agrees + 0.2 * exact
        needed = _LONG_AGREES if exact and len(selection.exact) >= _LONG else _AGREES
        if agrees >= needed and (best is None or score > best[0]):
            state = State.SURE if agrees >= _SURELY and placed.state is State.SURE else State.UNSURE
            best = score, Placement(placed.start + low, placed.end + low, state, min(placed.confidence, agrees))
    return best[1] if best else Placement(None, None, State.ORPHAN, 0.6)


def _context(pair: Sequence[int], words: Sequence[str], covered: tuple[int, int]) -> float:
    """The share of the letters around the selection that are left."""
    first, last = covered
    around = [i for i in range(len(words)) if not first <= i < last]
    total = sum(len(words[i]) for i in around)
    return sum(len(words[i]) for i in around if pair[i] >= 0) / total if total else 0.0


def _regions(selection: Selection, old: str, new_text: str) -> list[tuple[int, int]]:
    """Stretches of the new text that the words and their context may come from, the likeliest first."""
    from rapidfuzz import fuzz

    before, after = len(selection.prefix) + _MARGIN, len(selection.exact) + len(selection.suffix) + _MARGIN
    exact: list[int] = []
    at = new_text.find(selection.exact)
    while at >= 0 and len(exact) < _MANY:
        exact.append(at)
        at = new_text.find(selection.exact, at + 1)
    exact.sort(key=lambda i: (-_fits(selection, new_text, i), abs(i - selection.start)))
    regions = [(max(0, i - before), min(len(new_text), i + after)) for i in exact[:2]]
    if not exact or _fits(selection, new_text, exact[0]) < 2.0:
        found = fuzz.partial_ratio_alignment(old, new_text)
        if found is not None and len(new_text) > len(old):
            regions.append((max(0, found.dest_start - _MARGIN), min(len(new_text), found.dest_end + _MARGIN)))
        else:
            regions.append((0, len(new_text)))
    return regions


def _fits(selection: Selection, text: str, at: int) -> float:
    """How alike the surroundings of `text[at:]` are to those of the selection, 0 to 2."""
    from rapidfuzz.distance import Indel

    end = at + len(selection.exact)
    return Indel.normalized_similarity(
        selection.prefix[-_AROUND:], text[max(0, at - _AROUND) : at]
    ) + Indel.normalized_similarity(selection.suffix[:_AROUND], text[end : end + _AROUND])
