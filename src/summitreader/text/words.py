"""The words of a text: where they stand, and which of them are forms of one word.

A word is a run of letters and digits with the apostrophes inside it, an abbreviation with its full stops ("U.S."), or a
figure with its separators ("1,200.5"). In scripts that are written without spaces a word is a single character, and
whoever compares such texts takes two neighbours at a time (`joins_unspaced`).

Two words are one with `strong` evidence where they have one lemma and spelling, with `weak` evidence where only their
stems meet. Snowball alone takes "universe" for "university" and "policy" for "police"; the stems here are lemmas with
the few endings taken off that do not change what is meant.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from itertools import chain

from summitreader.text.span import Span
from summitreader.text.words_spelling import american_spelling
from summitreader.text.words_stems import english_stem

_split = str.split

_UNSPACED = (
    "\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Tibetan, Burmese, Khmer
    "\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"  # kana, Han
    "\U00020000-\U0003ffff"
)
_WORD = re.compile(
    rf"(?:[A-Z]\.){{2,}}|\d+(?:[.,]\d+)*|[{_UNSPACED}]|(?:(?![{_UNSPACED}\d_])[\w\u0300-\u036f])+"
    rf"(?:['’ʼ](?![{_UNSPACED}\d_])\w+)*|\d+"
)
_PLAIN_WORD = re.compile(r"(?:[A-Z]\.){2,}|\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
"""The same for text without combining marks and scripts without spaces, three times as fast."""
_UNPLAIN = re.compile(f"[{_UNSPACED}\u0300-\u036f]")
_UNSPACED_CHARACTER = re.compile(f"[{_UNSPACED}]")
_POSSESSIVE = re.compile(r"['’ʼ]s?$")
_SNOWBALL = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "es": "spanish", "et": "estonian",
    "eu": "basque", "fi": "finnish", "fr": "french", "hi": "hindi", "hu": "hungarian", "hy": "armenian",
    "id": "indonesian", "it": "italian", "lt": "lithuanian", "ne": "nepali", "nl": "dutch", "no": "norwegian",
    "nb": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish",
    "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
_IRREGULAR = {"rose": "rise", "risen": "rise", "crises": "crisis", "wives": "wife", "lives": "life", "slain": "slay"}
_LEMMAS = frozenset(
    _split("""
    ar bg ca cs cy da de el en es et fa fi fr ga gl gv hbs hi hu hy id is it ka la lb lt lv mk ms nb nl nn pl pt
    ro ru se sk sl sq sv sw tl tr uk
""")
)


def word_spans(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Where the words of `text[start:end]` stand, in order, as spans of `text`."""
    return [Span(a, b) for a, b in word_places(text, start, end)]


def word_places(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """The same as pairs of numbers."""
    stop = len(text) if end is None else end
    plain = text.isascii() or not _UNPLAIN.search(text, start, stop)
    return [m.span() for m in (_PLAIN_WORD if plain else _WORD).finditer(text, start, stop)]


def word_list(text: str) -> list[str]:
    """The words of `text` as they are written, in order: what `word_spans` points at."""
    met = _plain_runs if text.isascii() or not _UNPLAIN.search(text) else _runs
    return [*chain.from_iterable(map(met.__getitem__, text.split()))]


class _Runs(dict[str, tuple[str, ...]]):
    """Runs of characters between spaces, with their words: no word has a space in it, and most runs come again."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        super().__init__()
        self._words = pattern.findall

    def __missing__(self, run: str) -> tuple[str, ...]:
        words = tuple(self._words(run))
        if len(run) <= _LONGEST_RUN:
            if len(self) >= _MOST_RUNS:
                self.clear()
            self[run] = words
        return words


_LONGEST_RUN = 40
_MOST_RUNS = 1 << 16
_plain_runs, _runs = _Runs(_PLAIN_WORD), _Runs(_WORD)


def joins_unspaced(word: str) -> bool:
    """Whether `word` is one character of a script without spaces, which means something only with its neighbour."""
    return _UNSPACED_CHARACTER.match(word) is not None


def has_unspaced(text: str) -> bool:
    """Whether a character of a script without spaces stands anywhere in `text`."""
    return _UNSPACED_CHARACTER.search(text) is not None


@lru_cache(maxsize=1 << 16)
def plain_form(word: str) -> str:
    """`word` without what does not tell words apart: case, compatibility forms, a possessive, full stops, and the
    accents of Latin letters."""
    if not word.isascii():
        word = unicodedata.normalize("NFKC", _POSSESSIVE.sub("", word)).casefold()
        return "".join(_bare(c) for c in word if c not in ".'’ʼ\u0301") or word
    word = word.lower()
    if word.endswith("'s"):
        word = word[:-2]
    elif word.endswith("'"):
        word = word[:-1]
    if word and word[0].isdigit():
        return word.replace(",", "")
    return word.replace(".", "").replace("'", "")


@lru_cache(maxsize=4096)
def _bare(character: str) -> str:
    first = unicodedata.normalize("NFKD", character)[:1]
    return first if first.isascii() and first else character


@lru_cache(maxsize=1 << 16)
def lemma(word: str, language: str = "en") -> str:
    """The dictionary form of a word in its `plain_form`, in American spelling; the word itself where it is not known.

    From simplemma's tables for the language; the first call for a language loads them (about 0.15 s).
    """
    if language not in _LEMMAS or not word.isalpha():
        return word
    import simplemma

    if language != "en":
        return plain_form(simplemma.lemmatize(word, lang=language))
    word = american_spelling(_IRREGULAR.get(word, word))
    return american_spelling(plain_form(simplemma.lemmatize(word, lang="en")))


@lru_cache(maxsize=1 << 16)
def stem(word: str, language: str = "en") -> str:
    """The stem of a word in its `plain_form`: what its forms have in common. Not itself a word."""
    if not word.isalpha():
        return word
    if language == "en":
        return english_stem(lemma(word, "en"))
    name = _SNOWBALL.get(language)
    if name is None:
        return lemma(word, language)
    return _snowball(name)(lemma(word, language))


@lru_cache(maxsize=8)
def _snowball(name: str) -> Callable[[str], str]:
    import snowballstemmer

    stem_word: Callable[[str], str] = snowballstemmer.stemmer(name).stemWord
    return stem_word
