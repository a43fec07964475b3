"""The program in a real terminal: tmux runs it, types at it and says what the screen shows."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

_LIMIT = 60.0
"""Seconds to wait for something to appear before the test fails."""


class Terminal:
    """A tmux session of its own, on a socket of its own."""

    def __init__(self, folder: Path, command: str, width: int, height: int) -> None:
        self._socket = f"summitreader-{uuid.uuid4().hex[:8]}"
        self.folder = folder
        config = folder / "tmux.conf"
        config.write_text(
            'set -g default-terminal "tmux-256color"\nset -ga terminal-features ",*:RGB"\n'
            "set -g status off\nset -g escape-time 0\nset -g remain-on-exit on\n",
            encoding="utf-8",
        )
        self._tmux("-f", str(config), "new-session", "-d", "-x", str(width), "-y", str(height), "sh", "-c", command)

    def _tmux(self, *words: str) -> str:
        run = subprocess.run(["tmux", "-L", self._socket, *words], capture_output=True, text=True, check=False)
        return run.stdout

    def type(self, *keys: str) -> None:
        """Press keys by their tmux names; `text:...` types what follows as it stands."""
        for key in keys:
            if key.startswith("text:"):
                self._tmux("send-keys", "-l", key.removeprefix("text:"))
            else:
                self._tmux("send-keys", key)

    def screen(self) -> str:
        return self._tmux("capture-pane", "-p")

    def resize(self, width: int, height: int) -> None:
        self._tmux("resize-window", "-x", str(width), "-y", str(height))

    def until(self, holds: Callable[[str], bool], what: str) -> str:
        """Wait until the screen is as wanted, and return it; fails with what it showed instead."""
        end = time.monotonic() + _LIMIT
        screen = ""
        while time.monotonic() < end:
            screen = self.screen()
            if holds(screen):
                return screen
            time.sleep(0.05)
        raise AssertionError(f"{what} did not come about; the screen was:\n{screen}")

    def shows(self, words: str) -> str:
        return self.until(lambda screen: words in screen, f"{words!r} on the screen")

    def hides(self, words: str) -> str:
        return self.until(lambda screen: words not in screen, f"a screen without {words!r}")

    def close(self) -> None:
        self._tmux("kill-server")


Running = Callable[..., Terminal]


def not_the_first_start(data: Path) -> None:
    """Let a data folder look as if a reader had been here: no welcome covers the text, and sources are side by side at
    any width."""
    settings = data / "settings" / "settings.toml"
    if not settings.exists():
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text('layout = "panes"\n', encoding="utf-8")
    state = data / "state" / "reading.json"
    if not state.exists():
        state.parent.mkdir(parents=True, exist_ok=True)
        state.write_text('{"theme": ""}', encoding="utf-8")


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    """`running(folder, size=(120, 36))`: the reader on a folder, its data in the test's own folder.

    When it ends, its exit status is shown as `status N` in the shell that it came from.
    """
    if shutil.which("tmux") is None:
        pytest.skip("tmux is not installed: nothing can be run in a real terminal")
    terminals: list[Terminal] = []

    def run(*arguments: object, size: tuple[int, int] = (120, 36), before: str = "") -> Terminal:
        not_the_first_start(tmp_path / "data")
        words = " ".join(f"'{word}'" for word in arguments)
        program = f"'{sys.executable}' -m summitreader --data-dir '{tmp_path / 'data'}' {words}"
        command = f"unset COLUMNS LINES; export COLORTERM=truecolor; {before} {program}; echo status $?; exec cat"
        terminals.append(Terminal(tmp_path, command, *size))
        return terminals[-1]

    yield run
    for terminal in terminals:
        terminal.close()


CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
_QUIET = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--window-size=1280,900"),
)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A headless Chromium, driven by Selenium; skips where they are missing."""
    if not (CHROMIUM and DRIVER):
        pytest.skip("chromium and chromedriver are not installed")
    selenium = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
    options = selenium.ChromeOptions()
    options.binary_location = CHROMIUM
    for argument in (*_QUIET, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = selenium.Chrome(options=options, service=selenium.ChromeService(executable_path=DRIVER))
    yield driver
    driver.quit()
