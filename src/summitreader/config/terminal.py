"""What is known of the terminal from the environment, before anything is drawn."""

from __future__ import annotations

import re
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


ASK_BACKGROUND = "\x1b]11;?\x1b\\"
_BACKGROUND = re.compile(r"\x1b\]11;rgba?:([0-9A-Fa-f]{1,4})/([0-9A-Fa-f]{1,4})/([0-9A-Fa-f]{1,4})")


def has_dark_background(data: str) -> bool | None:
    """What an answer to `ASK_BACKGROUND` in `data` says; None where there is none. Dark is below half of white, by how
    bright the eye finds red, green and blue (ITU-R BT.709)."""
    found = _BACKGROUND.search(data)
    if found is None:
        return None
    red, green, blue = (int(part, 16) / int("f" * len(part), 16) for part in found.groups())
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 0.5


_ASK_KEYBOARD, _ASK_LAST = "\x1b[?u", "\x1b[c"
_LAST_ANSWER = re.compile(rb"\x1b\[\?[\d;]*c")


def answers(seconds: float = 0.5) -> str:
    """What the terminal answers when asked for background and keyboard protocol, within `seconds`; empty where there is
    no terminal to ask. Every terminal answers the last question (primary device attributes), so none is waited
    for in vain."""
    try:
        import select
        import termios
        import tty

        with Path("/dev/tty").open("r+b", buffering=0) as terminal:
            before = termios.tcgetattr(terminal)
            try:
                tty.setcbreak(terminal.fileno())
                terminal.write(f"{ASK_BACKGROUND}{_ASK_KEYBOARD}{_ASK_LAST}".encode())
                heard = b""
                while not _LAST_ANSWER.search(heard) and select.select([terminal], [], [], seconds)[0]:
                    heard += terminal.read(256)
            finally:
                termios.tcsetattr(terminal, termios.TCSADRAIN, before)
    except (ImportError, OSError, ValueError):
        return ""
    return heard.decode("ascii", "replace")


def knows_kitty_keyboard(answered: str) -> bool:
    """Whether `answers` say that Escape, Ctrl-I and the like come as keys of their own (kitty's protocol)."""
    return re.search(r"\x1b\[\?\d+u", answered) is not None


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
