"""Selecting with the mouse: in one pane, by whole characters."""

from __future__ import annotations

from pathlib import Path

from textual import events
from textual.pilot import Pilot

from summitreader.tui.reader.screen import ReaderScreen
from summitreader.tui.widgets.source_pane import SourcePane
from tests.flows.conftest import Opening


def panes(pilot: Pilot[int]) -> list[SourcePane]:
    assert isinstance(pilot.app.screen, ReaderScreen)
    return [box.pane for box in pilot.app.screen.deck.shown]


async def drag(pilot: Pilot[int], start: tuple[int, int], end: tuple[int, int]) -> None:
    for kind, (x, y) in ((events.MouseDown, start), (events.MouseMove, end), (events.MouseUp, end)):
        button = 0 if kind is events.MouseMove else 1
        pilot.app.post_message(kind(None, x, y, 0, 0, button, False, False, False, screen_x=x, screen_y=y))
        await pilot.pause()


def words(pane: SourcePane) -> str:
    assert pane.selection is not None
    return pane.document.source.text[slice(*pane.selection)]


async def test_a_selection_that_is_drawn_into_the_next_pane_stays_in_its_own(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        first, second, third = panes(pilot)
        x, y = first.region.x + 4, first.region.y + first.document.wrapped(first.text_width).row_at(30)
        await drag(pilot, (x, y), (second.region.x + 20, y + 1))
        assert words(first).startswith("The new bridge over the Aar")
        assert second.selection is None and third.selection is None
        await drag(pilot, (second.region.x + 4, y), (second.region.x + 12, y))
        assert second.selection is not None and first.selection != second.selection


async def test_a_selection_never_cuts_a_character_of_several_code_points(opened: Opening, corpus: Path) -> None:
    family = "👩‍👩‍👧‍👦"
    (corpus / "alpine-post.txt").write_text(
        f"{family}桥梁 Z\u0301 opens\n\n{family}桥梁周一开通 e\u0301 b\n", encoding="utf-8"
    )
    async with opened(corpus, size=(80, 24)) as pilot:
        pane = panes(pilot)[0]
        row = pane.document.wrapped(pane.text_width).row_at(pane.document.source.passages[-1].start)
        text = pane.document.text
        for end in range(4, 26):
            await drag(pilot, (pane.region.x + 4, pane.region.y + row), (pane.region.x + end, pane.region.y + row))
            if pane.selection is not None:
                chosen = text[slice(*pane.selection)]
                rest = text[pane.selection[1] :]
                assert not rest.startswith(("\u200d", "\u0301")) and not chosen.endswith("\u200d"), chosen
                assert len(chosen) == 0 or chosen.startswith(family), chosen
        assert pane.selection is not None
