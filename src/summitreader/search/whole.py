"""Searching every text of a corpus, as it comes: what is found so far is told every few hundredths of a second."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from summitreader.search.finding import find, find_in_folded
from summitreader.search.folding import folded
from summitreader.search.query import Mode, Query, QueryError

if TYPE_CHECKING:
    from summitreader.search.index import Index

MOST_HITS = 5_000
"""Hits that are told one by one; what is beyond is counted."""
FIRST_AFTER = 0.02
BETWEEN = 0.1
"""Seconds until what is found is told for the first time, and between that and the next."""
LONGEST = 10.0
"""Seconds after which a search ends, whatever is left."""

Place = tuple[int, int, int]
"""Number of the text, start, end."""


@dataclass(frozen=True, slots=True)
class Found:
    """What is new since the last was told, and how it stands in all.

    `hits` are in order of the texts as they were to be searched; `total` and `texts` count all hits until now, and the
    texts that have any. `searched` of `out_of` texts were looked at. `problem` is a sentence where it ended too early.
    With `begins` what was told before is not true any more.
    """

    hits: tuple[Place, ...]
    total: int
    texts: int
    searched: int
    out_of: int
    done: bool
    problem: str = ""
    begins: bool = False


class Texts(Protocol):
    """Texts by number."""

    def candidates(self, query: Query) -> set[int] | None:
        """The texts that may have a hit; None where any may."""

    def read(self, numbers: Sequence[int]) -> Iterator[tuple[int, str, str | None]]:
        """Number, text, and the text folded in small letters, if that is at hand, in that order."""


class InMemory:
    """A few texts, of which each is looked at."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts

    def candidates(self, query: Query) -> set[int] | None:
        return None

    def read(self, numbers: Sequence[int]) -> Iterator[tuple[int, str, str | None]]:
        return ((n, self._texts[n], None) for n in numbers)


class Indexed:
    """Texts that stand in an index; `hashes` are those of texts 0, 1, 2 …, and one that is not there has no hits."""

    def __init__(self, index: Index, hashes: Sequence[str]) -> None:
        self._index = index
        known = index.hashes()
        self._ids = [known.get(hash) for hash in hashes]

    def candidates(self, query: Query) -> set[int] | None:
        found = self._index.candidates(query)
        return None if found is None else {n for n, id in enumerate(self._ids) if id in found}

    def read(self, numbers: Sequence[int]) -> Iterator[tuple[int, str, str | None]]:
        for start in range(0, len(numbers), 100):
            of = {n: id for n in numbers[start : start + 100] if (id := self._ids[n]) is not None}
            texts = {id: (text, here) for id, text, here in self._index.texts(list(dict.fromkeys(of.values())))}
            for n, id in of.items():
                if id in texts:
                    yield n, *texts[id]


def look_through(
    texts: Texts,
    query: Query,
    order: Iterable[int],
    *,
    most: int = MOST_HITS,
    cancelled: Callable[[], bool] = lambda: False,
) -> Iterator[Found]:
    """Search the texts of `order`, in that order; the last that is told is `done`. Ends in silence if `cancelled()`."""
    begun = told = time.monotonic()
    wait = FIRST_AFTER
    some = texts.candidates(query)
    numbers = [n for n in order if some is None or n in some] if query.text.strip() else []
    new: list[Place] = []
    total = with_hits = searched = 0
    plainly = query.mode == Mode.LITERAL and not query.minds_case
    problem, begins = "", True
    for n, text, here in texts.read(numbers):
        if cancelled():
            return
        searched += 1
        try:
            if plainly:
                spans = find_in_folded(folded(text, False) if here is None else here, query)
            else:
                spans = find(text, query)
        except QueryError as error:
            problem = str(error)
            break
        with_hits += bool(spans)
        room = most - total
        total += len(spans)
        new += [(n, span.start, span.end) for span in spans[: max(0, room)]]
        now = time.monotonic()
        if now - told >= wait:
            yield Found(tuple(new), total, with_hits, searched, len(numbers), False, begins=begins)
            new, told, wait, begins = [], now, BETWEEN, False
            if now - begun > LONGEST:
                problem = f"Stopped after {LONGEST:.0f} seconds: {searched:,} of {len(numbers):,} texts were searched."
                break
    yield Found(tuple(new), total, with_hits, searched, len(numbers), True, problem, begins)
