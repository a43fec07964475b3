"""Versions, folders, settings, stored data, terminal, colours and clipboard: what to include in a bug report."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace

from summitreader.cli.output import add_format, as_json, emit
from summitreader.files import exists
from summitreader.sources.registry import added_readers
from summitreader.text.gate import shown_line

_LIBRARIES = (
    "textual", "rich", "rapidfuzz", "sentencex", "snowballstemmer", "simplemma", "chardet",
    "markdown-it-py", "msgspec", "regex", "jinja2", "platformdirs", "trafilatura", "lxml", "pypdfium2",
)  # fmt: skip
_VARIABLES = (
    "TERM", "COLORTERM", "TERM_PROGRAM", "NO_COLOR", "LANG", "LC_ALL", "TMUX", "SSH_CONNECTION", "WAYLAND_DISPLAY",
    "DISPLAY", "TEXTUAL_ANIMATIONS", "SUMMITREADER_DATA_DIR",
)  # fmt: skip


def add_arguments(parser: ArgumentParser) -> None:
    add_format(parser)


def run(arguments: Namespace) -> int:
    found = {
        "versions": _versions(),
        "places": _places(arguments),
        "health": _health(arguments),
        "terminal": _terminal(arguments),
        "settings": _settings(arguments),
        "clipboard": {"route": _clipboard(arguments)},
    }
    if added := added_readers():
        found["readers from other packages"] = added
    if arguments.format == "json":
        emit(as_json(found))
        return 0
    lines = []
    for part, entries in found.items():
        lines.append(part.capitalize())
        lines += [f"  {key}: {shown_line(str(value))}" for key, value in entries.items()]
    emit("\n".join(lines))
    return 0


def _versions() -> dict[str, str]:
    import platform
    import sqlite3
    from importlib.metadata import PackageNotFoundError, version

    from summitreader import __version__

    found = {"summitreader": __version__, "python": platform.python_version(), "system": platform.platform()}
    found["sqlite"] = sqlite3.sqlite_version
    for name in _LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found


def _places(arguments: Namespace) -> dict[str, str]:
    from summitreader.config.places import places

    at = places(arguments.data_dir)
    found = {}
    for name in ("data", "cache", "state", "settings"):
        folder = getattr(at, name)
        nearest = next((p for p in (folder, *folder.parents) if exists(p)), folder)
        state = "" if os.access(nearest, os.W_OK) else " (not writable)"
        found[name] = f"{folder}{'' if exists(folder) else ' (not created yet)'}{state}"
    return found


def _health(arguments: Namespace) -> dict[str, str]:
    from summitreader.cli.health import soundness
    from summitreader.config.places import places

    return soundness(places(arguments.data_dir))


def _settings(arguments: Namespace) -> dict[str, str]:
    """The file, and how many mistakes are in it; each is printed on standard error."""
    from summitreader.cli.output import talk
    from summitreader.cli.settings import in_force
    from summitreader.config.settings import nearest
    from summitreader.tui.themes import names

    found = in_force(arguments.data_dir)
    mistakes = list(found.mistakes)
    theme = found.read.settings.theme
    if theme and theme not in names():
        near = nearest(theme, names())
        hint = f"; the nearest is {near}" if near else ""
        mistakes.append(found.read.said("theme", f"unknown theme “{theme}”{hint}"))
    for mistake in mistakes:
        talk(mistake)
    path = found.read.path
    there = "" if exists(path) else " (not created yet; `summitreader settings --init` writes one)"
    return {"file": f"{path}{there}", "mistakes": str(len(mistakes) or "none")}


def _terminal(arguments: Namespace) -> dict[str, str]:
    found = {"input": _kind(sys.stdin), "output": _kind(sys.stdout), "error": _kind(sys.stderr)}
    try:
        size = os.get_terminal_size(sys.stderr.fileno())
        found["size"] = f"{size.columns}x{size.lines}"
    except (OSError, ValueError):
        found["size"] = "unknown"
    found["encoding"] = f"{sys.stdout.encoding}, file names {sys.getfilesystemencoding()}"
    found["colours"] = _colours()
    found["marks"] = _marks(arguments)
    found["background"], found["keyboard"] = _answered()
    found |= {name: os.environ[name] for name in _VARIABLES if os.environ.get(name)}
    return found


def _kind(stream: object) -> str:
    isatty = getattr(stream, "isatty", None)
    return "a terminal" if isatty is not None and isatty() else "not a terminal"


def _marks(arguments: Namespace) -> str:
    from summitreader.cli.settings import in_force
    from summitreader.config.terminal import wants_ascii

    setting = in_force(arguments.data_dir).read.settings.glyphs
    return "ASCII" if wants_ascii(setting, os.environ, getattr(sys.__stderr__, "encoding", None)) else "Unicode"


def _answered() -> tuple[str, str]:
    """What the terminal says of itself: its background, and how it sends keys."""
    from summitreader.config.terminal import answers, has_dark_background, knows_kitty_keyboard

    answered = answers()
    is_dark = has_dark_background(answered)
    background = "dark" if is_dark else "light" if is_dark is False else "not known; choose a theme with Ctrl-P"
    if not answered:
        keyboard = "not known: nothing answered"
    elif knows_kitty_keyboard(answered):
        keyboard = "kitty's protocol; if keys go wrong, set TEXTUAL_DISABLE_KITTY_KEY=1"
    else:
        keyboard = "plain; Ctrl-H, Ctrl-I, Ctrl-M and Ctrl-[ are Backspace, Tab, Enter and Escape"
    return background, keyboard


def _colours() -> str:
    if os.environ.get("NO_COLOR"):
        return "none, since NO_COLOR is set"
    if os.environ.get("COLORTERM") in ("truecolor", "24bit"):
        return "16 million"
    term = os.environ.get("TERM", "")
    if term in ("", "dumb"):
        return "none: TERM names no terminal with colours"
    if os.environ.get("TERM_PROGRAM") == "Apple_Terminal":
        return "256, all that Terminal.app has"
    more = "; if the terminal has more, set COLORTERM=truecolor"
    return f"256{more}" if "256" in term else f"16{more}"


def _clipboard(arguments: Namespace) -> str:
    from summitreader.config.places import places
    from summitreader.config.terminal import route_in_words

    return route_in_words(os.environ, places(arguments.data_dir).state)
