"""Letter sequences that two passages share: what is left alike by inflection, spelling and compounding.

A passage is four sets of the sequences of 3 to 5 letters in its words, one for each class of rarity in the story, each
an integer used as a set of bits: what two passages share is counted in a fraction of a microsecond.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from math import log, sqrt
from zlib import crc32

from summitreader.compare.linking.story import SMALL, Story

_BITS = 1 << 13
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
def _sequences(word: str) -> tuple[tuple[str, int], ...]:
    padded = f" {word} "
    size = len(padded)
    found = {padded[i : i + n] for n in (3, 4, 5) for i in range(size - n + 1)}
    return tuple((s, 1 << (crc32(s.encode("utf-8", "surrogatepass")) % _BITS)) for s in sorted(found))


def letters_of(story: Story, check: Callable[[], None] = lambda: None) -> Letters:
    """The letter sequences of every passage of `story`."""
    passages = [{t.plain for t in story.types(i) if t.plain} for i in range(len(story))]
    words: Counter[str] = Counter()
    for found in passages:
        words.update(found)
    df: Counter[str] = Counter()
    sequences = {}
    for n, (word, count) in enumerate(words.items()):
        if not n & 1023:
            check()
        sequences[word] = _sequences(word)
        for s, _ in sequences[word]:
            df[s] += count
    rarity_class = _classes(df, len(passages))
    check()
    sets, single = _word_sets(sequences, df, rarity_class)
    out, norm = [], []
    for n, found in enumerate(passages):
        if not n & 255:
            check()
        a = b = c = d = mass = 0
        for word in found:
            e, f, g, h = sets[word]
            a |= e
            b |= f
            c |= g
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
    sequences: dict[str, tuple[tuple[str, int], ...]], df: Counter[str], rarity_class: dict[int, int]
) -> tuple[dict[str, Sets], dict[str, int]]:
    """For each word its sets of the sequences that others have too, and the weight of those that it alone has."""
    sets: dict[str, Sets] = {}
    single: dict[str, int] = {}
    for word, found in sequences.items():
        classes = [0, 0, 0, 0]
        own = 0
        for s, bit in found:
            count = df[s]
            if count > 1:
                classes[rarity_class[count]] |= bit
            else:
                own += 1 + rarity_class[count]
        sets[word] = (classes[0], classes[1], classes[2], classes[3])
        single[word] = own
    return sets, single
