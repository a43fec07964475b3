"""The settings file to begin with: every setting with its default, as a comment that says what it does.

All of it is commented out, so that a default which changes in a later version changes for its reader too.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from summitreader.config.keymap import Bound
from summitreader.config.settings import FILE, Settings
from summitreader.errors import SummitreaderError


def default_text(commands: Iterable[Bound], themes: Iterable[str]) -> str:
    """The file in full; `commands` are those of the table, `themes` the names of the program's own."""
    s = Settings()
    listed = ", ".join(f'"{name}"' for name in themes)
    lines = [
        "# Settings of summitreader. Take the # away from a setting to change it; `summitreader doctor` says what is",
        "# wrong with this file, `summitreader settings` what holds.",
        "",
        f"# One of {listed}, or any that the palette lists under “Theme”.",
        "# Not set, the theme chosen last in the palette.",
        f'# theme = "{next(iter(themes), "")}"',
        "",
        "# Cells that a row of text has at most: the reading measure.",
        f"# column-width = {s.column_width}",
        "",
        "# Empty rows between paragraphs, 0 to 2.",
        f"# paragraph-gap = {s.paragraph_gap}",
        "",
        "# How panes follow in a story that was not read before: “linked” through the links, “proportional”, “off”.",
        f'# lock = "{s.lock}"',
        "",
        "# How such a story is laid out: “panes” side by side, one source with the others in its “margin”, or “rows”.",
        f'# layout = "{s.layout}"',
        "",
        "# Whether anything moves on the screen by itself. TEXTUAL_ANIMATIONS=none in the environment does the same.",
        f"# animation = {str(s.animation).lower()}",
        "",
        "# The marks: “unicode”, “ascii”, or “auto”, which is ascii where the locale or the terminal has no others.",
        f'# glyphs = "{s.glyphs}"',
        "",
        *_kinds(),
        "",
        "[keys]",
        "# A command with its key, a list of keys, or [] for none. A key is a character, or one of Down Up Left Right",
        "# PageDown PageUp Home End Tab Space Enter Escape Backspace Delete Insert F1 to F12, with Ctrl-, Alt- or",
        "# Shift- before it. Terminals send Ctrl-H, Ctrl-M, Ctrl-I and Ctrl-[ as Backspace, Enter, Tab and Escape.",
        *(_command(command) for command in commands),
    ]
    return "\n".join(lines) + "\n"


def _command(command: Bound) -> str:
    does = getattr(command, "does", command.short)
    keys = [_quoted(key) for key in command.keys]
    value = keys[0] if len(keys) == 1 else f"[{', '.join(keys)}]"
    return f"# {f'{command.id} = {value}':<48} # {does}"


def _quoted(key: str) -> str:
    escaped = key.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _kinds() -> list[str]:
    """The kinds of divergence, each with how often it was right where it was judged."""
    from summitreader.comparison.kinds import KINDS

    lines = ["# The kinds of divergence that are shown. Those that are off were not shown to be right often enough:"]
    for kind in KINDS.values():
        judged = f"right in {kind.right} of {kind.judged} judged cases" if kind.judged else "no case judged"
        state = "on" if kind.shown else "off"
        lines.append(f"#   {kind.name:<12} {state:<4} {kind.words}" + (f": {judged}" if kind.conflict else ""))
    shown = ", ".join(f'"{kind.name}"' for kind in KINDS.values() if kind.shown)
    return [*lines, f"# kinds = [{shown}]"]


def write_default(folder: Path, text: str) -> Path:
    """Write the file into `folder`, never over one that is there; its path."""
    path = folder / FILE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        raise SummitreaderError(f"{path} is there already, and is left as it is.") from error
    except OSError as error:
        raise SummitreaderError(f"{path} cannot be written: {error.strerror or error}.") from error
    return path
