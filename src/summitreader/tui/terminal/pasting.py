"""What is pasted is text, whatever stands in it: none of it becomes a key.

A terminal sends a paste between two marks. Textual goes on looking for keys between them, and a page may hold the
closing mark itself, so that words copied from it would press commands. Most terminals take ESC out of what they paste,
not all do. Here a paste is gathered before Textual sees it, and handed on without controls. What follows a closing mark
at once is held back for a moment: where a further closing mark comes then, it was part of the paste too.

The same parser tells Escape from Alt by what came together, and not by time alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from time import monotonic

from textual.events import Paste
from textual.message import Message

from summitreader.config.terminal import has_dark_background
from summitreader.tui.messages import TerminalBackground
from summitreader.tui.terminal.replies import ReplyFilter
from summitreader.tui.terminal.textual_private import BRACKETED_PASTE_END, BRACKETED_PASTE_START, TerminalParser

QUIET = 0.2
"""Seconds without input after a closing mark, after which what was held back is taken for keys."""

LONGEST = 1.0
"""Seconds that what follows a closing mark is held back at most, for a key that is held down."""

UNCLOSED = 3.0
"""Seconds without input after which a paste that has no closing mark is over: the keyboard would be dead until then."""

BY_HAND = 4096
"""Characters in that time up to which it may be keys and the mouse; more is what came of a paste."""

_ESC = "\x1b"
_GO_ON = "[O\x1b"
"""What goes on a sequence that ESC begins. A terminal sends ESC and a letter together where Alt was held; an ESC that
came by itself is the key, however soon the next one is pressed."""

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_MARKS = re.compile(f"{re.escape(BRACKETED_PASTE_START)}|{re.escape(BRACKETED_PASTE_END)}")


def pasted_text(raw: str) -> str:
    """What was pasted without marks and controls; tabs and line ends stay."""
    return _CONTROLS.sub("", _MARKS.sub("", raw))


class PasteSafeParser(TerminalParser):
    """Textual's parser, to which a paste is given as one piece of plain text."""

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        self._tail = ""
        """The last characters that were handed on, in which an opening mark may have begun."""
        self._paste: str | None = None
        """What came of a paste that is not closed yet."""
        self._held: str | None = None
        """What came after a closing mark, while it may still be part of the paste."""
        self._replies = ReplyFilter()
        self._since = self._last = 0.0
        """When the closing mark came, and when anything came in or after the paste."""

    def feed(self, data: str) -> Iterable[Message]:
        if not data:
            yield from self._let_go()
            yield from super().feed(data)
            return
        if self._paste is None and self._held is None:
            is_dark = has_dark_background(data)
            if is_dark is not None:
                yield TerminalBackground(is_dark)
            data = self._replies.feed(data, monotonic())
            if not data:
                return
        if self._held is not None:
            self._held += data
            self._last = monotonic()
            yield from self._look_at_held()
            return
        yield from self._take(data)

    def tick(self) -> Iterable[Message]:
        self._replies.tick(monotonic())
        if self._paste is not None and monotonic() >= self._last + UNCLOSED:
            pasted, self._paste = self._paste, None
            yield from self._hand_on(pasted)
        if self._held is not None:
            quiet = monotonic() >= self._last + QUIET
            if len(self._held) > BY_HAND and quiet:
                pasted, self._held = self._held, None
                yield from self._hand_on(pasted)
            elif len(self._held) <= BY_HAND and (quiet or monotonic() >= self._since + LONGEST):
                yield from self._let_go()
        yield from super().tick()

    def _take(self, data: str) -> Iterable[Message]:
        """`data` where no closing mark is waited upon to be the last."""
        if self._paste is not None:
            yield from self._gather(data)
            return
        if self._tail.endswith(_ESC) and data[0] not in _GO_ON:
            yield from self.end_escape()
        seen = self._tail + data
        begin = seen.find(BRACKETED_PASTE_START)
        if begin < 0:
            self._tail = seen[-(len(BRACKETED_PASTE_START) - 1) :]
            yield from super().feed(data)
            return
        handed_on = len(self._tail)
        after = seen[begin + len(BRACKETED_PASTE_START) :]
        split = begin < handed_on
        """A mark in two pieces: its beginning was handed on, and Textual waits for the rest."""
        before = seen[handed_on : begin + len(BRACKETED_PASTE_START) if split else begin]
        self._tail, self._paste = "", ""
        if before:
            yield from self._but_empty(super().feed(before + (BRACKETED_PASTE_END if split else "")))
        yield from self._gather(after)

    def _gather(self, data: str) -> Iterable[Message]:
        self._paste = (self._paste or "") + data
        self._last = monotonic()
        end = self._paste.find(BRACKETED_PASTE_END, max(0, len(self._paste) - len(data) - len(BRACKETED_PASTE_END)))
        if end < 0:
            return
        pasted, rest = self._paste[:end], self._paste[end + len(BRACKETED_PASTE_END) :]
        self._paste, self._held = None, rest
        self._since = self._last = monotonic()
        yield from self._hand_on(pasted)
        yield from self._look_at_held()

    def _look_at_held(self) -> Iterable[Message]:
        """A further closing mark ends the same paste; an opening one before it may be of the page as well."""
        held = self._held or ""
        end = held.rfind(BRACKETED_PASTE_END)
        if end < 0:
            return
        self._held = held[end + len(BRACKETED_PASTE_END) :]
        self._since = self._last
        yield from self._hand_on(held[:end])

    def _let_go(self) -> Iterable[Message]:
        """What was held back came after the paste."""
        held, self._held = self._held, None
        if held:
            yield from self._take(held)

    def _hand_on(self, raw: str) -> Iterable[Message]:
        text = pasted_text(raw)
        if text:
            yield from super().feed(BRACKETED_PASTE_START + text + BRACKETED_PASTE_END)

    @staticmethod
    def _but_empty(messages: Iterable[Message]) -> Iterable[Message]:
        return (message for message in messages if not (isinstance(message, Paste) and not message.text))
