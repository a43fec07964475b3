"""What the program says stands in the place of the keys, over nothing that is read."""

from __future__ import annotations

import asyncio

import pytest
from textual.pilot import Pilot

from summitreader.tui.view import ViewScreen
from tests.flows.test_views import Opening, app_of, press, screen_text, staged, staged_on, until

__all__ = ["staged", "staged_on"]


def key_bar(pilot: Pilot[int]) -> list[str]:
    screen = pilot.app.screen
    assert isinstance(screen, ViewScreen)
    return [screen.key_bar.render_line(y).text for y in range(screen.key_bar.size.height)]


async def test_what_is_said_stands_where_the_keys_do_beside_help_and_leave(staged: Opening) -> None:
    async with staged((80, 24)) as pilot:
        keys = key_bar(pilot)
        await press(pilot, "R")
        [said] = key_bar(pilot)
        assert said.startswith(" Nothing to redo")
        assert said.rstrip().endswith("? help   q leave")
        app_of(pilot).message_queue.now.since -= 1  # type: ignore[union-attr]
        await press(pilot, "j")
        assert key_bar(pilot) == keys


async def test_it_goes_by_itself(staged: Opening) -> None:
    async with staged() as pilot:
        keys = key_bar(pilot)
        pilot.app.notify("For a moment.", timeout=1)
        await pilot.pause()
        assert "For a moment." in key_bar(pilot)[0]
        await asyncio.sleep(1)
        await until(pilot, lambda: key_bar(pilot) == keys)


@pytest.mark.parametrize("size", [(60, 20), (120, 36)])
async def test_a_long_sentence_takes_two_rows_and_is_cut_after_them(staged: Opening, size: tuple[int, int]) -> None:
    async with staged(size) as pilot:
        pilot.app.notify("word " * 80, severity="error")
        await pilot.pause()
        first, second = key_bar(pilot)
        assert first.startswith(" ! word word")
        assert second.rstrip().endswith("…")
        assert max(len(first), len(second)) <= size[0]
        assert "word word" in screen_text(pilot)
        app_of(pilot).message_queue.now.since -= 60  # type: ignore[union-attr]
        await press(pilot, "j")
        assert len(key_bar(pilot)) == 1


async def test_it_goes_along_to_the_next_view(staged: Opening) -> None:
    async with staged() as pilot:
        pilot.app.notify("The store was repaired.", severity="warning")
        await press(pilot, "2")
        assert "The store was repaired." in key_bar(pilot)[0]
        await press(pilot, "1")
        assert "The store was repaired." in key_bar(pilot)[0]


async def test_nothing_in_it_steers_the_terminal(staged: Opening) -> None:
    async with staged() as pilot:
        pilot.app.notify("a\x1b]0;owned\x07b [@click=app.quit]c[/]", markup=False)
        await pilot.pause()
        [said] = key_bar(pilot)
        assert "\x1b" not in said
        assert "\x07" not in said
        assert "[@click=app.quit]c[/]" in said
