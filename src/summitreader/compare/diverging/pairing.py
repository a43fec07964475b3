"""Which passages to hold against each other: those that are linked, and those that plainly speak of one thing unlinked.

A conflict is what keeps some passages from being linked at all, so a few pairs beyond the links are looked at: for each
passage the nearest of each other source, by the share of words that the shorter of the two has in common with the
other, found through the rarer of these words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass

from summitreader.compare.diverging.words import content_stems
from summitreader.compare.model import Link, PassageRef

ALIKE = 0.2
"""Share of the words of the shorter passage that an unlinked pair must have in common."""

YEAR = re.compile(r"\b(?:19|20)\d\d\b")
"""Passages that no link joins and that name different years are not held against each other."""

YEAR_OR_MONTH = re.compile(
    r"\b(?:(?:19|20)\d\d|January|February|March|April|June|July|August|September|October|November|December)\b"
)
"""And figures not of passages that name other months: one of them tells of another time."""

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


def _sure(share: float) -> float:
    """How sure it is that two passages tell the same by the words in common alone: at a half, five times in eight."""
    return 0.25 + 0.75 * share


def pairs_of(links: tuple[Link, ...], texts: dict[PassageRef, str], order: dict[str, int]) -> tuple[Pair, ...]:
    """The linked pairs, then the unlinked ones, surest first; `links` come surest first, `texts` are the passages
    that may be compared."""
    stems = {ref: content_stems(text) for ref, text in texts.items()}
    met: Counter[tuple[PassageRef, str]] = Counter()
    found = []
    for k in links:
        if k.a in stems and k.b in stems and min(met[k.a, k.b.source], met[k.b, k.a.source]) < _NEAREST:
            met[k.a, k.b.source] += 1
            met[k.b, k.a.source] += 1
            share = overlap_of(stems[k.a], stems[k.b])
            found.append(Pair(k.a, k.b, max(k.score, _sure(share)), share, linked=True))
    linked = {(k.a, k.b) for k in links}
    near: dict[tuple[PassageRef, str], list[tuple[float, PassageRef]]] = defaultdict(list)
    for a, b, share in _alike(stems, order):
        near[a, b.source].append((share, b))
        near[b, a.source].append((share, a))
    best = {key: sorted(found_, key=lambda n: (-n[0], n[1].passage)) for key, found_ in near.items()}
    kept: dict[tuple[PassageRef, PassageRef], float] = {}
    for (ref, source), nearest in best.items():
        for n, (share, other) in enumerate(nearest[:_NEAREST]):
            a, b = sorted((ref, other), key=lambda r: order[r.source])
            mutual = n == 0 and best[other, ref.source][0][1] == ref
            sure = min(0.9, _sure(share) + (_MUTUAL if mutual else 0.0))
            if (a, b) not in linked and source == other.source:
                kept[a, b] = max(sure, kept.get((a, b), 0.0))
    unlinked = [Pair(a, b, sure, overlap_of(stems[a], stems[b]), linked=False) for (a, b), sure in kept.items()]
    unlinked.sort(key=lambda p: (-p.sure, order[p.a.source], p.a.passage, order[p.b.source], p.b.passage))
    return (*found, *unlinked)


def _alike(
    stems: dict[PassageRef, frozenset[str]], order: dict[str, int]
) -> list[tuple[PassageRef, PassageRef, float]]:
    """Pairs of passages of different sources that share enough words, one of them rare in this story."""
    refs = sorted(stems, key=lambda r: (order[r.source], r.passage))
    words_of = [stems[ref] for ref in refs]
    sizes = Counter(ref.source for ref in refs)
    holding: dict[str, list[int]] = defaultdict(list)
    for n, words in enumerate(words_of):
        for word in words:
            holding[word].append(n)
    long = len(refs) > _LONG
    common = min(max(12, len(refs) // 12), _LONG // 12)
    visits = _VISITS * min(16, len(sizes) - 1) if long else _LONG**2
    found = []
    past = 0  # the first passage of the sources after the one that is looked at
    source = ""
    for n, ref in enumerate(refs):
        if ref.source != source:
            source = ref.source
            past = n + sizes[source]
        words = words_of[n]
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
            other = words_of[m]
            shared = len(words & other)
            if shared >= _SHARED:
                share = shared / (min(len(words), len(other)) or 1)
                if share >= ALIKE:
                    found.append((ref, refs[m], share))
    return found
