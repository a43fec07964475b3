"""Where a query matches in one text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from summitreader.search.folding import COMBINING, STEPPED_OVER, folded, has_marks
from summitreader.search.query import Mode, Query
from summitreader.text.span import Span

SECONDS = 0.5
"""How long a regular expression may search in one text; a bad one would go on for years."""

_OVER = f"[{STEPPED_OVER}]*"


def find(text: str, query: Query, *, limit: int | None = None, seconds: float = SECONDS) -> list[Span]:
    """The places, in order and apart from each other, where `query` matches in `text`; the first `limit` of them.

    A space of the query matches any white space, so that a phrase is found across a line end. Raises `QueryError` for
    a regular expression that is none or takes more than `seconds`.
    """
    if not query.text.strip():
        return []
    if query.mode == Mode.REGEX:
        from summitreader.search.expressions import find_expression

        spans = find_expression(text, query, seconds)
    elif query.mode == Mode.FUZZY:
        from summitreader.search.fuzzy import find_fuzzy

        spans = find_fuzzy(text, query)
    else:
        spans = _literal(text, query)
    return [span for span, _ in zip(spans, range(limit), strict=False)] if limit is not None else list(spans)


def find_in_folded(here: str, query: Query) -> list[Span]:
    """The places of a literal query in a text that is folded already, with its capitals where they count."""
    pattern = _literal_pattern((query.text, *query.also), query.minds_case, query.whole_word, has_marks(here))
    return [Span(*found.span()) for found in pattern.finditer(here)]


def _literal(text: str, query: Query) -> Iterator[Span]:
    return iter(find_in_folded(folded(text, query.minds_case), query))


@lru_cache(maxsize=64)
def _literal_pattern(wanted: tuple[str, ...], keep_case: bool, whole_word: bool, over: bool) -> re.Pattern[str]:
    words = [one.strip() for one in wanted if one.strip()]
    forms = sorted({unicodedata.normalize(form, one) for form in ("NFC", "NFD") for one in words}, key=_longest_first)
    pattern = "|".join(dict.fromkeys(_escaped(folded(form, keep_case), over) for form in forms))
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)" if whole_word else pattern)


def _longest_first(form: str) -> tuple[int, str]:
    return (-len(form), form)


def _escaped(wanted: str, over: bool) -> str:
    if over:
        wanted = re.sub(f"[{STEPPED_OVER}]", "", wanted) or wanted
    between = _OVER if over else ""
    words = [between.join(re.escape(c) for c in word) for word in wanted.split(" ") if word]
    return rf"{between}\s+{between}".join(words) + (f"[{COMBINING}]*" if over else "")
