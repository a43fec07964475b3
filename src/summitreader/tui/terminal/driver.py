"""Textual's driver for Unix terminals, which lets no paste become keys and puts what it draws in its place."""

from __future__ import annotations

from textual.drivers import linux_driver

from summitreader.tui.terminal.pasting import PasteSafeParser
from summitreader.tui.terminal.placing import placed

_FRAME_BEGINS = "\x1b[?2026h"
_FRAME_ENDS = "\x1b[?2026l"
"""Synchronized output (DEC mode 2026), which Textual sends around each frame."""


class TerminalDriver(linux_driver.LinuxDriver):
    """What Textual runs in a real terminal; tests without one have a driver of Textual's own."""

    _frame = ""
    """What a frame holds so far; empty between frames."""

    def write(self, data: str) -> None:
        """A frame goes out whole: the thread that writes, once awake for the sign that a frame begins, would take turns
        with the one that still draws it."""
        if self._frame:
            data = self._frame + data
            self._frame = ""
        if data.startswith(_FRAME_BEGINS) and not data.endswith(_FRAME_ENDS):
            self._frame = data
        else:
            super().write(placed(data))

    def run_input_thread(self) -> None:
        """Textual makes its parser inside this, by a name of the module."""
        linux_driver.XTermParser = PasteSafeParser  # type: ignore[attr-defined]
        super().run_input_thread()
