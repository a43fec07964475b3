"""Counterparts on the same row: which rows must be put before which passages so that several texts keep step. Pure."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from summitreader.tui.layout.plan import Change


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
