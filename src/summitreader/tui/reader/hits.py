"""Hits of a search, in the order of the panes: which is the first from a place on, and their count in words. Pure."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence

Hit = tuple[int, int, int]
"""Number of the source in its story, start, end."""


def first_from(hits: Sequence[Hit], place: tuple[int, int], order: Callable[[int], int]) -> int:
    """The number of the first hit from `place`, a source and an offset, on; round at the end."""
    key = (order(place[0]), place[1])
    at = bisect_left(hits, key, key=lambda hit: (order(hit[0]), hit[1]))
    return at % max(1, len(hits))


def counted_hits(hits: Sequence[Hit], current: int | None, beyond: int, order: Callable[[int], int]) -> str:
    """`3 of 17 · 2 of 5 in this source`; `beyond` are hits besides, which are too many to be gone through."""
    count = f"{len(hits)}" if not beyond else f"{len(hits)} (of {len(hits) + beyond})"
    if current is None:
        return f"{count} hit{'' if count == '1' else 's'}"
    here = order(hits[current][0])
    first = bisect_left(hits, here, key=lambda hit: order(hit[0]))
    last = bisect_right(hits, here, key=lambda hit: order(hit[0]))
    return f"{current + 1} of {count} · {current - first + 1} of {last - first} in this source"
