"""The three layouts of the reader, in the words that the reader sees, and which of them fits where. Pure."""

from __future__ import annotations

from enum import StrEnum

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

    @property
    def next(self) -> Layout:
        order = list(Layout)
        return order[(order.index(self) + 1) % len(order)]


def base_width(width: int, column_width: int) -> int:
    """Cells of `width` that a pane takes beside its margin: no more than text of `column_width` can use."""
    return min(round(0.55 * width), column_width + 8)
