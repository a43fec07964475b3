"""The sheet that headlines and ledes stand on: as many columns as fit, in bands below one another. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from summitreader.tui.layout.wrap import equal_columns
from summitreader.tui.views.openings import InCommon, OpeningCard, Styled, styled_lines
from summitreader.tui.widgets.bars import one_line

NARROWEST = 38
"""Cells that a column needs; where two do not fit, the sources stand below one another."""

Stop = tuple[int, int]
"""What can be gone to: the number of a card, and of a part of it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One row of one column; `stop` is the part that it belongs to, None for what lies between."""

    pieces: Styled
    stop: Stop | None = None


@dataclass(frozen=True)
class Sheet:
    """`rows[n]` holds a cell a column, or one that goes over all of them; `widths` are the columns'.

    `extents` says which rows a stop takes. `grid` holds the numbers of the cards, band by band.
    """

    widths: tuple[int, ...]
    rows: tuple[tuple[Cell, ...], ...]
    extents: dict[Stop, range]
    grid: tuple[tuple[int, ...], ...]

    def beside(self, card: int, by: int) -> int:
        """The card a column on or back, round at the ends of all."""
        order = [n for band in self.grid for n in band]
        return order[(order.index(card) + by) % len(order)]

    def below(self, card: int, by: int) -> int | None:
        """The card a band on or back in the same column, else the last of that band; None at the ends."""
        at = next(n for n, band in enumerate(self.grid) if card in band)
        if not 0 <= at + by < len(self.grid):
            return None
        band = self.grid[at + by]
        return band[min(self.grid[at].index(card), len(band) - 1)]


def laid_out(cards: Sequence[OpeningCard], common: Sequence[InCommon], width: int) -> Sheet:
    """The cards in bands, and below them what names and figures openings have in common; `width` in cells."""
    columns = max(1, min(len(cards), width // NARROWEST))
    bands = -(-len(cards) // columns)
    columns = -(-len(cards) // bands) if bands else 1
    widths = tuple(equal_columns(width, columns))
    rows: list[tuple[Cell, ...]] = []
    extents: dict[Stop, range] = {}
    grid = []
    for first in range(0, len(cards), columns):
        band = range(first, min(first + columns, len(cards)))
        grid.append(tuple(band))
        drawn = [_card_cells(cards[n], n, widths[n - first] - 3) for n in band]
        height = max(map(len, drawn))
        for column, n in zip(drawn, band, strict=True):
            for part in range(len(cards[n].parts)):
                own = [y for y, cell in enumerate(column) if cell.stop == (n, part)]
                extents[n, part] = range(len(rows) + own[0], len(rows) + own[-1] + 1)
        blank = Cell(())
        for y in range(height):
            row = [column[y] if y < len(column) else blank for column in drawn]
            rows.append((*row, *([blank] * (columns - len(row)))))
        rows.append((blank,) * columns)
    rows += [(Cell(tuple(line)),) for line in _common_lines(common, len(cards), width - 3)]
    return Sheet(widths, tuple(rows), extents, tuple(grid))


def _card_cells(card: OpeningCard, number: int, width: int) -> list[Cell]:
    date = f"  {card.date}" if card.date and width >= 30 else ""
    name = one_line(card.name, max(4, width - len(date) - 3))
    cells = [Cell(((f"{card.source + 1} ", "accent"), (name, "strong"), (date, "dim")))]
    if not card.parts:
        cells += [Cell((("It has neither headline nor lede.", "dim"),)), Cell(())]
    for n, part in enumerate(card.parts):
        stop = (number, n)
        lines = [*styled_lines(part.words, width), *styled_lines(part.elsewhere, width)]
        cells += [Cell(((part.kind, "dim"),), stop), *(Cell(tuple(line), stop) for line in lines), Cell(())]
    if card.remark:
        cells += [*(Cell(tuple(line)) for line in styled_lines(((card.remark, "dim"),), width)), Cell(())]
    return cells[:-1]


def _common_lines(common: Sequence[InCommon], sources: int, width: int) -> list[Styled]:
    if not common:
        return []
    lines: list[Styled] = [(("Names and figures that several open with", "strong"),)]
    for own in common:
        who = "all" if len(own.sources) == sources else ", ".join(str(n + 1) for n in own.sources)
        words: Styled = ((f"{who}  ", "accent"), (" · ".join(own.words), ""))
        lines += [tuple(line) for line in styled_lines(words, max(1, width))]
    return lines
