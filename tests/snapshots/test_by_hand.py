"""What the panels look like in which things are put right: `pytest --snapshot-update` keeps a new look, once read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rich.cells import cell_len
from syrupy.assertion import SnapshotAssertion
from textual.containers import Vertical, VerticalScroll
from textual.pilot import Pilot
from textual.strip import Strip

from tests.flows.conftest import Opening, corpus, opened
from tests.flows.test_by_hand import counterparts, go, until

__all__ = ["corpus", "opened"]


def look(pilot: Pilot[int]) -> str:
    """The panel that stands on the screen, cell by cell; scores are the engine's to change."""
    screen = pilot.app.screen
    area = next(w for w in screen.children if isinstance(w, (Vertical, VerticalScroll))).region
    strips = screen._compositor.render_strips()[area.y : area.bottom]
    lines = ["".join(segment.text for segment in Strip(strip).crop(area.x, area.right)) for strip in strips]
    assert all(cell_len(line) <= area.width for line in lines)
    return re.sub(r"\b0\.\d\d\b", "0.__", "\n".join(line.rstrip() for line in lines))


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (160, 44)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_panels_look_as_they_did(
    opened: Opening, corpus: Path, size: tuple[int, int], snapshot: SnapshotAssertion
) -> None:
    def compare(seen: str, name: str) -> None:
        if size == (80, 24):
            assert seen == snapshot(name=name)

    async with opened(corpus, size=size) as pilot:
        a = await go(pilot, 0, "About 300 people")
        await pilot.press("J")
        b = await go(pilot, 1, "Not everyone was pleased")
        await pilot.press("K")
        await until(pilot, lambda: b in counterparts(pilot, a), "a second was tied")
        await go(pilot, 0, "About 300 people")
        for name, key in (("which link is cut", "K"), ("a source", "E")):
            await pilot.press(key)
            await pilot.pause()
            compare(look(pilot), name)
            await pilot.press("escape")
            await pilot.pause()
        await go(pilot, 1, "Mayor Anna Keller called")
        await pilot.press("S", "1")
        await pilot.pause()
        compare(look(pilot), "who says it")
