"""The list of all hits, over all stories; and the way there and back over views and stories."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from summitreader.tui.lists.coverage import CoverageScreen
from summitreader.tui.lists.coverage_rows import Order, Shown
from summitreader.tui.lists.quotations import Grouping, QuotationsScreen
from summitreader.tui.lists.results import Hit, ResultsScreen
from summitreader.tui.reader.screen import ReaderScreen
from tests.flows.conftest import ONE, OTHER, THIRD, Opening, until


@pytest.fixture
def two_stories(tmp_path: Path) -> Path:
    folder = tmp_path / "stories"
    for story, texts in (("bridge", (ONE, OTHER)), ("letters", (THIRD, THIRD.replace("bread", "bridge bread")))):
        (folder / story).mkdir(parents=True)
        for n, text in enumerate(texts):
            (folder / story / f"{'ab'[n]}.txt").write_text(text, encoding="utf-8")
    return folder


def reader(pilot: Pilot[int]) -> ReaderScreen:
    screen = pilot.app.screen
    assert isinstance(screen, ReaderScreen)
    return screen


def results(pilot: Pilot[int]) -> ResultsScreen:
    screen = pilot.app.screen
    assert isinstance(screen, ResultsScreen)
    return screen


def said(pilot: Pilot[int]) -> str:
    return "".join(words for words, _ in reader(pilot).search_bar.found.right)


async def press(pilot: Pilot[int], *keys: str) -> None:
    await pilot.press(*keys)
    await pilot.pause()


async def found(pilot: Pilot[int], hits: int) -> list[Hit]:
    for _ in range(2_000):
        rows = [row for row in results(pilot).list.rows if isinstance(row, Hit)]
        if len(rows) == hits:
            return rows
        await pilot.pause(0.05)
    raise AssertionError(f"{len(rows)} hits are listed, not {hits}")


@pytest.mark.covers("search-results")
async def test_all_hits_are_listed_those_of_other_stories_too_and_enter_opens_the_story(
    opened: Opening, two_stories: Path
) -> None:
    async with opened(two_stories) as pilot:
        await press(pilot, "slash", *"bridge", "ctrl+f")
        rows = await found(pilot, 6)
        assert [row.story for row in rows] == ["bridge"] * 5 + ["letters"]
        assert {row.source.text[row.start : row.end].lower() for row in rows} == {"bridge"}
        await press(pilot, "G", "enter")
        await pilot.pause(0.2)
        assert reader(pilot).session.name == "letters"
        assert reader(pilot).deck.active.number == 1
        assert [hit[0] for hit in reader(pilot).search.hits] == [1]
        await press(pilot, "comma")
        await pilot.pause(0.2)
        assert results(pilot).session.name == "bridge"
        await press(pilot, "comma")
        assert reader(pilot).session.name == "bridge"
        await press(pilot, "full_stop", "full_stop")
        await pilot.pause(0.2)
        assert reader(pilot).session.name == "letters"


async def test_the_bar_says_how_many_hits_other_stories_have(opened: Opening, two_stories: Path) -> None:
    async with opened(two_stories, size=(160, 30)) as pilot:
        await press(pilot, "slash", *"bridge")
        await until(lambda: "1 in other stories" in said(pilot))
        assert "1 of 5" in said(pilot)


async def test_the_list_is_of_all_stories_of_one_or_of_one_source(opened: Opening, two_stories: Path) -> None:
    async with opened(two_stories) as pilot:
        await press(pilot, "slash", *"bridge", "enter", "f5")
        await found(pilot, 6)
        await press(pilot, "F")
        await found(pilot, 5)
        await press(pilot, "G", "F")
        rows = await found(pilot, 3)
        assert {row.number for row in rows} == {1}
        await press(pilot, "F")
        await found(pilot, 6)


async def test_one_searches_anew_in_the_list_and_escape_goes_back_to_what_was_sought(
    opened: Opening, two_stories: Path
) -> None:
    async with opened(two_stories) as pilot:
        await press(pilot, "f5", *"ferry")
        await found(pilot, 1)
        await press(pilot, "enter", "slash", *"wheat")
        rows = await found(pilot, 2)
        assert {row.story for row in rows} == {"letters"}
        await press(pilot, "escape")
        await found(pilot, 1)
        await press(pilot, "slash", *"xyzzy", "enter")
        await found(pilot, 0)
        await until(lambda: "xyzzy" in results(pilot).list.empty)
        await press(pilot, "escape")
        assert reader(pilot).session.name == "bridge"


async def test_enter_on_a_hit_goes_on_from_there_with_n(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        await press(pilot, "f5", *"bridge")
        await found(pilot, 5)
        await press(pilot, "enter", "j", "j", "enter")
        await pilot.pause(0.1)
        searching = reader(pilot).search
        assert searching.current == 2
        await press(pilot, "n")
        assert searching.count_in_words() == "4 of 5 · 2 of 3 in this source"
        assert searching.history == ["bridge"]


@pytest.mark.covers("jump-forward")
async def test_back_and_forward_go_through_views(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        await press(pilot, "j", "3", "j", "6", "2")
        views = []
        for _ in range(3):
            await press(pilot, "comma")
            views.append(getattr(pilot.app.screen, "VIEW", ""))
        assert views == ["view-library", "view-quotations", "view-reader"]
        assert reader(pilot).deck.active.cursor == 1
        await press(pilot, "full_stop", "full_stop", "full_stop")
        assert getattr(pilot.app.screen, "VIEW", "") == "view-coverage"


async def test_lists_come_back_as_they_were_sorted_and_without_a_filter(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        await press(pilot, "2", "s", "f", "l", "slash", *"ferry", "enter", "3", "s")
        await press(pilot, "1", "q")
    async with opened(corpus) as pilot:
        await press(pilot, "2")
        coverage = pilot.app.screen
        assert isinstance(coverage, CoverageScreen)
        assert coverage.order is not Order.MOST
        assert (coverage.shown, coverage.query_words) == (Shown.ALL, "")
        await press(pilot, "3")
        quotations = pilot.app.screen
        assert isinstance(quotations, QuotationsScreen)
        assert quotations.grouping is not Grouping.SPEAKER


@pytest.mark.covers("pane-left", "pane-right")
async def test_panes_are_moved_and_stand_so_at_the_next_start(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        await press(pilot, "right_curly_bracket")
        assert reader(pilot).deck.chosen == [1, 0, 2]
        assert [box.pane.number for box in reader(pilot).deck.shown] == [1, 0, 2]
        assert reader(pilot).deck.active_number == 0
        await press(pilot, "right_curly_bracket", "right_curly_bracket", "left_curly_bracket")
        assert reader(pilot).deck.chosen == [1, 0, 2]
        await press(pilot, "q")
    async with opened(corpus) as pilot:
        assert reader(pilot).deck.chosen == [1, 0, 2]


@pytest.mark.covers("sources")
async def test_p_opens_and_closes_panes_by_part_of_a_name(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        await press(pilot, "p", *"valley", "enter")
        deck = pilot.app.screen_stack[-2]
        assert isinstance(deck, ReaderScreen)
        assert deck.deck.chosen == [0, 2]
        await press(pilot, *"lettrs", "enter", "escape")
        assert reader(pilot).deck.chosen == [0]
        assert len(reader(pilot).deck.shown) == 1
        await press(pilot, "p", *"alpine", "enter", "escape")
        assert reader(pilot).deck.chosen == [0]
        await press(pilot, "p", "down", "enter", "escape", "tab")
        assert reader(pilot).deck.chosen == [0, 1]
        assert reader(pilot).deck.active_number == 1
