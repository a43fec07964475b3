"""Word lists and stems for the rules: what carries meaning in a passage, and what does not."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from summitreader.text.tokens import tokens_of

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
