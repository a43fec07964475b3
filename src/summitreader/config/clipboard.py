"""By which way a text gets to the reader's clipboard, and what can be said of whether it arrived.

A program of the platform that ends with 0 has the text. A terminal that is sent it (OSC 52, "manipulate selection
data" of xterm's control sequences) takes it or drops it, and never says which. Over ssh the programs of the machine at
the other end would fill a clipboard that nobody sits at, unless a display is forwarded.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from summitreader.processes import find_program

Which = Callable[[str], str | None]

_DEAF = frozenset({"", "dumb", "linux", "vt100", "vt220"})
"""Terminals that know no OSC 52."""
MOST_SENT = 74_994
"""Bytes of text that terminals take by OSC 52: 100,000 characters of the sequence, in xterm and those like it."""
_PATIENCE = 3.0
"""Seconds until a program that does not end is given up."""


@dataclass(frozen=True, slots=True)
class Tool:
    """A program that reads the text from its standard input."""

    name: str
    command: tuple[str, ...]
    encoding: str = "utf-8"


_PASTEBOARD = Tool("pbcopy", ("pbcopy",))
_WAYLAND = Tool("wl-copy", ("wl-copy",))
_X = (
    Tool("xclip", ("xclip", "-in", "-selection", "clipboard")),
    Tool("xsel", ("xsel", "--clipboard", "--input")),
)
_WINDOWS = Tool("clip.exe", ("clip.exe",), "utf-16-le")


def tools(environment: Mapping[str, str], which: Which = find_program) -> tuple[Tool, ...]:
    """The programs that can fill the clipboard of the screen that the reader sits at, the best first."""
    remote = bool(environment.get("SSH_CONNECTION") or environment.get("SSH_TTY"))
    wanted: list[Tool] = []
    if not remote:
        wanted.append(_PASTEBOARD)
    if environment.get("WAYLAND_DISPLAY"):
        wanted.append(_WAYLAND)
    if environment.get("DISPLAY"):
        wanted += _X
    if not remote:
        wanted.append(_WINDOWS)
    found = ((tool, which(tool.command[0])) for tool in wanted)
    return tuple(replace(tool, command=(path, *tool.command[1:])) for tool, path in found if path)


def hears_osc52(environment: Mapping[str, str]) -> bool:
    """Whether the terminal may take a text that is sent to it; false only where it is known not to."""
    if environment.get("TERM", "") in _DEAF or environment.get("TERM_PROGRAM") == "Apple_Terminal":
        return False
    return not environment.get("STY")  # GNU screen keeps the sequence to itself.


def hand_to(tool: Tool, text: str) -> bool:
    """Give `text` to the tool; whether it ended with 0. Blocks for a few seconds at most."""
    try:
        done = subprocess.run(
            tool.command,
            input=text.encode(tool.encoding, "replace"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def copied_file(state: Path) -> Path:
    """Where a text is written that there is no other way for."""
    return state / "copied.txt"


def route_in_words(environment: Mapping[str, str], state: Path, which: Which = find_program) -> str:
    """The way that the next copy would take."""
    found = tools(environment, which)
    if found:
        return found[0].name
    if not hears_osc52(environment):
        return f"the file {copied_file(state)}; this terminal takes no text"
    words = "the terminal itself (OSC 52), which may ignore it"
    return f"{words}; tmux needs set-clipboard on" if environment.get("TMUX") else words
