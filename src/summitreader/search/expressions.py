"""Regular expressions: refused where they would fill the memory, and cut off where they take long."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from summitreader.search.query import Query, QueryError
from summitreader.text.span import Span

if TYPE_CHECKING:
    import regex

MOST_REPEATS = 50_000
"""Times that the counts of an expression may multiply to: `regex` writes a fixed count out, copy by copy, when it reads
the expression (`((a{999}){999}){99}` would fill any memory before a word is searched)."""

_COUNT = re.compile(r"\{(\d+)(?:,\d*)?\}")


def find_expression(text: str, query: Query, seconds: float) -> Iterator[Span]:
    """The places where the expression matches, empty ones left out.

    Raises `QueryError` for what is no expression, with where it is bad, and after `seconds` without an end.
    """
    import regex

    try:
        pattern = _pattern(query.text, query.minds_case, query.whole_word)
    except regex.error as error:
        position = getattr(error, "pos", None)
        where = "" if position is None else f" at character {position + 1}"
        message = getattr(error, "msg", "it cannot be read")
        raise QueryError(f"That is no regular expression: {message}{where}.", position) from error
    except (OverflowError, RecursionError, MemoryError) as error:
        raise QueryError("That regular expression is too deep or too large to be read.") from error
    try:
        for found in pattern.finditer(text, timeout=max(0.001, seconds), concurrent=True):
            if found.end() > found.start():
                yield Span(*found.span())
    except TimeoutError as error:
        raise QueryError("That regular expression takes too long here; make it say less with * and +.") from error


@lru_cache(maxsize=64)
def _pattern(wanted: str, keep_case: bool, whole_word: bool) -> regex.Pattern[str]:
    import regex

    times, last = 1, 0
    for count in _COUNT.finditer(wanted):
        times *= max(1, int(count[1][:9]))
        last = count.start()
    if times > MOST_REPEATS:
        raise QueryError(f"That regular expression repeats too often at character {last + 1}; ask for less.", last)
    regex.compile(wanted)
    flags = regex.MULTILINE | (0 if keep_case else regex.IGNORECASE)
    return regex.compile(rf"\b(?:{wanted})\b" if whole_word else wanted, flags)
