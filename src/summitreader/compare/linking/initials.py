"""Names that one passage spells out and another gives by their initials: "International Atomic Energy Agency", "IAEA".

Nothing is looked up: a short form counts where the initials of neighbouring capitalised words in the story make it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache

_JOINING = frozenset({"of", "for", "and", "the", "on", "in", "to", "against", "de", "du", "des", "la", "der", "für"})
"""Words that a name may have inside, whose initials may count or not: FBI, but DOJ."""
_SHORTEST, _LONGEST = 3, 6


def short_forms(words: Mapping[str, str]) -> frozenset[str]:
    """Those of `words` (as written, to the word without case) that may be initials: three to six capitals, and never
    written otherwise, as a word in a headline all in capitals would be."""
    likely = {
        w for w in words if _SHORTEST <= len(w) <= _LONGEST and w.isalpha() and w.isupper() and w.upper() != w.lower()
    }
    otherwise = {plain for w, plain in words.items() if w not in likely}
    return frozenset(w for w in likely if words[w] not in otherwise)


def spelled_out(words: Sequence[str], short: Collection[str]) -> list[tuple[str, int, int]]:
    """Those of `short` (from `short_forms`) that the initials of neighbouring capitalised words of a passage make, each
    with the first of these words and the one after the last."""
    shapes = "".join(map(_shape, words))
    found: dict[str, tuple[str, int, int]] = {}
    for run in _NAMED.finditer(shapes):
        whole = range(*run.span())
        named = [n for n in whole if shapes[n] == "A"]
        for counted in (named, whole) if len(named) < len(whole) else (whole,):
            initials = "".join([words[n][0].upper() for n in counted])
            for at in range(len(initials) - _SHORTEST + 1):
                for stop in range(at + _SHORTEST, min(at + _LONGEST, len(initials)) + 1):
                    s = initials[at:stop]
                    if s in short and s not in found:
                        found[s] = s, counted[at], counted[stop - 1] + 1
    return list(found.values())


_NAMED = re.compile("A[Aj]*A[Aj]*")
"""Neighbouring capitalised words, two or more, with the joining words between and after them, in shapes."""


@lru_cache(maxsize=1 << 16)
def _shape(word: str) -> str:
    """`A` for a word that may give an initial, `j` for one that joins such words, `.` for one that ends a run: words
    that are all capitals do."""
    if word[0].isupper() and not (len(word) > 1 and word.isupper()):
        return "A"
    return "j" if word in _JOINING else "."
