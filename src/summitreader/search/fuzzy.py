"""Words that may be misspelt, inflected at the end, in another order, or a few words apart."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from summitreader.search.folding import folded
from summitreader.search.query import Query
from summitreader.search.vocabulary import Vocabulary
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
    like = words_like(wanted, Vocabulary(index))
    places = sorted((n, start, end, like[word]) for word in like for n, start, end in index[word])
    yield from _stretches(places, len(wanted))


def words_like(wanted: Sequence[str], known: Vocabulary) -> dict[str, frozenset[int]]:
    """For each known word that is like one that is wanted, which ones."""
    found: dict[str, set[int]] = defaultdict(set)
    for which, word in enumerate(wanted):
        for other in known.alike(word):
            found[other].add(which)
    return {word: frozenset(which) for word, which in found.items()}


def find_words(here: str, like: Mapping[str, frozenset[int]], wanted: int) -> list[Span]:
    """What `find_fuzzy` finds in a folded text, where the words like the `wanted` ones are known."""
    words = words_of(here)
    if like.keys().isdisjoint(words):
        return []
    if wanted == 1:
        return [Span(*found.span()) for found in _WORD.finditer(here) if found[0] in like]
    places = [
        (n, found.start(), found.end(), like[found[0]])
        for n, found in enumerate(_WORD.finditer(here))
        if found[0] in like
    ]
    return list(_stretches(places, wanted))


def count_words(here: str, like: Mapping[str, frozenset[int]], wanted: int) -> int:
    """How many stretches `find_words` finds."""
    return sum(map(like.__contains__, words_of(here))) if wanted == 1 else len(find_words(here, like, wanted))


def _stretches(places: Sequence[tuple[int, int, int, frozenset[int]]], wanted: int) -> Iterator[Span]:
    """The stretches with each wanted word; a place is the number of a word, its start, its end, and what it is like."""
    last = -1
    for i, (first, start, _, _) in enumerate(places):
        if start < last:
            continue
        missing = set(range(wanted))
        for at in range(i, len(places)):
            n, _, end, which = places[at]
            if n - first >= wanted + APART:
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
