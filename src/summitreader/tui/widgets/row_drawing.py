"""How a row of a source's text is drawn: gutter, bar, and the words in the styles of all that lies on them.

A row becomes segments here and nowhere else. What lies on the text is given with each row, so nothing is kept but the
styles.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from summitreader.tui.layout.document import ASIDE, HEADLINE, Document
from summitreader.tui.layout.marks import EMPTY, TINTS, Glyphs, Mark, SpanSet, pieces
from summitreader.tui.widgets.bars import one_line
from summitreader.tui.widgets.lines import LineWidget, merged

_LAYERS = (
    "text-headline",
    "text-aside",
    "text-counterpart",
    "text-cursor",
    "text-note",
    *(f"text-note-{tint}" for tint in TINTS),
    "text-quotation",
    "text-shared",
    "text-check",
    "text-hit",
    "text-hit-current",
    "text-selection",
)
"""In the order in which their styles are laid over one another."""

_FILL = (1 << _LAYERS.index("text-cursor")) | (1 << _LAYERS.index("text-counterpart"))

MARK_STYLE = {
    Mark.CHECK: "check",
    Mark.QUOTATION: "quotation",
    Mark.OWN: "note",
    Mark.SAME: "linked",
    Mark.LINKED: "linked",
    Mark.ALONE: "alone",
}


@dataclass(frozen=True, slots=True)
class Marks:
    """What is marked in the text however one moves: spans by category, and the gutter's marks by passage."""

    quotations: SpanSet = EMPTY
    checks: SpanSet = EMPTY
    notes: SpanSet = EMPTY
    passages: tuple[tuple[Mark, ...], ...] = ()
    reporting: tuple[int, ...] = ()
    """By passage, how many sources report it, by likely links; 0 where only its own is known to."""
    tinted: tuple[SpanSet, ...] = (EMPTY,) * len(TINTS)
    """Those of the notes that have a colour of their own, by colour."""


@dataclass(slots=True)
class Decorations:
    """All that lies on a text. `counterparts` are outlined, the `shared` words underlined; `hit` is the current one."""

    marks: Marks
    counterparts: SpanSet = EMPTY
    shared: SpanSet = EMPTY
    hits: SpanSet = EMPTY
    hit: tuple[int, int] | None = None
    selection: tuple[int, int] | None = None


