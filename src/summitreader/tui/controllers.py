"""What runs beside the views: reading the corpus, comparing the story that is open, applying the reader's corrections.

Each takes the program as `ContextApp` and says what happened in a message (`messages`); the program wires them.
"""

from __future__ import annotations

import asyncio
import time
from copy import copy
from dataclasses import replace
from typing import TYPE_CHECKING

from summitreader.counting import counted
from summitreader.errors import SummitreaderError
from summitreader.notes.files import has_user_edits
from summitreader.text.gate import shown_line
from summitreader.tui.context import ContextApp
from summitreader.tui.messages import AllRead, FirstStoryOpen
from summitreader.tui.view import ViewScreen
from summitreader.tui.workers import Background, Failure, Progress

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from summitreader.config.state import Reading
    from summitreader.text import Source
    from summitreader.tui.story.index import StoryIndex
    from summitreader.tui.story.session import Session


_LOOK = 0.2
"""Seconds between looks at how far the reading has come."""

_AT_FIRST = 0.25
"""Seconds that the program waits for a text before it draws a screen that only says that it is waiting."""


class LoadController:
    """Opens the story that was asked for as soon as it is read, and reads the rest meanwhile. Posts `FirstStoryOpen`
    and `AllRead`."""

    def __init__(self, app: ContextApp, comparing: CompareController, corrections: CorrectionsController) -> None:
        self._app = app
        self._context = app.context
        self._comparing = comparing
        self._corrections = corrections

    def wait_at_first(self) -> None:
        """Before anything is drawn: load what the first story is shown with, and give it a moment to be there."""
        import summitreader.tui.reader.screen  # noqa: F401

        loading = self._context.loading
        if not loading.finished.is_set():
            loading.ready.wait(_AT_FIRST)

    async def begin(self) -> None:
        """Open what is there by now; wait for the rest without keeping anybody waiting."""
        loading = self._context.loading
        if loading.ready.is_set() or loading.finished.is_set():
            await self._open()
        if loading.finished.is_set():
            self._all_read()
        else:
            self._app.run_worker(self._wait(), exclusive=True, group="loading")

    async def _wait(self) -> None:
        app, loading = self._app, self._context.loading
        while not await asyncio.to_thread(loading.ready.wait, _LOOK):
            if isinstance(app.screen, ViewScreen):
                app.screen.show_status()
        if self._context.session is None:
            await self._open()
        while not await asyncio.to_thread(loading.finished.wait, _LOOK):
            if self._context.session is not None:
                self._tell(self._context.session)
        self._all_read()

    def _tell(self, session: Session) -> None:
        """Say how far the reading has come; a Library that stands open lists what is there by now."""
        session.doing_changed.publish(None)
        if isinstance(self._app.screen, ViewScreen) and self._app.screen.VIEW == "view-library":
            session.update(copy(session.index), compared=session.compared, doing=session.doing)

    async def _open(self) -> None:
        """Show the story, and only then compare it."""
        app, loading = self._app, self._context.loading
        corpus = loading.corpus
        if corpus is None:
            app.exit(return_code=1)
            return
        await self._corrections.begin()
        names = [name for name, sources in self._context.stories if sources]
        if not names:
            reasons = "; ".join(f"{r.path}: {r.reason}" for r in corpus.skipped[:5])
            loading.failure = f"no source could be read. {reasons}"
            app.exit(return_code=1)
            return
        last, first = self._context.state.reading(loading.paths).story, shown_line(loading.first)
        name = next((name for name in (last, first) if name in names), names[0])
        moved: Callable[[Reading], Reading] = lambda where: where  # noqa: E731
        for story, sources in self._context.stories:
            if draft := loading.draft_in(sources):
                name, moved = story, _leading(story, draft, [one.id for one in sources], layout="margin")
            for source in sources:
                if loading.showing is not None and corpus.root / (source.path or "") == loading.showing:
                    name, moved = story, _leading(story, source.id, [one.id for one in sources])
        await self._context.open_story(name, moved)
        app.call_after_refresh(app.post_message, FirstStoryOpen())

    def _all_read(self) -> None:
        """All is there: the stories that were found stand in the Library from now on."""
        app, corpus, session = self._app, self._context.loading.corpus, self._context.session
        loading = self._context.loading
        if self._comparing.background is not loading.background:
            loading.background.stop()
        if corpus is None or session is None:
            return
        if loading.failure:
            app.notify(loading.failure, severity="error", timeout=20, markup=False)
        ids = tuple(source.id for source in session.sources)
        same = next(
            (name for name, sources in self._context.corrections.stories() if tuple(s.id for s in sources) == ids), None
        )
        session.name = same or session.name
        if corpus.found and isinstance(app.screen, ViewScreen):
            stories, sources = counted(len(corpus.found), "story", "stories"), counted(len(corpus.sources), "source")
            app.screen.say(f"{stories} found in these {sources}. ⟨view-library⟩ lists them.")
        self._tell(session)
        self._corrections.all_read(session)
        app.post_message(AllRead())


def _leading(story: str, id: str, ids: Sequence[str], layout: str = "") -> Callable[[Reading], Reading]:
    """Where one is in `story`, whose sources are `ids`, with its source `id` in the first pane, in a `layout`."""

    def moved(where: Reading) -> Reading:
        chosen = where.chosen if where.story == story else ids
        order = [id, *(other for other in chosen if other != id)]
        return replace(where, story=story, lead=id, chosen=order, layout=layout or where.layout)

    return moved


_A_WHILE = 2.0
"""Seconds after which leaving stops a comparison first; a shorter one is nobody's concern."""

_SHORTLY = 0.4
"""Seconds that a comparison waits for the process that still reads, before it takes one of its own."""


