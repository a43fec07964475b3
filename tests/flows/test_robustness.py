"""What the program holds through: closed stories are collected, an error in a command is said and logged, Escape never
ends it, and what is read stays still unless it has to move."""

from __future__ import annotations

import asyncio
import gc
import weakref
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from textual.message import Message
from textual.widgets import OptionList

from summitreader.tui.app import SummitApp
from summitreader.tui.messages import LOG
from summitreader.tui.reader.screen import ReaderScreen
from summitreader.tui.widgets.source_pane import SourcePane
from tests.flows.conftest import Opening, until
from tests.flows.test_reading import press, reader, words
from tests.flows.test_views import app_of


async def test_a_closed_story_is_collected(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        app = pilot.app
        assert isinstance(app, SummitApp)
        session = app.session
        assert session is not None
        name, closed = session.name, weakref.ref(session)
        del session
        await pilot.press("j", "tab", "4", "1", "slash", "a", "enter")
        for _ in range(2):
            await app.open_story(name)
            await pilot.pause()
            await pilot.press("j")
        for _ in range(600):  # threads and timers of its own end in a while
            gc.collect()
            if closed() is None:
                break
            await asyncio.sleep(0.2)
        assert closed() is None


async def test_an_unexpected_error_in_a_command_is_said_and_logged_and_the_reader_goes_on(
    opened: Opening, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: ReaderScreen) -> None:
        raise KeyError("no such pane")

    monkeypatch.setattr(ReaderScreen, "_toggle_held", fail)
    async with opened(corpus) as pilot:
        app = pilot.app
        assert isinstance(app, SummitApp)
        before = app.session
        await pilot.press("f")
        await pilot.pause()
        assert LOG in app.message_queue.recent[-1]
        assert "no such pane" in (app.where.state / LOG).read_text(encoding="utf-8")
        await pilot.press("j")
        assert app.is_running and app.session is before


async def test_escape_closes_and_never_ends_the_program_and_q_does(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        await pilot.press("4")
        await pilot.press(*["escape"] * 6)
        await pilot.pause()
        assert isinstance(pilot.app.screen, ReaderScreen)
        assert pilot.app.is_running
        assert pilot.app.return_value is None
        await pilot.press("q")
        await pilot.pause()
    assert not pilot.app.is_running


@pytest.mark.parametrize("keys", [("space",), ("d",), ("d", "d", "u"), ("space", "b")])
async def test_after_a_page_the_cursor_is_on_the_first_passage_that_is_wholly_visible(
    opened: Opening, tmp_path: Path, keys: tuple[str, ...]
) -> None:
    folder = tmp_path / "long"
    folder.mkdir()
    for name in ("a", "b"):
        said = [f"Sentence number {n} of source {name} is about the harbour wall and its stones." for n in range(60)]
        (folder / f"{name}.txt").write_text("\n\n".join(said), encoding="utf-8")
    async with opened(folder) as pilot:
        await pilot.press(*keys)
        assert isinstance(pilot.app.screen, ReaderScreen)
        pane = pilot.app.screen.deck.active
        assert pane.cursor == pane.first_visible()
        rows = pane.wrap.rows_of(*pane.cursor_span())
        assert pane.top <= rows.start and rows.stop <= pane.top + pane.size.height


async def test_a_follower_scrolls_only_to_a_linked_passage_that_is_not_on_the_screen(
    opened: Opening, corpus: Path
) -> None:
    async with opened(corpus) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, ReaderScreen)
        for _ in range(12):
            before = {box.pane.number: (box.pane.top, box.pane.size.height) for box in screen.deck.followers}
            await pilot.press("j")
            here = screen.cursor.here()
            for box in screen.deck.followers:
                pane = box.pane
                top, height = before[pane.number]
                linked = [
                    pane.wrap.rows_of(*_span(pane, c.passage))
                    for c in screen.session.index.counterparts(*here)
                    if c.source == pane.number and c.link is not None
                ]
                if not linked or all(top <= rows.start and rows.stop <= top + height for rows in linked):
                    assert pane.top == top


def _span(pane: SourcePane, passage: int) -> tuple[int, int]:
    span = pane.document.source.passages[passage]
    return span.start, span.end


class Asked(Message):
    """A message whose handler fails."""


async def test_what_fails_in_a_handler_a_worker_or_a_timer_is_said_and_logged_and_the_reader_goes_on(
    opened: Opening, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise KeyError("no such pane")

    async def fail_late() -> None:
        raise KeyError("no such pane")

    async with opened(corpus) as pilot:
        app, screen = app_of(pilot), reader(pilot)
        log = app.where.state / LOG

        def logged(times: int) -> bool:
            return log.exists() and log.read_text(encoding="utf-8").count("handling") >= times

        with monkeypatch.context() as outside_tests:
            outside_tests.setattr(SummitApp, "is_headless", False)
            outside_tests.setattr(SummitApp, "on_asked", fail, raising=False)
            outside_tests.setattr(ReaderScreen, "on_asked", fail, raising=False)
            ways: list[Callable[[], object]] = [
                lambda: app.post_message(Asked()),
                lambda: screen.post_message(Asked()),
                lambda: app.run_worker(fail_late()),
                lambda: screen.set_timer(0.001, fail),
                lambda: screen.call_later(fail),
            ]
            for number, failing in enumerate(ways, 1):
                failing()
                await until(partial(logged, number))
                assert LOG in app.message_queue.recent[-1]

        before = words(pilot)
        await press(pilot, "j", "j")
        assert app.is_running and words(pilot) != before


async def test_what_fails_again_and_again_ends_the_program(
    opened: Opening, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(corpus) as pilot:
        app = app_of(pilot)
        with monkeypatch.context() as outside_tests:
            outside_tests.setattr(SummitApp, "is_headless", False)
            survived = [app.survives(KeyError("no such pane")) for _ in range(12)]
        assert survived == [True] * 10 + [False] * 2


async def test_no_size_and_no_key_in_it_is_too_small(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        for size in ((1, 1), (2, 1), (3, 9), (5, 3), (9, 40), (500, 2)):
            await pilot.resize_terminal(*size)
            for key in ("L", "tab", "j", "x", "o", "ctrl+p", "pageup", "pagedown", "escape", "0", "1"):
                await press(pilot, key)
        assert app_of(pilot).is_running


async def test_a_page_of_a_palette_that_has_no_lines_yet_is_nothing(opened: Opening, corpus: Path) -> None:
    async with opened(corpus) as pilot:
        await press(pilot, "ctrl+p")
        palette = app_of(pilot).screen
        commands = palette.query_one(OptionList)
        await until(lambda: commands.option_count > 0)
        commands.clear_options()
        commands.add_options(["a", "b", "c"])
        commands.highlighted = 1
        await palette.run_action("page('page_up')")
        await press(pilot, "pagedown", "escape")
