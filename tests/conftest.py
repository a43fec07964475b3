"""For all tests: the same machine everywhere. Locale, terminal, time zone, home and hypothesis profile are set here,
before anything of the program or of Textual is imported; nothing reads or writes what the person at this machine keeps.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

_HOME = Path(tempfile.mkdtemp(prefix="summitreader-tests-"))
_GONE = (
    *("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "LANGUAGE", "LC_CTYPE", "TERM_PROGRAM", "TMUX", "STY"),
    *("SSH_CONNECTION", "SSH_TTY", "DISPLAY", "WAYLAND_DISPLAY", "VISUAL", "EDITOR", "TEXTUAL_DRIVER"),
    *("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"),
)
for _name in _GONE:
    os.environ.pop(_name, None)
os.environ.update(
    HOME=str(_HOME),
    SUMMITREADER_DATA_DIR=str(_HOME / "data"),
    TERM="xterm-256color",
    COLORTERM="truecolor",
    LANG="C.UTF-8",
    LC_ALL="C.UTF-8",
    TZ="UTC",
    TEXTUAL_ANIMATIONS="none",
    SUMMITREADER_ENCODER="off",
)
time.tzset()
settings.register_profile("suite", deadline=None, derandomize=True, database=None)
settings.load_profile("suite")


@pytest.fixture(scope="session", autouse=True)
def _home_is_removed() -> Iterator[None]:
    yield
    shutil.rmtree(_HOME, ignore_errors=True)
