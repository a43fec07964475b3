"""Opening another corpus in the reader that runs: by its path, its address, as pasted text, or one read before."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from summitreader.config.state import State
from summitreader.errors import SummitreaderError
from summitreader.sources import adding
from summitreader.tui.app import SummitApp
from summitreader.tui.dialogs.open_corpus import OpenScreen, completions, end_of, typed_path
from summitreader.tui.reader.screen import ReaderScreen
from tests.flows.conftest import ONE, Opening, until
from tests.flows.test_reading import press, reader, words


@pytest.fixture
def other(tmp_path: Path) -> Path:
    folder = tmp_path / "fire"
    folder.mkdir()
    for name in ("north-star.txt", "south-star.txt"):
        (folder / name).write_text("Fire in the mill\n\nThe old mill burned on Friday.\n", encoding="utf-8")
    return folder


def app_of(pilot: Pilot[int]) -> SummitApp:
    assert isinstance(pilot.app, SummitApp)
    return pilot.app


def dialog(pilot: Pilot[int]) -> OpenScreen:
    assert isinstance(pilot.app.screen, OpenScreen)
    return pilot.app.screen


async def opens(pilot: Pilot[int], name: str) -> None:
    """Wait until the story `name` is open and compared."""
    app = app_of(pilot)
    await until(lambda: app.session is not None and app.session.name == name and app.session.compared)
    await until(lambda: isinstance(app.screen, ReaderScreen) and app.loading.finished.is_set())
    await pilot.pause()


def shows(pilot: Pilot[int], passage: str) -> bool:
    return isinstance(pilot.app.screen, ReaderScreen) and words(pilot) == passage


@pytest.mark.covers("open-corpus")
async def test_a_folder_is_opened_by_its_path_and_the_one_before_is_found_again_as_it_was(
    opened: Opening, corpus: Path, other: Path, tmp_path: Path
) -> None:
    async with opened(corpus) as pilot:
        await press(pilot, "j", "v", "2", "ctrl+o")
        dialog(pilot).input.value = str(tmp_path / "fi")
        await press(pilot, "tab")
        assert dialog(pilot).input.value == f"{other}/"
        first = app_of(pilot).background
        await press(pilot, "enter")
        await opens(pilot, "fire")
        assert words(pilot) == "Fire in the mill"
        assert first is not app_of(pilot).background and first._child.poll() is not None
        assert app_of(pilot).whole_corpus is not None
        assert {source.title for source in app_of(pilot).whole_corpus.sources} == {"Fire in the mill"}  # type: ignore[union-attr]
        await press(pilot, "comma", "j", "a", *"burned", "escape")
        await press(pilot, "ctrl+o", "enter")  # the corpus that was read last is offered first
        await opens(pilot, "bridge")
        assert words(pilot).startswith("The new bridge")
        assert len(reader(pilot).session.notes.annotations) == 1
    assert State(tmp_path / "data" / "state").last_read() == [corpus]


async def test_what_is_not_there_or_has_no_text_is_said_and_nothing_is_lost(
    opened: Opening, corpus: Path, tmp_path: Path
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    async with opened(corpus) as pilot:
        await press(pilot, "j", "ctrl+o")
        for path, said in ((tmp_path / "gone", "No such file or folder"), (empty, "o source")):
            dialog(pilot).input.value = str(path)
            await press(pilot, "enter")
            await until(lambda said=said: said in dialog(pilot)._said[0])  # type: ignore[misc]
            assert dialog(pilot).input.value == str(path)
        await press(pilot, "escape")
        assert words(pilot).startswith("The new bridge")
        await press(pilot, "m")
        assert app_of(pilot).background._child.poll() is None


async def test_a_pasted_text_becomes_a_source_that_is_shown(opened: Opening, corpus: Path, tmp_path: Path) -> None:
    async with opened(corpus) as pilot:
        for text in ("Fire in the mill\n\nThe mill burned.", ONE):
            await press(pilot, "ctrl+o")
            dialog(pilot).input.post_message(events.Paste(text))
            await until(lambda: bool(dialog(pilot)._pasted))
            await press(pilot, "enter")
            title = text.partition("\n")[0]
            await until(lambda title=title: shows(pilot, title))  # type: ignore[misc]
        assert len(list((tmp_path / "data" / "pasted").glob("*.txt"))) == 2
        assert adding.add_text(ONE, tmp_path / "data" / "pasted").exists()
        assert len(list((tmp_path / "data" / "pasted").glob("*.txt"))) == 2


async def test_addresses_are_fetched_into_the_data_folder_and_shown(
    opened: Opening, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def add(address: str, folder: Path) -> Iterator[Path]:
        if "gone" in address:
            raise SummitreaderError("there is no host gone.example.")
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / f"{address.rpartition('/')[2]}.md"
        target.write_text(f"Page {address}\n\nThe mill burned.", encoding="utf-8")
        yield target

    monkeypatch.setattr(adding, "add", add)
    async with opened(corpus) as pilot:
        await press(pilot, "ctrl+o")
        dialog(pilot).input.value = "https://gone.example/a"
        await press(pilot, "enter")
        await until(lambda: "no host" in dialog(pilot)._said[0])
        dialog(pilot).input.value = "https://one.example/a https://one.example/b"
        await press(pilot, "enter")
        await opens(pilot, "fetched")
        assert words(pilot) == "Page https://one.example/b"
        assert len(reader(pilot).session.sources) == 2


async def test_escape_stops_a_page_that_is_being_fetched(
    opened: Opening, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered = threading.Event()

    def add(address: str, folder: Path) -> Iterator[Path]:
        answered.wait(60)
        raise SummitreaderError("too late")
        yield folder

    monkeypatch.setattr(adding, "add", add)
    async with opened(corpus) as pilot:
        await press(pilot, "j", "ctrl+o")
        dialog(pilot).input.value = "https://slow.example/"
        await press(pilot, "enter")
        await until(lambda: dialog(pilot)._doing.startswith("Fetching"))
        await press(pilot, "escape")
        assert dialog(pilot)._said[0] == "Stopped." and dialog(pilot).input.value
        answered.set()
        await press(pilot, "escape")
        assert words(pilot).startswith("The new bridge")


def test_paths_are_understood_completed_and_cut_at_their_beginning(tmp_path: Path) -> None:
    (tmp_path / "a folder").mkdir()
    (tmp_path / "a file.txt").touch()
    (tmp_path / ".hidden").touch()
    assert completions(f"{tmp_path}/") == [f"{tmp_path}/a folder/", f"{tmp_path}/a file.txt"]
    assert completions(f"{tmp_path}/.h") == [f"{tmp_path}/.hidden"]
    assert completions(f"{tmp_path}/none/x") == []
    assert typed_path(f"'{tmp_path}'") == tmp_path
    assert typed_path("file:///a%20b") == Path("/a b")
    assert end_of("/one/two/three", 6) == "…three"
