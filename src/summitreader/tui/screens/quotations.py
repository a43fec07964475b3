"""Quotations: who is quoted, in whose wording, and through whom the words came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.cells import cell_len

from summitreader.comparison.model import QuotationKind
from summitreader.counting import counted
from summitreader.tui.inspection import Inspection, inspect_passage, name_of
from summitreader.tui.layout.marks import pieces
from summitreader.tui.layout.wrap import WrapMap
from summitreader.tui.screens.listing import ListScreen
from summitreader.tui.screens.view import Handler
from summitreader.tui.session import Session
from summitreader.tui.views.quotations import Grouping, Heading, QuotationRow, Shown, arranged, quotation_rows
from summitreader.tui.widgets.bars import Piece, one_line
from summitreader.tui.widgets.row_list import Line, ListRow

_INDENT = 4
_MOST_LINES = 8
"""Rows that the words of one quotation take at most; the passage itself stands below the list and in the reader."""


class QuotationsScreen(ListScreen):
    """`of` is the source whose quotations alone are shown, None for all."""

    VIEW = "view-quotations"
    LINES_EACH = None
    KEYS = (
        ("passage-next:j passage-previous:k", "row"),
        ("open", "read it there"),
        ("sort", "group"),
        ("show", "kinds"),
        ("scope", "source"),
        ("search", "filter"),
    )
    FILTER_HINT = "words said, or a speaker"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.grouping = Grouping.SPEAKER
        self.shown = Shown.ALL
        self.of: int | None = None
        self._all: tuple[QuotationRow, ...] = ()

    def handlers(self) -> Mapping[str, Handler]:
        return {
            **super().handlers(),
            "quotation-next": lambda: self.list.step(1),
            "quotation-previous": lambda: self.list.step(-1),
            "sort": self._next_grouping,
            "show": self._next_shown,
            "scope": self._next_source,
            "export": self._export,
        }

    # ── rows ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def take_in(self) -> None:
        self._all = quotation_rows(self.session.index)

    def rows(self) -> Sequence[QuotationRow | Heading]:
        return arranged(self._all, self.grouping, self.shown, self.of, self.query_words)

    def empty_words(self) -> str:
        if self._all:
            return f"No quotation is {self.shown} here." if self.shown is not Shown.ALL else "No quotation here."
        return self.not_compared() or "No quotation was found in these sources."

    def place(self, row: ListRow) -> tuple[int, int] | None:
        return (row.source, row.passage) if isinstance(row, QuotationRow) else None

    def inspection(self, row: ListRow) -> Inspection | None:
        place = self.place(row)
        return None if place is None else inspect_passage(self.session.index, *place, self.session.compared)

    # ── drawing ───────────────────────────────────────────────────────────────────────────────────────────────────

    def draw(self, row: ListRow, width: int) -> Sequence[Line]:
        if isinstance(row, Heading):
            words = one_line(row.words, max(8, width // 2))
            details = one_line(row.details, max(1, width - cell_len(words) - 2))
            return [[], [(words, "strong"), ("  " + details, "dim")]]
        assert isinstance(row, QuotationRow)
        return [*self._wording(row, width), [(" " * _INDENT, ""), *self._chain(row, width - _INDENT)]]

    def _wording(self, row: QuotationRow, width: int) -> list[Line]:
        reported = row.quotation.kind is QuotationKind.REPORTED
        style = "" if reported else "quotation"
        wrap = WrapMap(row.words, [(0, len(row.words))], max(8, width - _INDENT))
        lines: list[Line] = []
        for n in range(1, len(wrap) - 1):
            start, end = wrap.starts[n], wrap.ends[n]
            line: list[Piece] = [(" " * _INDENT, "")]
            if len(lines) == _MOST_LINES - 1 and n < len(wrap) - 2:
                lines.append([*line, (one_line(row.words[start:], width - _INDENT), style)])
                break
            line += [
                (row.words[a:b], f"{style} differs" if flags else style)
                for a, b, flags in pieces(start, end, [row.differs.overlapping(start, end)])
            ]
            lines.append(line)
        return lines

    def _chain(self, row: QuotationRow, width: int) -> list[Piece]:
        """`Xi Jinping → Xinhua → 2 Meridian Wire ¶4   fragment`."""
        kind = str(row.quotation.kind)
        if row.relation not in ("", kind) and self.grouping is not Grouping.UTTERANCE:
            kind += f", {row.relation}"
        chain = one_line(" → ".join(row.chain), max(4, width - len(kind) - 3))
        return [(chain, "dim"), (f"   {kind}", "dim")]

    def heading_pieces(self) -> tuple[Sequence[Piece], Sequence[Piece]]:
        said = "all sources" if self.of is None else f"{self.of + 1} {name_of(self.session.sources[self.of])}"
        left: list[Piece] = [(" who is quoted ", "strong"), (f"  {self.grouping}", "")]
        left += [("   shown: ", "dim"), (str(self.shown), ""), ("   of: ", "dim"), (one_line(said, 30), "")]
        n = sum(not row.is_heading for row in self.list.rows)
        return left, ((f"{n} of {len(self._all)} ", "dim"),)

    # ── commands ──────────────────────────────────────────────────────────────────────────────────────────────────

    async def _export(self) -> None:
        from summitreader.tui.views.tables import ledger_formats

        listed = [row for row in self.list.rows if isinstance(row, QuotationRow)]
        formats = ledger_formats(listed, self.session.index.report) if listed else ()
        await self.reader.navigation.export(formats, f"{counted(len(listed), 'quotation')}, as listed")

    def _next_grouping(self) -> None:
        self.grouping = self.grouping.next
        self.list.redraw()
        self.rearrange()

    def _next_shown(self) -> None:
        self.shown = self.shown.next
        self.rearrange()

    def _next_source(self) -> None:
        after = 0 if self.of is None else self.of + 1
        self.of = after if after < len(self.session.sources) else None
        self.show_list()
