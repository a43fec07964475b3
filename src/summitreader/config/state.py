"""Where one was: for each corpus the story, the panes, the place in each, the lock; and which corpus was read last.

None of it is the reader's work, so a file that cannot be read or written is passed over in silence: one then begins at
the beginning.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from summitreader.errors import SummitreaderError

_FILE = "reading.json"
_MOST = 300
"""Corpora remembered; the one that was read longest ago is forgotten first."""


@dataclass
class Reading:
    """Sources are named by their ids; `sources` are all of the story, `offsets` those of the passages one was on."""

    story: str = ""
    sources: list[str] = field(default_factory=list)
    chosen: list[str] = field(default_factory=list)
    lead: str = ""
    offsets: dict[str, int] = field(default_factory=dict)
    lock: str = ""
    inspector: bool = True
    searches: list[str] = field(default_factory=list)
    """What was searched for, the newest last; of all stories of the corpus."""
    lists: dict[str, dict[str, Any]] = field(default_factory=dict)
    """How each list is sorted and what it shows, by the command that opens it."""
    layout: str = ""
    inspector_in_margin: bool = False
    once: bool = False


class State:
    """What one folder for state holds. `theme` is the reader's choice for all corpora, empty where none was made;
    `theme_of_settings` what the settings said when it was made."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / _FILE
        stored = _stored(self._path)
        self.theme: str = str(stored.get("theme", ""))
        self.theme_of_settings: str = str(stored.get("theme_of_settings", ""))
        self.has_started = bool(stored)
        """Whether a reader was here before, on this machine."""
        self._corpora: dict[str, Any] = stored.get("corpora", {}) if isinstance(stored.get("corpora"), dict) else {}

    def last_read(self) -> list[Path]:
        """The paths that were read last and are still there; none where nothing was, or something is gone."""
        for key in reversed(self._corpora):
            paths = [Path(word) for word in key.split("\n")]
            return paths if all(path.exists() for path in paths) else []
        return []

    def reading(self, paths: Sequence[Path]) -> Reading:
        """Where one was in the corpus at `paths`; the beginning where that is not known."""
        known = self._corpora.get(_key(paths))
        if not isinstance(known, dict):
            return Reading()
        wanted = Reading()
        return Reading(
            **{
                name: known[name]
                for name, value in asdict(wanted).items()
                if name in known and type(known[name]) is type(value)
            }
        )

    def keep(self, paths: Sequence[Path], reading: Reading) -> None:
        """Remember where one is, and that this was read last."""
        key = _key(paths)
        self._corpora.pop(key, None)
        self._corpora[key] = asdict(reading)
        for old in list(self._corpora)[:-_MOST]:
            del self._corpora[old]
        from summitreader.sources.writing import write_whole

        kept = {"theme": self.theme, "theme_of_settings": self.theme_of_settings, "corpora": self._corpora}
        text = json.dumps(kept, indent=1)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self._path, text.encode("utf-8", "surrogateescape"))
        except (OSError, ValueError, SummitreaderError):
            return


def _key(paths: Sequence[Path]) -> str:
    return "\n".join(str(path.resolve()) for path in paths)


def _stored(path: Path) -> dict[str, Any]:
    try:
        stored = json.loads(path.read_text(encoding="utf-8", errors="surrogateescape"))
    except (OSError, ValueError):
        return {}
    return stored if isinstance(stored, dict) else {}
