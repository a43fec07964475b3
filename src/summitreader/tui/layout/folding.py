"""Passages that are folded: runs of them stand as one row each, in a plan over the wrapped text. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from summitreader.text import Source
from summitreader.tui.layout.document import WrapMap
from summitreader.tui.layout.plan import Change, RowPlan


@dataclass(frozen=True, slots=True)
class Fold:
    """The passages `first` to `last`, both included, stand as one row."""

    first: int
    last: int

    def __len__(self) -> int:
        return self.last - self.first + 1


class Folds:
    """The folds of one source, in order, none touching another's passages."""

    def __init__(self, folds: Sequence[Fold] = ()) -> None:
        self.folds = tuple(sorted(folds, key=lambda fold: fold.first))
        self._firsts = [fold.first for fold in self.folds]

    def __len__(self) -> int:
        return len(self.folds)

    def at(self, passage: int) -> Fold | None:
        """The fold that holds a passage."""
        n = bisect_right(self._firsts, passage) - 1
        return self.folds[n] if n >= 0 and passage <= self.folds[n].last else None

    def beside(self, passage: int, by: int) -> int:
        """The passage to go to from `passage`, one on or back: a fold is one place, its first passage."""
        fold = self.at(passage)
        if by > 0:
            return (passage if fold is None else fold.last) + 1
        before = (passage if fold is None else fold.first) - 1
        above = self.at(before)
        return before if above is None else above.first


def runs_of(folded: Sequence[bool]) -> tuple[Fold, ...]:
    """The runs of passages that are all folded."""
    found = []
    first = -1
    for n, yes in enumerate([*folded, False]):
        if yes and first < 0:
            first = n
        elif not yes and first >= 0:
            found.append(Fold(first, n - 1))
            first = -1
    return tuple(found)


def folded_rows(text: str, source: Source, folds: Folds, width: int) -> RowPlan:
    """The rows of `text`, which is that of `source` as it is shown, with a row in place of each fold.

    Change number n of the plan is fold number n. A fold inside a paragraph parts it without an empty row; every
    passage that is not folded stands on rows of its own there.
    """
    touched = {source.passages[n].block for fold in folds.folds for n in range(fold.first, fold.last + 1)}
    blocks: list[tuple[int, int]] = []
    close: set[int] = set()
    for n, block in enumerate(source.blocks):
        cuts = _cuts(source, n, folds) if n in touched else []
        blocks += cuts or [(block.start, block.end)]
        close.update(end for _, end in cuts[:-1])
    wrap = WrapMap(text, blocks, width, close)
    changes = []
    for fold in folds.folds:
        first = wrap.row_at(source.passages[fold.first].start)
        last = wrap.row_at(max(source.passages[fold.last].start, source.passages[fold.last].end - 1))
        changes.append(Change(first, 1, last - first + 1))
    return RowPlan(wrap, changes)


def _cuts(source: Source, block: int, folds: Folds) -> list[tuple[int, int]]:
    """The stretches of a block that are folded or not, in turn; empty where it is one stretch."""
    parts: list[tuple[int, int]] = []
    before: Fold | str | None = ""
    n = source.passage_at(source.blocks[block].start)
    while n < len(source.passages) and source.passages[n].block == block:
        fold, span = folds.at(n), source.passages[n]
        n += 1
        if parts and fold is before:
            parts[-1] = (parts[-1][0], span.end)
        else:
            parts.append((span.start, span.end))
        before = fold
    if len(parts) < 2:
        return []
    parts[0] = (source.blocks[block].start, parts[0][1])
    parts[-1] = (parts[-1][0], source.blocks[block].end)
    return parts
