"""Reading once: what was read in one source is folded in the next, opened again, counted and kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.flows.conftest import Opening
from tests.flows.test_reading import press, reader, words

AGENCY = """Bridge over the Aar opened

Work took four years.

The new bridge over the river Aar was opened on Monday by the mayor, Anna Keller.

About 300 people walked across the bridge before the first cars came.

The old ferry will stop in the spring, and both of its boats will be sold.
"""
DAILY = """Valley gets its bridge

Shopkeepers on the left bank fear for their trade.

The new bridge over the river Aar was opened on Monday by the mayor, Anna Keller. It is painted blue, as the children of
the valley wished.

The old ferry will stop in the spring, and both of its boats will be sold. Nobody knows yet what the ferryman will do.
"""


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def copies(tmp_path: Path) -> Path:
    """A folder with an agency's account, and a daily that holds two sentences of it."""
    folder = tmp_path / "copies"
    folder.mkdir()
    (folder / "agency.txt").write_text(AGENCY, encoding="utf-8")
    (folder / "daily.txt").write_text(DAILY, encoding="utf-8")
    return folder


def timed(pilot: Pilot[int]) -> Clock:
    clock = Clock()
    reader(pilot).read_folding.clock = clock
    return clock


async def read_through(pilot: Pilot[int], steps: int, clock: Clock) -> None:
    """Read the source that leads at leisure, passage by passage, while the others stay at their beginning."""
    await press(pilot, "s", "s")
    for _ in range(steps):
        clock.now += 20
        await press(pilot, "j")
    clock.now += 20
    await press(pilot, "g")


def lines(pilot: Pilot[int], number: int) -> list[str]:
    box = reader(pilot).deck.box(number)
    assert box is not None
    return [box.pane.render_line(y).text.lstrip("▌").rstrip(" │┃╴≠❝").strip() for y in range(box.pane.size.height)]


def folds(pilot: Pilot[int]) -> list[str]:
    """The folds of the pane that leads, as they are drawn."""
    return [line for line in lines(pilot, reader(pilot).deck.active_number) if "▸" in line]


def status(pilot: Pilot[int]) -> str:
    return reader(pilot).header.render_line(0).text


async def test_what_was_read_in_one_source_is_folded_in_the_next(opened: Opening, copies: Path) -> None:
    async with opened(copies) as pilot:
        clock = timed(pilot)
        await press(pilot, "r")
        assert "0 % read" in status(pilot)
        await read_through(pilot, 4, clock)
        await press(pilot, "tab")
        assert len(folds(pilot)) == 2
        assert folds(pilot)[0].startswith("▸ 1 passage already read: ¶2 of agency")
        assert "It is painted blue, as the children" in "\n".join(lines(pilot, 1))
        assert " 0 % read" not in status(pilot)


async def test_what_one_is_on_is_not_folded_under_the_eyes(opened: Opening, copies: Path) -> None:
    async with opened(copies) as pilot:
        clock = timed(pilot)
        await press(pilot, "r", "j", "j")
        clock.now += 20
        assert not folds(pilot)
        await press(pilot, "tab")
        assert words(pilot).startswith("The new bridge over the river Aar")
        assert not folds(pilot)


async def test_a_fold_is_passed_in_one_step_and_opened_with_enter(opened: Opening, copies: Path) -> None:
    async with opened(copies) as pilot:
        clock = timed(pilot)
        await press(pilot, "r")
        await read_through(pilot, 4, clock)
        await press(pilot, "tab", "g", "j", "j")
        assert words(pilot).startswith("The new bridge over the river Aar")
        pane = reader(pilot).deck.active
        assert pane.folds.at(pane.cursor) is not None
        await press(pilot, "j")
        assert words(pilot).startswith("It is painted blue")
        await press(pilot, "k", "enter")
        assert len(folds(pilot)) == 1
        assert words(pilot).startswith("The new bridge over the river Aar")
        assert "The new bridge over the river Aar was" in "\n".join(lines(pilot, 1))
        await press(pilot, "enter")
        assert reader(pilot).deck.active_number == 0


async def test_a_jump_into_a_fold_opens_it(opened: Opening, copies: Path) -> None:
    async with opened(copies) as pilot:
        clock = timed(pilot)
        await press(pilot, "r")
        await read_through(pilot, 4, clock)
        await press(pilot, "tab", "g")
        assert len(folds(pilot)) == 2
        await press(pilot, "m", "m")
        assert not any("was opened on Monday" in line for line in folds(pilot))
        pane = reader(pilot).deck.active
        assert pane.folds.at(pane.cursor) is None


@pytest.mark.covers("read-once")
async def test_the_same_key_shows_all_again(opened: Opening, copies: Path) -> None:
    async with opened(copies) as pilot:
        clock = timed(pilot)
        before = lines(pilot, 1)
        await press(pilot, "r")
        await read_through(pilot, 4, clock)
        await press(pilot, "tab", "g")
        assert folds(pilot)
        await press(pilot, "r")
        assert not folds(pilot)
        assert lines(pilot, 1) == before
        assert "% read" not in status(pilot)


async def test_a_jump_to_the_end_reads_nothing(opened: Opening, copies: Path) -> None:
    async with opened(copies) as pilot:
        timed(pilot)
        await press(pilot, "r", "G", "g", "G", "tab")
        assert not folds(pilot)
        assert "0 % read" in status(pilot)


@pytest.mark.covers("forget-seen")
async def test_what_was_seen_is_known_at_the_next_start_also_of_a_text_that_was_edited(
    opened: Opening, copies: Path
) -> None:
    async with opened(copies) as pilot:
        clock = timed(pilot)
        await press(pilot, "r")
        await read_through(pilot, 4, clock)
        await press(pilot, "tab")
    (copies / "agency.txt").write_text(AGENCY.replace("Work took", "A band played.\n\nWork took"), encoding="utf-8")
    async with opened(copies) as pilot:
        assert reader(pilot).read_folding.on
        assert len(folds(pilot)) == 2
        assert "¶3" in folds(pilot)[0]
        await press(pilot, "ctrl+r")
        assert not folds(pilot)
        assert "0 % read" in status(pilot)
    async with opened(copies) as pilot:
        assert "0 % read" in status(pilot)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (200, 50)])
async def test_folds_fit_any_screen_and_a_new_width_keeps_the_place(
    opened: Opening, copies: Path, size: tuple[int, int]
) -> None:
    async with opened(copies, size=size) as pilot:
        clock = timed(pilot)
        await press(pilot, "r")
        await read_through(pilot, 4, clock)
        await press(pilot, "tab", "g", "j", "j", "j")
        assert words(pilot).startswith("It is painted blue")
        assert len(folds(pilot)) >= 1
        await pilot.resize_terminal(90, 25)
        await pilot.pause()
        assert words(pilot).startswith("It is painted blue")
        assert any("It is painted blue" in line for line in lines(pilot, 1))
        await press(pilot, "G", "space", "b", "u", "d", "g")
        assert words(pilot) == "Valley gets its bridge"
