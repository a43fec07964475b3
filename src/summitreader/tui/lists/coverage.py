"""Coverage: things told down, sources across. Who tells what, in which paragraph, and who leaves it out."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual.widget import Widget

from summitreader.comparison.divergence import Cell, Telling
from summitreader.comparison.model import letter_of
from summitreader.tui.context import Handler
from summitreader.tui.layout.marks import UNICODE, Mark
from summitreader.tui.lists.coverage_rows import (
    CoverageRow,
    Order,
    Shown,
    arranged,
    copied_in_words,
    counted,
    coverage_rows,
)
from summitreader.tui.lists.list_screen import ListScreen
from summitreader.tui.story.index import StoryIndex
from summitreader.tui.story.inspection import name_of
from summitreader.tui.story.session import Session
from summitreader.tui.widgets.bars import Bar, Choice, Piece, one_line, wrapped
from summitreader.tui.widgets.row_list import Line, ListRow, RowList

_NARROWEST, _EASY, _WIDEST = 9, 12, 22
"""Cells of a source's column: at least, before the words have all the room that they want, and at most."""
_WORDS = 60
"""Cells that the words want beside the columns."""
_STACKED_BELOW = 92
"""Cells under which the words of a row do not stand beside its cells but above them."""
_AT_ONCE = 300_000
"""Things told, times passages, up to which the rows are made while the reader waits: some 0.2 s."""
_MOST_LINES = 4
"""Lines that the words of a row take at most."""
_GLYPHS = UNICODE


@dataclass(frozen=True, slots=True)
class Columns:
    """How a row is shared out: the words, then `told by`, then `count` sources from `first` on, `each` cells wide.

    Where it is `stacked`, the words have a line of their own, and `words` is how far the line below it is indented.
    """

    stacked: bool
    words: int
    told: int
    first: int
    count: int
    each: int


