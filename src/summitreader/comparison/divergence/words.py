"""The words of one passage, cut finely enough to read figures, names and denials from.

Hyphens and signs stand alone ("36-year-old" is five words), so that an age, a unit or a currency can be read off a
compound. Offsets are code points of the passage's own text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

_WORD = re.compile(
    r"""(?P<number>\d+(?:[.,]\d+)*)
      | (?P<word>(?:[^\W\d_]\.){2,} | [^\W\d_]+(?:['’][^\W\d_]+)?)
      | (?P<sign>[^\s\w] | _)""",
    re.VERBOSE,
)

DASHES = frozenset("-–—‑")


def listed(words: str) -> frozenset[str]:
    """The words of a text, as a set: how word lists are written here."""
    return frozenset(words.split())


STOP_WORDS = listed(
    """a about above after again all also although am among an and another any are as at back be because been before
    being both but by can cannot could did do does doing down during each either else even ever every few for from
    further get got had has have having he her here hers herself him himself his how however i if in into is it its
    itself just last least less like made make many may me might more most much must my near neither next no nor not
    now of off on once one only onto or other others our out over own per put said same say says shall she should
    since so some still such than that the their them then there these they this those through to told too toward
    towards under until up upon us very via was we well were what when where whether which while who whom whose why
    will with within without would yet you your"""
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word, number or sign: `[start, end)` of the passage's text; `low` is it in lower case, `'s` taken off."""

    text: str
    start: int
    end: int
    low: str
    sort: str
    """`word`, `number` or `sign`."""

    @property
    def is_capital(self) -> bool:
        return self.sort == "word" and self.text[0].isupper()


@lru_cache(maxsize=4096)
def words_of(text: str) -> tuple[Word, ...]:
    """The words, numbers and signs of `text`, in order."""
    found = []
    for match in _WORD.finditer(text):
        found.append(Word(match.group(), *match.span(), _low(match.group()), match.lastgroup or "sign"))
    return tuple(found)


def _low(word: str) -> str:
    low = word.lower().replace("’", "'")
    return low[:-2] if low.endswith("'s") else low


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
    words = {_low(m.group()) for m in _WORD.finditer(text) if m.lastgroup == "word"}
    return frozenset(stem(low) for low in words - STOP_WORDS if len(low) > 1)