class CompareController:
    """`background` is the child that compares; to begin with it is the one that reads."""

    def __init__(self, app: ContextApp, background: Background) -> None:
        self._app = app
        self._context = app.context
        self.background = background
        self._since = 0.0

    async def another(self) -> None:
        """Stop what is compared, and take another child; the one that still reads the corpus reads on."""
        if not self._still_reads(self.background):
            await asyncio.to_thread(self.background.stop)
        self.background = self._new()

    def begin(self, session: Session) -> None:
        """Compare `session`, unless another story is open by now."""
        if session is not self._context.session:
            return
        self._since = time.monotonic()
        session.update(None, compared=False, doing="comparing …")
        self._app.run_worker(lambda: self._take_in(session), thread=True, group="compare")

    async def stop(self) -> bool:
        """Stop a comparison that has gone on for a while, else the reading of the rest; whether there was one."""
        loading, session = self._context.loading, self._context.session
        if self._still_reads(loading.background):
            await asyncio.to_thread(loading.stop)
            return True
        if session is None or not session.doing or time.monotonic() - self._since < _A_WHILE:
            return False
        await asyncio.to_thread(self.background.stop)
        return True

    def _new(self) -> Background:
        context = self._context
        ocr = context.loading.background.ocr
        return Background(cache=context.where.cache / "compare", kinds=context.settings.kinds, ocr=ocr)

    def _still_reads(self, background: Background) -> bool:
        """Whether that process has not read the whole corpus yet."""
        return background is self._context.loading.background and not self._context.loading.finished.is_set()

    def _take_in(self, session: Session) -> None:
        """In a thread: index each report as it comes, and hand it to the session on the interface's thread."""
        from summitreader.comparison.model import Report

        app = self._app
        index: StoryIndex | None = None
        loading = self._context.loading
        if self.background is loading.background and (not loading.finished.wait(_SHORTLY) or loading.stopped):
            self.background = self._new()
        for message in self.background.compare(session.sources, loading.draft_in(session.sources)):
            if session is not self._context.session:
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
        self.settle(session)

    def settle(self, session: Session) -> None:
        """In a thread: what follows from links and speakers by hand, worked out in the other process."""
        own = session.own
        if not own or not session.compared or session is not self._context.session:
            return
        draft = self._context.loading.draft_in(session.sources)
        report = self.background.settle(session.found, own, draft)
        if report is None or session is not self._context.session or session.own != own:
            return
        index = session.index_of(report)
        self._app.call_from_thread(session.update, index, compared=session.compared, doing=session.doing)


class CorrectionsController:
    """Applies what the reader corrects, off the interface's thread: links and threads at once, divergences after them.
    Where a source itself is another one now, its story is read and compared again, at the place where one was."""

    def __init__(self, app: ContextApp, comparing: CompareController) -> None:
        self._app = app
        self._context = app.context
        self._comparing = comparing
        self._seen = (0, 0, 0)

    async def begin(self) -> None:
        """Before the first story is shown: read the corrections, where there may be any."""
        if await asyncio.to_thread(has_user_edits, self._context.where.data):
            self._context.open_store()
            await self.read_again()

    def all_read(self, session: Session) -> None:
        """The whole corpus is there: corrections of the sources that came late apply from now on."""
        store = self._context.store
        if store is not None and store.corrections_mark != (0, 0, 0):
            self._app.run_worker(self._apply(session), exclusive=True, group="corrections")

    def attend(self, session: Session) -> None:
        """Apply what is corrected while `session` is read."""
        session.loaded = self._context.corrections.loaded(session.sources)
        session.own = self._context.corrections.own(session.sources)
        session.notes.changed.subscribe(self._app, lambda _: self._look(session))

    def _look(self, session: Session) -> None:
        """The notes changed: so may have the corrections, which is cheap to know."""
        store = session.notes.store
        if session is self._context.session and store is not None and store.corrections_mark != self._seen:
            self._app.run_worker(self._apply(session), exclusive=True, group="corrections")

    async def read_again(self) -> None:
        """Read what is saved now, placed in the texts of now."""
        store, corpus = self._context.store, self._context.loading.corpus
        if store is None or corpus is None:
            return
        try:
            self._seen = store.corrections_mark
            found = await asyncio.to_thread(store.corrections, corpus.sources, root=corpus.root)
            self._context.corrections.corrections = found
        except SummitreaderError as error:  # this runs in a worker, where an error would end the reader
            self._app.notify(str(error), severity="error", markup=False, timeout=8)

    async def _apply(self, session: Session) -> None:
        await self.read_again()
        if session is not self._context.session:
            return
        stories = dict(self._context.corrections.stories())
        if stories.get(session.name) != session.sources:
            await self._open_again(session, stories)
            return
        session.own = self._context.corrections.own(session.sources)
        index = await asyncio.to_thread(session.indexed, session.found)
        if session is self._context.session:
            session.update(index, compared=session.compared, doing=session.doing)
            if session.compared and not session.doing:
                settle = self._comparing.settle
                self._app.run_worker(lambda: settle(session), thread=True, group="settle", exclusive=True)

    async def _open_again(self, session: Session, stories: Mapping[str, tuple[Source, ...]]) -> None:
        """The story as it is now, at the place and in the view where one was."""
        view = getattr(self._app.screen, "VIEW", "")
        name, reader = session.name, self._context.navigation.reader
        if name not in stories and reader is not None:
            id = session.sources[reader.active_number].id
            name = next((name for name, sources in stories.items() if any(s.id == id for s in sources)), name)
        await self._context.open_story(name)
        if view and view != "view-reader":
            await self._context.navigation.show(view)
