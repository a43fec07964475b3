"""The packaged tables about words: how common they are, stop words, numbers, months, weekdays, time zones, places.

Read once, when first asked for. The tables in `data/` are plain text, made to be read and corrected.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from summitreader.text.tokens import packaged_lines, plain_form, stem, word_list

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
NUMBER_WORDS = {w: n for n, w in enumerate(_UNITS.split())} | {w: 10 * n for n, w in enumerate(_TENS.split(), 2)}
"""English number words below a hundred and what they stand for."""
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
def _countries() -> dict[str, tuple[str, bool]]:
    """Each whole name in the table of places to its code, and whether it is a capital's."""
    countries: dict[str, tuple[str, bool]] = {}
    capitals: dict[str, tuple[str, bool]] = {}
    for line in packaged_lines("places.txt"):
        code, names = line.split(":", 1)
        for part, listed in enumerate(names.split("|")):
            for name in listed.split(","):
                (capitals if part == 2 else countries)[" ".join(word_list(name))] = code, part == 2
    return capitals | countries


def country_of(name: str) -> tuple[str, bool] | None:
    """The code of the country or body that `name`, as written, stands for, and whether it is its capital's name."""
    return _countries().get(name.removesuffix("’s").removesuffix("'s"))


def directions(names: Sequence[str]) -> dict[str, str]:
    """What "the North", "the South" … stand for in a text that names `names` ("North Korea"): direction to code."""
    found: dict[str, set[str]] = {}
    for name in names:
        first, _, rest = name.partition(" ")
        place = country_of(name) if rest and first in ("North", "South", "East", "West") else None
        if place is not None:
            found.setdefault(first, set()).add(place[0])
    return {first: min(codes) for first, codes in found.items() if len(codes) == 1}


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

ZONES: dict[str, int | None] = dict.fromkeys(("CST", "IST", "ET", "CT", "PT", "AST")) | {
    letters: minutes
    for minutes, named in (
        (0, "UTC GMT"), (60, "CET BST"), (120, "CEST EET"), (180, "EEST MSK"), (480, "HKT SGT"), (540, "KST JST"),
        (600, "AEST"), (660, "AEDT"), (-240, "EDT"), (-300, "EST CDT"), (-360, "MDT"), (-420, "MST PDT"), (-480, "PST"),
    )
    for letters in named.split()
}  # fmt: skip
"""Minutes east of Greenwich; None where the letters name several zones, or one whose offset depends on the season."""
