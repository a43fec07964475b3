"""Words that may be misspelt, inflected at the end, in another order, or a few words apart."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

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
    places = [(m.start(), m.end(), m[0]) for m in _WORD.finditer(folded(text, query.minds_case))]
    like = _alike(wanted, {word for _, _, word in places})
    hits = [(n, start, end, like[word]) for n, (start, end, word) in enumerate(places) if word in like]
    last = -1
    for i, (first, start, _, _) in enumerate(hits):
        if start < last:
            continue
        missing = set(range(len(wanted)))
        for n, _, end, which in hits[i:]:
            if n - first >= len(wanted) + APART:
                break
            missing -= which
            if not missing:
                yield Span(start, end)
                last = end
                break


def _alike(wanted: list[str], vocabulary: set[str]) -> dict[str, set[int]]:
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
    return found
