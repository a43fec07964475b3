"""The text of one source drawn row by row over a wrap map, with gutter and ruler.

Rows are cut from the wrap map and kept as strips; a strip is drawn anew only when something on its row changed. What
the reader does in a pane is in `source_pane`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from rich.segment import Segment
from textual import events
from textual.geometry import Offset, Region, Size
from textual.strip import Strip

from summitreader.tui.layout.document import Document
from summitreader.tui.layout.folding import Folds, folded_rows
from summitreader.tui.layout.marks import UNICODE, Glyphs, Ruler, SpanSet
from summitreader.tui.layout.panes import Place
from summitreader.tui.layout.plan import RowMap, RowPlan, carried_over
from summitreader.tui.widgets.lines import LineWidget
from summitreader.tui.widgets.row_drawing import Decorations, Marks, RowDrawing

_MOST_REDRAWN = 300
"""Search hits up to which only the rows that they stand on are drawn anew."""


class TextPane(LineWidget):
    """Shows a `Document` from row `top` on; `cursor` is the number of the passage that the reader is on."""

    def __init__(self, document: Document, number: int, glyphs: Glyphs = UNICODE, column_width: int = 84) -> None:
        """`number` is the source's position in the story; text is set in at most `column_width` cells."""
        super().__init__(id=f"pane-{number}")
        self.document = document
        self.number = number
        self.glyphs = glyphs
        self.column_width = column_width
        self.cursor = 0
        self.top = 0
        self._lying = Decorations(Marks())
        self._drawn: dict[int, list[Segment]] = {}
        self._strips: dict[int, tuple[list[Segment], str, str, Strip]] = {}
        """By row, the strip that was made of its segments and of a glyph and style of the ruler."""
        self._drawing = RowDrawing(document, glyphs, self)
        self._ruler = Ruler(document, glyphs)
        self.kept_row = 1
        """The row on the screen where the reader, and not a new size, put the passage under the cursor."""
        self._rows_drawn = 0
        self._gutter_drawn = 0
        self._wrap_drawn: RowMap | None = None
        self._rows_at: Callable[[int], RowMap] = document.wrapped
        self._draw_added: Callable[[int, int], list[Segment]] | None = None
        self.folds = Folds()
        self._fold_words: Sequence[str] = ()
        self._width_told = 0
        self._size_drawn = Size(0, 0)
        """The size that the kept rows are of: a new one may be drawn before the event that tells of it."""

    # ── geometry ──────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def _gutter(self) -> int:
        return 5 if self.size.width >= 48 else 4

    @property
    def text_width(self) -> int:
        """Cells a row of text has: the pane less gutter, ruler and the blank beside it."""
        room = self.size.width - self._gutter - 2
        return max(1, min(room, self.column_width))

    def render_lines(self, crop: Region) -> list[Strip]:
        if self._size_drawn != self.size:
            self._size_drawn = self.size
            self._forget_rows()
            self.top = max(0, min(self.top, self.rows - self.size.height))
        wrap = self.wrap
        if wrap is not self._wrap_drawn:
            self._forget_rows()
            self.top = max(0, min(self.top, len(wrap) - self.size.height))
        self._wrap_drawn, self._gutter_drawn = wrap, self._gutter
        self._rows_drawn = len(wrap)
        if self.has_focus:
            row = max(0, min(self.screen_row, self.size.height - 1))
            self.app.cursor_position = self.region.offset + Offset(self._gutter, row)  # for screen readers
        return super().render_lines(crop)

    @property
    def rows(self) -> int:
        return len(self.wrap)

    def cursor_span(self) -> tuple[int, int]:
        """The offsets of the passage under the cursor; empty for a source without passages."""
        passages = self.document.source.passages
        if not passages:
            return (0, 0)
        passage = passages[min(self.cursor, len(passages) - 1)]
        return (passage.start, passage.end)

    @property
    def screen_row(self) -> int:
        """How many rows below the pane's first the cursor's passage begins; may lie outside the pane."""
        return self.wrap.row_at(self.cursor_span()[0]) - self.top

    def place(self) -> Place:
        """Where the reader is, in terms that outlive another width."""
        wrap = self.wrap
        rows = wrap.rows_of(*self.cursor_span())
        above = max(0, min(self.top - rows.start, len(rows) - 1))
        return Place(self.cursor, above / len(rows))

    @property
    def wrap(self) -> RowMap:
        """The rows of the text as they stand now."""
        return self._rows_at(self.text_width)

    def set_rows(
        self,
        rows_at: Callable[[int], RowMap] | None = None,
        draw_added: Callable[[int, int], list[Segment]] | None = None,
    ) -> None:
        """Let the rows at a width be those of `rows_at`, which must give the same map until they change.

        None are the text's own. `draw_added` draws rows that a `RowPlan` adds: it is given the number of the row among
        those that the change added, and the cells that there are. What is read stays where it is on the screen.
        """
        at = self.screen_row if self.size.width else 0
        self.folds = Folds()
        self._rows_at, self._draw_added = rows_at or self.document.wrapped, draw_added
        self.rows_changed(at)

    @property
    def has_rows_of_layout(self) -> bool:
        """Whether the rows are those that a layout gave, and not the text's own or folded ones."""
        return self._rows_at is not self.document.wrapped and not len(self.folds)

    def set_folds(self, folds: Folds, words: Sequence[str] = ()) -> None:
        """Let each of `folds` stand as one row, which bears its own of `words`; with no fold all is as it was."""
        plans: dict[int, RowMap] = {}

        def rows_at(width: int) -> RowMap:
            if width not in plans:
                plans[width] = folded_rows(self.document.text, self.document.source, folds, width)
            return plans[width]

        self.set_rows(rows_at if len(folds) else None)
        self.folds, self._fold_words = folds, words

    def rows_changed(self, screen_row: int) -> None:
        """Draw anew, since the rows are others; the passage under the cursor stands `screen_row` rows down."""
        self._drawn.clear()
        if self.size.width:
            self.top = max(0, min(self.top + self.screen_row - screen_row, self.rows - self.size.height))
        self.refresh()

    @property
    def selection(self) -> tuple[int, int] | None:
        """The stretch of text that is selected."""
        return self._lying.selection

    # ── what is marked ────────────────────────────────────────────────────────────────────────────────────────────

    def set_marks(self, marks: Marks) -> None:
        """Mark the text; only what bears other marks than before is drawn anew."""
        before, self._lying.marks = self._lying.marks, marks
        if marks == before:
            return
        self._ruler.set_marks(marks.passages, marks.notes)
        if replace(before, notes=marks.notes, tinted=marks.tinted) != marks:
            self._redraw_all()
            return
        old, new = (before.notes, *before.tinted), (marks.notes, *marks.tinted)
        source = self.document.source
        changed = {span for a, b in zip(old, new, strict=True) for span in {*a} ^ {*b}}
        touched = {source.passage_at(at) for start, end in changed for at in (start, max(start, end - 1))}
        self._redraw_spans([(source.passages[n].start, source.passages[n].end) for n in touched])
        self.refresh()  # other rows are as they were; only their ruler may not be

    def set_emphasis(self, counterparts: SpanSet, shared: SpanSet) -> None:
        """Outline `counterparts`, and underline the `shared` words that made the links."""
        lying = self._lying
        changed = [*lying.counterparts, *lying.shared, *counterparts, *shared]
        lying.counterparts, lying.shared = counterparts, shared
        self._redraw_spans(changed)

    def set_hits(self, hits: SpanSet, current: tuple[int, int] | None) -> None:
        """Mark search hits, the `current` one apart."""
        before = (self._lying.hits, self._lying.hit)
        self._lying.hits, self._lying.hit = hits, current
        if before[0].spans == hits.spans:
            self._redraw_spans([span for span in (before[1], current) if span])
        else:
            self._ruler.set_hits(hits)
            changed = {*before[0], *hits} - ({*before[0]} & {*hits})
            if len(changed) > _MOST_REDRAWN:
                self._redraw_all()
            else:  # rows without a hit are as they were; only their ruler may not be
                self._redraw_spans([*changed, *(span for span in (before[1], current) if span)])
                self.refresh()

    def select(self, span: tuple[int, int] | None) -> None:
        """Select `[start, end)` of the text, or nothing."""
        changed = [s for s in (self._lying.selection, span) if s]
        self._lying.selection = span
        self._redraw_spans(changed)

    def _forget_rows(self) -> None:
        """What was drawn is no more what stands."""
        self._drawn.clear()

    def _redraw_all(self) -> None:
        self._drawn.clear()
        self.refresh()

    def _redraw_spans(self, spans: list[tuple[int, int]]) -> None:
        if not spans or not self.size.width:
            return
        wrap = self.wrap
        bottom = self.top + self.size.height
        regions = []
        for span in spans:
            rows = wrap.rows_of(*span)
            for row in range(rows.start, rows.stop) if len(rows) < 2000 else list(self._drawn):
                self._drawn.pop(row, None)
            first, last = max(rows.start, self.top), min(rows.stop, bottom)
            if first < last:
                regions.append(Region(0, first - self.top, self.size.width, last - first))
        if regions:
            self.refresh(*regions)

    def put_cursor(self, passage: int) -> None:
        """Let the cursor be on `passage`. Where other rows are added for it, what stands at the top stays there."""
        before, rows = self.cursor_span(), self.wrap
        self.cursor = max(0, min(passage, len(self.document.source.passages) - 1))
        if self.wrap is rows:
            self._redraw_spans([before, self.cursor_span()])
        elif self.size.width:
            top = carried_over(min(self.top, len(rows) - 1), rows, self.wrap)
            self.top = max(0, min(top, self.rows - self.size.height))
            self._redraw_all()

    def _extent(self) -> range:
        """The rows of the passage under the cursor, and those that were opened below it."""
        wrap = self.wrap
        rows = wrap.rows_of(*self.cursor_span())
        if self._draw_added is not None and isinstance(wrap, RowPlan) and (added := wrap.added(rows.stop)) is not None:
            return range(rows.start, wrap.rows_added(added[0]).stop)
        return rows

    # ── its first row ─────────────────────────────────────────────────────────────────────────────────────────────

    def scroll_to_row(self, row: int) -> bool:
        """Make `row` the first, as far as there is text to show; whether anything moved."""
        top = max(0, min(row, self.rows - self.size.height))
        moved = top != self.top
        if moved:
            self.top = top
            self.refresh()
        self.kept_row = self.screen_row
        if moved:
            self.rows_moved(by_reader=True)
        return moved

    def rows_moved(self, *, by_reader: bool) -> None:
        """Called when another row is the first, with whether it was scrolled or has another size."""

    def on_resize(self, event: events.Resize) -> None:
        """Keep the passage that was read where it was on the screen. A pane that is not read keeps its rows where only
        its height is another, as when the card grows."""
        same_width, self._width_told = self._width_told == event.size.width, event.size.width
        self._drawn.clear()
        wrap = self.wrap
        if same_width and not self.has_focus:
            self.scroll_to_row(self.top)
            self.refresh()
            return
        row = wrap.row_at(self.cursor_span()[0])
        at = max(0, min(self.kept_row, event.size.height - 1))
        self.top = max(0, min(row - at, len(wrap) - event.size.height))
        self.refresh()
        self.rows_moved(by_reader=False)

    def restyled(self) -> None:
        self._drawing.forget_styles()
        self._drawn.clear()

    def on_focus(self) -> None:
        self._redraw_spans([self.cursor_span()])

    def on_blur(self) -> None:
        self._redraw_spans([self.cursor_span()])

    # ── drawing ───────────────────────────────────────────────────────────────────────────────────────────────────

    def render_line(self, y: int) -> Strip:
        row = self.top + y
        segments = self._drawn.get(row)
        if segments is None:
            if len(self._drawn) > 4000:
                self._drawn.clear()
            segments = self._drawn[row] = self._draw(row, self.drawn_size.width - 1)
        glyph, name = self._ruler.cell(y, self.drawn_size.height, self.top, self._rows_drawn)
        before = self._strips.get(row)
        if before is not None and before[0] is segments and before[1:3] == (glyph, name):
            return before[3]  # a strip that was sent before need not be turned into escape sequences again
        strip = Strip(
            [
                *segments,
                Segment(glyph, self._drawing.style() + self.named_style(name)),
            ],
            self.drawn_size.width,
        )
        if len(self._strips) > 4000:
            self._strips.clear()
        self._strips[row] = (segments, glyph, name, strip)
        return strip

    def _draw(self, row: int, width: int) -> list[Segment]:
        """A row without its ruler, in exactly `width` cells; segments are kept, since strips cost more to make."""
        wrap = self._wrap_drawn
        if wrap is None or row >= len(wrap):
            return self._drawing.blank(width)
        if isinstance(wrap, RowPlan) and (added := wrap.added(row)) is not None:
            if len(self.folds):
                return self._draw_fold(added[0], width)
            return self._draw_added(added[1], width) if self._draw_added else self._drawing.blank(width)
        cursor = self.cursor_span() if self.has_focus else None
        return self._drawing.row(*wrap.bounds(row), self._lying, cursor, self._gutter_drawn, width)

    def _draw_fold(self, number: int, width: int) -> list[Segment]:
        fold, passages = self.folds.folds[number], self.document.source.passages
        here = self.has_focus and fold.first <= self.cursor <= fold.last
        there = self._lying.counterparts.touches(passages[fold.first].start, passages[fold.last].end)
        words = self._fold_words[number] if number < len(self._fold_words) else ""
        return self._drawing.fold(words, self._gutter_drawn, width, here=here, there=there)
