"""Who tells what: threads down, sources across, as plain data for a matrix, a table or a briefing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from summitreader.comparison.divergence.omissions import Rarity, held_against
from summitreader.comparison.divergence.story import Story
from summitreader.comparison.model import CONFLICTS, Alone, PassageRef, Report


class Telling(StrEnum):
    """What a source does with a thread."""

    TOLD = "told"
    SILENT = "silent"
    """It surely does not tell it."""
    UNSURE = "unsure"
    """It is not linked to it, and perhaps tells it in other words."""
    NOT_COMPARABLE = "not comparable"


@dataclass(frozen=True, slots=True)
class Cell:
    """One source and one thread: its passages there, where they stand (`¶3`), whether one of them is quoted, and the
    ids of the conflicts that touch them."""

    source: str
    telling: Telling
    passages: tuple[int, ...] = ()
    places: tuple[str, ...] = ()
    quoted: bool = False
    conflicts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One thing told: a thread, or (`thread` None) a passage that surely one source alone tells.

    `cells` run parallel to the sources of the report; `words` are those of the representative passage, unshortened.
    """

    thread: str | None
    representative: PassageRef
    words: str
    told_by: int
    cells: tuple[Cell, ...]

    @property
    def of(self) -> int:
        """How many sources could tell it: those that can be compared, and those that do."""
        return sum(cell.telling is not Telling.NOT_COMPARABLE for cell in self.cells)


def coverage(report: Report) -> tuple[Row, ...]:
    """The rows of the matrix: what most tell first, then what fewer tell, then what one alone surely tells.

    Rows told by equally many stand in the order of the first source that tells them; `ordered` gives other orders.
    """
    story = Story(report)
    rarity = Rarity(story)
    quoted = _quoted(story)
    conflicts = _conflicts(story)
    rows = []
    for thread in report.threads:
        members = tuple(m for m in thread.members if story.told(m))
        if members:
            rows.append(_row(story, rarity, quoted, conflicts, thread.id, thread.representative, members))
    for source, alone in zip(report.sources, report.alone, strict=bool(report.alone)):
        for n in story.told_passages[source.id]:
            ref = PassageRef(source.id, n)
            if alone[n] is Alone.SURE and ref not in story.thread_of:
                rows.append(_row(story, rarity, quoted, conflicts, None, ref, (ref,)))
    return tuple(sorted(rows, key=lambda r: (-r.told_by, story.place(_first(r)))))


def unmatched(report: Report) -> tuple[Row, ...]:
    """The passages for which no counterpart was found, though there may be one: a row each, in the order of the text.

    They are no part of `coverage`, since nothing is known of them; those of a source that cannot be compared are left
    out, and every other source is `UNSURE`.
    """
    story = Story(report)
    rarity = Rarity(story)
    quoted = _quoted(story)
    conflicts = _conflicts(story)
    rows = []
    for source, alone in zip(report.sources, report.alone, strict=bool(report.alone)):
        for n in story.told_passages[source.id] if story.comparable[source.id] else ():
            ref = PassageRef(source.id, n)
            if alone[n] is Alone.UNSURE and ref not in story.thread_of:
                rows.append(_row(story, rarity, quoted, conflicts, None, ref, (ref,), surely=False))
    return tuple(rows)


def ordered(rows: Sequence[Row], by: str = "told", source: str | None = None) -> tuple[Row, ...]:
    """The rows in another order: `told` (by how many), `source` (as they stand in one source, the rest after them),
    or `only` (what one alone tells first). `source` is needed for the second. Raises `ValueError` for another word."""
    if by == "told":
        return tuple(sorted(rows, key=lambda r: -r.told_by))
    if by == "only":
        return tuple(sorted(rows, key=lambda r: r.told_by))
    if by == "source" and source is not None:
        return tuple(sorted(rows, key=lambda r: _position(r, source)))
    raise ValueError(f"rows are ordered by told, only or source (with its id), not by {by!r}")


def _position(row: Row, source: str) -> tuple[bool, int]:
    passages = next((c.passages for c in row.cells if c.source == source), ())
    return not passages, min(passages, default=0)


def _first(row: Row) -> PassageRef:
    return next(PassageRef(c.source, c.passages[0]) for c in row.cells if c.passages)


def _row(
    story: Story,
    rarity: Rarity,
    quoted: frozenset[PassageRef],
    conflicts: _Conflicts,
    thread: str | None,
    representative: PassageRef,
    members: tuple[PassageRef, ...],
    *,
    surely: bool = True,
) -> Row:
    """`surely` says of a passage without thread that no other source tells it."""
    cells = []
    for source in story.report.sources:
        here = tuple(m for m in members if m.source == source.id)
        if here:
            numbers = tuple(m.passage for m in here)
            places = tuple(dict.fromkeys(source.place_name(n) for n in numbers))
            touching = tuple(dict.fromkeys(id for m in here for id in conflicts.at.get(m, ())))
            cells.append(Cell(source.id, Telling.TOLD, numbers, places, any(m in quoted for m in here), touching))
        elif source.id in story.report.by_meaning:
            cells.append(Cell(source.id, Telling.UNSURE))
        elif not story.comparable[source.id]:
            cells.append(Cell(source.id, Telling.NOT_COMPARABLE))
        else:
            sure = surely if thread is None else rarity.untold(members, source.id)
            sure = sure and not any(source.id in conflicts.against.get(m, ()) for m in members)
            cells.append(Cell(source.id, Telling.SILENT if sure else Telling.UNSURE))
    told_by = len({m.source for m in members})
    return Row(thread, representative, story.text(representative), told_by, tuple(cells))


def _quoted(story: Story) -> frozenset[PassageRef]:
    """The passages that hold words in quotation marks."""
    found: set[PassageRef] = set()
    for quotation in story.report.quotations:
        source = story.sources[quotation.source]
        if quotation.kind in {"speech", "fragment"} and source.passages:
            first, last = source.passage_at(quotation.start), source.passage_at(max(quotation.start, quotation.end - 1))
            found.update(PassageRef(quotation.source, n) for n in range(first, last + 1))
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class _Conflicts:
    """By passage, the ids of the conflicts that touch it, and the sources that these hold against it."""

    at: dict[PassageRef, tuple[str, ...]]
    against: dict[PassageRef, frozenset[str]]


def _conflicts(story: Story) -> _Conflicts:
    found: dict[PassageRef, list[str]] = {}
    for divergence in story.report.divergences:
        if divergence.kind in CONFLICTS:
            for span in divergence.spans:
                ref = PassageRef(span.source, story.sources[span.source].passage_at(span.start))
                found.setdefault(ref, []).append(divergence.id)
    at = {ref: tuple(dict.fromkeys(ids)) for ref, ids in found.items()}
    return _Conflicts(at, held_against(story.sources, story.report.divergences))
