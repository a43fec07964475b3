"""Folding: what a search takes for the same letter, one code point for one, so that offsets stay.

Capitals (unless they count), accents of Latin and Greek letters, the many quotation marks, dashes and spaces, and the
wide and narrow forms of letters. Characters without width are left where they are; patterns step over them.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, islice
from typing import TYPE_CHECKING

from summitreader.search.query import Mode, Query, QueryError
from summitreader.text.span import Span

if TYPE_CHECKING:
    import regex


COMBINING = "\u0300-\u036f\u0483-\u0487\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f"
"""Marks that belong to the letter before them, so that a hit takes them with it."""

STEPPED_OVER = (
    "\u00ad\u034f\u0300-\u036f\u0483-\u0487\u05b0-\u05bd\u064b-\u065f\u0670\u180b-\u180e\u1ab0-\u1aff\u1dc0-\u1dff"
    "\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\u20d0-\u20f0\ufe00-\ufe0f\ufe20-\ufe2f\ufeff"
    "\U000e0001-\U000e01ef"
)
"""A character class, without its brackets, of marks and characters without width."""

LIGATURES = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
}
"""Letters that are several; texts from PDFs have them. Patterns look for either form."""

_JOINED = re.compile("ffi|ffl|ff|fi|fl|st")

_SAME = {
    **dict.fromkeys("‘’‚‛ʼʻ′`´＇", "'"),
    **dict.fromkeys("“”„‟″«»＂〝〞", '"'),
    **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
    **dict.fromkeys(
        "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\n\r", " "
    ),
    "Ё": "Е",
    "ё": "е",
}
_FEW = 40
"""Up to this many distinct letters are replaced one by one, which is five times faster than `str.translate`."""
_ACCENTED = (("\u00c0", "\u024f"), ("\u0370", "\u03ff"), ("\u1e00", "\u1fff"))
_WIDE = (("\uff01", "\uff5e"), ("\uff61", "\uff9f"))


@lru_cache(maxsize=256)
def folded(text: str, keep_case: bool) -> str:
    """`text` folded to the same length in code points. Recent texts are cached: queries grow by letters."""
    if text.isascii():
        spaced = text.replace("\n", " ").replace("\t", " ").replace("\r", " ").replace("`", "'")
        return spaced if keep_case else spaced.lower()
    others = {c: same for c in set(text) if (same := _folded_character(c, keep_case)) != c and not c.isascii()}
    if len(others) > _FEW or "\u0130" in text or not others.keys().isdisjoint(others.values()):
        return text.translate({ord(c): same for c in set(text) if (same := _folded_character(c, keep_case)) != c})
    for character, same in others.items():
        text = text.replace(character, same)
    text = text.replace("\n", " ").replace("\t", " ").replace("\r", " ").replace("`", "'")
    return text if keep_case else text.lower()


@lru_cache(maxsize=256)
def has_marks(text: str) -> bool:
    """Whether the text has characters that a pattern must step over, or ligatures."""
    return not text.isascii() and re.search(f"[{STEPPED_OVER}\ufb00-\ufb06]", "".join(set(text))) is not None


def without_ligatures(text: str) -> str:
    """`text` with its ligatures as the letters that they are, which makes it longer."""
    for ligature in LIGATURES.keys() & set(text):
        text = text.replace(ligature, LIGATURES[ligature])
    return text


@lru_cache(maxsize=4096)
def _folded_character(character: str, keep_case: bool) -> str:
    same = _SAME.get(character, character)
    if any(low <= same <= high for low, high in (*_ACCENTED, *_WIDE)):
        parts = unicodedata.normalize("NFKD", same)
        base = parts[0]
        if all(unicodedata.category(mark) == "Mn" for mark in parts[1:]):
            same = _SAME.get(base, base)
    lower = same if keep_case else same.lower()
    return lower if len(lower) == 1 else same


SECONDS = 0.5
"""How long a regular expression may search in one text; a bad one would go on for years."""

_OVER = f"[{STEPPED_OVER}]*"


def find(text: str, query: Query, *, limit: int | None = None, seconds: float = SECONDS) -> list[Span]:
    """The places, in order and apart from each other, where `query` matches in `text`; the first `limit` of them.

    A space of the query matches any white space, so that a phrase is found across a line end. Raises `QueryError` for
    an invalid regular expression, or one that takes more than `seconds`.
    """
    if not query.text.strip():
        return []
    if query.mode == Mode.REGEX:
        spans = find_expression(text, query, seconds)
    elif query.mode == Mode.FUZZY:
        spans = find_fuzzy(text, query)
    else:
        spans = _literal(text, query)
    return [span for span, _ in zip(spans, range(limit), strict=False)] if limit is not None else list(spans)


class InFolded:
    """A literal query, compiled for many folded texts."""

    def __init__(self, query: Query) -> None:
        self._query = query
        forms = _forms((query.text, *query.also))
        plain = {folded(form, query.minds_case) for form in forms if not has_marks(form)}
        self._word = next(iter(plain)) if len(forms) == len(plain) == 1 and not query.whole_word else ""
        self._words = self._word.split()
        self._longest = max(self._words, key=len) if self._words else ""

    def count(self, here: str, marked: bool) -> int:
        """Number of matches in a folded text; `marked` says whether it has characters that are skipped."""
        if not marked and len(self._words) == 1:
            return here.count(self._word)
        if not marked and self._longest not in here:
            return 0
        return sum(1 for _ in self._pattern(marked).finditer(here))

    def places(self, here: str, marked: bool) -> list[Span]:
        """The matches in a folded text."""
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
    words = [without_ligatures(one.strip()) for one in wanted if one.strip()]
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
    words = [_letters(word, between) for word in wanted.split(" ") if word]
    return rf"{between}\s+{between}".join(words) + (f"[{COMBINING}]*" if over else "")


def _letters(word: str, between: str) -> str:
    """The letters of a word with `between` between them; where it is not empty, ligatures are as good."""
    if not between:
        return re.escape(word)
    parts = []
    at = 0
    for found in _JOINED.finditer(word):
        parts += [re.escape(c) for c in word[at : found.start()]]
        at = found.end()
        letters = found[0]
        forms = [between.join(letters), *(joined for joined, same in LIGATURES.items() if same == letters)]
        if len(letters) == 3:
            forms += [f"\ufb00{between}{letters[2]}", f"f{between}\ufb01" if letters[2] == "i" else f"f{between}\ufb02"]
        parts.append(f"(?:{'|'.join(forms)})")
    return between.join([*parts, *(re.escape(c) for c in word[at:])])


LONGEST = 4_000
"""Characters of an expression: `regex` reads it in time that grows with the square of its groups."""
MOST_REPEATS = 50_000
"""Times that the counts of an expression may multiply to: `regex` writes a fixed count out, copy by copy, when it reads
the expression (`((a{999}){999}){99}` would fill any memory before a word is searched)."""

_COUNT = re.compile(r"\{(\d+)(?:,\d*)?\}")


def find_expression(text: str, query: Query, seconds: float) -> Iterator[Span]:
    """The non-empty matches of a regular expression.

    Raises `QueryError` if it is invalid (with the position of the error) or takes more than `seconds`.
    """
    import regex

    try:
        pattern = _pattern(query.text, query.minds_case, query.whole_word)
    except regex.error as error:
        position = getattr(error, "pos", None)
        where = "" if position is None else f" at character {position + 1}"
        message = getattr(error, "msg", "it cannot be read")
        raise QueryError(f"Invalid regular expression: {message}{where}.", position) from error
    except (OverflowError, RecursionError, MemoryError) as error:
        raise QueryError("Invalid regular expression: too deep or too large.") from error
    try:
        for found in pattern.finditer(text, timeout=max(0.001, seconds), concurrent=True):
            if found.end() > found.start():
                yield Span(*found.span())
    except TimeoutError as error:
        raise QueryError("This regular expression takes too long; use fewer * and +.") from error


@lru_cache(maxsize=64)
def _pattern(wanted: str, keep_case: bool, whole_word: bool) -> regex.Pattern[str]:
    import regex

    if len(wanted) > LONGEST:
        raise QueryError(f"Invalid regular expression: longer than {LONGEST:,} characters.", LONGEST)
    times, last = 1, 0
    for count in _COUNT.finditer(wanted):
        times *= max(1, int(count[1][:9]))
        last = count.start()
    if times > MOST_REPEATS:
        raise QueryError(f"Invalid regular expression: too many repetitions at character {last + 1}.", last)
    regex.compile(wanted)
    flags = regex.MULTILINE | (0 if keep_case else regex.IGNORECASE)
    return regex.compile(rf"\b(?:{wanted})\b" if whole_word else wanted, flags)


_WORD = re.compile(r"\w+")
APART = 4
"""Maximum number of other words between those of the query, in all."""


def words_of(text: str) -> list[str]:
    """The words of a text that is folded."""
    return _WORD.findall(text)


def vocabulary(text: str) -> frozenset[str]:
    """The words of a text, folded, in small letters."""
    return frozenset(_index(text, False))


def find_fuzzy(text: str, query: Query) -> Iterator[Span]:
    """Stretches of `text` that hold every word of the query or one nearly like it.

    A word of four letters may have one letter wrong, missing, added or exchanged, one of eight or more two; a word of
    the text may be longer at its end ("negotiat" finds "negotiations").
    """
    wanted = words_of(folded(query.text, query.minds_case))
    if not wanted:
        return
    index = _index(text, query.minds_case)
    like = words_like(wanted, Vocabulary(index))
    places = sorted((n, start, end, like[word]) for word in like for n, start, end in index[word])
    yield from _stretches(places, len(wanted))


def words_like(wanted: Sequence[str], known: Vocabulary) -> dict[str, frozenset[int]]:
    """For each known word that is like one that is wanted, which ones."""
    found: dict[str, set[int]] = defaultdict(set)
    for which, word in enumerate(wanted):
        for other in known.alike(word):
            found[other].add(which)
    return {word: frozenset(which) for word, which in found.items()}


def find_words(here: str, like: Mapping[str, frozenset[int]], wanted: int) -> list[Span]:
    """What `find_fuzzy` finds in a folded text, where the words like the `wanted` ones are known."""
    words = words_of(here)
    if like.keys().isdisjoint(words):
        return []
    if wanted == 1:
        return [Span(*found.span()) for found in _WORD.finditer(here) if found[0] in like]
    places = [
        (n, found.start(), found.end(), like[found[0]])
        for n, found in enumerate(_WORD.finditer(here))
        if found[0] in like
    ]
    return list(_stretches(places, wanted))


def _stretches(places: Sequence[tuple[int, int, int, frozenset[int]]], wanted: int) -> Iterator[Span]:
    """The stretches with each wanted word; a place is the number of a word, its start, its end, and what it is like."""
    last = -1
    for i, (first, start, _, _) in enumerate(places):
        if start < last:
            continue
        missing = set(range(wanted))
        for at in range(i, len(places)):
            n, _, end, which = places[at]
            if n - first >= wanted + APART:
                break
            missing.difference_update(which)
            if not missing:
                yield Span(start, end)
                last = end
                break


@lru_cache(maxsize=64)
def _index(text: str, keep_case: bool) -> dict[str, list[tuple[int, int, int]]]:
    """Each word of the text to its places: its number among the words, where it begins and ends."""
    index: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for n, found in enumerate(_WORD.finditer(folded(text, keep_case))):
        index[found[0]].append((n, found.start(), found.end()))
    return dict(index)


class Vocabulary:
    """Words, each once, by length and in order. Asking takes a few milliseconds for a hundred thousand of them."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = sorted(set(words))
        self._of_length: dict[int, list[str]] = defaultdict(list)
        for word in self._words:
            self._of_length[len(word)].append(word)

    def alike(self, word: str) -> list[str]:
        """The words that are `word`, nearly so, or longer at its end.

        One of four letters may have one letter wrong, missing, added or exchanged, one of eight or more two.
        """
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        wrong = 2 if len(word) >= 8 else 1 if len(word) >= 4 else 0
        lengths = range(len(word) - wrong, len(word) + wrong + 1)
        some: Sequence[str] = list(chain.from_iterable(self._of_length.get(length, ()) for length in lengths))
        near = process.extract(word, some, scorer=OSA.distance, score_cutoff=wrong, limit=None)
        found = [other for other, _, _ in near]
        if len(word) >= 4:
            for other in islice(self._words, bisect_left(self._words, word), None):
                if not other.startswith(word):
                    break
                if len(other) > len(word) + wrong:
                    found.append(other)
        return found
