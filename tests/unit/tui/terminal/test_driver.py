"""What is drawn goes to the terminal frame by frame."""

from __future__ import annotations

import pytest
from textual.drivers.linux_driver import LinuxDriver

from summitreader.tui.terminal.driver import TerminalDriver


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the driver handed on, write by write."""
    written: list[str] = []
    monkeypatch.setattr(LinuxDriver, "write", lambda _, data: written.append(data))
    return written


def test_a_frame_goes_out_in_one_write(sent: list[str]) -> None:
    driver = TerminalDriver.__new__(TerminalDriver)
    for data in ("\x1b[?2026h", "\x1b[1;1Hwords", "\x1b[?2026l", "\x1b[?25h"):
        driver.write(data)
    assert sent == ["\x1b[?2026h\x1b[1;1Hwords\x1b[?2026l", "\x1b[?25h"]


def test_a_terminal_without_frames_is_sent_each_write_at_once(sent: list[str]) -> None:
    driver = TerminalDriver.__new__(TerminalDriver)
    for data in ("\x1b[1;1Hone", "\x1b[2;1Hother"):
        driver.write(data)
    assert sent == ["\x1b[1;1Hone", "\x1b[2;1Hother"]
