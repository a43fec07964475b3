"""Where one was, and what one has read: for each corpus the story, the panes, the place in each, the passages seen.

None of it is the reader's work. What cannot be read is left out, value by value, and what cannot be written is not: one
then begins at the beginning.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar, get_origin, get_type_hints

from summitreader.errors import SummitreaderError
from summitreader.files import exists, private_folder, read_regular, write_whole

_FILE = "reading.json"
_SEEN = "seen"
_MOST = 300
"""Corpora remembered; the one that was read longest ago is forgotten first."""
_LARGEST = 32 << 20

T = TypeVar("T")


@dataclass
class Reading:
    """Sources are named by their ids; `sources` are all of the story, `offsets` those of the passages one was on."""

    story: str = ""
    sources: list[str] = field(default_factory=list)
    chosen: list[str] = field(default_factory=list)
    lead: str = ""
    offsets: dict[str, int] = field(default_factory=dict)
    lock: str = ""
    inspector: bool = False
    searches: list[str] = field(default_factory=list)
    """What was searched for, the newest last; of all stories of the corpus."""
    lists: dict[str, dict[str, Any]] = field(default_factory=dict)
    """How each list is sorted and what it shows, by the command that opens it."""
    layout: str = ""
    inspector_in_margin: bool = False
    once: bool = False
    panes: int = 0
    """Panes side by side at most; 0 for as many as fit."""


@dataclass
class _Stored:
    """The whole file. `corpora` are `Reading`s by the paths of the corpus, the one read last at the end."""

    theme: str = ""
    theme_of_settings: str = ""
    corpora: dict[str, dict[str, Any]] = field(default_factory=dict)


class State:
    """What one folder for state holds. `theme` is the reader's choice for all corpora, empty where none was made;
    `theme_of_settings` what the settings said when it was made."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / _FILE
        stored = _stored(self._path)
        self._kept = _checked(_Stored, stored)
        self.theme, self.theme_of_settings = self._kept.theme, self._kept.theme_of_settings
        self.has_started = bool(stored)
        """Whether a reader was here before, on this machine."""

    def last_read(self) -> list[Path]:
        """The paths that were read last and are still there; none where nothing was, or something is gone."""
        for key in reversed(self._kept.corpora):
            paths = [Path(word) for word in _words(key)]
            return paths if all(map(exists, paths)) else []
        return []

    def recent(self, most: int = 20) -> list[tuple[list[Path], str]]:
        """The corpora that were read and are still there, the last first: their paths, and the story that was open."""
        found = []
        for key, kept in reversed(self._kept.corpora.items()):
            paths = [Path(word) for word in _words(key)]
            if paths and all(map(exists, paths)):
                found.append((paths, _checked(Reading, kept).story))
                if len(found) == most:
                    break
        return found

    def reading(self, paths: Sequence[Path]) -> Reading:
        """Where one was in the corpus at `paths`; the beginning where that is not known."""
        return _checked(Reading, self._kept.corpora.get(_key(paths), {}))

    def keep(self, paths: Sequence[Path], reading: Reading) -> None:
        """Remember where one is, and that this was read last."""
        corpora = self._kept.corpora
        key = _key(paths)
        corpora.pop(key, None)
        corpora[key] = asdict(reading)
        for old in list(corpora)[:-_MOST]:
            del corpora[old]
        _write(self._path, asdict(_Stored(self.theme, self.theme_of_settings, corpora)))


def kept_seen(state: Path, root: Path) -> dict[str, list[str]]:
    """By the id of each source of the corpus at `root`, the keys of passages that were seen; `state` is the folder for
    state."""
    seen: dict[str, list[str]] = _valid(dict[str, list[str]], _stored(_seen_file(state, root)))
    return seen


def keep_seen(state: Path, root: Path, ids: Sequence[str], seen: Mapping[str, Sequence[str]]) -> None:
    """Keep `seen` for the sources `ids`; what is kept for the corpus's other sources stays."""
    others = {id: keys for id, keys in kept_seen(state, root).items() if id not in set(ids)}
    _write(_seen_file(state, root), {**others, **{id: list(keys) for id, keys in seen.items()}})


def _seen_file(state: Path, root: Path) -> Path:
    name = hashlib.sha256(str(root.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    return state / _SEEN / f"{name}.json"


def _key(paths: Sequence[Path]) -> str:
    """The name of a corpus: a JSON list, since a path may have any character but NUL."""
    return json.dumps([str(path.resolve()) for path in paths])


def _words(key: str) -> list[str]:
    try:
        words: list[str] = _valid_or(list[str], json.loads(key), [])
    except (ValueError, RecursionError):
        return []
    return words


def _checked(kind: type[T], stored: Mapping[str, Any]) -> T:
    """A value of a dataclass with the stored fields that are what they should be."""
    import msgspec

    hints = get_type_hints(kind)
    found = {}
    for name in (f.name for f in fields(kind) if f.name in stored):  # type: ignore[arg-type]
        try:
            found[name] = msgspec.convert(stored[name], hints[name])
        except (ValueError, RecursionError):  # msgspec's own, and that of a lone surrogate in its sentence
            if get_origin(hints[name]) is dict and isinstance(stored[name], dict):
                found[name] = _valid(hints[name], stored[name])
    return kind(**found)


def _valid(kind: Any, stored: Mapping[str, Any]) -> Any:
    """The entries of a mapping that are what they should be."""
    checked = {key: _valid_or(kind, {key: value}, {}) for key, value in stored.items()}
    return {key: entry[key] for key, entry in checked.items() if key in entry}


def _valid_or(kind: Any, value: Any, other: Any) -> Any:
    import msgspec

    try:
        return msgspec.convert(value, kind)
    except (ValueError, RecursionError):  # msgspec's own, and that of a lone surrogate in its sentence
        return other


def _stored(path: Path) -> dict[str, Any]:
    try:
        stored = json.loads(read_regular(path, _LARGEST).decode("utf-8", "surrogateescape"))
    except (OSError, ValueError, RecursionError):
        return {}
    return stored if isinstance(stored, dict) else {}


def _write(path: Path, document: Mapping[str, Any]) -> None:
    try:
        private_folder(path.parent)
        text = json.dumps(document, indent=1)
        write_whole(path, text.encode("utf-8", "surrogateescape"), private=True)
    except (OSError, ValueError, RecursionError, SummitreaderError):
        return
