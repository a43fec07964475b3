"""A list of rows to move in: a Line API widget that draws only what is on the screen, however many rows there are.

A row is any object; headings are rows that the cursor passes over. What a row looks like is said by a function from the
row and a width to lines of pieces, `(words, style names)`, so that a view's data need not know of the screen.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Protocol

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Offset, Region
from textual.message import Message
from textual.strip import Strip

from summitreader.tui.layout.cells import NOTHING
from summitreader.tui.layout.marks import UNICODE, Glyphs
from summitreader.tui.widgets.bars import Piece, one_line
from summitreader.tui.widgets.lines import LineWidget

Line = Sequence[Piece]


class ListRow(Protocol):
    """`key` names the row among all rows of its view, whatever their order; a heading cannot be gone to."""

    @property
    def key(self) -> str: ...

    @property
    def is_heading(self) -> bool: ...


@dataclass(frozen=True)
class Heading:
    """What the rows below have in common, and in a few words what there is of it."""

    key: str
    words: str
    details: str = ""
    style: str = "strong"
    is_heading: bool = True

    def lines(self, width: int) -> list[Line]:
        words = one_line(self.words, max(8, width // 2 if self.details else width))
        details = one_line(self.details, max(1, width - cell_len(words) - 2))
        return [[], [(words, self.style), (f"  {details}", "dim")]]


class RowList(LineWidget, can_focus=True):
    """Shows rows; `cursor` is the index of the one that the reader is on, -1 where there is none to be on."""

    DEFAULT_CSS = """
    RowList {
        width: 1fr;
        height: 1fr;
        background: $background;
        color: $foreground;
    }
    """

    class Moved(Message):
        """The cursor is on another row, or the rows are others."""

    class Chosen(Message):
        """A row was clicked twice."""

    class Pointed(Message):
        """A row was clicked, on the line of it with that number, `x` cells from the left of the line's first piece."""

        def __init__(self, x: int, line: int) -> None:
            super().__init__()
            self.x = x
            self.line = line

    def __init__(self, glyphs: Glyphs = UNICODE) -> None:
        super().__init__(id="rows")
        self.glyphs = glyphs
        self.rows: Sequence[ListRow] = ()
        self.cursor = -1
        self.top = 0
        self.empty = ""
        """What is said where there is no row."""
        self._draw: Callable[[ListRow, int], Sequence[Line]] = lambda row, width: ()
        self._lines_each: int | None = 1
        self._drawn: dict[int, tuple[ListRow, Sequence[Line]]] = {}
        self._starts: array[int] = array("q", [0])
        self._strips: dict[int, Strip] = {}
        self._styles: dict[tuple[str, bool], Style] = {}
        self._laid_out_for = -1

    # ── rows ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def show_rows(
        self,
        rows: Sequence[ListRow],
        draw: Callable[[ListRow, int], Sequence[Line]],
        *,
        lines_each: int | None,
        at: str | None = None,
    ) -> None:
        """Show `rows`, each drawn by `draw(row, width)`; each takes `lines_each` lines, with None as many as are drawn.

        The cursor goes to the row with the key `at`, else stays on the row it was on, else on the place it was at.
        """
        wanted = at if at is not None else self.selected.key if self.selected is not None else None
        row_on_screen = self._start(self.cursor) - self.top if self.cursor >= 0 else 0
        place = self.cursor
        self.rows, self._draw, self._lines_each = rows, draw, lines_each
        self._lay_out()
        self.cursor = next((n for n, row in enumerate(rows) if row.key == wanted and not row.is_heading), -1)
        if self.cursor < 0:
            self.cursor = self._nearest(min(max(place, 0), len(rows) - 1))
        self.top = self._clamped(self._start(self.cursor) - max(0, row_on_screen) if self.cursor >= 0 else 0)
        self._show_cursor()
        self.post_message(self.Moved())

    def redraw(self) -> None:
        """Draw the same rows anew, since what `draw` says of them is other than before."""
        self._drawn.clear()
        self._lay_out()
        self.refresh()

    @property
    def selected(self) -> ListRow | None:
        return self.rows[self.cursor] if 0 <= self.cursor < len(self.rows) else None

    @property
    def is_at_top(self) -> bool:
        """Whether no row that can be gone to stands above the cursor."""
        return self.cursor < 0 or all(row.is_heading for row in self.rows[: self.cursor])

    @property
    def row_width(self) -> int:
        """Cells that a row's pieces may take."""
        return max(1, self.size.width - 3)

    def _lay_out(self) -> None:
        self._strips.clear()
        self._laid_out_for = self.row_width
        if self._lines_each is not None:
            self._starts = array("q", range(0, (len(self.rows) + 1) * self._lines_each, self._lines_each))
        else:
            self._starts = array("q", [0])
            at = 0
            for row in self.rows:
                at += max(1, len(self._lines_of(row)))
                self._starts.append(at)
        if len(self._drawn) > 4 * len(self.rows) + 1000:
            self._drawn.clear()
        self.refresh()

    def _lines_of(self, row: ListRow) -> Sequence[Line]:
        drawn = self._drawn.get(id(row))
        if drawn is None or drawn[0] is not row:
            drawn = self._drawn[id(row)] = (row, self._draw(row, self.row_width))
        return drawn[1]

    def _start(self, index: int) -> int:
        return self._starts[min(max(index, 0), len(self._starts) - 1)]

    @property
    def _height(self) -> int:
        return self._starts[-1]

    def _clamped(self, top: int) -> int:
        return max(0, min(top, self._height - max(1, self.size.height)))

    def _nearest(self, index: int) -> int:
        """The row at `index` that can be gone to, else the next, else the one before, else -1."""
        if not self.rows:
            return -1
        after = next((n for n in range(max(index, 0), len(self.rows)) if not self.rows[n].is_heading), -1)
        if after >= 0:
            return after
        return next((n for n in range(min(index, len(self.rows) - 1), -1, -1) if not self.rows[n].is_heading), -1)

    # ── moving ────────────────────────────────────────────────────────────────────────────────────────────────────

    def step(self, by: int) -> None:
        """A row on or back, over headings; at the ends the list scrolls to what stands beyond the last row."""
        n = self.cursor + by
        while 0 <= n < len(self.rows) and self.rows[n].is_heading:
            n += by
        if 0 <= n < len(self.rows):
            self.go_to(n)
        elif self.cursor >= 0:
            self._to_line(self._height if by > 0 else 0)

    def go_to(self, index: int) -> None:
        before = self.cursor
        self.cursor = self._nearest(index)
        self._redraw_row(before)
        self._redraw_row(self.cursor)
        self._show_cursor()
        if self.cursor != before:
            self.post_message(self.Moved())

    def page(self, by: float) -> None:
        """`by` screens on or back; the cursor keeps its height on the screen as nearly as the rows allow."""
        if not self.rows:
            return
        lines = max(1, int((self.size.height - 1) * abs(by))) * (1 if by > 0 else -1)
        target = self._start(self.cursor) + lines
        self._to_line(self.top + lines)
        row = self._row_at(min(max(target, 0), self._height - 1))
        if row == self.cursor:
            row += 1 if by > 0 else -1
        self._settle(row, by > 0)

    def to_end(self, last: bool) -> None:
        self._to_line(self._height if last else 0)
        self._settle(len(self.rows) - 1 if last else 0, not last)

    def _settle(self, index: int, forward: bool) -> None:
        """Go to the row at `index`, or the first beyond it in this direction that is no heading."""
        if not self.rows:
            return
        index = min(max(index, 0), len(self.rows) - 1)
        order = range(index, len(self.rows)) if forward else range(index, -1, -1)
        self.go_to(next((n for n in order if not self.rows[n].is_heading), index))

    def _row_at(self, line: int) -> int:
        return min(max(0, bisect_right(self._starts, line) - 1), len(self.rows) - 1)

    def _to_line(self, top: int) -> None:
        top = self._clamped(top)
        if top != self.top:
            self.top = top
            self.refresh()

    def _show_cursor(self) -> None:
        """Scroll as little as shows the cursor's row, and the headings right above it where there is room."""
        if self.cursor < 0 or not self.size.height:
            return
        height = self.size.height
        first = self.cursor
        while first > 0 and self.rows[first - 1].is_heading:
            first -= 1
        start, end = self._start(self.cursor), self._start(self.cursor + 1)
        if end - self._start(first) <= height:
            start = self._start(first)
        if start < self.top or end - start > height:
            self._to_line(start)
        elif end > self.top + height:
            self._to_line(end - height)

    def _redraw_row(self, index: int) -> None:
        if not 0 <= index < len(self.rows):
            return
        start, end = self._start(index), self._start(index + 1)
        for line in range(start, end):
            self._strips.pop(line, None)
        first, last = max(start, self.top), min(end, self.top + self.size.height)
        if first < last:
            self.refresh(Region(0, first - self.top, self.size.width, last - first))

    # ── events ────────────────────────────────────────────────────────────────────────────────────────────────────

    def on_resize(self) -> None:
        if self._laid_out_for != self.row_width:
            above = self._start(self.cursor) - self.top
            self._drawn.clear()
            self._lay_out()
            self.top = self._clamped(self._start(self.cursor) - above)
        else:
            self.top = self._clamped(self.top)
        self._show_cursor()
        self.refresh()

    def restyled(self) -> None:
        self._styles.clear()
        self._strips.clear()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self._to_line(self.top + 3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self._to_line(self.top - 3)

    def on_click(self, event: events.Click) -> None:
        line = self.top + event.y
        if not self.rows or line >= self._height:
            return
        row = self._row_at(line)
        if self.rows[row].is_heading:
            return
        self.go_to(row)
        self.post_message(self.Chosen() if event.chain > 1 else self.Pointed(event.x - 2, line - self._start(row)))

    def render_lines(self, crop: Region) -> list[Strip]:
        if self.has_focus:
            row = max(0, min(self._start(self.cursor) - self.top, self.size.height - 1))
            self.app.cursor_position = self.region.offset + Offset(2, row)  # for screen readers and magnifiers
        return super().render_lines(crop)

    # ── drawing ───────────────────────────────────────────────────────────────────────────────────────────────────

    def render_line(self, y: int) -> Strip:
        width, height = self.drawn_size
        line = self.top + y
        if not self.rows:
            said = ["", *wrap(self.empty, max(8, width - 4))] if height > 1 else [self.empty]
            words = "  " + said[y] if y < len(said) else ""
            return Strip([Segment(words, self._style("dim", False))]).crop_extend(0, width, self.base_style)
        if line >= self._height:
            strip = Strip.blank(width - 1, self.base_style)
        else:
            known = self._strips.get(line)
            if known is None or known.cell_length != width - 1:  # a frame may come before a new size is told
                if len(self._strips) > 4000:
                    self._strips.clear()
                known = self._strips[line] = self._drawn_line(line, width - 1)
            strip = known
        return Strip([*strip, self._scroll_mark(y, height)], width)

    def _drawn_line(self, line: int, width: int) -> Strip:
        index = self._row_at(line)
        lines = self._lines_of(self.rows[index])
        here = index == self.cursor
        n = line - self._start(index)
        pieces: Iterable[Piece] = lines[n] if n < len(lines) else ()
        base = self._style("", here)
        segments = [Segment(self.glyphs.bar if here else " ", self._style("bar", here)), Segment(" ", base)]
        segments += [Segment(words.replace(NOTHING, ""), self._style(names, here)) for words, names in pieces if words]
        return Strip(segments).adjust_cell_length(width, base)

    def _scroll_mark(self, y: int, height: int) -> Segment:
        if self._height <= height:
            return Segment(" ", self.base_style)
        first = self.top * height // self._height
        size = max(1, height * height // self._height)
        on = first <= y < first + size or (y == height - 1 and self.top + height >= self._height)
        return Segment(self.glyphs.thumb if on else self.glyphs.ruler, self._style("thumb" if on else "ruler", False))

    def _style(self, names: str, here: bool) -> Style:
        style = self._styles.get((names, here))
        if style is None:
            style = self.base_style
            for name in (*(("cursor",) if here else ()), *names.split()):
                style += self.named_style(name)
            self._styles[names, here] = style
        return style
