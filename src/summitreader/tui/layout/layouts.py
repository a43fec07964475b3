"""The three layouts of the reader, in the words that the reader sees, and which of them fits where. Pure."""

from __future__ import annotations

from enum import StrEnum

BESIDE = 88
"""Cells from which a margin stands beside its text; with fewer its entries open under the passage."""

_WIDEST_BASE = 92
"""Cells that a base text takes at the most: what it is set in, with gutter and ruler."""


class Layout(StrEnum):
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


def base_width(width: int) -> int:
    """Cells of `width` that the base text takes beside its margin."""
    return min(round(0.55 * width), _WIDEST_BASE)
