"""A corpus that is still being read: the story that was asked for stands first, and the others appear."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

from textual.pilot import Pilot

from summitreader.config.places import places
from summitreader.config.settings import read
from summitreader.config.state import State
from summitreader.sources.model import Arrival, LoadRequest, Stories
from summitreader.text import Source
from summitreader.tui.app import SummitApp
from summitreader.tui.workers import Background, Loading, Progress
from tests.flows.conftest import Opening

TOWNS = ("Skarn", "Vane", "Quillby", "Ostmark")
FIRE = "{0} fire\n\nA fire broke out in {0} on Friday and {0} was empty. Firemen of {0} came.\n\nThis is report {1}.\n"


def app_of(pilot: Pilot[int]) -> SummitApp:
    return cast(SummitApp, pilot.app)


async def test_of_a_mixed_folder_the_first_stand_until_the_stories_that_are_in_it_appear(
    tmp_path: Path, opened: Opening
) -> None:
    folder = tmp_path / "fires"
    folder.mkdir()
    for n in range(80):
        (folder / f"{n:03}.txt").write_text(FIRE.format(TOWNS[n % 4], n))
    async with opened(folder, size=(120, 60)) as pilot:
        app = app_of(pilot)
        assert app.session is not None
        assert (app.session.name, len(app.session.sources)) == ("fires: the first 12", 12)
        for _ in range(4_000):
            if app.loading.finished.is_set():
                break
            await pilot.pause(0.02)
        await pilot.press("6")
        await pilot.pause()
        assert [len(sources) for _, sources in app.stories] == [12, 20, 20, 20, 20]
        assert app.session.name == "fires: the first 12"
        story = app.stories[1][0]
        await app.open_story(story)
        await pilot.pause()
        assert (app.session.name, len(app.session.sources)) == (story, 20)
        assert [len(sources) for _, sources in app.stories] == [20, 20, 20, 20]
    async with opened(folder, wait=False) as pilot:
        session = app_of(pilot).session
        assert session is not None
        assert (session.name, len(session.sources)) == (story, 20)


class Slow:
    """In place of the process that reads: it hands on one source, and is then busy until it is stopped."""

    ocr = None

    def __init__(self) -> None:
        self.stopped = False

    def load(
        self, paths: list[Path], wanted: LoadRequest, progress: Callable[[Progress], None]
    ) -> Iterator[Path | Arrival | Stories]:
        yield paths[0]
        yield Arrival(((0, Source.from_text("A fire.", id="a/x.txt")),), ("a", ("a/x.txt",)))
        progress(Progress(0.25, "reading the sources"))
        while not self.stopped:
            time.sleep(0.01)

    def stop(self) -> None:
        self.stopped = True


def test_reading_that_is_stopped_keeps_what_was_read_and_says_what_is_missing(tmp_path: Path) -> None:
    loading = Loading([tmp_path], cast(Background, Slow()))
    loading.start()
    assert loading.ready.wait(5)
    assert not loading.finished.is_set()
    while not loading.share:
        time.sleep(0.01)
    loading.stop()
    assert loading.finished.wait(5)
    assert loading.corpus is not None
    assert [source.id for source in loading.corpus.sources] == ["a/x.txt"]
    assert "stopped at 25 %" in loading.corpus.skipped[0].reason
    assert loading.failure == ""


async def test_where_reading_is_stopped_what_stands_is_compared_all_the_same(tmp_path: Path) -> None:
    where = places(tmp_path / "data")
    reading = cast(Background, Slow())
    loading = Loading([tmp_path], reading)
    loading.start()
    app = SummitApp(loading, reading, where, State(where.state), read(where.settings))
    try:
        async with app.run_test(size=(80, 24)) as pilot:
            for _ in range(4_000):
                if app.session is not None:
                    break
                await pilot.pause(0.02)
            assert "reading the sources … 25 %" in app.loading_words
            await pilot.press("escape")
            assert app.loading_words == ""
            for _ in range(4_000):
                if app.session is not None and app.session.compared:
                    break
                await pilot.pause(0.02)
            assert app.session is not None
            assert app.session.compared
    finally:
        app.background.stop()
