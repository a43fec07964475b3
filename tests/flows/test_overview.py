"""Story (view 0): the comparison on one screen, and the way from each line to its passage."""

from __future__ import annotations

from pathlib import Path

import pytest

from summitreader.tui.lists.overview import OverviewRow, OverviewScreen
from tests.flows.conftest import Opening, until
from tests.flows.test_reading import press, reader

SAMPLE = Path(__file__).resolve().parents[2] / "sample_corpus" / "brightwater-verdict"


@pytest.mark.covers("view-story")
async def test_the_story_lists_sources_checks_and_quotes_and_opens_each_line(opened: Opening) -> None:
    async with opened(SAMPLE, size=(120, 36)) as pilot:
        await press(pilot, "0")
        screen = pilot.app.screen
        assert isinstance(screen, OverviewScreen)
        await until(lambda: bool(screen.list.rows))
        rows = [row for row in screen.list.rows if isinstance(row, OverviewRow)]
        sources = [row for row in rows if row.key.startswith("source ")]
        assert len(sources) == len(screen.session.sources)
        checks = [row for row in rows if row.key.startswith("check ")]
        assert len(checks) == len(screen.session.index.to_check)
        assert any(row.key.startswith("speaker ") for row in rows)
        names = {name for row in rows for line in row.pieces for _, styles in line for name in styles.split()}
        assert names <= screen.context.palette.keys() | {"strong"}
        place = next(row.place for row in rows if row.key.startswith("check "))
        screen.show_list(at=checks[0].key)
        await press(pilot, "enter")
        pane = reader(pilot).deck.active
        assert (pane.number, pane.cursor) == place
