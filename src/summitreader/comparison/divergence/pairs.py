"""Which passages to hold against each other: those that are linked, and those that plainly speak of one thing unlinked.

A conflict is what keeps some passages from being linked at all, so a few pairs beyond the links are looked at: for each
passage the nearest of each other source, by the share of words that the shorter of the two has in common with the
other, found through the rarer of these words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from summitreader.comparison.divergence.words import content_stems
from summitreader.comparison.model import Link, PassageRef

ALIKE = 0.2
"""Share of the words of the shorter passage that an unlinked pair must have in common."""

YEAR = re.compile(r"\b(?:19|20)\d\d\b")
"""Passages that no link joins and that name different years are not held against each other."""

YEAR_OR_MONTH = re.compile(
    r"\b(?:(?:19|20)\d\d|January|February|March|April|June|July|August|September|October|November|December)\b"
)
"""And figures not of passages that name other months: one of them tells of another time."""


@lru_cache(maxsize=8192)
def years(text: str) -> frozenset[str]:
    """The years that a passage names."""
    return frozenset(YEAR.findall(text))


@lru_cache(maxsize=8192)
def years_and_months(text: str) -> frozenset[str]:
    """The years and months that a passage names."""
    return frozenset(YEAR_OR_MONTH.findall(text))


_SHARED = 2
"""Words that an unlinked pair must have in common."""

_LONG = 6000
"""In a story of more passages a word that is rare stands in no more than in a story of so many, a twelfth of them; and
of the passages that share rare words only some are looked at."""

_VISITS = 64
"""So many of each other source, those with the rarest words first."""

_NEAREST = 2
"""Passages of each other source that are kept for a passage, of the linked ones and of the others."""


_MUTUAL = 0.3
"""What is added to how sure a pair is where each is the nearest to the other."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two passages of two sources, `a` before `b` in the order of the sources; `sure` is how sure it is, 0 to 1, that
    they tell the same, and `overlap` the share of words that the shorter has in common with the other."""

    a: PassageRef
    b: PassageRef
    sure: float
    overlap: float
    linked: bool


def overlap_of(a: frozenset[str], b: frozenset[str]) -> float:
    """The share of the smaller set that the larger has too, 0 to 1."""
    return len(a & b) / (min(len(a), len(b)) or 1)


def sure_of(share: float) -> float:
    """How sure it is that two passages tell the same by the words in common alone: at a half, five times in eight."""
    return 0.25 + 0.75 * share


def pairs_of(
    links: tuple[Link, ...],
    texts: dict[PassageRef, str],
    order: dict[str, int],
    check: Callable[[], None] = lambda: None,
) -> tuple[Pair, ...]:
    """The linked pairs, then the unlinked ones, surest first; `links` come surest first, `texts` are the passages
    that may be compared, by source in their order. Inside, passages are numbers in the order of `texts`."""
    refs = list(texts)
    number: dict[str, dict[int, int]] = {id: {} for id in order}
    for n, ref in enumerate(refs):
        number[ref.source][ref.passage] = n
    source = [order[ref.source] for ref in refs]
    stems = []
    for n, text in enumerate(texts.values()):
        if not n & 255:
            check()
        stems.append(content_stems(text))
    met: dict[int, int] = {}
    linked: set[tuple[int, int]] = set()
    found = []
    for k in links:
        a, b = number[k.a.source].get(k.a.passage), number[k.b.source].get(k.b.passage)
        if a is None or b is None:
            continue
        linked.add((a, b))
        here, there = a * len(order) + source[b], b * len(order) + source[a]  # a passage beside another source
        met_here, met_there = met.get(here, 0), met.get(there, 0)
        if met_here < _NEAREST or met_there < _NEAREST:
            met[here], met[there] = met_here + 1, met_there + 1
            share = overlap_of(stems[a], stems[b])
            found.append(Pair(k.a, k.b, max(k.score, sure_of(share)), share, linked=True))
    near: list[dict[int, list[tuple[float, int]]]] = [{} for _ in refs]  # passages of one source in their order
    for a, b, share in _alike(stems, source, check):
        near[a].setdefault(source[b], []).append((-share, b))
        near[b].setdefault(source[a], []).append((-share, a))
    for sources in near:
        for nearest in sources.values():
            nearest.sort()
    kept: dict[tuple[int, int], float] = {}
    for at, sources in enumerate(near):
        for nearest in sources.values():
            for n, (less, other) in enumerate(nearest[:_NEAREST]):
                pair = (at, other) if source[at] < source[other] else (other, at)
                if pair not in linked:
                    mutual = n == 0 and near[other][source[at]][0][1] == at
                    sure = min(0.9, sure_of(-less) + (_MUTUAL if mutual else 0.0))
                    kept[pair] = max(sure, kept.get(pair, 0.0))
    unlinked = [
        Pair(refs[a], refs[b], sure, overlap_of(stems[a], stems[b]), linked=False) for (a, b), sure in kept.items()
    ]
    unlinked.sort(key=lambda p: (-p.sure, order[p.a.source], p.a.passage, order[p.b.source], p.b.passage))
    return (*found, *unlinked)


def _alike(stems: list[frozenset[str]], source: list[int], check: Callable[[], None]) -> list[tuple[int, int, float]]:
    """Pairs of passages of different sources that share enough words, one of them rare in this story."""
    sizes = Counter(source)
    holding: dict[str, list[int]] = defaultdict(list)
    for n, words in enumerate(stems):
        for word in words:
            holding[word].append(n)
    long = len(stems) > _LONG
    common = min(max(12, len(stems) // 12), _LONG // 12)
    visits = _VISITS * min(16, len(sizes) - 1) if long else _LONG**2
    found = []
    past = 0  # the first passage of the sources after the one that is looked at
    for n, words in enumerate(stems):
        if not n & 63:
            check()
        if n == past:
            past += sizes[source[n]]
        met: set[int] = set()
        left = visits
        for _, word in sorted([(len(holding[word]), word) for word in words if len(holding[word]) <= common]):
            others = holding[word]
            later = others[bisect_left(others, past) :]
            left -= len(later)
            if left < 0 and met:
                break
            met.update(later)
        for m in met:
            shared = len(words & stems[m])
            if shared >= _SHARED:
                share = shared / (min(len(words), len(stems[m])) or 1)
                if share >= ALIKE:
                    found.append((n, m, share))
    return found
