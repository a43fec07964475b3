"""Every mode that the reader asks of the terminal is taken back at the end, however it comes: byte for byte."""

from __future__ import annotations

import os
import re
import signal
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.test_hostile import calm, trial

__all__ = ["calm", "trial"]

pytestmark = pytest.mark.terminal

AT_REST = {"7": "h", "25": "h"}
"""Modes that are on before a program begins: line wrap, and the cursor. All others are off."""


def left_on(sent: bytes) -> set[str]:
    """The private modes of the terminal that are not as they were, and what is left of the stack of keyboard modes."""
    last = dict(re.findall(rb"\x1b\[\?(\d+)([hl])", sent))
    modes = {mode.decode() for mode, state in last.items() if state.decode() != AT_REST.get(mode.decode(), "l")}
    pushed = len(re.findall(rb"\x1b\[>\d+u", sent)) - sent.count(b"\x1b[<u")
    return modes | ({"keyboard"} if pushed > 0 else set())


@pytest.mark.parametrize(
    ("ending", "status"),
    [("q", 0), (b"\x11", 0), (signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)],
    ids=["q", "Ctrl-Q", "SIGTERM", "SIGHUP", "SIGINT"],
)
@pytest.mark.parametrize("opened", ["", "?", "a", "/"], ids=["reader", "help", "note", "search"])
def test_the_terminal_is_as_it_was(
    trial: Any, calm: Path, ending: signal.Signals | str | bytes, status: int, opened: str
) -> None:
    if isinstance(ending, str) and opened:
        pytest.skip("q is typed there, or leaves only the panel")
    terminal = trial.Terminal(trial.reader(calm.parent / "data", str(calm)))
    assert terminal.until("Officials") is not None
    assert left_on(terminal.sent) > {"1049", "2004"}
    if opened:
        terminal.type(opened)
    if isinstance(ending, signal.Signals):
        os.kill(terminal.pid, ending)
    else:
        terminal.type(ending)
    assert terminal.close() == status
    assert left_on(terminal.sent) == set()
