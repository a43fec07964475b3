"""What is posted up to the program, and what the program says for a while: which sentence, how long, until which key.

A sentence said later stands before one said earlier; one that is grave (an error, a warning) stands again where it was
pushed aside before its time. A key takes away what has stood long enough to be seen.
"""

from __future__ import annotations

import time
import traceback
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from textual.message import Message


class FirstStoryOpen(Message):
    """The first story is on the screen."""


class TerminalBackground(Message):
    """The terminal answered what colour is behind its letters."""

    def __init__(self, is_dark: bool) -> None:
        super().__init__()
        self.is_dark = is_dark


class AllRead(Message):
    """The whole corpus is read."""


SEEN_AFTER = 0.5
"""Seconds after which a key takes a sentence away; one that comes sooner was pressed before it could be read."""

GRAVE_SEEN_AFTER = 3.0
"""The same for what is grave."""

GRAVE_STANDS = 10.0
"""Seconds that what is grave stands at least, if no key takes it away."""

_MOST = 5

LOG = "errors.log"
"""What could not be expected is written to this file in the state folder; Textual draws on stderr."""

_LONGEST_LOG = 1_000_000


def log_unexpected(error: BaseException, state: Path, doing: str) -> None:
    """Append an error, and what was being done, to the log; where that cannot be written, nothing is done."""
    with suppress(OSError):
        state.mkdir(parents=True, exist_ok=True)
        path = state / LOG
        mode = "a" if not path.is_file() or path.stat().st_size < _LONGEST_LOG else "w"
        with path.open(mode, encoding="utf-8", errors="backslashreplace") as log:
            log.write(f"{datetime.now():%Y-%m-%d %H:%M:%S} {doing}\n{''.join(traceback.format_exception(error))}\n")


@dataclass(slots=True)
class Said:
    """A sentence; `left` are the seconds that it has yet to stand, counted while it is seen."""

    words: str
    grave: bool
    left: float
    since: float


class MessageQueue:
    """Holds what is said; `changed` is called whenever another sentence stands, or none."""

    def __init__(self, changed: Callable[[], None], clock: Callable[[], float] = time.monotonic) -> None:
        self._stack: list[Said] = []
        self.recent: deque[str] = deque(maxlen=20)
        """What was said last, the newest at the end."""
        self._changed = changed
        self._clock = clock

    @property
    def now(self) -> Said | None:
        """What stands now."""
        return self._stack[-1] if self._stack else None

    def say(self, words: str, *, grave: bool, seconds: float) -> None:
        """Let `words` stand for `seconds`; what is grave is not lost to what is said after it, all else is."""
        self.recent.append(words)
        now = self._clock()
        top = self.now
        if top is not None:
            top.left -= now - top.since
            top.since = now
        self._stack = [said for said in self._stack if said.grave and said.words != words and said.left > 0][-_MOST:]
        self._stack.append(Said(words, grave, max(seconds, GRAVE_STANDS) if grave else seconds, now))
        self._changed()

    def key_pressed(self) -> None:
        """A key was pressed: what has been seen goes."""
        if not self._stack:
            return
        top = self._stack[-1]
        if self._clock() - top.since >= (GRAVE_SEEN_AFTER if top.grave else SEEN_AFTER):
            self._take_away()

    def time_passed(self) -> None:
        """Take away what has stood its time."""
        top = self.now
        if top is not None and self._clock() - top.since >= top.left - 0.01:
            self._take_away()

    def _take_away(self) -> None:
        self._stack.pop()
        if self._stack:
            self._stack[-1].since = self._clock()
        self._changed()
