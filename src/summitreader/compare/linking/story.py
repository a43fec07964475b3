"""The passages of all sources of a story in one table, with how much each word, name and letter sequence tells *here*.

Rarity is counted over the passages of the story and tempered by how common a word is in any news (`WordType.general`):
two short articles say little about what is rare. All weights are whole numbers, so that sums come out the same in
whatever order they are made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import log, sqrt
from zlib import crc32

from summitreader.compare.linking.analysis import SourceWords, word_types

UNIT = 1000
"""The weight of a word that is as rare as can be."""

TEMPER, POWER = 0.3, 0.8
_GRAM_TIERS = (1, 2, 3, 4)
_GRAM_BITS = 1 << 13


@dataclass(slots=True)
class Story:
    """Parallel lists, one entry a passage; `source` and `passage` say which. Terms are numbers into `weight`.

    `terms` are the words that tell anything, `names` those of them that are names, `frames` the news frames,
    `grams` bit sets of letter sequences in four classes of rarity.
    """

    source: list[int] = field(default_factory=list)
    passage: list[int] = field(default_factory=list)
    place_at: list[float] = field(default_factory=list)
    headline: list[bool] = field(default_factory=list)
    sequence: list[list[int]] = field(default_factory=list)
    terms: list[frozenset[int]] = field(default_factory=list)
    names: list[frozenset[int]] = field(default_factory=list)
    figures: list[frozenset[int]] = field(default_factory=list)
    places: list[frozenset[int]] = field(default_factory=list)
    frames: list[frozenset[int]] = field(default_factory=list)
    quoted: list[frozenset[int]] = field(default_factory=list)
    pairs: list[frozenset[tuple[int, int]]] = field(default_factory=list)
    grams: list[tuple[int, ...]] = field(default_factory=list)
    norm: list[float] = field(default_factory=list)
    size: list[int] = field(default_factory=list)
    mass: list[int] = field(default_factory=list)
    gram_norm: list[float] = field(default_factory=list)
    term_names: list[str] = field(default_factory=list)
    weight: list[int] = field(default_factory=list)
    square: list[int] = field(default_factory=list)
    damp: list[float] = field(default_factory=list)
    plain: list[tuple[str, ...]] = field(default_factory=list)
    ids: dict[str, int] = field(default_factory=dict)
    passages_of: list[range] = field(default_factory=list)

    def weight_of(self, term: str) -> int:
        """The number of a term that stands in the story."""
        return self.ids[term]


def gather(sources: Sequence[SourceWords], blend: float = 0.5, check: Callable[[], None] = lambda: None) -> Story:
    story = Story()
    ids = story.ids
    names_here = _names(sources)
    general: list[float] = []
    df: Counter[int] = Counter()
    gram_words: list[list[str]] = []

    def number(term: str, how_general: float) -> int:
        n = ids.get(term)
        if n is None:
            n = ids[term] = len(ids)
            story.term_names.append(term)
            general.append(how_general)
        return n

    for s, source in enumerate(sources):
        types = word_types(source.language)
        plains = {t.plain for p in source.passages for w in p.words if (t := types[w]).plain}
        first = len(story.source)
        for p in source.passages:
            entries = [types[w] for w in p.words]
            seq = [number(t.term, t.general) for t in entries if t.term]
            story.source.append(s)
            story.passage.append(p.passage)
            story.place_at.append(p.place_at)
            story.headline.append(p.headline)
            story.sequence.append(seq)
            terms = set(seq)
            story.names.append(
                frozenset(ids[t.term] for t in entries if t.term and t.capital and t.plain in names_here)
            )
            story.figures.append(frozenset(n for n in terms if story.term_names[n][0] == "#"))
            story.places.append(frozenset(number("@" + c, 0.5) for c in p.places))
            story.frames.append(frozenset(number(f"~{f}", 0.6) for t in entries for f in t.frames))
            story.quoted.append(frozenset(ids[t] for t in p.quoted if t in ids))
            story.terms.append(frozenset(terms))
            story.pairs.append(frozenset(zip(seq, seq[1:], strict=False)))
            story.plain.append(tuple(t.plain for t in entries if t.plain))
            gram_words.append([t.plain for t in entries if t.plain])
            df.update(terms)
            df.update(story.places[-1])
            df.update(story.frames[-1])
        story.passages_of.append(range(first, len(story.source)))
    # weights
    total = len(story.source)
    top = log(total + 1) if total else 1.0
    for n in range(len(ids)):
        rare = max(0.05, min(1.0, log((total + 1) / (df[n] + 0.5)) / top))
        w = general[n] ** TEMPER * rare**POWER
        story.weight.append(round(UNIT * w))
    story.square = [w * w for w in story.weight]
    sq = story.square
    for terms in story.terms:
        story.norm.append(sqrt(sum(sq[t] for t in terms)))
        story.size.append(len(terms))
        story.mass.append(sum(story.weight[t] for t in terms))
    mean = max(1.0, sum(story.mass) / max(1, total))
    story.damp = [1 / (1 + 1.2 * (0.5 + 0.5 * m / mean)) for m in story.mass]
    _letters(story, gram_words)
    return story


def _names(sources: Sequence[SourceWords]) -> set[str]:
    """Words that are written with a capital inside sentences, and never without."""
    inside: set[str] = set()
    small: set[str] = set()
    for source in sources:
        types = word_types(source.language)
        for p in source.passages:
            entries = [types[w] for w in p.words]
            capitals = sum(t.capital for t in entries)
            titled = p.headline or capitals > 0.6 * len(entries)
            for i, t in enumerate(entries):
                if t.capital:
                    if i and not titled:
                        inside.add(t.plain)
                elif t.plain:
                    small.add(t.plain)
    return inside - small


def _grams(word: str) -> set[str]:
    padded = f" {word} "
    size = len(padded)
    return {padded[i : i + n] for n in (3, 4, 5) for i in range(size - n + 1)}


def _letters(story: Story, words: Sequence[Sequence[str]]) -> None:
    df: Counter[str] = Counter()
    word_df: Counter[str] = Counter()
    for found in words:
        word_df.update(set(found))
    grams = {w: _grams(w) for w in word_df}
    for w, g in grams.items():
        n = word_df[w]
        for x in g:
            df[x] += n
    total = len(words)
    top = log(total + 1) if total else 1.0
    tier: dict[str, int] = {}
    alone: dict[str, int] = {}
    for x, n in df.items():
        rare = max(0.02, min(1.0, log((total + 1) / (n + 0.5)) / top))
        tier[x] = 0 if rare < 0.35 else 1 if rare < 0.55 else 2 if rare < 0.75 else 3
    masks: dict[str, tuple[int, int, int, int]] = {}
    for w, g in grams.items():
        m = [0, 0, 0, 0]
        single = 0
        for x in g:
            if df[x] > 1:
                m[tier[x]] |= 1 << (crc32(x.encode()) % _GRAM_BITS)
            else:
                single += _GRAM_TIERS[tier[x]]
        masks[w] = (m[0], m[1], m[2], m[3])
        alone[w] = single
    for found in words:
        a = b = c = d = 0
        mass = 0
        for w in set(found):
            m = masks[w]
            a |= m[0]
            b |= m[1]
            c |= m[2]
            d |= m[3]
            mass += alone[w]
        mass += a.bit_count() + 2 * b.bit_count() + 3 * c.bit_count() + 4 * d.bit_count()
        story.grams.append((a, b, c, d))
        story.gram_norm.append(sqrt(mass))
