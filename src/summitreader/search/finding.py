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


class InFolded:
    """A literal query, to be held against many texts that are folded already, with their capitals where they count."""

    def __init__(self, query: Query) -> None:
        self._query = query
        forms = _forms((query.text, *query.also))
        plain = {folded(form, query.minds_case) for form in forms if not has_marks(form)}
        self._word = next(iter(plain)) if len(forms) == len(plain) == 1 and not query.whole_word else ""
        self._words = self._word.split()
        self._longest = max(self._words, key=len) if self._words else ""

    def count(self, here: str, marked: bool) -> int:
        """How often it stands in that text, which has `marked` characters that are stepped over, or none."""
        if marked or not self._longest:
            return sum(1 for _ in self._pattern(marked).finditer(here))
        if len(self._words) == 1:
            return here.count(self._word)
        if self._longest not in here:
            return 0
        if any(word + "  " in here for word in self._words[:-1]) or not here.isprintable():
            return len(self._pattern(marked).findall(here))
        return here.count(" ".join(self._words))  # between its words there are single spaces, if anything

    def places(self, here: str, marked: bool) -> list[Span]:
        """Where it stands in that text."""
        if not marked and self._longest not in here:
            return []
        return [Span(*found.span()) for found in self._pattern(marked).finditer(here)]

    def _pattern(self, marked: bool) -> re.Pattern[str]:
        query = self._query
        return _literal_pattern((query.text, *query.also), query.minds_case, query.whole_word, marked)


def _literal(text: str, query: Query) -> Iterator[Span]:
    here = folded(text, query.minds_case)
    return iter(InFolded(query).places(here, has_marks(here)))


def _forms(wanted: tuple[str, ...]) -> set[str]:
    words = [one.strip() for one in wanted if one.strip()]
    return {unicodedata.normalize(form, one) for form in ("NFC", "NFD") for one in words}


@lru_cache(maxsize=64)
def _literal_pattern(wanted: tuple[str, ...], keep_case: bool, whole_word: bool, over: bool) -> re.Pattern[str]:
    forms = sorted(_forms(wanted), key=_longest_first)
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
