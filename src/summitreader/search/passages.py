"""The passages of several sources that a query matches in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from summitreader.search.finding import find
from summitreader.search.query import Mode, Query
from summitreader.text import Source


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
