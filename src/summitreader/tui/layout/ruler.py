"""The whole article in one column of cells: where its marks are, and what part of it is on the screen."""

from __future__ import annotations

from summitreader.tui.layout.document import Document
from summitreader.tui.layout.glyphs import Glyphs, Mark
from summitreader.tui.layout.marks import SpanSet

_RANKED = (
    (Mark.CHECK, "check"),
    (Mark.QUOTATION, "quotation"),
    (Mark.OWN, "note"),
    (Mark.SAME, "linked"),
    (Mark.LINKED, "linked"),
)


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
        ranks: list[int] = [99] * height
        cells: list[tuple[str, str] | None] = [None] * height
        for n, marks in enumerate(self._passages):
            if not marks:
                continue
            y = source.passages[n].start * height // length
            for rank, (mark, style) in enumerate(_RANKED):
                if mark in marks and rank < ranks[y]:
                    ranks[y] = rank
                    linked = mark in (Mark.LINKED, Mark.SAME)
                    cells[y] = (self._glyphs.ruler_link if linked else self._glyphs.marks[mark], style)
        for start, _ in self._notes:
            cells[min(height - 1, start * height // length)] = (self._glyphs.note, "note")
        for start, _ in self._hits:
            cells[min(height - 1, start * height // length)] = (self._glyphs.thumb, "text-hit")
        return cells
