"""The three layouts of the reader, in the words that the reader sees, and which of them fits where. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

State = TypeVar("State", bound=StrEnum)


def following(state: State) -> State:
    """The next of the states, round at the end."""
    states = list(type(state))
    return states[(states.index(state) + 1) % len(states)]


BESIDE = 88
"""Cells from which a margin stands beside its text; with fewer its entries open under the passage."""


class Layout(StrEnum):
    """How the sources stand on the screen."""

    PANES = "panes"
    """Each source in a pane of its own, side by side."""
    MARGIN = "margin"
    """One source as the base, with what the others tell beside or below its passages."""
    ROWS = "rows"
    """Panes in which counterparts stand on the same row."""


def base_width(width: int, column_width: int) -> int:
    """Cells of `width` that a pane takes beside its margin: no more than text of `column_width` can use."""
    return min(round(0.55 * width), column_width + 8)


class Lock(StrEnum):
    """How panes follow the one that leads, in the words that the reader sees."""

    LINKED = "linked"
    PROPORTIONAL = "proportional"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a text that a new width does not move: a passage, and how far into it (0 to 1)."""

    passage: int
    share: float = 0.0


def nearest_passage(candidates: list[tuple[float, int]], here: int, count: int) -> int | None:
    """Of counterparts `(score, passage)`, the one to go to: the surest, and of equals the nearest to `here`.

    Counterparts within 0.1 of the surest count as equal, so that a follower does not leap about for a trifle.
    `count` is the number of the follower's passages. None where there is no counterpart.
    """
    if not candidates:
        return None
    best = max(score for score, _ in candidates)
    close = [passage for score, passage in candidates if score >= best - 0.1]
    return min(close, key=lambda passage: (abs(passage - here), passage))


def top_row(counterpart_row: int, screen_row: int, rows: int, height: int) -> int:
    """The first row to show so that `counterpart_row` stands `screen_row` rows down, kept within the text."""
    return max(0, min(counterpart_row - screen_row, max(0, rows - height)))
