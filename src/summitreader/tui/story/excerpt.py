"""The part of a passage that is shown where there is no room for all of it: cut, never reworded."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size

ELLIPSIS = "…"
_WORD = re.compile(r"\S+")
_FROM_THE_START = 0.7
"""A cut that begins with the passage is taken where it holds at least this share of what the best cut holds."""


def shorten(text: str, width: int, weights: Sequence[tuple[int, int, float]] = ()) -> str:
    """Words of `text` that stand together, in at most `width` cells, with an ellipsis where something is left out.

    `weights` are stretches `(start, end, weight)` of the text that say what it is about: where not all fits, the words
    that hold the most of them are shown. White space runs become one space. `text` is safe to show, and so is what
    comes back.
    """
    words = [(m.start(), m.end()) for m in _WORD.finditer(text)]
    whole = " ".join(text[a:b] for a, b in words)
    if cell_len(whole) <= width:
        return whole
    if width <= 1:
        return ELLIPSIS[: max(0, width)]
    sizes = [cell_len(text[a:b]) for a, b in words]
    gains = [sum(w for s, e, w in weights if s < b and e > a) for a, b in words]
    best = max(range(len(words)), key=lambda n: (_gain(n, sizes, gains, width), -n)) if any(gains) else 0
    if _gain(0, sizes, gains, width) >= _FROM_THE_START * _gain(best, sizes, gains, width):
        best = 0
    stop = _reach(best, sizes, width)
    opening = ELLIPSIS + " " if best else ""
    closing = " " + ELLIPSIS if stop < len(words) else ""
    if stop == best:
        word = text[words[best][0] : words[best][1]]
        return set_cell_size(opening + word, width - 1).rstrip() + ELLIPSIS
    return opening + " ".join(text[a:b] for a, b in words[best:stop]) + closing


def _reach(first: int, sizes: Sequence[int], width: int) -> int:
    """The word before which a cut that begins with word `first` ends."""
    room = width - (2 if first else 0)
    n = first
    while n < len(sizes):
        needed = sizes[n] + (1 if n > first else 0) + (2 if n + 1 < len(sizes) else 0)
        if needed > room:
            break
        room -= sizes[n] + (1 if n > first else 0)
        n += 1
    return n


def _gain(first: int, sizes: Sequence[int], gains: Sequence[float], width: int) -> float:
    return sum(gains[first : _reach(first, sizes, width)])
