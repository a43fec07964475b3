"""What searches all stories of the corpus that is open, as it stands now: it may still be read, or be put right."""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import pickle
import subprocess
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from summitreader.processes import module_command
from summitreader.search import Query
from summitreader.search.corpus import Found, InMemory, look_through
from summitreader.text import Source
from summitreader.tui.searcher import CHUNK
from summitreader.tui.workers import program

if TYPE_CHECKING:
    from summitreader.config.places import Places
    from summitreader.tui.corrections import Corrections
    from summitreader.tui.story.session import Session
    from summitreader.tui.workers import Loading


class Program(Protocol):
    """Whose corpus is searched."""

    session: Session | None
    loading: Loading
    where: Places
    corrections: Corrections

    @property
    def stories(self) -> list[tuple[str, tuple[Source, ...]]]: ...


class CorpusSearch:
    """`now` is made anew when the stories are others; a large corpus is indexed once all of it is read."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._made: tuple[object, object, WholeCorpus] | None = None

    @property
    def now(self) -> WholeCorpus | None:
        """None until there is a story."""

        app = self._program
        if app.session is None or app.loading.corpus is None:
            return None
        stands, whole = app.corrections.stories(), app.loading.finished.is_set()
        if self._made is None or self._made[0] is not stands or self._made[1] != (app.session.name, whole):
            self.stop()
            named = "\n".join(str(path.resolve()) for path in app.loading.paths)
            made = WholeCorpus(app.stories, app.where.cache / "search", named, indexes=whole)
            self._made = (stands, (app.session.name, whole), made)
        return self._made[2]

    def begin(self) -> None:
        """Begin the index of a large corpus."""
        if (whole := self.now) is not None:
            whole.begin()

    def stop(self) -> None:
        if self._made is not None:
            self._made[2].stop()
            self._made = None


LARGE = 3_000_000
"""Characters from which on a corpus is searched through an index; fewer are searched in a tenth of a second."""

Take = Callable[[Found], None]


class WholeCorpus:
    """The texts of all stories, numbered through. `search` tells what it finds, in a thread, until a newer one begins.

    The index of a large corpus stands in `folder` under the corpus's `name`; `indexed` is how much of
    the corpus stands in it, 0 to 1.
    """

    def __init__(
        self, stories: Sequence[tuple[str, Sequence[Source]]], folder: Path, name: str, *, indexes: bool = True
    ) -> None:
        self.places = [(story, n) for story, sources in stories for n in range(len(sources))]
        """Of each text, the name of its story, and its number there."""
        self.sources = [source for _, sources in stories for source in sources]
        self.first = {story: at for at, (story, n) in reversed(list(enumerate(self.places))) if n == 0}
        """The number of a story's first text."""
        self.is_large = indexes and sum(len(source.text) for source in self.sources) >= LARGE
        self.indexed = 0.0
        self.told: Callable[[], None] = lambda: None
        """Called in a thread when more of the corpus stands in the index."""
        self._folder = folder
        self._name = name
        self._child: subprocess.Popen[bytes] | None = None
        self._sending = threading.Lock()
        self._serial = 0
        self._take: Take = lambda found: None
        self._failed = False

    def others(self, story: str) -> list[int]:
        """The texts of all stories but that one."""
        return [n for n, (name, _) in enumerate(self.places) if name != story]

    def begin(self) -> None:
        """Make the index of a large corpus, in the background; nothing where it is small or this was done."""
        if not self.is_large or self._child is not None or self._failed:
            return
        self._child = program(module_command("summitreader.tui.searcher"))
        threading.Thread(target=self._open, daemon=True).start()
        threading.Thread(target=self._listen, args=(self._child,), daemon=True).start()

    def search(self, query: Query, order: Sequence[int], take: Take) -> None:
        """Search the texts of `order` for `query`; `take` hears of it in a thread. An older search ends."""
        self._serial += 1
        self._take = take
        self.begin()
        if self._child is not None and not self._failed:
            serial = self._serial
            threading.Thread(target=self._send, args=("find", serial, query, list(order)), daemon=True).start()
        else:
            threading.Thread(target=self._in_memory, args=(self._serial, query, order, take), daemon=True).start()

    def search_aside(self, query: Query, order: Sequence[int], heard: Callable[[Query, Found], object]) -> None:
        """The same for the interface: `heard` is called in its loop."""
        loop, context = asyncio.get_running_loop(), contextvars.copy_context()

        def take(found: Found) -> None:
            with contextlib.suppress(RuntimeError):  # the loop may end at any time
                loop.call_soon_threadsafe(heard, query, found, context=context)

        self.search(query, order, take)

    def end_search(self) -> None:
        """Nobody waits for what is being searched."""
        self._serial += 1
        self._take = lambda found: None

    def stop(self) -> None:
        """End the child, whatever it is doing; what stands in the index stays."""
        self._serial += 1
        child, self._child, self._failed = self._child, None, True
        if child is None:
            return
        if child.poll() is None:
            child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError, ValueError):
                    pipe.close()

    def _in_memory(self, serial: int, query: Query, order: Sequence[int], take: Take) -> None:
        texts = InMemory([source.text for source in self.sources])
        for found in look_through(texts, query, order, cancelled=lambda: serial != self._serial):
            if serial == self._serial:
                take(found)

    def _open(self) -> None:
        from summitreader.search.index import index_file

        self._send("open", index_file(self._folder, self._name), [source.sha256 for source in self.sources])

    def _send(self, *frame: object) -> None:
        child = self._child
        if child is None or child.stdin is None:
            return
        data = pickle.dumps(frame, protocol=pickle.HIGHEST_PROTOCOL)
        with self._sending, contextlib.suppress(OSError, ValueError):
            if frame[0] != "find" or frame[1] == self._serial:
                child.stdin.write(data)
                child.stdin.flush()

    def _add(self, missing: Sequence[int]) -> None:
        for at in range(0, len(missing), CHUNK):
            chunk = [self.sources[n] for n in missing[at : at + CHUNK]]
            self._send("add", [(source.sha256, source.text) for source in chunk])

    def _listen(self, child: subprocess.Popen[bytes]) -> None:
        assert child.stdout is not None
        while True:
            try:
                kind, *values = pickle.load(child.stdout)
            except (EOFError, OSError, ValueError, pickle.UnpicklingError):
                break
            if kind == "missing":
                threading.Thread(target=self._add, args=(values[0],), daemon=True).start()
            elif kind == "indexed":
                self.indexed = values[0] / max(1, values[1])
                self.told()
            elif kind == "found":
                if values[0] == self._serial:
                    self._take(values[1])
            else:
                break
        if child is self._child:  # it failed: what is asked from now on is searched without an index
            self._failed = True
            with contextlib.suppress(OSError):
                child.kill()
            child.wait()
