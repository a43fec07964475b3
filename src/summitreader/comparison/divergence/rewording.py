"""How far two wordings of one utterance differ in words that carry meaning: words put in the place of others, and a
denial that stands on one side only.

Words cut at either end say nothing, and neither do spaces, hyphens, short forms ("don't"), inflection, the
spelling of either side of the Atlantic, or a letter in a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import LCSseq, Levenshtein

from summitreader.comparison.divergence.quantities import ORDINALS, SMALL, TENS
from summitreader.comparison.divergence.words import STOP_WORDS, listed, words_of

_BRACKETS = re.compile(r"\[[^\]]*\]|\([^)]*\)")
_CUT = re.compile(r"\.\s?\.|…|\[|\(")
_SHORT_FORM = re.compile(r"['’](?:s|re|ve|ll|d|m)\b", re.IGNORECASE)
_PAST = {"felt": "feel", "left": "leave", "saw": "see", "found": "find", "met": "meet"}
"""Forms that may be another word, and are not where two wordings meet."""
_DENIALS = listed(
    """not never no cannot dont doesnt didnt isnt wasnt arent wont aint couldnt wouldnt shouldnt havent hasnt hadnt
    werent"""
)
_NO_MEANING = frozenset({*SMALL, *TENS, *ORDINALS}) | listed(
    """am pm st nd rd th cent percent per go going get got know think thinks really certainly indeed quite
    yes oh well sir sort lot thing things bit way ever simply actually possibly perhaps probably maybe obviously
    clearly um uh er good new take say view question result detail matter assure al el
    away come particular right fact part gonna gotta wanna"""
)
_SAME_SPEECH = 0.5
"""Share of the longer wording's words that two wordings must have in common before their difference is told."""
_PLACE = 3
"""Words that may be put in the place of others; more are another sentence."""


def differs(a: str, b: str) -> float:
    """How far two wordings differ, 0 to 1: the share of the words of the shorter that are put for others or put in, and
    1 where one denies what the other says; 0 where they have too little in common to be two wordings of one speech."""
    ours, theirs = content(a), content(b)
    distinct = set(ours.words), set(theirs.words)
    smaller, larger = sorted(map(len, distinct))
    common = len(distinct[0] & distinct[1])
    if not smaller or common < _SAME_SPEECH * larger or (common == _SAME_SPEECH * larger and larger > 3):
        return 0.0
    places = tuple(_places(ours.words, theirs.words))
    if smaller > 1 and any(_denied(ours, p.a) is not _denied(theirs, p.b) for p in places if p.whole):
        return 1.0
    cut = bool(_CUT.search(a) or _CUT.search(b))
    even = len(ours.words) == len(theirs.words)
    changed = [
        p for p in places if (p.inside or (even and p.single)) and _reworded(ours.words[p.a], theirs.words[p.b], cut)
    ]
    return min(1.0, sum(int(max(p.a.stop - p.a.start, p.b.stop - p.b.start)) for p in changed) / smaller)


@dataclass(frozen=True, slots=True)
class _Place:
    """What stands in either wording between two words that both have; `inside` is false at the start and the end."""

    a: slice
    b: slice
    inside: bool
    opens: bool

    @property
    def single(self) -> bool:
        """Whether one word stands for one."""
        return bool(self.a.stop - self.a.start == 1 == self.b.stop - self.b.start)

    @property
    def whole(self) -> bool:
        """Whether a denial here is of the word that follows in both: little or nothing else stands between."""
        most = 0 if self.opens else 1 if self.inside else -1
        return bool(max(self.a.stop - self.a.start, self.b.stop - self.b.start) <= most)


def _places(ours: tuple[str, ...], theirs: tuple[str, ...]) -> Iterator[_Place]:
    kept = [op for op in LCSseq.opcodes(ours, theirs) if op.tag == "equal"]
    words = [(op.src_start + n, op.dest_start + n) for op in kept for n in range(op.src_end - op.src_start)]
    before = (-1, -1)
    for n, (i, j) in enumerate([*words, (len(ours), len(theirs))]):
        yield _Place(slice(before[0] + 1, i), slice(before[1] + 1, j), 0 < n < len(words), n == 0)
        before = i, j


def _denied(wording: Wording, here: slice) -> bool:
    return any(n in wording.denials for n in range(here.start, here.stop + 1))


def _reworded(x: tuple[str, ...], y: tuple[str, ...], cut: bool) -> bool:
    """Whether other words stand here, or a few that only one of them has where neither owns to a cut."""
    if x and y:
        return max(len(x), len(y)) <= _PLACE and not _trifle(x, y)
    return 0 < max(len(x), len(y)) <= _PLACE and not cut


def _trifle(x: tuple[str, ...], y: tuple[str, ...]) -> bool:
    """Whether two runs of words are one but for spaces, inflection, or a letter."""
    joined_x, joined_y = "".join(x), "".join(y)
    shorter, longer = sorted((joined_x, joined_y), key=len)
    if shorter in longer and (len(x) != len(y) or len(longer) - len(shorter) <= 3) and len(shorter) > 2:
        return True
    return joined_x[:2] == joined_y[:2] and len(shorter) > 3 and Levenshtein.distance(joined_x, joined_y) <= 1


@dataclass(frozen=True, slots=True)
class Wording:
    """The words that carry meaning in their order; `denials` are the numbers of those that a denial stands before."""

    words: tuple[str, ...]
    denials: frozenset[int]


@lru_cache(maxsize=1024)
def content(text: str) -> Wording:
    """The words that carry meaning in their dictionary form and American spelling; brackets, figures and short forms
    left out."""
    from summitreader.text.tokens import lemma, plain_form

    found: list[str] = []
    denials = set()
    read = words_of(_SHORT_FORM.sub("", _BRACKETS.sub(" ", text)))
    for n, word in enumerate(read):
        plain = plain_form(word.text)
        if word.low in _DENIALS or plain in _DENIALS:
            if n + 1 == len(read) or read[n + 1].text not in {",", ".", ";"}:
                denials.add(len(found))
        elif word.sort == "word" and len(plain) > 1 and word.low not in STOP_WORDS and plain not in _NO_MEANING:
            found.append(_PAST.get(plain) or lemma(plain))
    return Wording(tuple(found), frozenset(denials))
