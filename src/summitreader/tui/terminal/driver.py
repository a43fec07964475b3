"""Textual's driver for Unix terminals: no paste becomes keys, and of what is drawn only what differs is sent."""

from __future__ import annotations

import codecs
import os
import selectors
from functools import cached_property

from textual import events
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from summitreader.config.terminal import ASK_BACKGROUND, hears_osc52
from summitreader.tui.terminal.pasting import PasteSafeParser
from summitreader.tui.terminal.placing import placed
from summitreader.tui.terminal.thinning import Thinning

_AT_ONCE = 4096
"""Bytes read at a time."""
_TICK = 0.1
"""Seconds after which the parser is asked whether what it waits for is a key by itself."""

_FRAME_BEGINS = "\x1b[?2026h"
_FRAME_ENDS = "\x1b[?2026l"
"""Synchronized output (DEC mode 2026), which Textual sends around each frame."""


class TerminalDriver(LinuxDriver):
    """What Textual runs in a real terminal; tests without one have a driver of Textual's own."""

    _frame = ""
    """What a frame holds so far; empty between frames."""
    _is_stale = False
    """Whether the terminal may show something else than it was told."""

    def start_application_mode(self) -> None:
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if hears_osc52(os.environ):  # others may show what they do not know
            self.write(ASK_BACKGROUND)

    @cached_property
    def _thinning(self) -> Thinning:
        return Thinning()

    def process_message(self, message: Message) -> None:
        if isinstance(message, events.Resize | events.AppFocus):
            self._is_stale = True
        super().process_message(message)

    def write(self, data: str) -> None:
        """A frame goes out whole: the thread that writes, once awake for the sign that a frame begins, would take turns
        with the one that still draws it."""
        if self._frame:
            data = self._frame + data
            self._frame = ""
        if data.startswith(_FRAME_BEGINS) and not data.endswith(_FRAME_ENDS):
            self._frame = data
        else:
            if self._is_stale:  # set in any thread, and in the middle of a frame
                self._is_stale = False
                self._thinning.forget()
            super().write(placed(self._thinning.thinned(data)))

    def run_input_thread(self) -> None:
        """Read the keyboard until the program ends, as Textual does, with a parser of the program's own. A byte that is
        not UTF-8 (a Latin-1 terminal, a mouse report of the old kind) is a `�` here, and ends Textual otherwise:
        https://github.com/Textualize/textual/issues/6456"""
        decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        parser = PasteSafeParser()
        with selectors.DefaultSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                text = decode(os.read(self.fileno, _AT_ONCE)) if selector.select(_TICK) else ""
                try:
                    for message in (*(parser.feed(text) if text else ()), *parser.tick()):
                        self.process_message(message)
                except ValueError:  # a report that Textual cannot read, as of a key without a character
                    parser = PasteSafeParser()
