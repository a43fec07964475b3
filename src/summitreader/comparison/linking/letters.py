"""Letter sequences that two passages share: what is left alike by inflection, spelling and compounding.

A passage is four sets of the sequences of 3 to 5 letters in its words, one for each class of rarity in the story, each
an integer used as a set of bits: what two passages share is counted in a fraction of a microsecond.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from math import log, sqrt
from zlib import crc32

from summitreader.comparison.linking.story import SMALL, Story

_NUMBERS = 1 << 13
"""Sequences are told apart by so many numbers."""
_CLASSES = (0.35, 0.55, 0.75)
"""Where the classes part, in rarity from 0 (everywhere) to 1 (once). They weigh 1, 2, 3 and 4."""

Sets = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Letters:
    """For each passage its four sets and the square root of its weight."""

    sets: list[Sets]
    norm: list[float]

    def beside(self, i: int) -> Callable[[int], float]:
        """For another passage the weight of what `i` shares with it, less what two long passages share anyway."""
        sets, norm = self.sets, self.norm
        a, b, c, d = sets[i]
        own = norm[i]

        def alike(j: int) -> float:
            e, f, g, h = sets[j]
            shared = (a & e).bit_count() + 2 * (b & f).bit_count() + 3 * (c & g).bit_count() + 4 * (d & h).bit_count()
            return shared / (own * norm[j]) ** 0.2 if shared else 0.0

        return alike


@lru_cache(maxsize=1 << 16)
def _sequences(word: str) -> tuple[str, ...]:
    padded = f" {word} "
    size = len(padded)
    return tuple({padded[i : i + n] for n in (3, 4, 5) for i in range(size - n + 1)})


def letters_of(story: Story, check: Callable[[], None] = lambda: None) -> Letters:
    """The letter sequences of every passage of `story`."""
    passages = [{t.plain for t in story.types(i) if t.plain} for i in range(len(story))]
    words = Counter(chain.from_iterable(passages))
    check()
    sequences = {word: _sequences(word) for word in words}
    df = Counter(chain.from_iterable(sequences.values()))
    for word, count in words.items():
        if count > 1:
            for s in sequences[word]:
                df[s] += count - 1
    check()
    sets, single = _word_sets(sequences, df, _classes(df, len(passages)))
    out, norm = [], []
    for n, found in enumerate(passages):
        if not n & 255:
            check()
        a = b = c = d = mass = 0
        for word in found:
            e, f, g, h = sets[word]
            if e:
                a |= e
            if f:
                b |= f
            if g:
                c |= g
            if h:
                d |= h
            mass += single[word]
        mass += a.bit_count() + 2 * b.bit_count() + 3 * c.bit_count() + 4 * d.bit_count()
        out.append((a, b, c, d))
        norm.append(sqrt(mass) or 1.0)
    return Letters(out, norm)


def _classes(df: Counter[str], total: int) -> dict[int, int]:
    total = max(total, SMALL)
    top = log(total + 1)
    low, middle, high = _CLASSES
    found = {}
    for count in set(df.values()):
        rare = log((total + 1) / (count + 0.5)) / top
        found[count] = 0 if rare < low else 1 if rare < middle else 2 if rare < high else 3
    return found


def _word_sets(
    sequences: dict[str, tuple[str, ...]], df: Counter[str], rarity_class: dict[int, int]
) -> tuple[dict[str, Sets], dict[str, int]]:
    """For each word its sets of the sequences that others have too, and the weight of those that it alone has.

    Each class has a row of bits of its own, no longer than the numbers that are met in it.
    """
    class_and_bit: dict[str, tuple[int, int]] = {}
    places: tuple[dict[int, int], ...] = ({}, {}, {}, {})
    for s, count in df.items():
        if count > 1:
            rarity = rarity_class[count]
            row = places[rarity]
            number = crc32(s.encode("utf-8", "surrogatepass")) % _NUMBERS
            class_and_bit[s] = rarity, 1 << row.setdefault(number, len(row))
    alone = 1 + rarity_class.get(1, 0)
    sets: dict[str, Sets] = {}
    single: dict[str, int] = {}
    for word, found in sequences.items():
        classes = [0, 0, 0, 0]
        shared = 0
        for s in found:
            if s in class_and_bit:
                rarity, bit = class_and_bit[s]
                classes[rarity] |= bit
                shared += 1
        sets[word] = (classes[0], classes[1], classes[2], classes[3])
        single[word] = alone * (len(found) - shared)
    return sets, single
