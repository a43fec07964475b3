"""The pane of one source: moving in its text, by key and by mouse.

It draws, scrolls, and says where its reader is; it decides nothing about other panes.
"""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.message import Message

from summitreader.text import BlockKind
from summitreader.tui.layout.document import Document
from summitreader.tui.layout.marks import UNICODE, Glyphs
from summitreader.tui.layout.plan import RowPlan
from summitreader.tui.widgets.text_pane import TextPane


class SourcePane(TextPane, can_focus=True):
    """A text that one reads in. Messages tell what was done with the mouse."""

    DEFAULT_CSS = """
    SourcePane {
        width: 1fr;
        height: 1fr;
        background: $background;
        color: $foreground;
    }
    """

    class Moved(Message):
        """The reader moved in this pane with the mouse: its cursor or its first row is another."""

        def __init__(self, pane: SourcePane) -> None:
            super().__init__()
            self.pane = pane

        @property
        def control(self) -> SourcePane:
            return self.pane

    class AddedClicked(Message):
        """A row that a layout added below the passage was clicked: the number of it among those."""

        def __init__(self, pane: SourcePane, line: int) -> None:
            super().__init__()
            self.pane = pane
            self.line = line

    class BorderDragged(Message):
        """The right border was dragged, `by` so many cells to the right."""

        def __init__(self, pane: SourcePane, by: int) -> None:
            super().__init__()
            self.pane = pane
            self.by = by

    class Activated(Message):
        """A passage was clicked twice."""

        def __init__(self, pane: SourcePane) -> None:
            super().__init__()
            self.pane = pane

    def __init__(self, document: Document, number: int, glyphs: Glyphs = UNICODE, column_width: int = 84) -> None:
        super().__init__(document, number, glyphs, column_width)
        self.scrolled: Callable[[SourcePane, bool], None] | None = None
        """Called when another row is the first, with whether it was scrolled or has another size."""
        self._drag_from: int | None = None
        self._border_from: tuple[int, int] | None = None
        """Where the ruler, which is the border too, was pressed: a column of the screen, and a row of the pane."""

    def rows_moved(self, *, by_reader: bool) -> None:
        if self.scrolled is not None:
            self.scrolled(self, by_reader)

    def is_headline(self) -> bool:
        """Whether the cursor stands on the title."""
        return bool(self.document.source.passages) and self.document.block_kind(self.cursor) is BlockKind.TITLE

    # ── moving ────────────────────────────────────────────────────────────────────────────────────────────────────

    def go_to(self, passage: int, screen_row: int | None = None, share: float = 0.0) -> None:
        """Put the cursor on `passage`; with `screen_row`, scroll so that it stands that far down."""
        if not self.document.source.passages:
            return
        self.put_cursor(passage)
        if not self.size.width:
            return
        rows = self._extent()
        height = self.size.height
        margin = min(2, max(0, (height - 1) // 4))
        if screen_row is not None:
            self.scroll_to_row(rows.start + int(share * len(rows)) - screen_row)
        elif rows.start - margin < self.top or len(rows) > height - 2 * margin:
            self.scroll_to_row(rows.start - margin)
        elif rows.stop + margin > self.top + height:
            self.scroll_to_row(rows.stop + margin - height)
        self.kept_row = self.screen_row

    def step(self, by: int) -> None:
        """A passage on or back; through one that is longer than the pane, a screen at a time."""
        rows = self._extent()
        stride = max(1, self.size.height - 2)
        if by > 0 and rows.stop > self.top + self.size.height and rows.start <= self.top + 2:
            self.scroll_to_row(min(self.top + stride, rows.stop - self.size.height + 2))
        elif by < 0 and rows.start < self.top:
            self.scroll_to_row(max(self.top - stride, rows.start - 2))
        else:
            self.go_to(self.folds.beside(self.cursor, by))

    def scroll_rows(self, by: int) -> None:
        """Scroll by rows; the cursor stays at its height on the screen as nearly as there are passages."""
        wrap = self.wrap
        row = max(0, min(self.screen_row, self.size.height - 1))
        moved = self.scroll_to_row(self.top + by)
        source = self.document.source
        if source.passages:
            end = 0 if by < 0 else len(source.passages) - 1
            self.put_cursor(source.passage_at(wrap.bounds(self.top + row)[0]) if moved else end)

    def page(self, by: float) -> None:
        """Scroll by `by` screens, keeping two rows of what was seen, with the cursor on the first passage that is
        wholly visible."""
        rows = max(1, int((self.size.height - 2) * abs(by)))
        moved = self.scroll_to_row(self.top + (rows if by > 0 else -rows))
        passages = self.document.source.passages
        if not passages:
            return
        if moved:
            first = self.first_visible()
            self.put_cursor(max(first, self.cursor) if by > 0 else first)
        else:
            self.put_cursor(len(passages) - 1 if by > 0 else 0)
        self.kept_row = self.screen_row

    def first_visible(self) -> int:
        """The first passage that is wholly on the screen; where none is, the one on the first row."""
        wrap, passages = self.wrap, self.document.source.passages
        at = self.document.source.passage_at(wrap.bounds(max(0, min(self.top, len(wrap) - 1)))[0])
        for n in range(at, len(passages)):
            rows = wrap.rows_of(passages[n].start, passages[n].end)
            if rows.stop > self.top + self.size.height:
                break
            if rows.start >= self.top:
                return n
        return at

    def to_end(self, last: bool) -> None:
        self.go_to(len(self.document.source.passages) - 1 if last else 0)
        self.scroll_to_row(self.rows if last else 0)

    # ── the mouse ─────────────────────────────────────────────────────────────────────────────────────────────────

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.scroll_rows(3)
        self.post_message(self.Moved(self))

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.scroll_rows(-3)
        self.post_message(self.Moved(self))

    def _offset_at(self, event: events.MouseEvent) -> int:
        wrap = self.wrap
        row = min(max(0, self.top + event.y), len(wrap) - 1)
        return wrap.offset_at(self.document.text, row, event.x - self._gutter)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        if not self.document.source.passages:
            return
        if event.x == self.size.width - 1:
            self._border_from = (event.screen_x, event.y)
            self.capture_mouse()
            return
        wrap = self.wrap
        if self._draw_added is not None and isinstance(wrap, RowPlan) and (added := wrap.added(self.top + event.y)):
            self.post_message(self.AddedClicked(self, added[1]))
            return
        self._drag_from = self._offset_at(event)
        self.select(None)
        self.capture_mouse()

    def _go_on_ruler(self, y: int) -> None:
        self.scroll_to_row(self.rows * y // max(1, self.size.height) - self.size.height // 2)
        wrap = self.wrap
        middle = min(self.top + self.size.height // 2, len(wrap) - 1)
        self.go_to(self.document.source.passage_at(wrap.bounds(middle)[0]))
        self.post_message(self.Moved(self))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self._drag_from is None:
            return
        if not 0 <= event.y < self.size.height:
            self.scroll_to_row(self.top + (1 if event.y > 0 else -1))
        here = self._offset_at(event)
        if here != self._drag_from:
            self.select((min(here, self._drag_from), max(here, self._drag_from)))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        if self._border_from is not None:
            (x, y), self._border_from = self._border_from, None
            self.release_mouse()
            if event.screen_x != x:
                self.post_message(self.BorderDragged(self, int(event.screen_x - x)))
            else:
                self._go_on_ruler(y)
            return
        if self._drag_from is None:
            return
        start, self._drag_from = self._drag_from, None
        self.release_mouse()
        passage = self.document.source.passage_at(self.selection[0] if self.selection else start)
        self.put_cursor(passage)
        self.post_message(self.Moved(self))

    def on_click(self, event: events.Click) -> None:
        if event.chain == 2 and event.x >= self._gutter and self.selection is None:
            self.post_message(self.Activated(self))
