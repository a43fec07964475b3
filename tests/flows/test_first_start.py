"""The welcome of the first start: once, and no key is lost to it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Static

from summitreader.config.places import places
from summitreader.config.state import State
from summitreader.tui.app import SummitApp
from summitreader.tui.dialogs.help import WelcomeScreen
from summitreader.tui.reader.screen import ReaderScreen
from summitreader.tui.workers import Background, Loading
from tests.flows.conftest import Opening
from tests.flows.test_reading import press, reader, words

Starting = Callable[..., AbstractAsyncContextManager[Pilot[int]]]


@pytest.fixture
def started(tmp_path: Path) -> Starting:
    """The reader as the command line starts it."""

    @asynccontextmanager
    async def start(corpus: Path, is_sample: bool = False) -> AsyncIterator[Pilot[int]]:
        where = places(tmp_path / "data")
        state = State(where.state)
        background = Background()
        loading = Loading([corpus], background)
        loading.start()
        loading.finished.wait(20)
        app = SummitApp(loading, background, where, state, None, not state.has_started, is_sample)
        try:
            async with app.run_test(size=(100, 30)) as pilot:
                await pilot.pause(0.3)
                yield pilot
        finally:
            app.background.stop()

    return start


async def test_it_stands_once_and_the_key_that_closes_it_does_what_it_does(started: Starting, corpus: Path) -> None:
    async with started(corpus) as pilot:
        assert isinstance(pilot.app.screen, WelcomeScreen)
        await press(pilot, "j")
        assert words(pilot).startswith("The new bridge")
    async with started(corpus) as pilot:
        assert isinstance(pilot.app.screen, ReaderScreen)


async def test_it_has_six_lines_and_says_whether_this_is_the_sample(started: Starting, corpus: Path) -> None:
    for is_sample in (False, True):
        async with started(corpus, is_sample) as pilot:
            rows = pilot.app.screen.query_one(Static).size.height
            assert rows <= 6
            assert ("sample" in str(pilot.app.screen.query_one(Static).content)) is is_sample
        (corpus.parent / "data" / "state" / "reading.json").unlink()


@pytest.mark.parametrize("key", ["q", "enter", "space", "escape"])
async def test_a_key_that_says_go_on_only_closes_it(started: Starting, corpus: Path, key: str) -> None:
    async with started(corpus) as pilot:
        await press(pilot, key)
        assert words(pilot) == "The bridge opens at last"
        assert pilot.app.is_running
        assert reader(pilot).is_current


async def test_a_key_that_comes_when_the_program_is_gone_is_nobodys(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        app = pilot.app
    assert not app._screen_stack
    await app.on_event(events.Key("j", "j"))
