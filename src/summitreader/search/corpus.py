"""Searching every text of a corpus, as it comes: what is found so far is told every few hundredths of a second."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from summitreader.search.matching import InFolded, count_words, find, find_words, folded, has_marks, words_of
from summitreader.search.query import Mode, Query, QueryError
from summitreader.text import Source
from summitreader.text.span import Span

if TYPE_CHECKING:
    from summitreader.search.index import Index


MOST_HITS = 5_000
"""Hits that are told one by one; what is beyond is counted."""
FIRST_AFTER = 0.01
BETWEEN = 0.1
"""Seconds until what is found is told for the first time, and between that and the next."""
_FIRST_READ = 8
"""Texts that are read before any is searched; the more were searched, the more are read at once."""
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

    def like(self, query: Query) -> Mapping[str, frozenset[int]] | None:
        """For each word of the texts that is like one of a fuzzy query, like which; None where that is not known."""

    def read(self, numbers: Sequence[int]) -> Iterator[tuple[int, str]]:
        """Number and text, in that order."""

    def folded(self, numbers: Sequence[int]) -> Iterator[tuple[int, str, bool]]:
        """Number, text folded in small letters, and whether it has marks, in that order."""


class InMemory:
    """A few texts, of which each is looked at."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts

    def candidates(self, query: Query) -> set[int] | None:
        return None

    def like(self, query: Query) -> None:
        return None

    def read(self, numbers: Sequence[int]) -> Iterator[tuple[int, str]]:
        return ((n, self._texts[n]) for n in numbers)

    def folded(self, numbers: Sequence[int]) -> Iterator[tuple[int, str, bool]]:
        for n in numbers:
            here = folded(self._texts[n], False)
            yield n, here, has_marks(here)


class Indexed:
    """Texts that stand in an index; `hashes` are those of texts 0, 1, 2 …, and one that is not there has no hits."""

    def __init__(self, index: Index, hashes: Sequence[str]) -> None:
        self._index = index
        known = index.hashes()
        self._ids = [known.get(hash) for hash in hashes]

    def candidates(self, query: Query) -> set[int] | None:
        found = self._index.candidates(query)
        return None if found is None else {n for n, id in enumerate(self._ids) if id in found}

    def like(self, query: Query) -> Mapping[str, frozenset[int]]:
        return self._index.like(query)

    def read(self, numbers: Sequence[int]) -> Iterator[tuple[int, str]]:
        for chunk, ids in self._in_chunks(numbers):
            texts = dict(self._index.texts(ids))
            yield from ((n, texts[id]) for n, id in chunk if id in texts)

    def folded(self, numbers: Sequence[int]) -> Iterator[tuple[int, str, bool]]:
        for chunk, ids in self._in_chunks(numbers):
            texts = {id: (here, marked) for id, here, marked in self._index.folded(ids)}
            yield from ((n, *texts[id]) for n, id in chunk if id in texts)

    def _in_chunks(self, numbers: Sequence[int]) -> Iterator[tuple[list[tuple[int, int]], list[int]]]:
        """Number of the text and number in the index, and the latter once each, some at a time."""
        start, size = 0, _FIRST_READ
        while start < len(numbers):
            chunk = [(n, id) for n in numbers[start : start + size] if (id := self._ids[n]) is not None]
            yield chunk, list(dict.fromkeys(id for _, id in chunk))
            start, size = start + size, min(100, size * 2)


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
    problem, begins = "", True
    hits = _hits(texts, query, numbers)
    while True:
        try:
            n, count, places = hits.send(total < most) if searched else next(hits)
        except StopIteration:
            break
        except QueryError as error:
            problem = str(error)
            break
        if cancelled():
            return
        searched += 1
        with_hits += count > 0
        new += [(n, span.start, span.end) for span in places[: max(0, most - total)]]
        total += count
        now = time.monotonic()
        if now - told >= wait:
            yield Found(tuple(new), total, with_hits, searched, len(numbers), False, begins=begins)
            new, told, wait, begins = [], now, BETWEEN, False
            if now - begun > LONGEST:
                problem = f"Stopped after {LONGEST:.0f} seconds: {searched:,} of {len(numbers):,} texts were searched."
                break
    yield Found(tuple(new), total, with_hits, searched, len(numbers), True, problem, begins)


def _hits(
    texts: Texts, query: Query, numbers: Sequence[int]
) -> Generator[tuple[int, int, Sequence[Span]], bool | None, None]:
    """Number, count of hits, and hits of each text. Where False is sent in, they need only be counted."""
    find("", query)  # what is wrong with an expression is told even where no text has to be searched
    placed: bool | None = True
    if query.mode == Mode.LITERAL and not query.minds_case:
        sought = InFolded(query)
        for n, here, marked in texts.folded(numbers):
            if placed is False:
                placed = yield n, sought.count(here, marked), ()
            else:
                spans = sought.places(here, marked)
                placed = yield n, len(spans), spans
    elif query.mode == Mode.FUZZY and not query.minds_case and (like := texts.like(query)) is not None:
        wanted = len(words_of(folded(query.text, False)))
        for n, here, _ in texts.folded(numbers):
            if placed is False:
                placed = yield n, count_words(here, like, wanted), ()
            else:
                spans = find_words(here, like, wanted)
                placed = yield n, len(spans), spans
    else:
        for n, text in texts.read(numbers):
            spans = find(text, query)
            yield n, len(spans), spans


@dataclass(frozen=True, slots=True)
class Hit:
    """`[start, end)` of the text of source number `source`, and the passage that it begins in."""

    source: int
    passage: int
    start: int
    end: int


def search(
    sources: Sequence[Source],
    query: str,
    mode: Mode | str = Mode.LITERAL,
    *,
    whole_word: bool = False,
    case: bool | None = None,
    limit: int | None = None,
) -> list[Hit]:
    """Every hit in order of the sources and their texts, at most `limit` a source. Raises `QueryError`."""
    wanted = Query(query, mode, whole_word, case)
    return [
        Hit(number, source.passage_at(span.start), span.start, span.end)
        for number, source in enumerate(sources)
        if source.passages
        for span in find(source.text, wanted, limit=limit)
    ]
