"""The settings: one TOML file. Invalid entries are reported and ignored; the file is never overwritten.

An invalid setting keeps its default, and the message names the file, the line where it is known, and the key. If the
file is not valid TOML it is ignored, and the error and its line are reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal, get_type_hints

import msgspec

from summitreader.config.keymap import Bound
from summitreader.errors import SummitreaderError
from summitreader.files import read_regular

FILE = "settings.toml"
OWN_THEMES = ("summit-dark", "summit-light", "summit-contrast", "summit-16")
"""The names of the program's own themes; the palette lists others too."""
KEYS = "keys"
"""The table of the file that says which key calls which command."""

_MOST_BYTES = 1 << 20
_MOST_MISTAKES = 20
_LONGEST_NAME = 500


@dataclass(frozen=True, slots=True)
class Settings:
    """What applies where nothing else is chosen. Fields are the settings of the file, with underscores for hyphens."""

    theme: str = ""
    """Empty for the theme chosen last."""
    column_width: Annotated[int, msgspec.Meta(ge=20, le=400)] = 84
    """Maximum width of a line of text, in cells."""
    paragraph_gap: Annotated[int, msgspec.Meta(ge=0, le=2)] = 1
    """Empty rows between paragraphs."""
    lock: Literal["linked", "proportional", "off"] = "linked"
    layout: Literal["auto", "panes", "margin", "rows"] = "auto"
    animation: bool = True
    glyphs: Literal["auto", "unicode", "ascii"] = "auto"
    ocr_languages: tuple[str, ...] = ()
    """Languages that scans are read in, as tesseract names them; empty: chosen by script."""
    kinds: tuple[str, ...] | None = None
    """The kinds of divergence that are shown; None for those that are shown by default."""
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """Keys by the id of the command, as they were written."""


NAMES = tuple(one.name.replace("_", "-") for one in fields(Settings))


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


def read(folder: Path) -> Read:
    """What the settings file in `folder` says; the defaults, without a complaint, where there is none."""
    path = folder / FILE
    nothing = Read(path, Settings())
    try:
        text = read_regular(path, _MOST_BYTES).decode("utf-8-sig")
    except FileNotFoundError:
        return nothing
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8"
        return replace(nothing, mistakes=(f"{path} cannot be read ({reason}); ignored.",))
    import tomllib

    try:
        document = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return replace(nothing, mistakes=(f"{path} is not valid TOML; ignored: {error}.",))
    return _taken(replace(nothing, text=text), document)


def _taken(base: Read, document: Mapping[str, Any]) -> Read:
    """Each setting is checked by itself, so that a mistake costs only the setting it is in."""
    found: dict[str, Any] = {}
    mistakes: list[str] = []

    def report(name: str, words: str, known: Iterable[str] = ()) -> None:
        if len(mistakes) < _MOST_MISTAKES:
            mistakes.append(base.said(name, words + (did_you_mean(name, known) if known else "")))
        elif len(mistakes) == _MOST_MISTAKES:
            mistakes.append(f"{base.path}: more mistakes, which are not listed.")

    def check(name: str, value: object, kind: Any, at: str = "") -> Any:
        try:
            return msgspec.convert(value, kind)
        except msgspec.ValidationError as error:
            words = str(error).partition(" - at ")[0]
            report(at or name, f"{words[:1].lower()}{words[1:]}, not {_told(value)}")
            return None

    kinds = {name.replace("_", "-"): kind for name, kind in get_type_hints(Settings, include_extras=True).items()}
    for name, value in document.items():
        if name not in kinds:
            report(name, "unknown setting", NAMES)
        elif name == KEYS and isinstance(value, dict):
            listed = {id: [keys] if isinstance(keys, str) else keys for id, keys in value.items()}
            checked = {id: check(KEYS, keys, tuple[str, ...], f"{KEYS}.{id}") for id, keys in listed.items()}
            found[KEYS] = MappingProxyType({id: keys for id, keys in checked.items() if keys is not None})
        elif (taken := check(name, value, kinds[name])) is not None:
            found[name.replace("-", "_")] = taken
    if found.get("kinds") is not None:
        from summitreader.comparison.model import KINDS

        unknown = [kind for kind in found["kinds"] if kind not in KINDS]
        for kind in unknown[:_MOST_MISTAKES]:
            report("kinds", f"unknown kind {_told(kind)}{did_you_mean(kind, KINDS)}")
        found["kinds"] = tuple(dict.fromkeys(kind for kind in found["kinds"] if kind in KINDS))
    return replace(base, settings=Settings(**found), mistakes=tuple(mistakes))


def _told(value: object) -> str:
    """A value as the file has it, or nearly; shortened to 40 characters."""
    if isinstance(value, bool):
        return str(value).lower()
    words = f'"{value}"' if isinstance(value, str) else str(value)
    return words if len(words) <= 40 else f"{words[:39]}…"


def did_you_mean(word: str, names: Iterable[str]) -> str:
    """ "; did you mean X?" for the known name most like `word`, else empty."""
    found = nearest(word, names)
    return f"; did you mean {found}" if found else ""


def line_of(text: str, name: str) -> int:
    """The line of a TOML text, counted from 1, on which the setting `name` (`keys.note`) stands; 0 where not found."""
    table, dot, key = name.rpartition(".") if name.startswith(f"{KEYS}.") else ("", "", name)
    here = ""
    for number, whole in enumerate(text.split("\n"), 1):
        line = whole.strip()[:_LONGEST_NAME]
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
        "# The languages that scans are read in, as tesseract names them. Not set, they are chosen by script.",
        '# ocr-languages = ["eng"]',
        "",
        *_kinds_in_words(),
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


def _kinds_in_words() -> list[str]:
    """The kinds of divergence, one a line."""
    from summitreader.comparison.model import KINDS

    lines = ["# The kinds of divergence that are shown:"]
    lines += [f"#   {kind.name:<12} {kind.words}" for kind in KINDS.values()]
    shown = ", ".join(f'"{name}"' for name in KINDS)
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


_ENOUGH = 60.0
"""The least likeness, 0 to 100, at which a name is worth naming; at 50 two unlike words of one length pass."""


def nearest(word: str, names: Iterable[str]) -> str:
    """The name most like `word`, empty where none is. Loads rapidfuzz, so only for a mistake."""
    from rapidfuzz import fuzz, process
    from rapidfuzz.utils import default_process

    found = process.extractOne(word, list(names), scorer=fuzz.WRatio, processor=default_process, score_cutoff=_ENOUGH)
    return "" if found is None else found[0]
