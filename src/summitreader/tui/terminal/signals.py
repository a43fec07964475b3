"""What ends the program from outside: it leaves in order, and the exit status names the signal."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Callable

_IN_ORDER = 3.0
"""Seconds to leave in after a signal. What was typed is kept before they begin."""


def leave_at_signals(leave: Callable[[int], None]) -> None:
    """Call `leave` with the exit status where the program is told to end; called on the interface's thread."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        loop.add_signal_handler(number, _leave, number, leave)


def _leave(number: signal.Signals, leave: Callable[[int], None]) -> None:
    """In order, and without it where the terminal is gone, to which Textual would write for ever."""
    last_resort = threading.Timer(_IN_ORDER, os._exit, (128 + number,))
    last_resort.daemon = True
    last_resort.start()
    leave(128 + number)
