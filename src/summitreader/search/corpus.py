"""Searching every text of a corpus, as it comes: what is found so far is told every few hundredths of a second."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from summitreader.search.matching import (
    InFolded,
    Vocabulary,
    find,
    find_words,
    folded,
    has_marks,
    words_like,
    words_of,
)
from summitreader.search.query import Mode, Query, QueryError
from summitreader.text import Source
from summitreader.text.span import Span

MOST_HITS = 5_000
"""Hits that are told one by one; what is beyond is counted."""
FIRST_AFTER = 0.01
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


class Texts:
    """Texts by number. Each is folded once, when it is first searched or by `prepare`, and the folded text is kept.

    Forty million characters are then searched in a tenth of a second, so there is no index, but for a fuzzy search:
    which texts have which word. `before` are the texts of the same corpus as it was, whose folded texts are reused.
    """

    def __init__(self, texts: Sequence[str], before: Texts | None = None) -> None:
        self._texts = texts
        known: dict[str, tuple[str, bool]] = before._folded if before is not None else {}
        self._folded: dict[str, tuple[str, bool]] = {text: known[text] for text in texts if text in known}
        self._holding: dict[str, list[int]] = {}
        """The numbers of the texts with a word, folded, in small letters."""
        self._vocabulary: Vocabulary | None = None
        """All words, once each text was prepared."""

    def __getitem__(self, number: int) -> str:
        return self._texts[number]

    def folded(self, number: int) -> tuple[str, bool]:
        """The text in small letters, folded, and whether it has marks."""
        text = self._texts[number]
        if (known := self._folded.get(text)) is None:
            here = folded.__wrapped__(text, False)
            known = self._folded[text] = (here, has_marks.__wrapped__(here))
        return known

    def prepare(self, stopped: Callable[[], bool]) -> None:
        """Fold every text and note its words, unless `stopped()`; other threads get their turn after each text."""
        holding: dict[str, list[int]] = defaultdict(list)
        for number in range(len(self._texts)):
            if stopped():
                return
            for word in set(words_of(self.folded(number)[0])):
                holding[word].append(number)
            time.sleep(0)
        self._holding = holding
        self._vocabulary = Vocabulary(holding)

    def like(self, words: Sequence[str]) -> tuple[Mapping[str, frozenset[int]], set[int]] | None:
        """Each word of the texts that is like one of `words`, with which, and the texts that have one like each.

        None as long as the texts are not prepared.
        """
        if self._vocabulary is None:
            return None
        like = words_like(words, self._vocabulary)
        with_each = [
            set(chain.from_iterable(self._holding[word] for word, which in like.items() if n in which))
            for n in range(len(words))
        ]
        return like, set.intersection(*with_each) if with_each else set()


def look_through(
    texts: Texts,
    query: Query,
    order: Sequence[int],
    *,
    most: int = MOST_HITS,
    cancelled: Callable[[], bool] = lambda: False,
) -> Iterator[Found]:
    """Search the texts of `order`, in that order; the last that is told is `done`. Ends in silence if `cancelled()`."""
    begun = told = time.monotonic()
    wait = FIRST_AFTER
    new: list[Place] = []
    total = with_hits = searched = 0
    problem, begins = "", True
    try:
        search_in = _searching(texts, query)
        for n in order if query.text.strip() else ():
            if cancelled():
                return
            count, places = search_in(n, total < most)
            searched += 1
            with_hits += count > 0
            new += [(n, span.start, span.end) for span in places[: max(0, most - total)]]
            total += count
            now = time.monotonic()
            if now - told >= wait:
                yield Found(tuple(new), total, with_hits, searched, len(order), False, begins=begins)
                new, told, wait, begins = [], now, BETWEEN, False
                if now - begun > LONGEST:
                    problem = (
                        f"Stopped after {LONGEST:.0f} seconds: {searched:,} of {len(order):,} texts were searched."
                    )
                    break
    except QueryError as error:
        problem = str(error)
    yield Found(tuple(new), total, with_hits, searched, len(order), True, problem, begins)


def _searching(texts: Texts, query: Query) -> Callable[[int, bool], tuple[int, Sequence[Span]]]:
    """What gives the count of hits of a text and, if asked for them, the hits. Raises `QueryError`."""
    find("", query)  # what is wrong with an expression is told even where no text has to be searched
    if query.mode == Mode.LITERAL and not query.minds_case:
        sought = InFolded(query)

        def literal(number: int, placed: bool) -> tuple[int, Sequence[Span]]:
            here, marked = texts.folded(number)
            spans = sought.places(here, marked) if placed else ()
            return (len(spans) if placed else sought.count(here, marked)), spans

        return literal
    if query.mode == Mode.FUZZY and not query.minds_case:
        wanted = words_of(folded(query.text, False))
        if (known := texts.like(wanted)) is not None:
            like, some = known

            def fuzzy(number: int, placed: bool) -> tuple[int, Sequence[Span]]:
                spans = find_words(texts.folded(number)[0], like, len(wanted)) if number in some else ()
                return len(spans), spans

            return fuzzy

    def plain(number: int, placed: bool) -> tuple[int, Sequence[Span]]:
        spans = find(texts[number], query)
        return len(spans), spans

    return plain


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