class RowDrawing:
    """Draws rows of `document` in the styles of `widget`."""

    def __init__(self, document: Document, glyphs: Glyphs, widget: LineWidget) -> None:
        self._document = document
        self._glyphs = glyphs
        self._widget = widget
        self._styles: dict[int, Style] = {}
        blocks = document.source.blocks
        self._headlines = SpanSet((b.start, b.end) for b in blocks if b.kind in HEADLINE)
        self._asides = SpanSet((b.start, b.end) for b in blocks if b.kind in ASIDE)

    def forget_styles(self) -> None:
        """Another theme: every style is another."""
        self._styles.clear()

    def style(self, flags: int = 0) -> Style:
        """The style of text on which the layers of `flags` lie."""
        style = self._styles.get(flags)
        if style is None:
            style = self._widget.base_style
            for n, layer in enumerate(_LAYERS):
                if flags >> n & 1:
                    style += self._widget.named_style(layer)
            self._styles[flags] = style
        return style

    def blank(self, width: int) -> list[Segment]:
        return [Segment(" " * width, self.style())]

    def row(
        self, start: int, end: int, lying: Decorations, cursor: tuple[int, int] | None, gutter: int, width: int
    ) -> list[Segment]:
        """The row that shows `[start, end)`, in exactly `width` cells, of which `gutter` (at least 3) come first.

        `cursor` is the span of the passage under the cursor, where the pane has the focus.
        """
        on_row = self._passages_begun(start, end)
        marks, layers = lying.marks, self._layers(start, end, lying, cursor)
        body = list(pieces(start, end, layers)) if end > start else []
        fill = body[0][2] & _FILL if body and all(flags & _FILL == body[0][2] & _FILL for _, _, flags in body) else 0
        surface = self.style(fill)
        here = cursor is not None and start < cursor[1] and end > cursor[0] and end > start
        there = not here and end > start and lying.counterparts.touches(start, end)
        bar = surface + self._widget.named_style("bar")
        text = self._document.text
        segments = merged(
            (
                Segment(self._glyphs.bar, bar) if here or there else Segment(" ", surface),
                self._note_glyph(marks, on_row, surface),
                self._mark_glyph(marks, on_row, surface),
                Segment(" " * (gutter - 3), surface),
                *(Segment(text[a:b], self.style(flags)) for a, b, flags in body),
            )
        )
        used = sum(segment.cell_length for segment in segments)
        if used < width:
            return merged((*segments, Segment(" " * (width - used), surface)))
        if used > width:
            return list(Strip(segments).crop_extend(0, width, self.style()))
        return segments

    def fold(self, words: str, gutter: int, width: int, *, here: bool, there: bool) -> list[Segment]:
        """The row that stands for folded passages, in exactly `width` cells; `here` is the cursor's, `there` one that
        holds a counterpart."""
        layer = "text-cursor" if here else "text-counterpart"
        surface = self.style(1 << _LAYERS.index(layer) if here or there else 0)
        bar = Segment(self._glyphs.bar if here or there else " ", surface + self._widget.named_style("bar"))
        line = one_line(f"{self._glyphs.fold} {words}", max(1, width - gutter - 1))
        told = Segment(line, surface + self._widget.named_style("dim"))
        gap = Segment(" " * (gutter - 1), surface)
        return list(Strip([bar, gap, told]).adjust_cell_length(width, surface))

    def _layers(
        self, start: int, end: int, lying: Decorations, cursor: tuple[int, int] | None
    ) -> tuple[Iterable[tuple[int, int]], ...]:
        """What lies on `[start, end)`, a layer for each of `_LAYERS`."""
        marks = lying.marks
        return (
            self._headlines.overlapping(start, end),
            self._asides.overlapping(start, end),
            lying.counterparts.overlapping(start, end),
            (cursor,) if cursor else (),
            marks.notes.overlapping(start, end),
            *(spans.overlapping(start, end) for spans in marks.tinted),
            marks.quotations.overlapping(start, end),
            lying.shared.overlapping(start, end),
            marks.checks.overlapping(start, end),
            lying.hits.overlapping(start, end),
            (lying.hit,) if lying.hit else (),
            (lying.selection,) if lying.selection else (),
        )

    def _passages_begun(self, start: int, end: int) -> list[int]:
        """The passages that begin on the row `[start, end)`."""
        source = self._document.source
        if end <= start or not source.passages:
            return []
        found = []
        n = source.passage_at(end - 1)
        while n >= 0 and source.passages[n].start >= start:
            found.append(n)
            n -= 1
        return found

    def _mark_glyph(self, marks: Marks, passages: list[int], surface: Style) -> Segment:
        """What differs, else how many sources report it, else that no other does; of several passages, the first."""
        here = {mark for n in passages for mark in marks.passages[n]} if marks.passages else set()
        for mark in (Mark.CHECK, Mark.OWN):
            if mark in here:
                return Segment(self._glyphs.marks[mark], surface + self._widget.named_style(MARK_STYLE[mark]))
        count = max((marks.reporting[n] for n in passages), default=0) if marks.reporting else 0
        if count:
            return Segment(str(count) if count < 10 else "+", surface + self._widget.named_style("linked"))
        if Mark.ALONE in here:
            return Segment(self._glyphs.marks[Mark.ALONE], surface + self._widget.named_style(MARK_STYLE[Mark.ALONE]))
        return Segment(" ", surface)

    def _note_glyph(self, marks: Marks, passages: list[int], surface: Style) -> Segment:
        source = self._document.source
        noted = any(marks.notes.touches(source.passages[n].start, source.passages[n].end) for n in passages)
        style = surface + self._widget.named_style("note") if noted else surface
        return Segment(self._glyphs.note if noted else " ", style)
