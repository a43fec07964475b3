"""The passages of all sources of a story in one table, with how rare each word and letter sequence is *here*.

Rarity is counted over the passages of the story. Weights are whole numbers, so that their sums come out the same in
whatever order they are made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from math import exp, log, log1p, sqrt
from zlib import crc32

from summitreader.comparison.linking.analysis import SourceWords, WordType, WordTypes, word_types

UNIT = 1000
"""The weight of a word that is as rare as can be."""
_POWER = 1.2
"""How steeply rarity raises the weight of a word in the cosine: the square of rarity to the 0.6, which ranked best of
0.3 to 1.6 on 40 stories of three outlets and on three sets of aligned news sentences."""
SMALL = 24
"""A story of fewer passages is counted as one of this many: what two sentences share is not common for that."""
LETTERS = 4_000
"""Up to this many passages letter sequences are compared; in longer texts they cost more than they add."""
_LEAD = 8
"""A passage's weight as part of the lead falls by a factor e over so many passages."""
_NUMBERS = 1 << 13
"""Letter sequences are told apart by so many numbers a class."""
_CLASSES = (0.35, 0.55, 0.75)
"""The bounds between four classes of letter sequences, in rarity from 0 (everywhere) to 1 (once). They weigh 1 to 4."""

_ENOUGH = 7
"""A source of so many passages has a lead, and offers a choice; see `counts_for`."""

Terms = frozenset[int]
Sets = tuple[int, int, int, int]


@dataclass(slots=True)
class Story:
    """Parallel lists, one entry a passage; `source` and `passage` say which. Terms are numbers into `weight`.

    `early` is 1 for the first passage of an account and falls towards 0, `figures` are those of `terms` that are such,
    `negated` those in the reach of a negation, `mass` the weight of `terms`, `norm` its root and `length` its
    logarithm. `letters` are the letter sequences of each passage as four sets of bits, with `letter_norm`; empty in
    long stories. `meaning` gives the cosine of two passages by an encoder, where there is one.
    """

    source: list[int] = field(default_factory=list)
    passage: list[int] = field(default_factory=list)
    headline: list[bool] = field(default_factory=list)
    early: list[float] = field(default_factory=list)
    words: list[tuple[str, ...]] = field(default_factory=list)
    terms: list[Terms] = field(default_factory=list)
    figures: list[Terms] = field(default_factory=list)
    negated: list[Terms] = field(default_factory=list)
    mass: list[int] = field(default_factory=list)
    norm: list[float] = field(default_factory=list)
    length: list[float] = field(default_factory=list)
    letters: list[Sets] = field(default_factory=list)
    letter_norm: list[float] = field(default_factory=list)
    ids: dict[str, int] = field(default_factory=dict)
    weight: list[int] = field(default_factory=list)
    source_ids: list[str] = field(default_factory=list)
    passages_of: list[range] = field(default_factory=list)
    types_of: list[WordTypes] = field(default_factory=list)
    meaning: Callable[[int, int], float] | None = None

    def __len__(self) -> int:
        return len(self.source)

    def shorter_first(self, passages: range) -> tuple[int, list[tuple[str, ...]], str]:
        """A key for the passages of a source: by it two sources stand in one order, however they were given."""
        at = self.source[passages.start]
        return len(passages), [self.words[i] for i in passages], self.source_ids[at]

    def types(self, i: int) -> list[WordType]:
        """What the words of passage `i` stand for, in order."""
        types = self.types_of[self.source[i]]
        return [types[w] for w in self.words[i]]

    def weigh(self, terms: Terms) -> int:
        return sum(map(self.weight.__getitem__, terms))


