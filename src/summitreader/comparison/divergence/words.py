"""Word lists and stems for the rules: what carries meaning in a passage, and what does not."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from summitreader.text.tokens import packaged_lines, tokens_of

DASHES = frozenset("-–—‑")


def listed(words: str) -> frozenset[str]:
    """The words of a text, as a set: how word lists are written here."""
    return frozenset(words.split())


@lru_cache(maxsize=1)
def _tables() -> dict[str, str]:
    return dict(line.split(": ", 1) for line in packaged_lines("divergence.en.txt"))


def word_set(name: str) -> frozenset[str]:
    """The set of words of this name, "module.name", in data/divergence.en.txt."""
    return listed(_tables()[name])


STOP_WORDS = word_set("words.stop_words")


@lru_cache(maxsize=1)
def _stem_word() -> Callable[[str], str]:
    import snowballstemmer

    stem_word: Callable[[str], str] = snowballstemmer.stemmer("english").stemWord
    return stem_word


@lru_cache(maxsize=65536)
def stem(low: str) -> str:
    """The English stem (Snowball) of a word in lower case; words of other languages pass nearly unchanged."""
    return _stem_word()(low.rstrip("."))


@lru_cache(maxsize=16384)
def content_stems(text: str) -> frozenset[str]:
    """The stems of the words of `text` that carry meaning; numbers and signs left out."""
    words = {token.low for token in tokens_of(text) if token.kind == "word"}
    return frozenset(stem(low) for low in words - STOP_WORDS if len(low) > 1)
