"""Stories put right in the Library: a source moved, two stories merged, one split; kept, and undone."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from summitreader.tui.dialogs.choice import NamingScreen
from summitreader.tui.dialogs.source_form import SourceForm
from summitreader.tui.lists.library import LibraryScreen, SourceRow, StoryRow
from tests.flows.conftest import ONE, OTHER, THIRD, Opening
from tests.flows.test_by_hand import app_of, until


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """Two stories: of the three sources of the first, one belongs to the other."""
    folder = tmp_path / "mixed"
    for name, text in (("bridge/alpine.txt", ONE), ("bridge/valley.txt", OTHER), ("bridge/west.txt", THIRD)):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "bread").mkdir()
    (folder / "bread" / "council.txt").write_text(
        "Council talks of bread\n\nThe council will ask the bakers why the price of bread rose.\n", encoding="utf-8"
    )
    return folder


def stories(pilot: Pilot[int]) -> dict[str, list[str]]:
    return {name: [source.id for source in sources] for name, sources in app_of(pilot).corrections.stories()}


async def library(pilot: Pilot[int]) -> LibraryScreen:
    await pilot.press("6")
    await pilot.pause()
    screen = pilot.app.screen
    assert isinstance(screen, LibraryScreen)
    return screen


async def to_row(pilot: Pilot[int], key: str) -> None:
    """Move the cursor to the story of that name, or to the source with that id."""
    screen = pilot.app.screen
    assert isinstance(screen, LibraryScreen)
    for row in screen.list.rows:
        named = row.name == key if isinstance(row, StoryRow) else isinstance(row, SourceRow) and row.source.id == key
        if named:
            screen.show_list(row.key)
            await pilot.pause()
            return
    raise AssertionError(f"no row {key}")


async def name_story(pilot: Pilot[int], name: str) -> None:
    screen = pilot.app.screen
    assert isinstance(screen, NamingScreen)
    screen.input.value = name
    await pilot.press("enter")


BEFORE = {"bread": ["bread/council.txt"], "bridge": ["bridge/alpine.txt", "bridge/valley.txt", "bridge/west.txt"]}
MOVED = {"bread": ["bread/council.txt", "bridge/west.txt"], "bridge": ["bridge/alpine.txt", "bridge/valley.txt"]}


@pytest.mark.covers("story-move")
async def test_a_source_is_moved_to_another_story_and_stays_there(opened: Opening, mixed: Path) -> None:
    async with opened(mixed) as pilot:
        assert stories(pilot) == BEFORE
        await library(pilot)
        await to_row(pilot, "bridge/west.txt")
        await pilot.press("T")
        assert isinstance(pilot.app.screen, NamingScreen)
        await pilot.press("down", "enter")  # the first that is offered is the other story
        await until(pilot, lambda: stories(pilot) == MOVED, "it was moved")
        screen = pilot.app.screen
        assert isinstance(screen, LibraryScreen)
        assert {row.name: row.moved for row in screen.list.rows if isinstance(row, StoryRow)} == {
            "bread": 1,
            "bridge": 0,
        }
    async with opened(mixed) as pilot:
        assert stories(pilot) == MOVED
        await library(pilot)
        await pilot.press("U")
        await until(pilot, lambda: stories(pilot) == BEFORE, "it was undone")
        await pilot.press("R")
        await until(pilot, lambda: stories(pilot) == MOVED, "it was done again")


async def test_a_source_that_is_moved_back_is_no_correction(opened: Opening, mixed: Path) -> None:
    async with opened(mixed) as pilot:
        await library(pilot)
        for story, there in (("bread", MOVED), ("bridge", BEFORE)):
            await to_row(pilot, "bridge/west.txt")
            await pilot.press("T")
            await name_story(pilot, story)
            await until(pilot, lambda there=there: stories(pilot) == there, f"it was in {story}")  # type: ignore[misc]
        assert app_of(pilot).corrections.corrections == []


async def test_a_story_is_merged_with_another(opened: Opening, mixed: Path) -> None:
    async with opened(mixed) as pilot:
        await library(pilot)
        await to_row(pilot, "bread")
        await pilot.press("T")
        await name_story(pilot, "bridge")
        whole = {"bridge": sorted([*BEFORE["bread"], *BEFORE["bridge"]])}
        await until(pilot, lambda: stories(pilot) == whole, "they were merged")
        session = app_of(pilot).session
        assert session is not None and session.name == "bridge" and len(session.sources) == 4


@pytest.mark.covers("mark")
async def test_what_is_marked_is_split_off_into_a_new_story(opened: Opening, mixed: Path) -> None:
    async with opened(mixed) as pilot:
        await library(pilot)
        await to_row(pilot, "bridge/alpine.txt")
        await pilot.press("v", "v", "T")
        await name_story(pilot, "the crossing")
        split = {"bread": BEFORE["bread"], "bridge": ["bridge/west.txt"], "the crossing": MOVED["bridge"]}
        await until(pilot, lambda: stories(pilot) == split, "they were split off")
        await pilot.press("U")
        await until(pilot, lambda: stories(pilot) == BEFORE, "one key took all of it back")


async def test_what_is_marked_is_forgotten_with_escape(opened: Opening, mixed: Path) -> None:
    async with opened(mixed) as pilot:
        screen = await library(pilot)
        await to_row(pilot, "bridge/alpine.txt")
        await pilot.press("v", "escape", "T")
        assert isinstance(pilot.app.screen, NamingScreen)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, LibraryScreen) and stories(pilot) == BEFORE
        assert not screen._marked


async def test_a_source_of_another_story_is_put_right_in_the_library(opened: Opening, mixed: Path) -> None:
    async with opened(mixed) as pilot:
        await library(pilot)
        await to_row(pilot, "bridge/valley.txt")
        await pilot.press("E")
        form = pilot.app.screen
        assert isinstance(form, SourceForm)
        form.inputs["outlet"].value = "Valley News"
        await pilot.press("enter")

        def remarks() -> list[str]:
            screen = pilot.app.screen
            rows = screen.list.rows if isinstance(screen, LibraryScreen) else ()
            return [r for row in rows if isinstance(row, SourceRow) and row.name == "Valley News" for r in row.remarks]

        await until(pilot, lambda: any("outlet corrected" in remark for remark in remarks()), "it said so in the list")
