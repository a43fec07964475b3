"""Drafts: what is typed into a note, saved while one types, by one writer in the order of the keys.

Saving waits for the disk and for other processes, typing does not: `DraftWriter` takes texts at once and saves the
latest of each draft in a thread. A draft that is finished takes no more: whatever was typed before, and is still to be
saved, can never be written over the note that it became. A save that fails is reported once and tried again.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from summitreader.errors import SummitreaderError

_RETRY_SECONDS = 1.0
_CLOSE_SECONDS = 2.0


@dataclass
class DraftQueue:
    """The drafts that are open, by number, and the latest text of each that is not saved yet. Pure."""

    count: int = 0
    open: dict[str, int] = field(default_factory=dict)
    """The number of the open draft of each key."""
    pending: dict[str, str] = field(default_factory=dict)

    def begin(self, key: str) -> int:
        """Open a draft; texts are taken under the number that this returns, until the key is finished or begun anew."""
        self.count += 1
        self.open[key] = self.count
        return self.count

    def put(self, key: str, number: int, text: str) -> bool:
        """Take a text to be saved; False for one that comes late."""
        if self.open.get(key) != number:
            return False
        self.pending.pop(key, None)
        self.pending[key] = text
        return True

    def finish(self, key: str) -> None:
        """Take no more texts of this draft, and forget those that are not saved."""
        self.open.pop(key, None)
        self.pending.pop(key, None)


class DraftWriter:
    """Saves drafts in a thread, which begins with the first text and ends with `close`.

    `save(key, text)` and `drop(key)` are called one at a time, and raise `SummitreaderError` where they fail. `failed`
    is called, in the thread, with a sentence when saving begins to fail.
    """

    def __init__(self, save: Callable[[str, str], None], drop: Callable[[str], None]) -> None:
        self._save, self._drop = save, drop
        self.failed: Callable[[str], None] = lambda sentence: None
        self._queue = DraftQueue()
        self._changed = threading.Condition()
        self._writing = threading.Lock()
        """Held while a draft is saved or dropped; taken before `_changed`."""
        self._thread: threading.Thread | None = None
        self._closed = False
        self._failing = False

    def begin(self, key: str) -> int:
        """Open a draft and return its number."""
        with self._changed:
            return self._queue.begin(key)

    def write(self, key: str, number: int, text: str) -> None:
        """Have a text saved soon. Returns at once."""
        with self._changed:
            if self._closed or not self._queue.put(key, number, text):
                return
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="drafts", daemon=True)
                self._thread.start()
            self._changed.notify_all()

    def finish(self, key: str) -> None:
        """Drop a draft, whose note is saved. When this returns nothing more is written of it."""
        with self._changed:
            self._queue.finish(key)
        with self._writing:
            self._drop(key)

    def flush(self, seconds: float = _CLOSE_SECONDS) -> bool:
        """Wait until everything is saved; False where that takes longer."""
        end = time.monotonic() + seconds
        with self._changed:
            while self._queue.pending:
                left = end - time.monotonic()
                if left <= 0 or self._failing:
                    return False
                self._changed.wait(left)
        return True

    def close(self) -> None:
        """Save what is pending, for as long as that takes a moment, and end."""
        self.flush()
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def _run(self) -> None:
        while True:
            with self._changed:
                while not self._queue.pending and not self._closed:
                    self._changed.wait()
                if self._closed:
                    return
            self._save_next()
            if self._failing:
                with self._changed:
                    self._changed.wait_for(lambda: self._closed, _RETRY_SECONDS)

    def _save_next(self) -> None:
        with self._writing:
            with self._changed:
                if not self._queue.pending:
                    return
                key, text = next(iter(self._queue.pending.items()))
            try:
                self._save(key, text)
            except Exception as error:  # whatever it is, what is typed stays in the editor and is tried again
                first, self._failing = not self._failing, True
                if first:
                    said = str(error) if isinstance(error, SummitreaderError) else f"{type(error).__name__}: {error}."
                    self.failed(said)
                return
            self._failing = False
            with self._changed:
                if self._queue.pending.get(key) is text:
                    del self._queue.pending[key]
                self._changed.notify_all()


def both_wordings(mine: str, theirs: str) -> str:
    """One note that has the words of both: one of them where it contains the other, else both as paragraphs."""
    if theirs.strip() in mine:
        return mine
    if mine.strip() in theirs:
        return theirs
    return f"{mine.rstrip()}\n\n{theirs.strip()}"
