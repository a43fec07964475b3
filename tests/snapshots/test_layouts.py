"""What margin and rows look like at four sizes: `pytest --snapshot-update` keeps a new look, once it was read."""

import pytest
from rich.cells import cell_len
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot

from summitreader.tui.widgets.lines import LineWidget
from tests.flows.test_reading import press, reader
from tests.flows.test_views import Opening, staged, staged_on

__all__ = ["staged", "staged_on"]

SIZES = [(60, 20), (80, 24), (120, 36), (200, 50)]
KEPT = {(80, 24): ("margin, to check",), (200, 50): ("margin, to check", "margin, another entry", "rows")}
"""Which looks are compared; at the other sizes every line must fit."""

KEYS = {
    "margin, to check": ("L", "j", "j", "j"),
    "margin, another entry": ("right_parenthesis",),
    "margin, another base": ("tab", "g"),
    "rows": ("L", "j", "j"),
}


def columns(pilot: Pilot[int]) -> list[list[LineWidget]]:
    """What stands side by side: headers above what they head."""
    deck = reader(pilot).deck
    found: list[list[LineWidget]] = [[box.header, box.pane] for box in deck.shown]
    return [*found, [deck.margin_box.header, deck.margin_box.margin]] if deck.margin_beside else found


def look(pilot: Pilot[int]) -> str:
    """The panes and the margin, cell by cell."""
    sides = []
    for column in columns(pilot):
        width = column[0].size.width
        lines = [strip.text for widget in column for strip in widget.render_lines(widget.size.region)]
        assert all(cell_len(line) == width for line in lines)
        sides.append(lines)
    return "\n".join("".join(parts).rstrip() for parts in zip(*sides, strict=True))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_layouts_look_as_they_did(
    staged: Opening, size: tuple[int, int], snapshot: SnapshotAssertion
) -> None:
    async with staged(size) as pilot:
        session = reader(pilot).session
        session.notes.add(0, 14, 24, "who counted?")
        for name, keys in KEYS.items():
            await press(pilot, *keys)
            seen = look(pilot)
            if name in KEPT.get(size, ()):
                assert seen == snapshot(name=name)
