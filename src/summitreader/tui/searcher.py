"""A process of its own that keeps the index of a large corpus and searches it, so that no key waits for either.

The child is `python -m summitreader.tui.searcher`; it never loads Textual. Frames are pickled one by one:

    ("open", index file, hashes) → ("missing", numbers of the texts that the index lacks)
    ("add", [(hash, text), …])   → ("indexed", texts that stand in the index, of how many)
    ("find", serial, Query, order) → ("found", serial, Found)…; a newer one ends an older one
                                 → ("missing", …) again where the index was damaged, ("failed", sentence) where it fails
"""

from __future__ import annotations

import contextlib
import pickle
import queue
import sys
import threading
from collections import deque
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from summitreader.search.corpus import Indexed
    from summitreader.search.index import Index
    from summitreader.search.query import Query

CHUNK = 64
"""Texts that are taken in at once: some 40 ms, after which a search is begun that came meanwhile."""


class _Service:
    """What the child does, one request at a time, searches first."""

    def __init__(self, outgoing: IO[bytes]) -> None:
        self._outgoing = outgoing
        self.inbox: queue.SimpleQueue[tuple[Any, ...] | None] = queue.SimpleQueue()
        self.newest = 0
        """The serial of the search that came last, seen as soon as it comes."""
        self._adds: deque[list[tuple[str, str]]] = deque()
        self._path: Path | None = None
        self._index: Index | None = None
        self._texts: Indexed | None = None
        self._hashes: list[str] = []
        self._missing = 0
        self._find: tuple[int, Query, list[int]] | None = None
        self._incomplete = False
        """Whether the last search was made before every text stood in the index."""

    def send(self, *frame: Any) -> None:
        pickle.dump(frame, self._outgoing, protocol=pickle.HIGHEST_PROTOCOL)
        self._outgoing.flush()

    def run(self) -> None:
        """Until the parent closes the pipe."""
        wanted = False
        while True:
            if not (wanted or self._adds) or not self.inbox.empty():
                frame = self.inbox.get()
                if frame is None:
                    return
                wanted = self._take(frame) or wanted
                continue
            self._guarded(self._search if wanted else self._add)
            wanted = False
            if self._incomplete and self._missing == 0 and self._find is not None:
                wanted = True

    def _take(self, frame: tuple[Any, ...]) -> bool:
        """Take in a request; whether there is something to be searched for."""
        kind, *values = frame
        if kind == "open":
            self._path, self._hashes = values
            self._guarded(self._open)
        elif kind == "add":
            self._adds.append(values[0])
        else:
            self._find = (values[0], values[1], values[2])
            return True
        return False

    def _guarded(self, work: Any) -> None:
        """Do it; a damaged index is made anew, and other failures are told."""
        from summitreader.search.index import IndexDamaged

        try:
            work()
        except IndexDamaged:
            if self._index is not None:
                self._index.throw_away()
            self._adds.clear()
            self._incomplete = self._find is not None
            try:
                self._open()
            except Exception as error:
                self.send("failed", f"The search index could not be built: {error}")
        except Exception as error:
            self.send("failed", f"Searching the corpus failed: {type(error).__name__}: {error}")

    def _open(self) -> None:
        import sqlite3

        from summitreader.search.index import Index, tidy

        try:
            self._index = Index(self._path or Path(":memory:"))
        except (OSError, sqlite3.Error):
            self._index = Index(Path(":memory:"))
        self._texts = None
        known = self._index.hashes()
        wanted = set(self._hashes)
        stale = [hash for hash in known if hash not in wanted]
        if stale:
            self._index.forget(stale)
        if self._path is not None:
            with contextlib.suppress(OSError):
                self._path.touch()
            tidy(self._path.parent)
        first = {hash: n for n, hash in reversed(list(enumerate(self._hashes)))}
        missing = sorted(n for hash, n in first.items() if hash not in known)
        self._missing = len(missing)
        self.send("missing", missing)
        self._tell()

    def _add(self) -> None:
        chunk = self._adds.popleft()
        if self._index is not None:
            self._index.add(chunk)
            self._texts = None
            self._missing -= len(chunk)
            self._tell()

    def _tell(self) -> None:
        self.send("indexed", max(0, len(self._hashes) - self._missing), len(self._hashes))

    def _search(self) -> None:
        from summitreader.search.corpus import Indexed, look_through

        if self._find is None or self._index is None:
            return
        serial, query, order = self._find
        self._incomplete = self._missing > 0
        self._texts = self._texts or Indexed(self._index, self._hashes)
        for found in look_through(self._texts, query, order, cancelled=lambda: self.newest != serial):
            self.send("found", serial, found)


def main() -> None:
    import summitreader.search.index  # noqa: F401 - before two threads import parts of it at once, each waiting for the other

    service = _Service(sys.stdout.buffer)

    def read() -> None:
        while True:
            try:
                frame = pickle.load(sys.stdin.buffer)
            except (EOFError, OSError, pickle.UnpicklingError):
                service.inbox.put(None)
                return
            if frame[0] == "find":
                service.newest = frame[1]
            service.inbox.put(frame)

    threading.Thread(target=read, daemon=True).start()
    with contextlib.suppress(BrokenPipeError, KeyboardInterrupt):
        service.run()


if __name__ == "__main__":
    main()
