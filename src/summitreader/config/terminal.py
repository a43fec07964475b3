"""What is known of the terminal from the environment, before anything is drawn."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from summitreader.processes import find_program

_FEW_SIGNS = frozenset({"linux", "dumb", "vt100", "vt102", "vt220"})
"""Terminals whose fonts have few signs: the Linux console holds 256 or 512 glyphs."""


def locale_of(environment: Mapping[str, str]) -> str:
    """The locale for characters, by the order of POSIX; empty where none is set."""
    return next((environment[name] for name in ("LC_ALL", "LC_CTYPE", "LANG") if environment.get(name)), "")


def wants_ascii(setting: str, environment: Mapping[str, str], encoding: str | None) -> bool:
    """Whether signs are drawn in ASCII: as `setting` says (`unicode`, `ascii`), or, where it is `auto`, where the
    locale or the `encoding` of the output is not Unicode, or the terminal is known to have few glyphs."""
    if setting != "auto":
        return setting == "ascii"
    locale = locale_of(environment).lower().replace("-", "")
    if locale and "utf8" not in locale:
        return True
    return not is_unicode(encoding) or environment.get("TERM", "") in _FEW_SIGNS


def is_unicode(encoding: str | None) -> bool:
    """Whether an encoding has all characters; one that is not known is taken to."""
    return (encoding or "utf-8").lower().replace("-", "").replace("_", "").startswith("utf")


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
    if environment.get("TERM_PROGRAM") == "textual":  # a tab of a browser, whose page has the clipboard
        return ()
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
    """File that receives the text when there is no clipboard."""
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
