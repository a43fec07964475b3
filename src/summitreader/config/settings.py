"""The settings: one TOML file that the reader may write, read with forbearance and never written over.

A mistake costs the setting that it stands at, which keeps its default, and is told in a sentence that names the file,
the line where that is known, the key and the nearest right name. A file that is no TOML is passed over whole.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

FILE = "settings.toml"
OWN_THEMES = ("summit-dark", "summit-light", "summit-contrast", "summit-16")
"""The names of the program's own themes; the palette lists others too."""
KEYS = "keys"
"""The table of the file that says which key calls which command."""

_MOST_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds where nothing else is chosen. Fields are the settings of the file, with underscores for hyphens."""

    theme: str = ""
    """Empty for the theme that was chosen last."""
    column_width: int = 84
    """Cells that a row of text has at most."""
    paragraph_gap: int = 1
    """Empty rows between paragraphs."""
    lock: str = "linked"
    layout: str = "panes"
    animation: bool = True
    glyphs: str = "auto"
    kinds: tuple[str, ...] | None = None
    """The kinds of divergence that are shown; None for those that are shown by default."""
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """Keys by the id of the command, as they were written."""


@dataclass(frozen=True, slots=True)
class Read:
    """What a folder's settings file says, and what is wrong with it, in sentences. `path` need not be there."""

    path: Path
    settings: Settings
    mistakes: tuple[str, ...] = ()
    text: str = ""

    def said(self, name: str, words: str) -> str:
        """A sentence about the setting `name` (`keys.note` for one of a table), with where it stands."""
        line = line_of(self.text, name)
        where = f"{self.path}, line {line}" if line else f"{self.path}"
        return f"{where}: {name}: {words}."


CHOICES: Mapping[str, tuple[str, ...]] = {
    "lock": ("linked", "proportional", "off"),
    "layout": ("panes", "margin", "rows"),
    "glyphs": ("auto", "unicode", "ascii"),
}
RANGES: Mapping[str, tuple[int, int]] = {"column-width": (20, 400), "paragraph-gap": (0, 2)}
NAMES = ("theme", "column-width", "paragraph-gap", "lock", "layout", "animation", "glyphs", "kinds", KEYS)
_OLD_NAMES = {"spacing": "paragraph-gap", "width": "column-width", "animations": "animation", "keymap": KEYS}
"""Names that one may look for, and what they are called here."""


def read(folder: Path) -> Read:
    """What the settings file in `folder` says; the defaults, without a complaint, where there is none."""
    path = folder / FILE
    nothing = Read(path, Settings())
    try:
        if path.stat().st_size > _MOST_BYTES:
            return replace(nothing, mistakes=(f"{path} is larger than a settings file can be, and is passed over.",))
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return nothing
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        return replace(nothing, mistakes=(f"{path} cannot be read ({reason}), and is passed over.",))
    import tomllib

    try:
        document = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return replace(nothing, mistakes=(f"{path} is no TOML, and is passed over: {error}.",))
    return _taken(replace(nothing, text=text), document)


def _taken(base: Read, document: Mapping[str, Any]) -> Read:
    found: dict[str, Any] = {}
    mistakes: list[str] = []
    for name, value in document.items():
        if name not in NAMES:
            mistakes.append(base.said(name, f"there is no such setting{_instead(name)}"))
            continue
        taken, wrong = _keys(value) if name == KEYS else _value(name, value)
        mistakes += [base.said(at, words) for at, words in wrong]
        if taken is not None:
            found[name.replace("-", "_")] = taken
    return replace(base, settings=Settings(**found), mistakes=tuple(mistakes))


_Checked = tuple[Any, list[tuple[str, str]]]
"""The value, None where it is none, and what is wrong: `(setting, words)`."""


def _value(name: str, value: object) -> _Checked:
    if name in CHOICES:
        return _choice(name, value, CHOICES[name])
    if name in RANGES:
        least, most = RANGES[name]
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value, []
        return None, [(name, f"it is a whole number from {least} to {most}, not {_told(value)}")]
    if name == "animation":
        return (value, []) if isinstance(value, bool) else (None, [(name, f"it is true or false, not {_told(value)}")])
    if name == "kinds":
        return _kinds(value)
    return (value, []) if isinstance(value, str) else (None, [(name, f"it is a text in quotes, not {_told(value)}")])


def _choice(name: str, value: object, choices: tuple[str, ...]) -> _Checked:
    if isinstance(value, str) and value in choices:
        return value, []
    listed = ", ".join(f'"{choice}"' for choice in choices)
    return None, [(name, f"it is one of {listed}, not {_told(value)}{_nearest(value, choices)}")]


def _kinds(value: object) -> _Checked:
    from summitreader.comparison.kinds import KINDS

    if not isinstance(value, list):
        return None, [("kinds", f"it is a list of texts, not {_told(value)}")]
    wrong = [("kinds", f"{_told(one)} is no kind{_nearest(one, KINDS)}") for one in value if one not in KINDS]
    return tuple(dict.fromkeys(one for one in value if one in KINDS)), wrong


def _keys(value: object) -> _Checked:
    if not isinstance(value, dict):
        return None, [(KEYS, f"it is a table, [keys], not {_told(value)}")]
    taken: dict[str, tuple[str, ...]] = {}
    wrong = []
    for id, keys in value.items():
        words = [keys] if isinstance(keys, str) else keys
        if isinstance(words, list) and all(isinstance(word, str) for word in words):
            taken[id] = tuple(words)
        else:
            wrong.append((f"{KEYS}.{id}", f"it is a key or a list of keys, in quotes, not {_told(keys)}"))
    return MappingProxyType(taken), wrong


def _told(value: object) -> str:
    """A value as the file has it, or nearly; no longer than a sentence bears."""
    if isinstance(value, bool):
        return str(value).lower()
    words = f'"{value}"' if isinstance(value, str) else str(value)
    return words if len(words) <= 40 else f"{words[:39]}…"


def _instead(name: str) -> str:
    if name.lower() in _OLD_NAMES:
        return f"; it is called {_OLD_NAMES[name.lower()]}"
    return _nearest(name, NAMES)


def _nearest(word: object, names: Any) -> str:
    from summitreader.config.nearest import nearest

    found = nearest(word, names) if isinstance(word, str) else ""
    return f"; the nearest is {found}" if found else ""


def line_of(text: str, name: str) -> int:
    """The line of a TOML text, counted from 1, on which the setting `name` (`keys.note`) stands; 0 where not found."""
    table, dot, key = name.rpartition(".") if name.startswith(f"{KEYS}.") else ("", "", name)
    here = ""
    for number, line in enumerate(text.split("\n"), 1):
        header = re.match(r"\s*\[\s*[\"']?([^\]\"']+?)[\"']?\s*\]", line)
        if header:
            here = header[1]
            if not dot and here == key:
                return number
            continue
        named = re.match(r"\s*[\"']?([^\"'=]+?)[\"']?\s*=", line)
        if named is None:
            continue
        full = re.sub(r"\s*\.\s*", ".", named[1])
        if (here == table and full == key) or (not here and full in (name, f"{table}.{key}")):
            return number
    return 0
