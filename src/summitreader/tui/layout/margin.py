"""Where the groups of entries in a margin stand, each beside its passage, and how many rows each entry has. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


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
        following = [a for a, _ in groups[n + 1 :] if a > anchor]
        bound = min(following[0] if following else height, low if opened is not None and n < opened else height)
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
