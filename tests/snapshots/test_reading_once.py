"""What a source looks like in which what was read elsewhere is folded, as text."""

from __future__ import annotations

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.flows.conftest import Opening, opened
from tests.flows.test_reading import press, reader
from tests.flows.test_reading_once import copies, read_through, status, timed

__all__ = ["copies", "opened"]


@pytest.mark.parametrize("size", [(100, 30)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_a_folded_source_looks_as_it_did(
    opened: Opening,
    copies: Path,
    size: tuple[int, int],
    snapshot: SnapshotAssertion,
) -> None:
    async with opened(copies, size=size) as pilot:
        clock = timed(pilot)
        await press(pilot, "r")
        await read_through(pilot, 4, clock)
        await press(pilot, "tab", "j", "j")
        pane = reader(pilot).deck.active
        rows = [pane.render_line(y).text.rstrip() for y in range(min(14, pane.size.height))]
        assert "\n".join([status(pilot).rstrip(), *rows]) == snapshot
