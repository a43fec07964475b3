"""The sources come in: the story that was asked for is opened as soon as it is there, the rest is read meanwhile."""

from __future__ import annotations

import asyncio
import time
from copy import copy
from typing import TYPE_CHECKING

from summitreader.counting import counted
from summitreader.text.gate import shown_line
from summitreader.tui.view import ViewScreen
from summitreader.tui.workers import Background, Failure, Progress

if TYPE_CHECKING:
    from collections.abc import Callable

    from summitreader.tui.app import SummitApp
    from summitreader.tui.story.index import StoryIndex
    from summitreader.tui.story.session import Session


_LOOK = 0.2
"""Seconds between looks at how far the reading has come."""

_AT_FIRST = 0.25
"""Seconds that the program waits for a text before it draws a screen that only says that it is waiting."""


class LoadController:
    """Brings what is read into the program. `opened` is called once, when the first story stands."""

    def __init__(self, app: SummitApp, opened: Callable[[], None]) -> None:
        self._app = app
        self._opened = opened

    def wait_at_first(self) -> None:
        """Before anything is drawn: load what the first story is shown with, and give it a moment to be there."""
        import summitreader.tui.reader.screen  # noqa: F401

        loading = self._app.loading
        if not loading.finished.is_set():
            loading.ready.wait(_AT_FIRST)

    async def begin(self) -> None:
        """Open what is there by now; wait for the rest without keeping anybody waiting."""
        loading = self._app.loading
        if loading.ready.is_set() or loading.finished.is_set():
            await self._open()
        if loading.finished.is_set():
            self._all_read()
        else:
            self._app.run_worker(self._wait(), exclusive=False)

    async def _wait(self) -> None:
        app, loading = self._app, self._app.loading
        while not await asyncio.to_thread(loading.ready.wait, _LOOK):
            if isinstance(app.screen, ViewScreen):
                app.screen.show_status()
        if app.session is None:
            await self._open()
        while not await asyncio.to_thread(loading.finished.wait, _LOOK):
            if app.session is not None:
                self._tell(app.session)
        self._all_read()

    def _tell(self, session: Session) -> None:
        """Say how far the reading has come; a Library that stands open lists what is there by now."""
        session.doing_changed.publish(None)
        if isinstance(self._app.screen, ViewScreen) and self._app.screen.VIEW == "view-library":
            session.update(copy(session.index), compared=session.compared, doing=session.doing)

    async def _open(self) -> None:
        """Show the story, and only then compare it."""
        app, loading = self._app, self._app.loading
        corpus = loading.corpus
        if corpus is None:
            app.exit(return_code=1)
            return
        await app.corrections.begin()
        names = [name for name, sources in app.stories if sources]
        if not names:
            reasons = "; ".join(f"{r.path}: {r.reason}" for r in corpus.skipped[:5])
            loading.failure = f"no source could be read. {reasons}"
            app.exit(return_code=1)
            return
        last, first = app.state.reading(loading.paths).story, shown_line(loading.first)
        await app.open_story(next((name for name in (last, first) if name in names), names[0]))
        app.call_after_refresh(self._opened)

    def _all_read(self) -> None:
        """All is there: the stories that were found stand in the Library from now on."""
        app, corpus, session = self._app, self._app.loading.corpus, self._app.session
        if app.background is not app.loading.background:
            app.loading.background.stop()
        if corpus is None or session is None:
            return
        if app.loading.failure:
            app.notify(app.loading.failure, severity="error", timeout=20, markup=False)
        ids = tuple(source.id for source in session.sources)
        same = next((name for name, sources in app.corrections.stories() if tuple(s.id for s in sources) == ids), None)
        session.name = same or session.name
        if corpus.found and isinstance(app.screen, ViewScreen):
            stories, sources = counted(len(corpus.found), "story", "stories"), counted(len(corpus.sources), "source")
            app.screen.say(f"{stories} found in these {sources}. ⟨view-library⟩ lists them.")
        self._tell(session)
        app.corrections.all_read(session)
        app.call_after_refresh(app.corpus_search.begin)
        app.watching.begin()


_A_WHILE = 2.0
"""Seconds after which leaving stops a comparison first; a shorter one is nobody's concern."""

_SHORTLY = 0.4
"""Seconds that a comparison waits for the process that still reads, before it takes one of its own."""


class CompareController:
    """`background` is the child that compares; to begin with it is the one that reads."""

    def __init__(self, app: SummitApp, background: Background) -> None:
        self._app = app
        self.background = background
        self._since = 0.0

    async def another(self) -> None:
        """Stop what is compared, and take another child; the one that still reads the corpus reads on."""
        if not self._still_reads(self.background):
            await asyncio.to_thread(self.background.stop)
        self.background = self._new()

    def begin(self, session: Session) -> None:
        """Compare `session`, unless another story is open by now."""
        if session is not self._app.session:
            return
        self._since = time.monotonic()
        session.update(None, compared=False, doing="comparing …")
        self._app.run_worker(lambda: self._take_in(session), thread=True, group="compare")

    async def stop(self) -> bool:
        """Stop a comparison that has gone on for a while, else the reading of the rest; whether there was one."""
        loading, session = self._app.loading, self._app.session
        if self._still_reads(loading.background):
            await asyncio.to_thread(loading.stop)
            return True
        if session is None or not session.doing or time.monotonic() - self._since < _A_WHILE:
            return False
        await asyncio.to_thread(self.background.stop)
        return True

    def _new(self) -> Background:
        return Background(cache=self._app.where.cache / "compare", kinds=self._app.settings.kinds)

    def _still_reads(self, background: Background) -> bool:
        """Whether that process has not read the whole corpus yet."""
        return background is self._app.loading.background and not self._app.loading.finished.is_set()

    def _take_in(self, session: Session) -> None:
        """In a thread: index each report as it comes, and hand it to the session on the interface's thread."""
        from summitreader.comparison.model import Report

        app = self._app
        index: StoryIndex | None = None
        loading = app.loading
        if self.background is loading.background and (not loading.finished.wait(_SHORTLY) or loading.stopped):
            self.background = self._new()
        for message in self.background.compare(session.sources):
            if session is not app.session:
                return
            if isinstance(message, Report):
                index = session.indexed(message)
                app.call_from_thread(session.update, index, compared=bool(message.alone), doing="comparing …")
            elif isinstance(message, Progress):
                doing = f"{message.doing} {round(100 * message.share)} %" if message.share < 1 else "comparing …"
                app.call_from_thread(session.update, None, compared=session.compared, doing=doing)
            elif isinstance(message, Failure):
                session.failure = message.reason
                app.call_from_thread(app.notify, message.reason, severity="error", timeout=20, markup=False)
        app.call_from_thread(session.update, None, compared=session.compared, doing="")
        app.corrections.settle(session)