def share_out(width: int, sources: int, first: int, at: int | None) -> Columns:
    """Columns for `sources` in `width` cells, scrolled from `first` as little as brings column `at` on the screen."""
    told = 9 if width >= 100 else 6
    words = max(20, min(width * 2 // 5, _WORDS))
    beside, below = (width - words - told) // _NARROWEST, (width - 2 - told) // _NARROWEST
    stacked = width < _STACKED_BELOW or beside < sources <= below
    words = 2 if stacked else words
    room = max(_NARROWEST, width - words - told)
    count = max(1, min(sources, room // _NARROWEST))
    if not stacked:
        room = width - told - max(words, min(_WORDS, width - told - _EASY * count))
    each = max(1, min(_WIDEST, room // count))
    words = words if stacked else max(1, width - told - each * count)
    if at is not None:
        first = min(max(first, at - count + 1), at)
    return Columns(stacked, words, told, max(0, min(first, sources - count)), count, each)


class CoverageScreen(ListScreen):
    """`column` is the source that h and l stand on; None until one of them is pressed."""

    VIEW = "view-coverage"
    LINES_EACH = None
    KEYS = (
        ("passage-next:j passage-previous:k", "row"),
        ("pane-previous:h pane-next:l", "source"),
        ("open", "read"),
        ("sort", "sort"),
        ("show", "show"),
        ("search", "filter"),
    )
    FILTER_HINT = "words in the passages"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.order = Order.MOST
        self.shown = Shown.ALL
        self.column: int | None = None
        self._first = 0
        self._all: tuple[CoverageRow, ...] = ()
        self._laying_out = False
        self.columns_bar = Bar()
        self.legend = Bar()
        self.summary = Bar()

    def above(self) -> Iterable[Widget]:
        yield self.columns_bar

    def below(self) -> Iterable[Widget]:
        yield self.legend
        yield self.summary

    def commands(self) -> Mapping[str, Handler]:
        return {
            **super().commands(),
            "pane-next": lambda: self._step_column(1),
            "pane-previous": lambda: self._step_column(-1),
            "alone-next": self._only_one,
            "export": self._export,
        }

    # ── rows ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def take_in(self) -> None:
        index = self.session.index
        if not index.report.alone:
            self._all = ()
        elif len(index.report.threads) * sum(len(source.passages) for source in index.sources) <= _AT_ONCE:
            self._all = coverage_rows(index)
        else:
            self.run_worker(self._lay_out(index), exclusive=True, group="coverage")

    async def _lay_out(self, index: StoryIndex) -> None:
        """The rows of a large story, off the interface's thread; those that were there stay until then."""
        self._laying_out = True
        rows = await asyncio.to_thread(coverage_rows, index)
        if index is self.session.index:
            self._laying_out = False
            self._all = rows
            self.show_list()

    def rows(self) -> Sequence[CoverageRow]:
        return arranged(self._all, self.order, self.shown, self.column or 0, self.query_words)

    def empty_words(self) -> str:
        if len(self.session.sources) < 2:
            return "Only one source: nothing to compare. ⟨view-library⟩ opens the library."
        if not self.session.compared:
            return self.not_compared() or "Links appear here as they are found."
        if self._laying_out:
            return "Preparing the list …"
        if not self._all or self.shown is Shown.ALL:
            return "No links between these sources."
        if self.shown is Shown.ONE and any(not row.surely for row in self._all):
            return "Nothing only in one source (high confidence). ⟨show⟩ shows the passages without a match."
        if self.shown is Shown.UNMATCHED:
            return "Every passage is shared or only in one source."
        return f"Nothing {self.shown} here."

    def place(self, row: ListRow) -> tuple[int, int] | None:
        assert isinstance(row, CoverageRow)
        there = row.place_in(self.column) if self.column is not None else None
        return there or (row.source, row.passage)

    async def open_row(self) -> None:
        row = self.list.selected
        if isinstance(row, CoverageRow) and self.column is not None and row.place_in(self.column) is None:
            self.say(f"{self._called(self.column)} has no match; showing another source.")
        await super().open_row()

    # ── drawing ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _columns(self) -> Columns:
        columns = share_out(self.list.row_width, len(self.session.sources), self._first, self.column)
        self._first = columns.first
        return columns

    def _called(self, source: int) -> str:
        return one_line(name_of(self.session.sources[source]), 40)

    def draw(self, row: ListRow, width: int) -> Sequence[Line]:
        """The whole sentence beside its cells, or above them where there is little room."""
        assert isinstance(row, CoverageRow)
        columns = self._columns()
        style = "" if row.told_by > 1 else "dim"
        room = width - 1 if columns.stacked else columns.words - 2
        words = wrapped([(row.words, style)], room, _MOST_LINES)
        by = str(row.told_by) if row.surely else "?"
        told = f"{by} of {row.of}" if columns.told > 6 else f"{by}/{row.of}"
        first = "" if columns.stacked else "".join(piece for piece, _ in words[0])
        line: list[Piece] = [(_padded(first, columns.words), style), (_padded(told, columns.told), "dim")]
        for n in range(columns.first, columns.first + columns.count):
            line += self._cell(row.cells[n], columns.each, n, here=n == self.column)
        return [*words, line] if columns.stacked else [line, *words[1:]]

    def _cell(self, cell: Cell, width: int, number: int, *, here: bool) -> list[Piece]:
        """A glyph and the paragraph; nothing where it is not known whether the source tells it."""
        at = " column" if here else ""
        if cell.telling is Telling.SILENT:
            return [(_GLYPHS.silent, "dim" + at), (" " * (width - 1), "")]
        if cell.telling is not Telling.TOLD:
            return [(" " * width, "")]
        if cell.conflicts:
            glyph, style = _GLYPHS.marks[Mark.CHECK], "check"
        elif cell.quoted:
            glyph, style = _GLYPHS.marks[Mark.QUOTATION], "quotation"
        elif any((number, passage) in self.session.index.corrections for passage in cell.passages):
            glyph, style = _GLYPHS.marks[Mark.OWN], "note"
        else:
            glyph, style = _GLYPHS.told, "told"
        more = f" +{len(cell.places) - 1}" if len(cell.places) > 1 else ""
        place = one_line(cell.places[0], width - 3 - len(more)) if cell.places else ""
        words = f"{place}{more}"
        return [
            (glyph, style),
            (" ", ""),
            (words, ("strong" if here else "dim") + at),
            (" " * max(0, width - 2 - cell_len(words)), ""),
        ]

    def tabs(self) -> Mapping[str, int | None]:
        return {str(state): count for state, count in counted(self._all).items()}

    def heading_right(self) -> Sequence[Choice]:
        order = f"as in {self._called(self.column or 0)}" if self.order is Order.SOURCE else str(self.order)
        return ((f"{order} ", "dim", "sort"),)

    def show_list(self, at: str | None = None) -> None:
        super().show_list(at)
        self._show_columns()
        self._show_foot()

    def _show_columns(self) -> None:
        columns = self._columns()
        sources = self.session.sources
        before = f"‹ {columns.first} more  " if columns.first else ""
        after = len(sources) - columns.first - columns.count
        pieces: list[Piece] = [("  " + _padded(before, columns.words, right=True), "dim")]
        pieces.append((_padded("sources" if columns.told > 6 else "in", columns.told), "dim"))
        for n in range(columns.first, columns.first + columns.count):
            name = one_line(f"{letter_of(n)} {name_of(sources[n])}", columns.each - 1)
            style = "accent" if n == self.column else "strong" if self.session.index.is_comparable(n) else "dim"
            pieces.append((_padded(name, columns.each), style))
        self.columns_bar.left = tuple(pieces)
        self.columns_bar.right = (("›", "accent"),) if after else ()

    def _show_foot(self) -> None:
        unknown = [n for n in range(len(self.session.sources)) if not self.session.index.is_comparable(n)]
        gap = "   " if self.app.size.width >= 80 else "  "
        legend: list[Piece] = [
            (f" {_GLYPHS.told}", "linked"),
            (f" reported, where{gap}", "dim"),
            (_GLYPHS.marks[Mark.QUOTATION], "quotation"),
            (f" quoted{gap}", "dim"),
            (_GLYPHS.marks[Mark.CHECK], "check"),
            (f" to check{gap}", "dim"),
            (f"{_GLYPHS.silent} not reported{gap}blank: unknown", "dim"),
        ]
        if unknown:
            legend.append((f"   not compared: {', '.join(self._called(n) for n in unknown)}", "check"))
        self.legend.left = tuple(legend)
        names = [self._called(n) for n in range(len(self.session.sources))]
        copied = " · ".join(copied_in_words(self.session.index.report, names))
        self.summary.left = ((f" {copied}", "note"),)
        self.summary.display = bool(copied)

    def _fit(self, width: int, height: int) -> None:
        super()._fit(width, height)
        self.legend.display = height >= 18
        self.call_after_refresh(self._refit)

    def _refit(self) -> None:
        """Once the list has its new width."""
        self._show_columns()

    # ── commands ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _step_column(self, by: int) -> None:
        count = len(self.session.sources)
        if self.column is None:
            self.column = self._first if by > 0 else min(count - 1, self._first + self._columns().count - 1)
        else:
            self.column = (self.column + by) % count
        if self.order is Order.SOURCE:
            self.show_list()
        else:
            self.list.redraw()
            self._show_columns()
        self._show_preview()

    async def _export(self) -> None:
        from summitreader.tui.lists.tables import matrix_formats

        listed = [row for row in self.list.rows if isinstance(row, CoverageRow)]
        formats = matrix_formats(listed, self.session.index.report) if listed else ()
        await self.context.navigation.export(formats, f"{len(listed)} rows, as listed")

    def _only_one(self) -> None:
        self.open_tab(Shown.ALL if self.shown is Shown.ONE else Shown.ONE)

    def on_row_list_pointed(self, message: RowList.Pointed) -> None:
        """A click on a cell stands on its source."""
        columns = self._columns()
        at = message.x - columns.words - columns.told
        if 0 <= at < columns.each * columns.count:
            self.column = columns.first + at // columns.each
            self.list.redraw()
            self._show_columns()
            self._show_preview()


def _padded(words: str, width: int, *, right: bool = False) -> str:
    """`words` cut or filled to exactly `width` cells."""
    words = one_line(words, width)
    space = " " * (width - cell_len(words))
    return space + words if right else words + space
