"""What one source brings to a comparison: the words of each of its passages, and whether it can be compared at all.

`analyse` looks at one source alone, so its result can be cached for as long as the text stays the same. What a word
stands for (`WordType`) is worked out once for the process.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from summitreader.text import BlockKind, Source
from summitreader.text.tokens import has_unspaced, joins_unspaced, plain_form, stem, word_list
from summitreader.text.vocabulary import number_of_word, stop_words

_split = str.split

_ENOUGH_WORDS = 25
"""A source of this many words can be called silent about something, whatever the length of the others."""
_SHORTER = 4
"""A shorter one can be if it is at most this many times shorter than the median source of the story."""
_SCRIPTS = {"HIRAGANA": "CJK", "KATAKANA": "CJK", "HALFWIDTH": "CJK", "FULLWIDTH": "LATIN", "IDEOGRAPHIC": "CJK"}
_NEGATIONS = frozenset(
    _split("not no never neither nor nobody none without cannot denies denied deny denying refused refuses")
)
_REACH = 3
"""A negation counts for so many words after it."""


@dataclass(frozen=True, slots=True)
class WordType:
    """What a word as written stands for: `term` is what it is compared by (a stem, or `#` and a figure; empty for a
    stop word), `plain` the word without case, `capital` whether it is written with one."""

    term: str
    plain: str
    capital: bool = False


@dataclass(frozen=True, slots=True)
class PassageWords:
    """The words of passage number `passage` as written and in order; in text without spaces every two neighbours.

    `negated` are the terms within the reach of a negation, `headline` is whether it is a title or heading.
    """

    passage: int
    words: tuple[str, ...]
    negated: tuple[str, ...]
    headline: bool


@dataclass(frozen=True, slots=True)
class SourceWords:
    """The passages of a source that belong to its account; the others (boilerplate, metadata) are not compared."""

    passages: tuple[PassageWords, ...]
    language: str
    source: str = ""


Analyse = Callable[[Source, str, Callable[[], None]], SourceWords]
"""What gives the words of a source in a language; see `analyse`."""


class WordTypes(dict[str, WordType]):
    """The words met so far in one language; asking for a new one works it out."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language

    def __missing__(self, word: str) -> WordType:
        found = self[word] = word_type(word, self.language)
        return found


_types: dict[str, WordTypes] = {}
_MOST_TYPES = 400_000


def word_types(language: str) -> WordTypes:
    """The table of words of `language`; one for the process, begun anew when it has grown very large."""
    table = _types.get(language)
    if table is None or len(table) > _MOST_TYPES:
        table = _types[language] = WordTypes(language)
    return table


def word_type(word: str, language: str) -> WordType:
    """What `word` stands for in `language`."""
    plain = plain_form(word)
    if not plain or (len(plain) == 1 and plain.isalpha() and plain.isascii()):
        return WordType("", plain)
    figure = plain if plain[0].isdigit() else number_of_word(plain) if language == "en" else None
    if figure is not None:
        return WordType("#" + figure, plain)
    acronym = len(word) > 1 and word.isupper()  # US, IT, WHO
    if plain in stop_words(language) and not (acronym and language == "en"):
        return WordType("", plain, word[0].isupper())
    return WordType(stem(plain, language), plain, word[0].isupper())


def analyse(source: Source, language: str, check: Callable[[], None] = lambda: None) -> SourceWords:
    """The words of the passages of `source`."""
    text = source.text
    types = word_types(language)
    told: list[tuple[int, tuple[str, ...]]] = []
    for n, p in enumerate(source.passages):
        if not n & 511:
            check()
        if source.is_told(n):
            passage = text[p.start : p.end]
            words = tuple(word_list(passage))
            told.append((n, _neighbours(words) if not passage.isascii() and has_unspaced(passage) else words))
    met = {word for _, words in told for word in words}
    negations = {word for word in met if word in _NEGATIONS or word.endswith(("n't", "n’t"))}
    headings = {n for n, b in enumerate(source.blocks) if b.kind in (BlockKind.TITLE, BlockKind.HEADING)}
    found = []
    for n, words in told:
        negated: dict[str, None] = {}
        for at, word in enumerate(words) if not negations.isdisjoint(words) else ():
            if word in negations:
                negated.update(dict.fromkeys(t for w in words[at + 1 : at + 1 + _REACH] if (t := types[w].term)))
        found.append(PassageWords(n, words, tuple(negated), source.passages[n].block in headings))
    return SourceWords(tuple(found), language, source.id)


def _neighbours(words: Sequence[str]) -> tuple[str, ...]:
    """`words`, with every two neighbouring characters of a script without spaces made one."""
    joined = []
    for n, word in enumerate(words):
        if not joins_unspaced(word):
            joined.append(word)
        elif n + 1 < len(words) and joins_unspaced(words[n + 1]):
            joined.append(word + words[n + 1])
        elif not n or not joins_unspaced(words[n - 1]):
            joined.append(word)
    return tuple(joined)


def story_language(sources: Sequence[Source]) -> str:
    """The language that most of the sources are known to be in; English where none is known. Ties go to the one with
    more text, then to the first by code."""
    known: Counter[str] = Counter()
    extent: Counter[str] = Counter()
    for source in sources:
        if source.language:
            known[source.language] += 1
            extent[source.language] += len(source.text)
    return min(known, key=lambda code: (-known[code], -extent[code], code)) if known else "en"


def one_language(sources: Sequence[Source], language: str) -> tuple[bool, ...]:
    """For each source whether it is in `language`: known to be, or, where that is not known, written in its script."""
    scripts = [_script(s.text) for s in sources]
    own = Counter(script for s, script in zip(sources, scripts, strict=True) if s.language == language and script)
    expected = min(own, key=lambda script: (-own[script], script)) if own else None
    return tuple(
        s.language == language if s.language else expected is None or script in (None, expected)
        for s, script in zip(sources, scripts, strict=True)
    )


def long_enough(told: Sequence[int]) -> tuple[bool, ...]:
    """For each source, of which `told` gives the number of words, whether its silence means something."""
    middle = sorted(told)[len(told) // 2] if told else 0
    return tuple(bool(n) and (n >= _ENOUGH_WORDS or n * _SHORTER >= middle) for n in told)


def _script(text: str) -> str | None:
    """The script that most letters of the beginning are in, None where there are none."""
    found: Counter[str] = Counter()
    for character in text[:2000]:
        if character.isalpha():
            script = "LATIN" if character.isascii() else unicodedata.name(character, "?").partition(" ")[0]
            found[_SCRIPTS.get(script, script)] += 1
    return min(found, key=lambda script: (-found[script], script)) if found else None