def gather(sources: Sequence[SourceWords], check: Callable[[], None] = lambda: None) -> Story:
    """One story of all `sources`."""
    story = Story()
    vocabulary: dict[str, set[str]] = {}
    for source in sources:
        check()
        vocabulary.setdefault(source.language, set()).update(chain.from_iterable(p.words for p in source.passages))
    term_of: dict[str, dict[str, int]] = {}
    for language in sorted(vocabulary):
        types = word_types(language)
        numbers = term_of[language] = {}
        for word in sorted(vocabulary[language]):
            term = types[word].term
            numbers[word] = story.ids.setdefault(term, len(story.ids) + 1) if term else 0
    check()
    figures = {n for term, n in story.ids.items() if term[0] == "#"}
    for s, source in enumerate(sources):
        check()
        first = len(story)
        number_of = term_of.get(source.language, {}).__getitem__
        story.types_of.append(word_types(source.language))
        story.source_ids.append(source.source)
        for n, p in enumerate(source.passages):
            terms = frozenset(filter(None, map(number_of, p.words)))
            story.source.append(s)
            story.passage.append(p.passage)
            story.headline.append(p.headline)
            story.early.append(exp(-n / _LEAD) * counts_for(len(source.passages)))
            story.words.append(p.words)
            story.terms.append(terms)
            story.figures.append(terms & figures)
            story.negated.append(frozenset([story.ids[t] for t in p.negated if t in story.ids]))
        story.passages_of.append(range(first, len(story)))
    check()
    df = Counter(chain.from_iterable(story.terms))
    rarity = _rarities(df.values(), len(story))
    story.weight = [0] * (len(story.ids) + 1)
    for t, count in df.items():
        story.weight[t] = max(1, round(UNIT * rarity[count] ** _POWER))
    story.mass = [story.weigh(terms) for terms in story.terms]
    story.norm = [sqrt(mass) or 1.0 for mass in story.mass]
    story.length = [log1p(mass / UNIT) for mass in story.mass]
    if len(story) <= LETTERS:
        _add_letters(story, check)
    return story


def counts_for(passages: int) -> float:
    """How far the order of the passages of a source, and a choice among them, mean anything: 0 for two, 1 for seven."""
    return min(1.0, max(0, passages - 2) / (_ENOUGH - 2))


def _rarities(counts: Iterable[int], passages: int) -> dict[int, float]:
    """For each number of passages that have something how rare that is: 1 for one passage, near 0 for all."""
    total = max(passages, SMALL)
    top = log((total + 1) / 1.5)
    return {n: min(1.0, max(0.02, log((total + 1) / (n + 0.5)) / top)) for n in set(counts)}


@lru_cache(maxsize=1 << 16)
def _sequences(word: str) -> tuple[str, ...]:
    padded = f" {word} "
    size = len(padded)
    return tuple({padded[i : i + n] for n in (3, 4, 5) for i in range(size - n + 1)})


def _add_letters(story: Story, check: Callable[[], None]) -> None:
    """The sequences of 3 to 5 letters in the words of every passage, as sets of bits, one for each class of rarity:
    what two passages share is counted in a fraction of a microsecond."""
    passages = [{t.plain for t in story.types(i) if t.plain} for i in range(len(story))]
    words = Counter(chain.from_iterable(passages))
    check()
    sequences = {word: _sequences(word) for word in words}
    df: Counter[str] = Counter()
    for word, count in words.items():
        for s in sequences[word]:
            df[s] += count
    check()
    low, middle, high = _CLASSES
    rarity_class = {
        n: 0 if r < low else 1 if r < middle else 2 if r < high else 3
        for n, r in _rarities(df.values(), len(story)).items()
    }
    class_and_bit: dict[str, tuple[int, int]] = {}
    places: tuple[dict[int, int], ...] = ({}, {}, {}, {})
    for s, count in df.items():
        if count > 1:
            rarity = rarity_class[count]
            number = crc32(s.encode("utf-8", "surrogatepass")) % _NUMBERS
            class_and_bit[s] = rarity, 1 << places[rarity].setdefault(number, len(places[rarity]))
    once = 1 + rarity_class.get(1, 3)
    sets: dict[str, Sets] = {}
    alone: dict[str, int] = {}
    for word, found in sequences.items():
        classes = [0, 0, 0, 0]
        shared = 0
        for s in found:
            if s in class_and_bit:
                rarity, bit = class_and_bit[s]
                classes[rarity] |= bit
                shared += 1
        sets[word] = (classes[0], classes[1], classes[2], classes[3])
        alone[word] = once * (len(found) - shared)
    for n, met in enumerate(passages):
        if not n & 255:
            check()
        a = b = c = d = mass = 0
        for word in met:
            e, f, g, h = sets[word]
            a |= e
            b |= f
            c |= g
            d |= h
            mass += alone[word]
        mass += a.bit_count() + 2 * b.bit_count() + 3 * c.bit_count() + 4 * d.bit_count()
        story.letters.append((a, b, c, d))
        story.letter_norm.append(sqrt(mass) or 1.0)
