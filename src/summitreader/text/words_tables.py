"""The packaged tables about words: how common they are, what places are called, which words frame one piece of news.

Read once, when first asked for. The tables are plain text beside this file, made to be read and corrected.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from summitreader.text.words import plain_form, stem, word_list

_split = str.split

_NUMBER_WORDS = {
    word: str(n)
    for n, word in enumerate(
        _split("""
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty
""")
    )
} | {"thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90"}


def packaged_lines(name: str) -> list[str]:
    """The lines of a packaged table, without comments."""
    text = files("summitreader.text").joinpath(name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def number_of_word(plain: str) -> str | None:
    """The figure for a number written as a word ("seven"), None for other words."""
    return _NUMBER_WORDS.get(plain)


@lru_cache(maxsize=1)
def commonness() -> dict[str, str]:
    """Stem of an English word to `stop`, `frequent` or `common`; words that are not in it are rare."""
    found: dict[str, str] = {}
    for line in packaged_lines("words_common.txt"):
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
    for line in packaged_lines("words_places.txt"):
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
    for number, line in enumerate(packaged_lines("words_frames.txt")):
        for word in dict.fromkeys(stem(plain_form(w)) for w in line.split("|")[0].split()):
            found.setdefault(word, []).append(number)
    return {word: tuple(numbers) for word, numbers in found.items()}


@lru_cache(maxsize=1)
def news_phrases() -> dict[str, dict[str, list[tuple[tuple[str, ...], int]]]]:
    """First word of a phrase, and the stem of the second, to the stems that follow these two and the number of the
    frame that they stand for together."""
    found: dict[str, dict[str, list[tuple[tuple[str, ...], int]]]] = {}
    for number, line in enumerate(packaged_lines("words_frames.txt")):
        for phrase in line.split("|")[1:]:
            first, *rest = phrase.split()
            second, *stems = (stem(plain_form(w)) for w in rest)
            found.setdefault(first, {}).setdefault(second, []).append((tuple(stems), number))
    return found


@lru_cache(maxsize=1)
def _stop_words() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in packaged_lines("words_stop.txt"):
        language, *words = line.split()
        found.setdefault(language, set()).update(plain_form(w) for w in words)
    return {language: frozenset(words) for language, words in found.items()}


def stop_words(language: str) -> frozenset[str]:
    """Words of `language` (ISO 639-1) that tell nothing, in their `plain_form`; none for a language without a list."""
    if language == "en":
        return frozenset(w for w, rank in commonness().items() if rank == "stop")
    return _stop_words().get(language, frozenset())
