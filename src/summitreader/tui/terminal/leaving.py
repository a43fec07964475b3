"""How the reader ends when it is told to from outside: by a signal; what was typed is kept."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Callable

_IN_ORDER = 3.0
"""Seconds to leave in. What was typed is kept before they begin."""


def leave_at_signals(leave: Callable[[int], None]) -> None:
    """Call `leave` with the exit status where the program is told to end; called on the interface's thread."""
    loop = asyncio.get_running_loop()
    # SIGBREAK is what Windows sends when the window of a console is closed.
    for number in (
        getattr(signal, name) for name in ("SIGTERM", "SIGINT", "SIGHUP", "SIGBREAK") if hasattr(signal, name)
    ):
        try:
            loop.add_signal_handler(number, _leave, number, leave)
        except NotImplementedError:  # the event loop of Windows
            signal.signal(number, lambda number, frame: loop.call_soon_threadsafe(_leave, number, leave))


def _leave(number: int, leave: Callable[[int], None]) -> None:
    """In order, and without it where the terminal is gone, to which Textual would write for ever."""
    last_resort(128 + number)
    leave(128 + number)


def last_resort(status: int) -> None:
    """End the process in a few seconds, if it has not ended by then."""
    timer = threading.Timer(_IN_ORDER, os._exit, (status,))
    timer.daemon = True
    timer.start()
