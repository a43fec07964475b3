"""Headlines and ledes: there with one key, through them, to the passage, and back."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from textual.pilot import Pilot

from summitreader.tui.dialogs.export import ExportScreen
from summitreader.tui.lists.openings import OpeningPage, OpeningsScreen
from summitreader.tui.reader.screen import ReaderScreen
from tests.flows.conftest import Opening
from tests.flows.test_views import press, said, staged, staged_on, until, words

__all__ = ["staged", "staged_on"]


def page(pilot: Pilot[int]) -> OpeningPage:
    assert isinstance(pilot.app.screen, OpeningsScreen)
    return pilot.app.screen.page


def lines(pilot: Pilot[int]) -> list[str]:
    """What the page shows, a string a row."""
    shown = page(pilot)
    return [shown.render_line(y).text.rstrip() for y in range(shown.size.height)]


@pytest.mark.covers("openings")
async def test_one_key_opens_the_page_and_closes_it(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        await press(pilot, "equals_sign")
        text = "\n".join(lines(pilot))
        assert "The bridge opens at last" in text
        assert "Keller opens valley bridge" in text
        await press(pilot, "equals_sign")
        assert isinstance(pilot.app.screen, ReaderScreen)
        await press(pilot, "equals_sign", "q")
        assert isinstance(pilot.app.screen, ReaderScreen)


async def test_enter_reads_the_passage_in_the_reader(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        await press(pilot, "equals_sign", "tab", "j", "enter")
        assert words(pilot).startswith("Cars crossed the new bridge")
        await press(pilot, "comma")
        assert page(pilot).at == (1, 0)
        await press(pilot, "comma")
        assert words(pilot) == "The bridge opens at last"


async def test_it_opens_on_the_source_that_one_reads(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        await press(pilot, "tab", "equals_sign")
        assert page(pilot).part is not None
        assert page(pilot).part.place == (1, 0)  # type: ignore[union-attr]


async def test_one_moves_within_a_source_and_from_source_to_source(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        await press(pilot, "equals_sign", "j")
        assert page(pilot).at == (0, 1)
        await press(pilot, "l", "l", "l")
        assert page(pilot).at == (0, 1)
        await press(pilot, "shift+tab", "k")
        assert page(pilot).at == (2, 0)
        await press(pilot, "g")
        assert page(pilot).at == (0, 0)
        await press(pilot, "G")
        assert page(pilot).at == (2, 0)


async def test_a_lede_is_copied_with_its_citation(
    opened: Opening, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("summitreader.tui.reader.copy.tools", lambda environment: [])
    monkeypatch.setattr("summitreader.tui.reader.copy.hears_osc52", lambda environment: True)
    async with opened(corpus) as pilot:
        await press(pilot, "equals_sign", "j", "y")
        await until(pilot, lambda: "The new bridge over the Aar" in said(pilot))


async def test_it_goes_out_as_markdown_and_csv(
    opened: Opening, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with opened(corpus) as pilot:
        await press(pilot, "equals_sign", "e")
        await until(pilot, lambda: isinstance(pilot.app.screen, ExportScreen))
        screen = cast(ExportScreen, pilot.app.screen)
        await until(pilot, lambda: screen.input.value.endswith("headlines.md"))
        await press(pilot, "enter")
        written = (tmp_path / "bridge - headlines.md").read_text(encoding="utf-8")
        assert "Headline: The bridge opens at last" in written
        assert "Lede: Cars crossed the new bridge" in written


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (200, 50)])
async def test_it_fits_any_screen_and_all_of_it_can_be_reached(staged: Opening, size: tuple[int, int]) -> None:
    async with staged(size) as pilot:
        await press(pilot, "equals_sign")
        seen = set(lines(pilot))
        for _ in range(12):
            await press(pilot, "j")
            seen |= set(lines(pilot))
            assert all(len(line) <= size[0] for line in lines(pilot))
        text = "\n".join(seen)
        for words_of_it in ("Bridge opens", "Keller opens bridge", "Bridge over the Aar opened", "다리 개통"):
            assert words_of_it in text
        await pilot.resize_terminal(70, 22)
        await pilot.pause()
        await press(pilot, "g")
        assert page(pilot).at == (0, 0)


async def test_what_is_clicked_twice_is_opened(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        await press(pilot, "equals_sign")
        row = max(y for y, line in enumerate(lines(pilot)) if "Keller opens valley bridge" in line)
        column = lines(pilot)[row].index("Keller opens")
        await pilot.click(page(pilot), offset=(column + 2, row), times=2)
        await until(pilot, lambda: isinstance(pilot.app.screen, ReaderScreen))
        assert words(pilot) == "Keller opens valley bridge"
