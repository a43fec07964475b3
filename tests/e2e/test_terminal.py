"""What the shell finds when the reader leaves it or is made to leave, for good or for a while."""

from __future__ import annotations

import shlex
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.e2e.conftest import Running, Terminal, not_the_first_start

pytestmark = pytest.mark.terminal

TEXT = "The dam held\n\nEngineers said on Monday that the Marn dam had held.\n\nSome 40 families slept in a school.\n"
LAST = "Some 40 families"
COMPARED = "No match found"
Shell = Callable[..., Terminal]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "dam"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    return folder


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[Shell]:
    """`shell(runner)`: an interactive shell in a terminal, and the reader started from it by `runner` or by itself."""
    terminals: list[Terminal] = []

    def open_shell(*arguments: object, runner: Path | None = None) -> Terminal:
        terminal = Terminal(tmp_path, "unset COLUMNS LINES; PS1='ready$ ' exec bash --norc --noprofile -i", 100, 30)
        terminals.append(terminal)
        not_the_first_start(tmp_path / "data")
        terminal.shows("ready$")
        program = [sys.executable, str(runner)] if runner else [sys.executable, "-m", "summitreader"]
        words = [*program, "--data-dir", str(tmp_path / "data"), *map(str, arguments)]
        terminal.type(f"text:clear; {shlex.join(words)}; echo status $?", "Enter")
        return terminal

    yield open_shell
    for terminal in terminals:
        terminal.close()


def state(terminal: Terminal) -> str:
    """Alternate screen, mouse, cursor, line wrap and bracketed paste, as the terminal has them."""
    formats = "#{alternate_on} #{mouse_any_flag} #{mouse_all_flag} #{mouse_sgr_flag} #{cursor_flag} #{wrap_flag}"
    return terminal._tmux("display-message", "-p", formats).strip()


AS_IT_WAS = "0 0 0 0 1 1"


def has_state(terminal: Terminal, wanted: str) -> bool:
    end = time.monotonic() + 60
    while state(terminal) != wanted and time.monotonic() < end:
        time.sleep(0.05)
    return state(terminal) == wanted


def test_leaving_gives_the_terminal_back(shell: Shell, corpus: Path) -> None:
    terminal = shell(corpus)
    terminal.shows(LAST)
    assert state(terminal) != AS_IT_WAS
    terminal.type("q")
    terminal.shows("status 0")
    assert has_state(terminal, AS_IT_WAS)
    terminal.type("text:echo typed $((20 + 3))", "Enter")
    terminal.shows("typed 23")


def test_control_c_says_how_to_leave_and_ends_nothing(running: Running, corpus: Path) -> None:
    terminal = running(corpus)
    terminal.shows(LAST)
    terminal.type("C-c")
    terminal.shows("q closes")
    terminal.type("j")
    terminal.shows(LAST)
    terminal.type("a")
    terminal.shows("note on")
    terminal.type("text:half a", "C-c", "text: thought")
    terminal.shows("half a thought")


def test_control_z_goes_to_the_shell_and_fg_comes_back_to_the_same_screen(shell: Shell, corpus: Path) -> None:
    terminal = shell(corpus)
    terminal.shows(LAST)
    terminal.type("j", "j", "C-z")
    terminal.shows("Stopped")
    assert has_state(terminal, AS_IT_WAS)
    assert LAST not in terminal.screen()
    terminal.type("text:echo typed $((20 + 3))", "Enter")
    terminal.shows("typed 23")
    terminal.resize(90, 24)
    terminal.type("text:fg", "Enter")
    whole = "the reader's whole screen, and nothing of the shell's"
    terminal.until(lambda screen: LAST in screen and "help" in screen and "typed 23" not in screen, whole)
    terminal.type("k", "/", "text:Marn")
    terminal.shows("1 of 1")
    terminal.type("Escape")
    terminal.hides("1 of 1")
    terminal.type("q")
    assert has_state(terminal, AS_IT_WAS)
    terminal.type("text:echo status $?", "Enter")
    terminal.shows("status 0")


CRASHING = """
import sys

if __name__ != "__main__":  # the process that compares is started from this file too
    raise SystemExit

from summitreader.tui.app import SummitApp
from summitreader.tui.reader.screen import ReaderScreen

fits = ReaderScreen.on_resize

def fail(self, event):
    if event.size.width == 90:
        raise RuntimeError("a fault that nobody thought of")
    fits(self, event)

ReaderScreen.on_resize = fail
SummitApp.survives = lambda app, error: False
from summitreader.cli import main
sys.exit(main())
"""


def test_a_crash_leaves_the_terminal_as_it_was_says_what_happened_and_keeps_what_was_typed(
    shell: Shell, corpus: Path, tmp_path: Path
) -> None:
    runner = tmp_path / "runner.py"
    runner.write_text(CRASHING, encoding="utf-8")
    terminal = shell(corpus, runner=runner)
    terminal.shows(LAST)
    terminal.shows(COMPARED)
    terminal.type("j", "a")
    terminal.shows("note on")
    terminal.type("text:kept before the fault", "Enter")
    terminal.hides("note on")
    terminal.resize(90, 24)
    screen = terminal.shows("status 1")
    assert "RuntimeError" in screen and "a fault that nobody thought of" in screen
    assert has_state(terminal, AS_IT_WAS)
    listed = [sys.executable, "-m", "summitreader", "--data-dir", str(tmp_path / "data"), "notes", "list"]
    assert "kept before the fault" in subprocess.run(listed, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(("signal", "status"), [("TERM", 143), ("HUP", 129), ("INT", 130)])
def test_a_signal_leaves_the_terminal_as_it_was(
    shell: Shell, corpus: Path, tmp_path: Path, signal: str, status: int
) -> None:
    terminal = shell(corpus)
    terminal.shows(LAST)
    subprocess.run(["pkill", f"-{signal}", "-f", f"summitreader --data-dir {tmp_path}"], check=True)
    terminal.shows(f"status {status}")
    assert has_state(terminal, AS_IT_WAS)
    assert LAST not in terminal.screen()
