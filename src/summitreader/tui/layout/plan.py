"""How the rows of a wrapped text stand on the screen: some with rows put before them, some with others in their place.

A pane asks a `RowMap` what stands where. A `WrapMap` is one, as it is; a `RowPlan` is one too, over a wrap map and a
list of changes to it. Changes pad a text so that it keeps pace with another, open something below a passage, or fold
what was read; what stands on the added rows is the caller's to draw.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from summitreader.tui.layout.document import WrapMap


class RowMap(Protocol):
    """Rows on the screen, and the offsets of the text that they show."""

    def __len__(self) -> int: ...

    def bounds(self, row: int) -> tuple[int, int]: ...

    def row_at(self, offset: int) -> int: ...

    def rows_of(self, start: int, end: int) -> range: ...

    def offset_at(self, text: str, row: int, column: int) -> int: ...

    def column_of(self, text: str, row: int, offset: int) -> int: ...


@dataclass(frozen=True, slots=True)
class Change:
    """At row `row` of a wrap map, `drop` of its rows are left out and `add` others stand there instead."""

    row: int
    add: int
    drop: int = 0


class RowPlan:
    """A wrap map with changes. Its height is the map's, less what is dropped, and what is added besides."""

    def __init__(self, wrap: WrapMap, changes: Iterable[Change]) -> None:
        """`changes` are in order of `row` and do not overlap; a `row` equal to the map's length adds at the end.

        Where one drops rows it must add at least one, so that every offset has a row.
        """
        self.wrap = wrap
        self.changes = tuple(change for change in changes if change.add or change.drop)
        self._firsts: list[int] = []
        """The row of the plan at which each change begins."""
        self._wrap_firsts = [change.row for change in self.changes]
        grown = reached = 0
        for change in self.changes:
            if change.row < reached or change.row + change.drop > len(wrap):
                raise ValueError("changes overlap, are out of order or lie outside the map")
            if change.drop and not change.add:
                raise ValueError("rows are dropped without a row in their place")
            self._firsts.append(change.row + grown)
            grown += change.add - change.drop
            reached = change.row + change.drop
        self._rows = len(wrap) + grown

    def __len__(self) -> int:
        return self._rows

    def added(self, row: int) -> tuple[int, int] | None:
        """The number of the change that added `row`, and which of its rows it is; None for a row of the text."""
        n = bisect_right(self._firsts, row) - 1
        if n < 0 or row - self._firsts[n] >= self.changes[n].add:
            return None
        return n, row - self._firsts[n]

    def rows_added(self, change: int) -> range:
        """The rows that a change added."""
        first = self._firsts[change]
        return range(first, first + self.changes[change].add)

    def wrap_row(self, row: int) -> int | None:
        """The row of the wrap map that stands on `row`; None for one that was added."""
        n = bisect_right(self._firsts, row) - 1
        if n < 0:
            return row
        past = row - self._firsts[n] - self.changes[n].add
        return self.changes[n].row + self.changes[n].drop + past if past >= 0 else None

    def plan_row(self, wrap_row: int) -> int:
        """Where a row of the wrap map stands; for a dropped one the first row in its place."""
        n = bisect_right(self._wrap_firsts, wrap_row) - 1
        if n < 0:
            return wrap_row
        change = self.changes[n]
        past = wrap_row - change.row - change.drop
        return self._firsts[n] + change.add + past if past >= 0 else self._firsts[n]

    def bounds(self, row: int) -> tuple[int, int]:
        """The offsets of a row's characters, the same for an empty or added one; clamped to the plan.

        An added row has the offset at which what stands before it ends, and one that stands in the place of dropped
        rows the offset at which these begin.
        """
        row = min(max(row, 0), len(self) - 1)
        wrap_row = self.wrap_row(row)
        if wrap_row is not None:
            return self.wrap.bounds(wrap_row)
        change = self.changes[bisect_right(self._firsts, row) - 1]
        at = self.wrap.bounds(change.row)[0] if change.drop or not change.row else self.wrap.bounds(change.row - 1)[1]
        return at, at

    def row_at(self, offset: int) -> int:
        """The row that shows `offset`, or stands in the place of the one that would."""
        return self.plan_row(self.wrap.row_at(offset))

    def rows_of(self, start: int, end: int) -> range:
        """The rows that show `[start, end)`, with what was added between them; at least one."""
        rows = self.wrap.rows_of(start, end)
        first, last = self.plan_row(rows.start), self.plan_row(rows.stop - 1)
        return range(first, max(first, last) + 1)

    def offset_at(self, text: str, row: int, column: int) -> int:
        """The offset shown at `column` cells into `row`; of an added row, as `bounds` has it."""
        row = min(max(row, 0), len(self) - 1)
        wrap_row = self.wrap_row(row)
        return self.wrap.offset_at(text, wrap_row, column) if wrap_row is not None else self.bounds(row)[0]

    def column_of(self, text: str, row: int, offset: int) -> int:
        """How many cells of `row` stand before `offset`; 0 for an added row."""
        wrap_row = self.wrap_row(row)
        return self.wrap.column_of(text, wrap_row, offset) if wrap_row is not None else 0


def carried_over(row: int, before: RowMap, after: RowMap) -> int:
    """Where `row` of one map stands in another of the same text; for an added row, what follows it."""
    if _wrap_of(before) is not _wrap_of(after):
        return after.row_at(before.bounds(row)[0])
    wrap_row: int | None = row
    if isinstance(before, RowPlan):
        wrap_row = before.wrap_row(row)
        if wrap_row is None:
            added = before.added(row)
            assert added is not None
            wrap_row = before.changes[added[0]].row
    assert wrap_row is not None
    return after.plan_row(wrap_row) if isinstance(after, RowPlan) else wrap_row


