"""Which marks lie on a stretch of a text: sorted spans, found by bisection."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import accumulate, pairwise

from summitreader.tui.layout.document import Document


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


class Mark(IntEnum):
    """What a passage is, the first to be shown first."""

    CHECK = 0
    QUOTATION = 1
    OWN = 2
    SAME = 3
    LINKED = 4
    ALONE = 5


@dataclass(frozen=True, slots=True)
class Glyphs:
    """One character a category, each one cell wide."""

    marks: dict[Mark, str]
    note: str
    bar: str
    ruler: str
    thumb: str
    silent: str
    told: str
    fold: str
    adds: str


UNICODE = Glyphs(
    marks={Mark.CHECK: "≠", Mark.QUOTATION: "❝", Mark.OWN: "∞", Mark.SAME: "=", Mark.LINKED: "≈", Mark.ALONE: "○"},
    note="✎",
    bar="▌",
    ruler="│",
    thumb="┃",
    silent="·",
    told="●",
    fold="▸",
    adds="+",
)
ASCII = Glyphs(
    marks={Mark.CHECK: "!", Mark.QUOTATION: '"', Mark.OWN: "&", Mark.SAME: "=", Mark.LINKED: "~", Mark.ALONE: "o"},
    note="*",
    bar="|",
    ruler=":",
    thumb="#",
    silent=".",
    told="@",
    fold=">",
    adds="+",
)

MEANING = {
    Mark.CHECK: "sources differ here",
    Mark.QUOTATION: "quotation",
    Mark.OWN: "linked by you",
    Mark.SAME: "reported by others in the same words",
    Mark.LINKED: "reported by others, with the number of sources",
    Mark.ALONE: "only in this source (high confidence)",
}


PLAIN = "violet"
"""What a highlight without a colour of its own is drawn in."""
TINTS = ("yellow", "green", "blue")
"""The colours that one may have, as they are kept."""


def tint_in_words(colour: str | None) -> str:
    """What a colour is called; one that came from elsewhere keeps its own name, and is drawn as the plain one."""
    return colour or PLAIN


def next_tint(colour: str | None) -> str | None:
    """The colour after `colour`, round at the end; None is the plain one."""
    order = (None, *TINTS)
    return order[(order.index(colour) + 1) % len(order)] if colour in order else None


class Ruler:
    """Which glyph, in which style, stands in each cell of a ruler of a given height."""

    def __init__(self, document: Document, glyphs: Glyphs) -> None:
        self._document = document
        self._glyphs = glyphs
        self._passages: tuple[tuple[Mark, ...], ...] = ()
        self._notes = SpanSet()
        self._hits = SpanSet()
        self._cells: list[tuple[str, str] | None] = []

    def set_marks(self, passages: tuple[tuple[Mark, ...], ...], notes: SpanSet) -> None:
        self._passages, self._notes = passages, notes
        self._cells = []

    def set_hits(self, hits: SpanSet) -> None:
        self._hits = hits
        self._cells = []

    def cell(self, y: int, height: int, top: int, rows: int) -> tuple[str, str]:
        """Glyph and style name of cell `y` of `height`, where `top` is the first of `rows` shown."""
        if len(self._cells) != height:
            self._cells = self._build(height)
        share = height / max(rows, height)
        inside = int(top * share) <= y < max(int(top * share) + 1, int((top + height) * share + 0.5))
        mark = self._cells[y] if y < len(self._cells) else None
        if mark is not None:
            return mark
        if inside and rows > height:
            return self._glyphs.thumb, "thumb"
        return self._glyphs.ruler, "ruler"

    def _build(self, height: int) -> list[tuple[str, str] | None]:
        source = self._document.source
        length = max(1, len(source.text))
        cells: list[tuple[str, str] | None] = [None] * height
        for n, marks in enumerate(self._passages):
            if Mark.CHECK in marks:
                cells[source.passages[n].start * height // length] = (self._glyphs.marks[Mark.CHECK], "check")
        for start, _ in self._notes:
            cells[min(height - 1, start * height // length)] = (self._glyphs.note, "note")
        for start, _ in self._hits:
            cells[min(height - 1, start * height // length)] = (self._glyphs.thumb, "text-hit")
        return cells
