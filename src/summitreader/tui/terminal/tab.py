"""Textual's driver for a tab of a browser, whose reader ends with the tab, also where the server was killed."""

from __future__ import annotations

from textual.drivers.web_driver import WebDriver

from summitreader.tui.terminal.leaving import last_resort


class TabDriver(WebDriver):
    """What Textual runs where textual-serve started it (`summitreader serve`)."""

    def run_input_thread(self) -> None:
        super().run_input_thread()
        if not self.exit_event.is_set():
            last_resort(0)
            self._app.call_from_thread(self._app.exit)

    def on_meta(self, packet_type: str, payload: dict[str, object]) -> None:
        if packet_type == "quit":
            last_resort(0)
        super().on_meta(packet_type, payload)
