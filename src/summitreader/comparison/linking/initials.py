"""Names that one passage spells out and another gives by their initials: "International Atomic Energy Agency", "IAEA".

Nothing is looked up: a short form counts where the initials of neighbouring capitalised words in the story make it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

_JOINING = frozenset({"of", "for", "and", "the", "on", "in", "to", "against", "de", "du", "des", "la", "der", "für"})
"""Words that a name may have inside, whose initials may count or not: FBI, but DOJ."""
_SHORTEST, _LONGEST = 3, 6


def short_forms(words: Mapping[str, str]) -> frozenset[str]:
    """Those of `words` (as written, to the word without case) that may be initials: three to six capitals, and never
    written otherwise, as a word in a headline all in capitals would be."""
    likely = {w for w in words if _SHORTEST <= len(w) <= _LONGEST and w.isupper() and w.isalpha()}
    if not likely:
        return frozenset()
    otherwise = {plain for w, plain in words.items() if w not in likely}
    return frozenset(w for w in likely if words[w] not in otherwise)


def heads_of(short: Iterable[str]) -> frozenset[str]:
    """How the short forms begin: as many letters as the shortest has."""
    return frozenset([s[:_SHORTEST] for s in short])


def spelled_out(words: Sequence[str], short: Collection[str], heads: frozenset[str]) -> list[tuple[str, int, int]]:
    """Those of `short` (from `short_forms`) that the initials of neighbouring capitalised words of a passage make, each
    with the first of these words and the one after the last; `heads` from `heads_of`."""
    shapes = word_shapes(words)
    found: dict[str, tuple[str, int, int]] = {}
    for run in NAMED.finditer(shapes):
        whole = range(*run.span())
        named = [n for n in whole if shapes[n] == "A"]
        for counted in (named, whole) if len(named) < len(whole) else (whole,):
            initials = "".join([words[n][0].upper() for n in counted])
            for at in range(len(initials) - _SHORTEST + 1):
                if initials[at : at + _SHORTEST] not in heads:
                    continue
                for stop in range(at + _SHORTEST, min(at + _LONGEST, len(initials)) + 1):
                    s = initials[at:stop]
                    if s in short and s not in found:
                        found[s] = s, counted[at], counted[stop - 1] + 1
    return list(found.values())


NAMED = re.compile("A(?=[Aj][Aj])[Aj]*A[Aj]*")
"""Neighbouring capitalised words, two or more, with the joining words between and after them, in shapes: enough of them
to make the shortest of short forms."""


def word_shapes(words: Sequence[str]) -> str:
    """For each word `A` if it may give an initial, `j` if it joins such words, `.` if it ends a run: words that are all
    capitals do."""
    return "".join(map(_shapes.__getitem__, words))


class _Shapes(dict[str, str]):
    def __missing__(self, word: str) -> str:
        if word[0].isupper() and not (len(word) > 1 and word.isupper()):
            shape = "A"
        else:
            shape = "j" if word in _JOINING else "."
        if len(self) >= _MOST_SHAPES:
            self.clear()
        self[word] = shape
        return shape


_MOST_SHAPES = 1 << 16
_shapes = _Shapes()
