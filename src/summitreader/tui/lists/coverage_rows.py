"""Who tells what, as rows for the coverage view."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from summitreader.comparison.divergence import Cell, Telling, coverage, unmatched
from summitreader.comparison.model import Report
from summitreader.text.gate import shown_line
from summitreader.tui.layout.document import drawn_words
from summitreader.tui.story.index import StoryIndex
from summitreader.tui.widgets.query_line import containing, folded


class Order(StrEnum):
    """How the rows stand."""

    MOST = "most shared first"
    SOURCE = "order of one source"
    ONE = "least shared first"


class Shown(StrEnum):
    """Which rows are there."""

    ALL = "all"
    SEVERAL = "shared"
    ONE = "unique"
    UNMATCHED = "no match found"


@dataclass(frozen=True)
class CoverageRow:
    """One thing told. `cells` run parallel to the story's sources; `(source, passage)` is its representative.

    `surely` is false of a passage for which no counterpart was found, though there may be one.
    """

    key: str
    words: str
    source: int
    passage: int
    told_by: int
    cells: tuple[Cell, ...]
    is_heading: bool = False
    surely: bool = True

    @cached_property
    def of(self) -> int:
        """How many sources could tell it: those that can be compared, and those that do."""
        return sum(cell.telling is not Telling.NOT_COMPARABLE for cell in self.cells)

    @cached_property
    def folded(self) -> str:
        return folded(self.words)

    def place_in(self, source: int) -> tuple[int, int] | None:
        """Source and passage where `source` tells it; None where it does not."""
        passages = self.cells[source].passages
        return (source, passages[0]) if passages else None


def coverage_rows(index: StoryIndex) -> tuple[CoverageRow, ...]:
    """All rows, what most tell first, what has no counterpart that was found last; none before passages are linked."""
    rows = []
    found = coverage(index.report)
    for n, row in enumerate((*found, *unmatched(index.report))):
        source, passage = index.number[row.representative.source], row.representative.passage
        span = index.sources[source].passages[passage]
        words = drawn_words(index.sources[source], span.start, span.end)
        rows.append(
            CoverageRow(
                key=f"{source}:{passage}",
                words=words,
                source=source,
                passage=passage,
                told_by=row.told_by,
                cells=tuple(_still_to_check(cell, index.dismissed) for cell in row.cells),
                surely=n < len(found),
            )
        )
    return tuple(rows)


def _still_to_check(cell: Cell, dismissed: frozenset[str]) -> Cell:
    """The cell without the conflicts that the reader dismissed."""
    if not dismissed.intersection(cell.conflicts):
        return cell
    return replace(cell, conflicts=tuple(id for id in cell.conflicts if id not in dismissed))


def arranged(rows: Sequence[CoverageRow], order: Order, show: Shown, source: int, query: str) -> list[CoverageRow]:
    """The rows that `show` and `query` leave, in `order`; `source` is whose order it is, where it is one source's."""
    wanted = containing(query)
    left = [row for row in rows if _belongs(row, show) and wanted(row.folded)]
    if order is Order.MOST:
        return left
    if order is Order.ONE:
        return sorted(left, key=lambda row: row.told_by)
    last = (len(rows), 0)
    return sorted(left, key=lambda row: (row.place_in(source) is None, row.place_in(source) or last))


def counted(rows: Sequence[CoverageRow]) -> dict[Shown, int]:
    """How many rows each tab holds."""
    return {show: sum(_belongs(row, show) for row in rows) for show in Shown}


def _belongs(row: CoverageRow, show: Shown) -> bool:
    if not row.surely or show is Shown.UNMATCHED:
        return not row.surely and show is Shown.UNMATCHED
    return show is Shown.ALL or (row.told_by > 1) is (show is Shown.SEVERAL)


def copied_in_words(report: Report, names: Sequence[str]) -> list[str]:
    """Who shares whose words, and which sources are one account; empty where the sources are independent."""
    number = {source.id: n for n, source in enumerate(report.sources)}
    share = {(number[i.a], number[i.b]): i.shared_words for i in report.independence}
    lines = []
    for account in report.accounts:
        members = sorted(number[id] for id in account.sources)
        if len(members) < 2:
            continue
        most = max((share.get((a, b), 0.0) for a in members for b in members if a != b), default=0.0)
        who = _listed([names[n] for n in members])
        shared = f" share up to {round(100 * most)} % of their words in long passages" if most else ""
        credit = f", crediting {shown_line(account.credit)}" if account.credit else ""
        lines.append(f"{who}{shared}: one account{credit}" if shared else f"{who}: one account{credit}")
    for pair in report.independence:
        if pair.taken is not None:
            lines.append(f"{names[number[pair.a]]} {pair.taken.sure} took words from {names[number[pair.b]]}")
    return lines


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
