"""Textual's driver for Unix terminals, which lets no paste become keys and puts what it draws in its place."""

from __future__ import annotations

from textual.drivers import linux_driver

from summitreader.tui.terminal.pasting import PasteSafeParser
from summitreader.tui.terminal.placing import placed


class TerminalDriver(linux_driver.LinuxDriver):
    """What Textual runs in a real terminal; tests without one have a driver of Textual's own."""

    def write(self, data: str) -> None:
        super().write(placed(data))

    def run_input_thread(self) -> None:
        """Textual makes its parser inside this, by a name of the module."""
        linux_driver.XTermParser = PasteSafeParser  # type: ignore[attr-defined]
        super().run_input_thread()
