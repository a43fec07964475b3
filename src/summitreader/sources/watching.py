"""Which files of a corpus changed on the disk, came, or went: by looking again at their size, time and number.

A look costs a `stat` a file, and works wherever files do (network mounts, containers), needs no further library, and
no limit on watches. What changed is told only once it was the same at two looks, so that no half-written file is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from summitreader.sources.discovery import STANDARD_INPUT, Found, discover

Stamp = tuple[int, int, int]
"""Nanoseconds, bytes, and the number of the file on its disk."""
GONE: Stamp = (0, 0, 0)


@dataclass(frozen=True, slots=True)
class Changes:
    """Names of files, relative to the root of the corpus, in order."""

    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    new: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.changed or self.gone or self.new)


def stamps(where: Iterable[Path]) -> dict[str, tuple[Path, Stamp]]:
    """Every file that is there now, by its name in the corpus, with its path and its stamp."""
    paths = list(where)
    _, items, _ = discover(paths[0] if len(paths) == 1 else paths)
    found = {}
    for item in items:
        if isinstance(item, Found) and item.name != STANDARD_INPUT:
            try:
                about = item.path.stat()
            except OSError:
                continue
            found[item.name] = (item.path, (about.st_mtime_ns, about.st_size, about.st_ino))
    return found


class Watch:
    """What was last told of each file. `look` is given what is there now, and says what is other than was told."""

    def __init__(self, told: Mapping[str, Stamp]) -> None:
        self._told = dict(told)
        self._seen: dict[str, Stamp] = dict(told)

    def look(self, now: Mapping[str, Stamp]) -> Changes:
        """What changed since it was last told, and is the same as at the look before. It is not told again."""
        settled = [
            name
            for name in sorted({*self._told, *now})
            if now.get(name, GONE) != self._told.get(name, GONE) and now.get(name, GONE) == self._seen.get(name, GONE)
        ]
        self._seen = dict(now)
        changed = tuple(name for name in settled if name in now and name in self._told)
        new = tuple(name for name in settled if name in now and name not in self._told)
        gone = tuple(name for name in settled if name not in now)
        for name in settled:
            self._told[name] = now.get(name, GONE)
        return Changes(changed, gone, new)