def _wrap_of(rows: RowMap) -> object:
    return rows.wrap if isinstance(rows, RowPlan) else rows


@dataclass(frozen=True, slots=True)
class Track:
    """One text: `rows` in all, and `(step, row)` where it must keep step with the others; both rise."""

    steps: Sequence[tuple[int, int]]
    rows: int


Steps = list[dict[int, int]]
"""In order, what stands on one row: by text, the passage."""


def steps_of(texts: int, pairs: Mapping[tuple[int, int], Sequence[tuple[int, int]]]) -> Steps:
    """What of so many texts can stand on one row: `pairs` are passages of two texts, rising in both.

    They are taken in the order of the texts, so what is told with the first of them goes before the rest: a pair that
    would turn the order of what stands there already is left out. In each text passages rise with the steps.
    """
    steps: Steps = []
    for a, b in sorted(pairs):
        if a < b < texts:
            steps = _with_pairs(steps, a, b, pairs[a, b])
    return steps


def _with_pairs(steps: Steps, a: int, b: int, pairs: Sequence[tuple[int, int]]) -> Steps:
    """`steps` with the pairs of texts `a` and `b` that fit between what is there."""
    places = {text: [(step[text], n) for n, step in enumerate(steps) if text in step] for text in (a, b)}
    joined: dict[int, tuple[int, int]] = {}
    between: dict[int, list[dict[int, int]]] = defaultdict(list)
    last = (-1, 0)
    for p, q in pairs:
        before, after, own = -1, len(steps), set()
        for text, passage in ((a, p), (b, q)):
            there = places[text]
            low, high = bisect_left(there, (passage, -1)), bisect_right(there, (passage, len(steps)))
            before = max(before, there[low - 1][1] if low else -1)
            after = min(after, there[high][1] if high < len(there) else len(steps))
            own |= {n for _, n in there[low:high]}
        if len(own) > 1:
            continue
        if own:
            (at,) = own
            if before < at < after and (at, 0) > last and at not in joined:
                joined[at], last = (p, q), (at, 0)
        elif max(before, last[0]) < after:
            at = max(before, last[0])
            between[at].append({a: p, b: q})
            last = (at, len(between[at]))
    merged: Steps = list(between[-1])
    for n, step in enumerate(steps):
        merged.append(step | {a: joined[n][0], b: joined[n][1]} if n in joined else step)
        merged += between.get(n, [])
    return merged


def in_step(tracks: Sequence[Track]) -> list[list[Change]]:
    """For each track the rows to add so that each step stands on one row in all tracks that have it.

    No fewer would do for any step, given those before it. All tracks come out equally high.
    """
    having: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for n, track in enumerate(tracks):
        for step, row in track.steps:
            having[step].append((n, row))
    grown = [0] * len(tracks)
    changes: list[list[Change]] = [[] for _ in tracks]
    for step in sorted(having):
        level = max(row + grown[n] for n, row in having[step])
        for n, row in having[step]:
            add = level - row - grown[n]
            if add:
                changes[n].append(Change(row, add))
                grown[n] += add
    highest = max((track.rows + grown[n] for n, track in enumerate(tracks)), default=0)
    for n, track in enumerate(tracks):
        if add := highest - track.rows - grown[n]:
            changes[n].append(Change(track.rows, add))
    return changes


@dataclass(frozen=True, slots=True)
class Placed:
    """Group number `group` takes `rows` rows from row `top` of the margin."""

    group: int
    top: int
    rows: int


def place(groups: Sequence[tuple[int, int]], opened: int | None, height: int) -> list[Placed]:
    """Groups `(anchor, wanted)` in `height` rows, in order; `anchor` is the row that its passage begins on.

    Anchors rise or stay, and lie within the height. The `opened` group has all the rows that it wants, as far as there
    are any, and moves up where it would else be cut at the bottom. Every other group stands just at its anchor, in
    what is left before the next one, or not at all: one that stood beside another passage would mislead.
    """
    if height <= 0:
        return []
    low = high = height
    if opened is not None:
        anchor, wanted = groups[opened]
        rows = max(1, min(wanted, height))
        low = max(0, min(anchor, height - rows))
        high = low + rows
    placed = []
    reached = 0
    for n, (anchor, wanted) in enumerate(groups):
        if n == opened:
            placed.append(Placed(n, low, high - low))
            reached = high
            continue
        follow = [a for a, _ in groups[n + 1 :] if a > anchor]
        bound = min(follow[0] if follow else height, low if opened is not None and n < opened else height)
        room = bound - anchor
        if anchor < reached or room <= 0 or wanted <= 0:
            continue
        rows = min(wanted, room if room < 3 else room - 1)
        placed.append(Placed(n, anchor, rows))
        reached = anchor + rows
    return placed


def share_out(needs: Sequence[int], rows: int) -> list[int]:
    """`rows` rows for entries that need so many each: one for every entry as far as they go, then more for the first.

    No entry has more than it needs.
    """
    shares = [min(1, need) if n < rows else 0 for n, need in enumerate(needs)]
    left = rows - sum(shares)
    for n, need in enumerate(needs):
        if shares[n] and left > 0:
            more = min(left, need - shares[n])
            shares[n] += more
            left -= more
    return shares
