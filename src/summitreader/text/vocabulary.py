"""The packaged tables about words: how common they are, stop words, numbers, months, weekdays, time zones, places.

Read once, when first asked for. The tables in `data/` are plain text, made to be read and corrected.
"""

from __future__ import annotations

from functools import lru_cache

from summitreader.text.tokens import packaged_lines, plain_form, stem, word_list

_split = str.split
_UNITS = _split("""
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen
""")
_TENS = _split("twenty thirty forty fifty sixty seventy eighty ninety")
_ORDINALS = _split("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth")
NUMBER_WORDS = {word: n for n, word in enumerate(_UNITS)} | {word: 10 * n for n, word in enumerate(_TENS, 2)}
"""English number words below a hundred and what they stand for."""
ORDINAL_WORDS = {word: n for n, word in enumerate(_ORDINALS, 1)}
MAGNITUDES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
"""English words that multiply the number before them."""


def number_of_word(plain: str) -> str | None:
    """The figure for a number written as a word ("seven"), None for other words."""
    number = NUMBER_WORDS.get(plain)
    return None if number is None else str(number)


@lru_cache(maxsize=1)
def commonness() -> dict[str, str]:
    """Stem of an English word to `stop`, `frequent` or `common`; words that are not in it are rare."""
    found: dict[str, str] = {}
    for line in packaged_lines("common.en.txt"):
        rank, *words = line.split()
        for word in words:
            found.setdefault(stem(word), rank)
            if rank == "stop":
                found[word] = rank
    return found


@lru_cache(maxsize=1)
def place_names() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """First word of a place's name, as written, to the names that begin with it (longest first) and their code."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for line in packaged_lines("places.txt"):
        code, names = line.split(":", 1)
        for name in names.replace("|", ",").split(","):
            words = tuple(word_list(name.strip()))
            if words:
                found.setdefault(words[0], []).append((words, code))
    return {first: tuple(sorted(names, key=lambda n: (-len(n[0]), n))) for first, names in found.items()}


@lru_cache(maxsize=1)
def news_frames() -> dict[str, tuple[int, ...]]:
    """Stem of an English word to the numbers of the news frames that it may stand for."""
    found: dict[str, list[int]] = {}
    for number, line in enumerate(packaged_lines("frames.en.txt")):
        for word in dict.fromkeys(stem(plain_form(w)) for w in line.split("|")[0].split()):
            found.setdefault(word, []).append(number)
    return {word: tuple(numbers) for word, numbers in found.items()}


@lru_cache(maxsize=1)
def _stop_words() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in packaged_lines("stop.txt"):
        language, *words = line.split()
        found.setdefault(language, set()).update(plain_form(w) for w in words)
    return {language: frozenset(words) for language, words in found.items()}


@lru_cache(maxsize=64)
def stop_words(language: str) -> frozenset[str]:
    """Words of `language` (ISO 639-1) that tell nothing, in their `plain_form`; none for a language without a list."""
    if language == "en":
        return frozenset(w for w, rank in commonness().items() if rank == "stop")
    return _stop_words().get(language, frozenset())


_CALENDAR = [line.split() for line in packaged_lines("calendar.txt")]
MONTHS = {name: n for n, names in enumerate(_CALENDAR[:12], 1) for name in names}
"""Names of months in some twenty languages, in small letters, and their numbers from 1."""
WEEKDAYS = {name: n for n, names in enumerate(_CALENDAR[12:]) for name in names}
"""Names of weekdays; Monday is 0."""

ZONES: dict[str, int | None] = {
    "UTC": 0,
    "GMT": 0,
    "KST": 540,
    "JST": 540,
    "HKT": 480,
    "SGT": 480,
    "AEST": 600,
    "AEDT": 660,
    "MSK": 180,
    "CET": 60,
    "CEST": 120,
    "EET": 120,
    "EEST": 180,
    "BST": 60,
    "EST": -300,
    "EDT": -240,
    "CDT": -300,
    "MST": -420,
    "MDT": -360,
    "PST": -480,
    "PDT": -420,
    "CST": None,
    "IST": None,
    "ET": None,
    "CT": None,
    "PT": None,
    "AST": None,
}
"""Minutes east of Greenwich; None where the letters name several zones, or one whose offset depends on the season."""
