"""Searching all stories of the corpus that is open, in threads; it may still be loading, or be corrected."""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from summitreader.search import Query
from summitreader.search.corpus import Found, Texts, look_through
from summitreader.text import Source

if TYPE_CHECKING:
    from summitreader.tui.story.session import Session
    from summitreader.tui.workers import Loading

Stories = Sequence[tuple[str, Sequence[Source]]]


class Program(Protocol):
    """Whose corpus is searched."""

    session: Session | None
    loading: Loading

    @property
    def stories(self) -> list[tuple[str, tuple[Source, ...]]]: ...


class CorpusSearch:
    """`now` is made anew when the stories are others; texts that did not change are not folded again."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._made: WholeCorpus | None = None

    @property
    def now(self) -> WholeCorpus | None:
        """None until there is a story."""
        app = self._program
        if app.session is None or app.loading.corpus is None:
            return None
        stories = app.stories
        if self._made is None or self._made.stories != stories:
            before, self._made = self._made, WholeCorpus(stories, self._made)
            if before is not None:
                before.stop()
                if before.is_prepared:
                    self._made.prepare()
        return self._made

    def begin(self) -> None:
        """Prepare the texts, once all are read."""
        if (whole := self.now) is not None:
            whole.prepare()

    def stop(self) -> None:
        if self._made is not None:
            self._made.stop()
            self._made = None


class WholeCorpus:
    """The texts of all stories, numbered through. A search calls back from a thread until a newer one begins."""

    def __init__(self, stories: Stories, before: WholeCorpus | None = None) -> None:
        self.stories = stories
        self.places = [(story, n) for story, sources in stories for n in range(len(sources))]
        """Of each text, the name of its story, and its number there."""
        self.sources = [source for _, sources in stories for source in sources]
        self.first = {story: at for at, (story, n) in reversed(list(enumerate(self.places))) if n == 0}
        """The number of a story's first text."""
        self.is_prepared = False
        """Whether the texts are prepared, or are being so."""
        known: Texts | None = before._texts if before is not None else None
        self._texts: Texts = Texts([source.text for source in self.sources], known)
        self._serial = 0
        self._stopped = False

    def others(self, story: str) -> list[int]:
        """The texts of all stories but that one."""
        return [n for n, (name, _) in enumerate(self.places) if name != story]

    def prepare(self) -> threading.Thread:
        """Fold the texts, and collect their words, before they are searched."""
        self.is_prepared = True
        thread = threading.Thread(target=self._texts.prepare, args=(lambda: self._stopped,), daemon=True)
        thread.start()
        return thread

    def search(self, query: Query, order: Sequence[int], take: Callable[[Found], object]) -> None:
        """Search the texts of `order` for `query`; `take` is called in a thread. An older search ends."""
        self._serial += 1
        serial = self._serial

        def run() -> None:
            for found in look_through(self._texts, query, order, cancelled=lambda: serial != self._serial):
                if serial == self._serial:
                    take(found)

        threading.Thread(target=run, daemon=True).start()

    def search_aside(self, query: Query, order: Sequence[int], heard: Callable[[Query, Found], object]) -> None:
        """The same for the interface: `heard` is called in its loop."""
        loop, context = asyncio.get_running_loop(), contextvars.copy_context()

        def take(found: Found) -> None:
            with contextlib.suppress(RuntimeError):  # the loop may end at any time
                loop.call_soon_threadsafe(heard, query, found, context=context)

        self.search(query, order, take)

    def end_search(self) -> None:
        """Cancel the search that is running, if any."""
        self._serial += 1

    def stop(self) -> None:
        """End all threads."""
        self._stopped = True
        self.end_search()
