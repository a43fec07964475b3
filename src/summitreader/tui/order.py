"""Whether two sources run in one order, as versions and translations do, and by which passages. Pure.

It shows in the links: the pairs that are each other's best, taken in the order of one source, run almost without
exception in the order of the other (Kendall's question, answered by the longest rising run).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from summitreader.tui.story import StoryIndex

Pairs = list[tuple[int, int]]

FEWEST = 8
"""Fewer pairs say nothing about order: chance puts n of them in order once in n factorial."""
IN_ORDER = 0.85
"""The share of the pairs that must run in one order, as where the links are made; chance gives 2 / √n."""
COVERED = 0.35
"""The share of the shorter source's passages that must be in such a pair: two reports that share a lede do not."""


def pairs_of(index: StoryIndex) -> dict[tuple[int, int], Pairs]:
    """By two sources, the smaller number first: the pairs of passages that are each other's best, in order.

    Links are gone through once.
    """
    best: dict[tuple[int, int, int], tuple[float, int]] = {}
    for link in index.report.links:
        a, b = index.number[link.a.source], index.number[link.b.source]
        for here, there, p, q in ((a, b, link.a.passage, link.b.passage), (b, a, link.b.passage, link.a.passage)):
            rank = (link.score, -q)
            if (here, p, there) not in best or rank > best[here, p, there]:
                best[here, p, there] = rank
    found: dict[tuple[int, int], Pairs] = defaultdict(list)
    for (here, p, there), (_, minus_q) in best.items():
        back = best.get((there, -minus_q, here))
        if here < there and back is not None and back[1] == -p:
            found[here, there].append((p, -minus_q))
    return {sources: sorted(pairs) for sources, pairs in found.items()}


def rising(pairs: Pairs) -> Pairs:
    """The longest run of `pairs` that rises in both."""
    from summitreader.comparison.linking.order import longest_rising

    return longest_rising(pairs)


def shared_order(index: StoryIndex, chosen: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """The pairs of `chosen` sources that run in one order."""
    found = []
    for (a, b), pairs in sorted(pairs_of(index).items()):
        if a not in chosen or b not in chosen:
            continue
        told = min(sum(index.sources[n].is_told(p) for p in range(len(index.sources[n].passages))) for n in (a, b))
        if len(pairs) >= max(FEWEST, COVERED * told) and len(rising(pairs)) >= IN_ORDER * len(pairs):
            found.append((a, b))
    return tuple(found)
