"""Other spellings of a query that the sources contain: British or American, open or closed compounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from summitreader.search.matching import find, folded, vocabulary, words_of
from summitreader.search.query import Mode, Query
from summitreader.text.tokens import american_spelling

_SHORTEST = 4
"""Letters of a word that is looked for in another spelling; shorter ones are other words more often."""
_PART = 3
"""Letters of each half of a word that is written in two."""
_MOST = 3


def other_spellings(texts: Sequence[str], query: Query) -> tuple[tuple[str, int], ...]:
    """Other spellings of a literal query that these texts hold, each with its hits, those of most hits first.

    At most three; none where capitals count, and none whose every hit the query has itself.
    """
    if query.mode != Mode.LITERAL or not query.text.strip() or query.minds_case:
        return ()
    here: set[str] = set()
    for text in texts:
        here |= vocabulary(text)
    found = []
    for spelling in _candidates(folded(query.text.strip(), False), here):
        wanted = replace(query, text=spelling, also=())
        more = sum(_added(text, query, wanted) for text in texts)
        if more:
            found.append((spelling, more))
    found.sort(key=lambda pair: (-pair[1], pair[0]))
    return tuple(found[:_MOST])


def _added(text: str, query: Query, other: Query) -> int:
    """Hits of `other` that do not lie where `query` has one itself."""
    own = {span.start for span in find(text, replace(query, also=()))}
    return sum(span.start not in own for span in find(text, other))


def _candidates(wanted: str, here: set[str]) -> list[str]:
    words = words_of(wanted)
    found: list[str] = []
    for word in words:
        if len(word) < _SHORTEST:
            continue
        same = american_spelling(word)
        found += [wanted.replace(word, other) for other in sorted(here) if other != word and _key(other) == same]
    if len(words) == 2 and min(map(len, words)) >= _PART:
        found += ["".join(words), "-".join(words), " ".join(words)]
    if len(words) == 1:
        word = words[0]
        for at in range(_PART, len(word) - _PART + 1):
            if word[:at] in here and word[at:] in here:
                found += [f"{word[:at]} {word[at:]}", f"{word[:at]}-{word[at:]}"]
    return [spelling for spelling in dict.fromkeys(found) if spelling != wanted]


def _key(word: str) -> str:
    return american_spelling(word) if len(word) >= _SHORTEST else word
