"""The comparison of the story that is open: made by a child, taken in as it comes, and stopped when one leaves."""

from __future__ import annotations

import asyncio
import gc
import time
from typing import TYPE_CHECKING

from summitreader.tui.background import Background, Failure, Progress

if TYPE_CHECKING:
    from summitreader.tui.app import SummitApp
    from summitreader.tui.session import Session
    from summitreader.tui.story import StoryIndex

_A_WHILE = 2.0
"""Seconds after which leaving stops a comparison first; a shorter one is nobody's concern."""

_SHORTLY = 0.4
"""Seconds that a comparison waits for the process that still reads, before it takes one of its own."""


class Comparing:
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
        app.by_hand.settle(session)
        gc.freeze()  # a long story's sources and links are there to stay: they are not gone through again and again
