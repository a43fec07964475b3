"""A reader under a Pilot: real files, a real comparison in its own process, a data folder of its own."""

from __future__ import annotations

import asyncio
import atexit
import subprocess
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from summitreader.config.places import places
from summitreader.config.settings import read
from summitreader.config.state import State
from summitreader.sources.model import LoadRequest
from summitreader.tui import workers
from summitreader.tui.app import SummitApp
from summitreader.tui.reader import copy as copy_commands
from summitreader.tui.view import ViewScreen
from summitreader.tui.widgets.note_editor import NoteEditor
from summitreader.tui.workers import Background, Loading

ONE = """The bridge opens at last

The new bridge over the Aar opened on Monday after four years of work.

"It is a good day for the valley," said Anna Keller, the mayor.

About 300 people walked across before the first cars came.

The old ferry will stop in the spring, and its two boats will be sold.
"""
OTHER = """Keller opens valley bridge

Cars crossed the new bridge over the Aar for the first time on Monday, four years after work began.

Mayor Anna Keller called it "a good day for the valley" before she cut the ribbon.

Not everyone was pleased: shopkeepers on the left bank fear for their trade.

Some 300 people had walked over the bridge by then.
"""
THIRD = """Letters to the editor

The price of bread has gone up again, and nobody says why. My grandmother kept accounts of every loaf.

If the bakers will not explain themselves, perhaps the council could ask them to. Wheat was cheap all year.
"""

Opening = Callable[..., AbstractAsyncContextManager[Pilot[int]]]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A folder with three short sources: two tell one event, the third tells another."""
    folder = tmp_path / "bridge"
    folder.mkdir()
    for name, text in (("alpine-post.txt", ONE), ("valley-news.txt", OTHER), ("west-letters.txt", THIRD)):
        (folder / name).write_text(text, encoding="utf-8")
    return folder


async def until(holds: Callable[[], bool]) -> None:
    """Wait for what the program is about to do, however busy the machine is; what never comes is a failure."""
    async with asyncio.timeout(120):
        while not holds():
            await asyncio.sleep(0.02)


def _stands(app: SummitApp, compared: bool) -> bool:
    session = app.session
    if app.loading.failure or (session is not None and session.failure):
        raise AssertionError(app.loading.failure or (session.failure if session is not None else ""))
    return session is not None and (not compared or (session.compared and not session.doing))


_children: list[subprocess.Popen[bytes]] = []
"""Comparing processes that are idle: starting one and importing what it needs takes over a second."""


@atexit.register
def _end_children() -> None:
    for child in _children:
        child.kill()
        child.wait()


def share_children(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let one comparing process serve one flow after the other; one that is stopped while it answers is ended."""
    start, stop, init = workers.program, Background.stop, Background.__init__

    def program(command: Sequence[str]) -> subprocess.Popen[bytes]:
        return _children.pop() if _children else start(command)

    def begin(background: Background, *arguments: Any, **named: Any) -> None:
        init(background, *arguments, **named)
        background._asked = getattr(background._child, "asked", 0)

    def end(background: Background) -> None:
        child = background._child
        if child.poll() is None and not background._answering.locked():
            child.asked = background._asked  # type: ignore[attr-defined]
            _children.append(child)
            background._child = subprocess.Popen(["true"], stdin=subprocess.PIPE, stdout=-1)
        stop(background)

    monkeypatch.setattr(workers, "program", program)
    monkeypatch.setattr(Background, "__init__", begin)
    monkeypatch.setattr(Background, "stop", end)


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opening]:
    """`async with opened(folder, size=(120, 36)) as pilot`: the reader, its comparison done unless `wait=False`."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    share_children(monkeypatch)
    monkeypatch.setattr(copy_commands, "tools", lambda environment: ())  # nobody's clipboard is touched

    @asynccontextmanager
    async def open_reader(
        *paths: Path, size: tuple[int, int] = (120, 36), wait: bool = True, draft: Path | None = None
    ) -> AsyncIterator[Pilot[int]]:
        where = places(tmp_path / "data")
        settings = read(where.settings)
        background = Background(cache=where.cache / "compare", kinds=settings.settings.kinds)
        state = State(where.state)
        last = state.reading(paths)
        loading = Loading(list(paths), background, LoadRequest(last.story, tuple(last.sources)), draft=draft)
        loading.start()
        found = read(where.settings)
        if found.settings.layout == "auto":  # flows are about panes, where they do not ask for another layout
            found = replace(found, settings=replace(found.settings, layout="panes"))
        app = SummitApp(loading, background, where, state, found)
        try:
            async with app.run_test(size=size, notifications=True) as pilot:
                await until(lambda: _stands(app, wait))
                await pilot.pause()
                yield pilot
        finally:
            app.background.stop()
            loading.background.stop()

    yield open_reader


@pytest.fixture(autouse=True)
def _covers(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A flow that is marked to cover a command fails where no key of that command reached it."""
    marked = {id for mark in request.node.iter_markers("covers") for id in mark.args}
    reached: set[str] = set()
    run = ViewScreen.action_command

    async def noted(screen: ViewScreen, id: str, key: str = "") -> None:
        if key:
            reached.add(id)
        await run(screen, id, key)

    quit_at_once = SummitApp.action_quit

    async def noted_quit(app: SummitApp) -> None:
        reached.add("quit")
        await quit_at_once(app)

    monkeypatch.setattr(ViewScreen, "action_command", noted)
    monkeypatch.setattr(SummitApp, "action_quit", noted_quit)
    for id, name in (("note-links", "toggle_wider"), ("note-outside", "go_outside")):
        monkeypatch.setattr(NoteEditor, name, _noting(id, reached, getattr(NoteEditor, name)))
    yield
    assert marked <= reached, f"no key of {sorted(marked - reached)} was pressed in this flow"


def _noting(id: str, reached: set[str], run: Callable[[NoteEditor], None]) -> Callable[[NoteEditor], None]:
    """The keys that only the note editor hears."""

    def noted(editor: NoteEditor) -> None:
        reached.add(id)
        run(editor)

    return noted
