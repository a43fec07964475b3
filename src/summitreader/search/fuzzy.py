"""Words that may be misspelt, inflected at the end, in another order, or a few words apart."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from summitreader.search.folding import folded
from summitreader.search.query import Query
from summitreader.text.span import Span

_WORD = re.compile(r"\w+")
APART = 4
"""Words that may stand between those of the query, in all."""


def find_fuzzy(text: str, query: Query) -> Iterator[Span]:
    """Stretches of `text` that hold every word of the query or one nearly like it.

    A word of four letters may have one letter wrong, missing, added or exchanged, one of eight or more two; a word of
    the text may be longer at its end ("negotiat" finds "negotiations").
    """
    wanted = _WORD.findall(folded(query.text, query.minds_case))
    if not wanted:
        return
    index = _index(text, query.minds_case)
    like = _alike(wanted, index)
    hits = sorted((n, start, end, tuple(which)) for word, which in like.items() for n, start, end in index[word])
    last = -1
    for i, (first, start, _, _) in enumerate(hits):
        if start < last:
            continue
        missing = set(range(len(wanted)))
        for at in range(i, len(hits)):
            n, _, end, which = hits[at]
            if n - first >= len(wanted) + APART:
                break
            missing.difference_update(which)
            if not missing:
                yield Span(start, end)
                last = end
                break


@lru_cache(maxsize=64)
def _index(text: str, keep_case: bool) -> dict[str, list[tuple[int, int, int]]]:
    """Each word of the text to its places: its number among the words, where it begins and ends."""
    index: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for n, found in enumerate(_WORD.finditer(folded(text, keep_case))):
        index[found[0]].append((n, found.start(), found.end()))
    return dict(index)


def _alike(wanted: list[str], vocabulary: Iterable[str]) -> dict[str, frozenset[int]]:
    """For each word of the vocabulary that is like one that is wanted, which ones."""
    from rapidfuzz.distance import OSA

    found: dict[str, set[int]] = defaultdict(set)
    for which, word in enumerate(wanted):
        wrong = 2 if len(word) >= 8 else 1 if len(word) >= 4 else 0
        for other in vocabulary:
            long = len(other) > len(word) + wrong
            if long and not (len(word) >= 4 and other[0] == word[0]):
                continue
            if other.startswith(word) if long else OSA.distance(word, other, score_cutoff=wrong) <= wrong:
                found[other].add(which)
    return {word: frozenset(which) for word, which in found.items()}
