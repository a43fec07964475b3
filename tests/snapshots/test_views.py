"""What lists look like, as text, where no whole screen shows it: `pytest --snapshot-update` keeps a new look."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot

from summitreader.tui.widgets.bars import Bar
from tests.flows.test_views import Opening, app_of, listing, press, staged, staged_on

__all__ = ["staged", "staged_on"]

KEYS = {
    "coverage": ("2", "j", "l"),
    "quotations": ("3", "j"),
    "quotations by statement": ("s",),
    "divergences": ("4",),
    "who copies whom": ("f", "f", "f", "f"),
    "notes": ("5", "j"),
    "library": ("6",),
}

KEPT = {(100, 30): ("quotations by statement", "who copies whom"), (160, 44): ("coverage", "divergences")}
"""Which looks are compared; at the other sizes every line must fit."""


def look(pilot: Pilot[int]) -> str:
    """The heading, the list and what stands below it, cell by cell."""
    screen = listing(pilot)
    lines = []
    for widget in screen.children:
        if widget in (screen.header, screen.inspector) or not widget.display:
            continue
        if widget is screen.list or isinstance(widget, Bar):
            for y in range(widget.size.height):
                line = widget.render_line(y).text
                assert cell_len(line) <= pilot.app.size.width
                lines.append(line.rstrip())
    return "\n".join(lines)


@pytest.mark.parametrize("size", [(60, 20), (100, 30), (160, 44)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_lists_look_as_they_did(staged: Opening, size: tuple[int, int], snapshot: SnapshotAssertion) -> None:
    async with staged(size) as pilot:
        session = app_of(pilot).session
        assert session is not None
        session.notes.add(0, 14, 24, "who counted?")
        session.notes.add(1, 21, 30)
        for name, keys in KEYS.items():
            await press(pilot, *keys)
            seen = look(pilot)
            if name in KEPT.get(size, ()):
                assert seen == snapshot(name=name)
