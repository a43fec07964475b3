"""Counterparts on the same row: which rows must be put before which passages so that several texts keep step. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from summitreader.tui.layout.plan import Change


@dataclass(frozen=True, slots=True)
class Track:
    """One text: `rows` in all, and `(step, row)` where it must keep step with the others; both rise."""

    steps: Sequence[tuple[int, int]]
    rows: int


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
