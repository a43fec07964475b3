"""Where a query matches in one text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from summitreader.search.folding import COMBINING, STEPPED_OVER, folded, has_marks
from summitreader.search.query import Mode, Query, QueryError
from summitreader.text.span import Span

if TYPE_CHECKING:
    import regex

SECONDS = 0.5
"""How long a regular expression may search in one text; a bad one would go on for years."""

_OVER = f"[{STEPPED_OVER}]*"


def find(text: str, query: Query, *, limit: int | None = None) -> list[Span]:
    """The places, in order and apart from each other, where `query` matches in `text`; the first `limit` of them.

    A space of the query matches any white space, so that a phrase is found across a line end. Raises `QueryError` for
    a regular expression that is none or takes too long.
    """
    if not query.text.strip():
        return []
    if query.mode == Mode.REGEX:
        spans = _regex(text, query)
    elif query.mode == Mode.FUZZY:
        from summitreader.search.fuzzy import find_fuzzy

        spans = find_fuzzy(text, query)
    else:
        spans = _literal(text, query)
    return [span for span, _ in zip(spans, range(limit), strict=False)] if limit is not None else list(spans)


def _literal(text: str, query: Query) -> Iterator[Span]:
    pattern = _literal_pattern(query.text, query.minds_case, query.whole_word, has_marks(text))
    for found in pattern.finditer(folded(text, query.minds_case)):
        yield Span(*found.span())


@lru_cache(maxsize=64)
def _literal_pattern(wanted: str, keep_case: bool, whole_word: bool, over: bool) -> re.Pattern[str]:
    forms = {unicodedata.normalize(form, wanted.strip()) for form in ("NFC", "NFD")}
    pattern = "|".join(dict.fromkeys(_escaped(folded(form, keep_case), over) for form in sorted(forms)))
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)" if whole_word else pattern)


def _escaped(wanted: str, over: bool) -> str:
    if over:
        wanted = re.sub(f"[{STEPPED_OVER}]", "", wanted) or wanted
    between = _OVER if over else ""
    words = [between.join(re.escape(c) for c in word) for word in wanted.split(" ") if word]
    return rf"{between}\s+{between}".join(words) + (f"[{COMBINING}]*" if over else "")


def _regex(text: str, query: Query) -> Iterator[Span]:
    import regex

    try:
        pattern = _regex_pattern(query.text, query.minds_case, query.whole_word)
    except regex.error as error:
        position = getattr(error, "pos", None)
        where = "" if position is None else f" at character {position + 1}"
        message = getattr(error, "msg", "it cannot be read")
        raise QueryError(f"That is no regular expression: {message}{where}.", position) from error
    try:
        for found in pattern.finditer(text, timeout=SECONDS, concurrent=True):
            if found.end() > found.start():
                yield Span(*found.span())
    except TimeoutError as error:
        raise QueryError("That regular expression takes too long here; make it say less with * and +.") from error


@lru_cache(maxsize=64)
def _regex_pattern(wanted: str, keep_case: bool, whole_word: bool) -> regex.Pattern[str]:
    import regex

    regex.compile(wanted)
    flags = regex.MULTILINE | (0 if keep_case else regex.IGNORECASE)
    return regex.compile(rf"\b(?:{wanted})\b" if whole_word else wanted, flags)
