"""The margin of a base text: beside each of its passages what the other sources tell there.

It keeps which entry is chosen at the passage under the cursor, and draws what stands beside the rows that the base pane
shows. Where there is no room beside the text, the pane itself shows the lines of `opened` below the passage.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip

from summitreader.tui.layout.document import Document
from summitreader.tui.layout.marks import UNICODE, Glyphs, SpanSet
from summitreader.tui.layout.plan import Placed, place
from summitreader.tui.story.index import StoryIndex
from summitreader.tui.story.inspection import inspect_passage
from summitreader.tui.story.margin import MarginEntry, entries_at, entry_to_open
from summitreader.tui.widgets.lines import LineWidget
from summitreader.tui.widgets.margin_drawing import Line, MarginDrawing, OpenedLines
from summitreader.tui.widgets.source_pane import SourcePane

_WIDEST = 90
"""Cells that the margin's text is set in at the most."""


class MarginPane(LineWidget):
    """Draws the margin of one pane. What it knows comes by `show`; the place comes from the pane when it is drawn."""

    DEFAULT_CSS = """
    MarginPane {
        width: 1fr;
        height: 1fr;
        background: $background;
        color: $foreground;
    }
    """

    class Opened(Message):
        """An entry was clicked twice."""

    class Chosen(Message):
        """Something else was clicked once: an entry, or a passage's group; it is chosen already."""

    def __init__(self, documents: Sequence[Document], glyphs: Glyphs = UNICODE) -> None:
        super().__init__(id="margin")
        self._documents = documents
        self._glyphs = glyphs
        self._base: SourcePane | None = None
        self._index: StoryIndex | None = None
        self._compared = False
        self._sources: frozenset[int] = frozenset()
        self._drawing: MarginDrawing | None = None
        self._hits: Mapping[int, SpanSet] = {}
        self._entries: dict[tuple[int, int], tuple[MarginEntry, ...]] = {}
        self._chosen: tuple[int, int, int] | None = None
        """Base, passage, and the entry that was chosen there."""
        self._opened: tuple[object, OpenedLines] | None = None
        self._opened_strips: tuple[object, list[Strip]] | None = None
        self._brief: dict[tuple[int, int, int, int], list[Strip]] = {}
        """By base, passage, rows and width, what stands beside a passage that is not under the cursor."""
        self._strips: list[Strip | None] = []
        self._groups: list[tuple[Placed, int]] = []
        """What is on the screen: where each group stands, and its passage."""
        self._opened_from = 0
        """The first line of the opened group that is shown."""

    def show(self, base: SourcePane, index: StoryIndex, compared: bool, sources: Sequence[int]) -> None:
        """The margin of `base` holds what `sources` tell by that comparison."""
        if index is not self._index or compared != self._compared or self._sources != frozenset(sources):
            self._index, self._compared, self._sources = index, compared, frozenset(sources)
            self._drawing = MarginDrawing(index, self._documents, self._glyphs, self)
            self._drawing.hits = self._hits
            self._entries.clear()
            self._draw_anew()
        self._base = base
        self.refresh()

    def set_hits(self, hits: Mapping[int, SpanSet]) -> None:
        """Mark search hits, by source."""
        if {n: found.spans for n, found in hits.items()} == {n: found.spans for n, found in self._hits.items()}:
            return
        self._hits = hits
        if self._drawing is not None:
            self._drawing.hits = hits
            self._draw_anew()
            self.refresh()

    def _draw_anew(self) -> None:
        self._opened = self._opened_strips = None
        self._brief.clear()

    # ── what there is ─────────────────────────────────────────────────────────────────────────────────────────────

    def entries(self, base: int, passage: int) -> tuple[MarginEntry, ...]:
        """What the others tell at a passage of source `base`."""
        if self._index is None or not self._documents[base].source.passages:
            return ()
        key = (base, passage)
        if key not in self._entries:
            if len(self._entries) > 5000:
                self._entries.clear()
            found = entries_at(self._index, base, passage, self._compared)
            self._entries[key] = tuple(entry for entry in found if entry.source in self._sources)
        return self._entries[key]

    def here(self) -> tuple[MarginEntry, ...]:
        """The entries at the passage under the cursor."""
        return self.entries(self._base.number, self._base.cursor) if self._base is not None else ()

    def selected(self) -> int:
        """Which of them is chosen, else the one that is meant where none is."""
        if self._base is None:
            return 0
        entries = self.here()
        if self._chosen is not None and self._chosen[:2] == (self._base.number, self._base.cursor):
            return min(self._chosen[2], max(0, len(entries) - 1))
        return entry_to_open(entries, self._base.number)

    def choose(self, number: int) -> None:
        """Choose entry `number` of those at the passage under the cursor."""
        if self._base is not None:
            self._chosen = (self._base.number, self._base.cursor, number)
            self.refresh()

    def opened(self, width: int) -> OpenedLines:
        """The entries at the passage under the cursor in full, in lines of `width` cells; a sentence where are none."""
        if self._base is None or self._drawing is None or self._index is None:
            return OpenedLines([], [])
        base, selected = self._base, self.selected()
        key = (base.number, base.cursor, selected, width)
        if self._opened is None or self._opened[0] != key:
            entries = self.here()
            if entries:
                lines = self._drawing.opened(entries, selected, width)
            elif base.document.source.passages:
                summary = inspect_passage(self._index, base.number, base.cursor, self._compared).summary
                lines = OpenedLines([self._drawing.sentence(summary, width)], [])
            else:
                lines = OpenedLines([], [])
            self._opened = (key, lines)
        return self._opened[1]

    # ── drawing ───────────────────────────────────────────────────────────────────────────────────────────────────

    def restyled(self) -> None:
        self._draw_anew()

    def before_lines(self) -> None:
        self._strips = self._laid_out()

    def render_line(self, y: int) -> Strip:
        strip = self._strips[y] if y < len(self._strips) else None
        return strip if strip is not None else Strip.blank(self.drawn_size.width, self.base_style)

    def _made(self, lines: Sequence[Line]) -> list[Strip]:
        """Lines after a free cell, as strips of the pane's width."""
        free, width = Segment(" ", self.base_style), self.size.width
        return [Strip([free, *line]).adjust_cell_length(width, self.base_style) for line in lines]

    @property
    def _text_width(self) -> int:
        """The cells of a line, after one that stays free."""
        return min(self.size.width - 1, _WIDEST)

    def _laid_out(self) -> list[Strip | None]:
        """The lines beside the rows that the base pane shows now."""
        base, drawing = self._base, self._drawing
        height, width = self.size.height, self._text_width
        self._groups = []
        if base is None or drawing is None or height <= 0 or width <= 12 or not base.document.source.passages:
            return []
        passages = self._on_screen(base, height)
        opened_at = next((n for n, (passage, _) in enumerate(passages) if passage == base.cursor), None)
        wanted = []
        for n, (passage, anchor) in enumerate(passages):
            entries = self.entries(base.number, passage)
            if n == opened_at:
                wanted.append((anchor, len(self.opened(width).lines) + 1))  # with an empty row below
            else:
                wanted.append((anchor, drawing.rows_wanted(entries, width)))
        strips: list[Strip | None] = [None] * height
        for placed in place(wanted, opened_at, height):
            passage = passages[placed.group][0]
            self._groups.append((placed, passage))
            if placed.group == opened_at:
                drawn = self._window(placed.rows, width)
            else:
                drawn = self._beside(base.number, passage, placed.rows, width)
            strips[placed.top : placed.top + len(drawn)] = drawn
        return strips[:height]

    def _beside(self, base: int, passage: int, rows: int, width: int) -> list[Strip]:
        key = (base, passage, rows, self.size.width)
        if key not in self._brief:
            assert self._drawing is not None
            if len(self._brief) > 2000:
                self._brief.clear()
            self._brief[key] = self._made(self._drawing.brief(self.entries(base, passage), rows, width))
        return self._brief[key]

    def _window(self, rows: int, width: int) -> list[Strip]:
        """So many of the opened lines, the chosen entry among them."""
        opened = self.opened(width)
        extent = opened.extents[self.selected()] if opened.extents else range(0)
        first = max(0, min(extent.stop - rows, extent.start)) if extent.stop > rows else 0
        self._opened_from = first
        key = (self._opened[0] if self._opened else None, self.size.width)
        if self._opened_strips is None or self._opened_strips[0] != key:
            self._opened_strips = (key, self._made(opened.lines))
        return self._opened_strips[1][first : first + rows]

    def _on_screen(self, base: SourcePane, height: int) -> list[tuple[int, int]]:
        """The passages that the pane shows a row of, with the row that they begin on; the first is clipped to row 0."""
        wrap, source = base.wrap, base.document.source
        last = len(wrap) - 1
        first_passage = source.passage_at(wrap.bounds(min(base.top, last))[0])
        last_passage = source.passage_at(max(0, wrap.bounds(min(base.top + height - 1, last))[1] - 1))
        found = []
        for passage in range(first_passage, last_passage + 1):
            rows = wrap.rows_of(source.passages[passage].start, source.passages[passage].end)
            if rows.stop > base.top and rows.start < base.top + height:
                found.append((passage, max(0, rows.start - base.top)))
        return found

    # ── events ────────────────────────────────────────────────────────────────────────────────────────────────────

    def entry_on_line(self, line: int, width: int) -> int | None:
        """The entry that stands on a line of `opened`."""
        return next((n for n, extent in enumerate(self.opened(width).extents) if line in extent), None)

    def on_click(self, event: events.Click) -> None:
        """A click chooses: an entry that is open, or the passage whose entries stand there; a second one goes there."""
        event.stop()
        if self._base is None:
            return
        for placed, passage in self._groups:
            if not placed.top <= event.y < placed.top + placed.rows:
                continue
            if passage != self._base.cursor:
                self._base.go_to(passage)
                self._base.post_message(SourcePane.Moved(self._base))
                return
            entry = self.entry_on_line(event.y - placed.top + self._opened_from, self._text_width)
            if entry is not None:
                self.choose(entry)
                self.post_message(self.Opened() if event.chain == 2 else self.Chosen())

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self._scroll(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self._scroll(-3)

    def _scroll(self, by: int) -> None:
        if self._base is not None:
            self._base.scroll_rows(by)
            self._base.post_message(SourcePane.Moved(self._base))
