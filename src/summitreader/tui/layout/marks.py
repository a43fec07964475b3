"""Which marks lie on a stretch of a text: sorted spans, found by bisection."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise


class SpanSet:
    """Spans `(start, end)` that may overlap, kept in order of start; immutable.

    `_reach[i]` is the furthest end among the first i + 1 spans: it never falls, so both ends of a query are bisected.
    """

    def __init__(self, spans: Iterable[tuple[int, int]] = ()) -> None:
        self.spans: Sequence[tuple[int, int]] = sorted(set(spans))
        self._starts = [start for start, _ in self.spans]
        self._reach = list(accumulate((end for _, end in self.spans), max))

    def __len__(self) -> int:
        return len(self.spans)

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return iter(self.spans)

    def overlapping(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The spans that share a character with `[start, end)`, in order."""
        for span in self.spans[bisect_right(self._reach, start) : bisect_left(self._starts, end)]:
            if span[1] > start:
                yield span

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SpanSet) and self.spans == other.spans

    def __hash__(self) -> int:
        return hash(tuple(self.spans))

    def touches(self, start: int, end: int) -> bool:
        return next(self.overlapping(start, end), None) is not None


EMPTY = SpanSet()


def pieces(start: int, end: int, layers: Sequence[Iterable[tuple[int, int]]]) -> Iterator[tuple[int, int, int]]:
    """`[start, end)` cut where any span of any layer begins or ends: `(start, end, flags)`.

    Bit n of `flags` is set where a span of `layers[n]` covers the piece. The pieces join up without a gap.
    """
    clipped = [
        (1 << n, spans)
        for n, layer in enumerate(layers)
        if (spans := [(max(a, start), min(b, end)) for a, b in layer if a < end and b > start])
    ]
    if not clipped:
        if end > start:
            yield start, end, 0
        return
    cuts = sorted({start, end, *(edge for _, spans in clipped for span in spans for edge in span)})
    for a, b in pairwise(cuts):
        flags = 0
        for flag, spans in clipped:
            if any(x <= a and b <= y for x, y in spans):
                flags |= flag
        yield a, b, flags
