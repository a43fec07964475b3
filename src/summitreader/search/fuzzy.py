"""Words that may be misspelt, inflected at the end, in another order, or a few words apart."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from summitreader.search.folding import folded
from summitreader.search.query import Query
from summitreader.text.span import Span

_WORD = re.compile(r"\w+")
APART = 4
"""Words that may stand between those of the query, in all."""


def words_of(text: str) -> list[str]:
    """The words of a text that is folded."""
    return _WORD.findall(text)


def vocabulary(text: str) -> frozenset[str]:
    """The words of a text, folded, in small letters."""
    return frozenset(_index(text, False))


def find_fuzzy(text: str, query: Query) -> Iterator[Span]:
    """Stretches of `text` that hold every word of the query or one nearly like it.

    A word of four letters may have one letter wrong, missing, added or exchanged, one of eight or more two; a word of
    the text may be longer at its end ("negotiat" finds "negotiations").
    """
    wanted = words_of(folded(query.text, query.minds_case))
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
    found: dict[str, set[int]] = defaultdict(set)
    known = list(vocabulary)
    for which, word in enumerate(wanted):
        for other in alike(word, known):
            found[other].add(which)
    return {word: frozenset(which) for word, which in found.items()}


def alike(word: str, vocabulary: Sequence[str]) -> list[str]:
    """The words of the vocabulary that are `word`, nearly so, or longer at its end."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    wrong = 2 if len(word) >= 8 else 1 if len(word) >= 4 else 0
    near = process.extract(word, vocabulary, scorer=OSA.distance, score_cutoff=wrong, limit=None)
    found = [other for other, _, _ in near]
    if len(word) >= 4:
        longest = len(word) + wrong
        found += [other for other in vocabulary if other.startswith(word) and len(other) > longest]
    return found
