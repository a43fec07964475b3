"""Every command of the one table has a flow that presses its key where it applies and asserts what it does.

A flow says so with `@pytest.mark.covers("id", ...)`, wherever it stands in this folder; that the key reached the
command is checked when the flow runs (conftest). The flows below are of commands that have no file of their own.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest

from summitreader.comparison.model import Alone
from summitreader.tui.app import SummitApp
from summitreader.tui.commands import BY_ID, COMMANDS
from summitreader.tui.dialogs.palette import Palette
from tests.flows.conftest import Opening
from tests.flows.test_reading import press, reader, words
from tests.flows.test_views import app_of, said, staged, staged_on, until

__all__ = ["staged", "staged_on"]


def covered() -> dict[str, list[str]]:
    """The flows that are marked to cover each command."""
    found: dict[str, list[str]] = {}
    for file in sorted(Path(__file__).parent.glob("test_*.py")):
        module = import_module(f"tests.flows.{file.stem}")
        for name, flow in vars(module).items():
            if not name.startswith("test_") or getattr(flow, "__module__", "") != module.__name__:
                continue
            for mark in getattr(flow, "pytestmark", ()):
                for id in mark.args if mark.name == "covers" else ():
                    found.setdefault(id, []).append(f"{file.name}::{name}")
    return found


def test_every_command_has_a_flow_and_every_flow_a_command() -> None:
    flows = covered()
    assert [command.id for command in COMMANDS if command.id not in flows] == []
    assert sorted(flows.keys() - BY_ID.keys()) == []


@pytest.mark.covers("link-next", "link-previous")
async def test_linked_passages_are_gone_through_in_both_directions(staged: Opening) -> None:
    async with staged() as pilot:
        await press(pilot, "m", "m")
        second = words(pilot)
        await press(pilot, "m")
        assert words(pilot) != second
        await press(pilot, "M")
        assert words(pilot) == second


@pytest.mark.covers("quotation-next", "quotation-previous")
async def test_quotations_are_gone_through_in_both_directions(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        await press(pilot, "c")
        assert words(pilot).startswith('"It is a good day')
        await press(pilot, "G", "C")
        assert words(pilot).startswith('"It is a good day')
        await press(pilot, "c")
        assert words(pilot).startswith('"It is a good day') and "no further quotation" in said(pilot).lower()


@pytest.mark.covers("alone-next", "alone-previous")
async def test_what_is_told_here_only_is_gone_through_in_both_directions(staged: Opening) -> None:
    async with staged() as pilot:
        await press(pilot, "o")
        there = words(pilot)
        session = app_of(pilot).session
        assert session is not None
        pane = reader(pilot).deck.active
        assert session.index.report.alone[pane.number][pane.cursor] is Alone.SURE
        await press(pilot, "G", "O")
        assert words(pilot) == there


@pytest.mark.covers("half-page-down", "half-page-up", "page-down", "page-up")
async def test_pages_and_halves_of_pages_move_text_and_cursor_together(opened: Opening, corpus: Path) -> None:
    (corpus / "a-long.txt").write_text("\n\n".join(f"Speaker {n} rose." for n in range(200)), encoding="utf-8")
    async with opened(corpus, size=(80, 24)) as pilot:
        pane = reader(pilot).deck.active
        seen = [pane.cursor]
        for key in ("d", "space", "pagedown"):
            await press(pilot, key)
            seen.append(pane.cursor)
        assert seen == sorted(set(seen))
        assert seen[2] - seen[1] > seen[1] - seen[0]
        await press(pilot, "b", "pageup", "u")
        assert pane.cursor == seen[0] and pane.top == 0


@pytest.mark.covers("hit-previous", "search-whole")
async def test_hits_are_gone_back_through_and_may_be_whole_words_only(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        await press(pilot, "slash", *"walk")
        assert len(reader(pilot).search.hits) == 2
        await press(pilot, "f3")
        assert len(reader(pilot).search.hits) == 0
        await press(pilot, "f3", "enter", "n")
        assert reader(pilot).search.count_in_words().startswith("2 of 2")
        await press(pilot, "N")
        assert reader(pilot).search.count_in_words().startswith("1 of 2")


@pytest.mark.covers("palette")
async def test_the_palette_runs_a_command_by_its_name(staged: Opening) -> None:
    async with staged() as pilot:
        await press(pilot, "colon")
        assert isinstance(pilot.app.screen, Palette)
        await press(pilot, *"maximise")
        await until(pilot, lambda: pilot.app.screen.query_one("CommandList").option_count > 0)  # type: ignore[attr-defined]
        await press(pilot, "enter", "enter")
        await until(pilot, lambda: not isinstance(pilot.app.screen, Palette))
        await until(pilot, lambda: len(reader(pilot).deck.shown) == 1)


@pytest.mark.covers("quit")
async def test_one_key_leaves_the_program_from_any_view(staged: Opening) -> None:
    async with staged() as pilot:
        await press(pilot, "2", "ctrl+q")
        assert app_of(pilot).return_code == 0


@pytest.mark.covers("suspend")
async def test_the_program_goes_into_the_background_of_the_shell(
    staged: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_away: list[int] = []
    suspend: Callable[[SummitApp], None] = lambda app: put_away.append(1)  # noqa: E731
    monkeypatch.setattr(SummitApp, "action_suspend_process", suspend)
    async with staged() as pilot:
        await press(pilot, "ctrl+z")
        assert put_away == [1]
