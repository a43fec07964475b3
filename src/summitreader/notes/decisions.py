"""What a reader decided of what was flagged: right, or dismissed. Kept by the words in question, as lines of JSON.

A decision is on the disk when the call returns. The file is only ever appended to, under a lock, so several processes
can decide at once and a line cut short by a crash costs that line alone; the last line on some words is what holds.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from summitreader.errors import SummitreaderError

FILE = "decisions.jsonl"


class DecisionsError(SummitreaderError):
    """The decisions could not be read or written; what was decided before is kept."""


class Verdict(StrEnum):
    RIGHT = "right"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class Decision:
    """`at` is UTC, ISO 8601. `words` are what was flagged, so that the file can be read without the texts."""

    key: str
    verdict: Verdict | None
    kind: str
    words: tuple[str, ...]
    at: str


def key_of(kind: str, words: Iterable[str]) -> str:
    """The name of what was flagged: its kind and its words, white space and order aside."""
    parts = sorted(" ".join(part.split()) for part in words)
    return hashlib.sha256("\x1f".join([kind, *parts]).encode("utf-8", "surrogatepass")).hexdigest()


class Decisions:
    """Open it with `Decisions.open(data_dir)`. `undo` takes back what was decided through this object, last first."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._held: dict[str, Decision] = {}
        self._read_to: tuple[int, int] = (0, 0)
        self._undoable: list[Decision] = []

    @classmethod
    def open(cls, data_dir: Path) -> Decisions:
        """The decisions kept in a data folder; none where there is no file. Raises `DecisionsError`."""
        decisions = cls(data_dir / FILE)
        decisions.refresh()
        return decisions

    def refresh(self) -> bool:
        """Read again what another process may have written; whether the file is another than before."""
        try:
            found = self.path.stat()
            state = (found.st_size, found.st_mtime_ns)
            if state == self._read_to:
                return False
            held: dict[str, Decision] = {}
            with self.path.open("rb") as file:
                for decision in _decisions(file):
                    held[decision.key] = decision
        except FileNotFoundError:
            changed, self._held, self._read_to = bool(self._held), {}, (0, 0)
            return changed
        except OSError as error:
            raise DecisionsError(f"{self.path} could not be read: {error.strerror}.") from error
        self._held, self._read_to = held, state
        return True

    def verdict(self, key: str) -> Verdict | None:
        found = self._held.get(key)
        return None if found is None else found.verdict

    def decide(self, key: str, verdict: Verdict | None, kind: str, words: Iterable[str]) -> Decision:
        """Keep a verdict on `key`, or with None take back the one there is. Raises `DecisionsError`."""
        before = self._held.get(key)
        decision = Decision(key, verdict, kind, tuple(words), _now())
        self._append(decision)
        was = None if before is None else before.verdict
        self._undoable.append(Decision(key, was, kind, decision.words, decision.at))
        return decision

    def undo(self) -> Decision | None:
        """Put back what held before the last `decide`; what holds now, or None where nothing is left to undo."""
        if not self._undoable:
            return None
        last = self._undoable[-1]
        restored = Decision(last.key, last.verdict, last.kind, last.words, _now())
        self._append(restored)
        self._undoable.pop()
        return restored

    def _append(self, decision: Decision) -> None:
        line = json.dumps(
            {
                "at": decision.at,
                "key": decision.key,
                "kind": decision.kind,
                "verdict": None if decision.verdict is None else str(decision.verdict),
                "words": list(decision.words),
            }
        )
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with _locked(self.path) as handle:
                size = os.fstat(handle).st_size
                broken = size > 0 and os.pread(handle, 1, size - 1) != b"\n"
                _write_all(handle, (b"\n" if broken else b"") + line.encode("ascii") + b"\n")
                os.fsync(handle)
        except OSError as error:
            raise DecisionsError(
                f"{self.path} could not be written ({error.strerror}). --data-dir names another folder."
            ) from error
        self._read_to = (0, 0)
        self.refresh()


def _write_all(handle: int, data: bytes) -> None:
    while data:
        data = data[os.write(handle, data) :]


@contextmanager
def _locked(path: Path) -> Iterator[int]:
    """The file, open for appending, with no other process inside."""
    handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        try:
            import fcntl
        except ImportError:  # where there is no such lock, one append is still one write
            pass
        else:
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield handle
    finally:
        os.close(handle)


def _decisions(lines: Iterable[bytes]) -> Iterator[Decision]:
    """What the lines say; a line that says nothing, since it was cut short or comes from elsewhere, is passed over."""
    for line in lines:
        try:
            said = json.loads(line)
            verdict = None if said["verdict"] is None else Verdict(said["verdict"])
            words = tuple(str(word) for word in said.get("words", ()))
            yield Decision(str(said["key"]), verdict, str(said.get("kind", "")), words, str(said.get("at", "")))
        except (ValueError, KeyError, TypeError, AttributeError):
            continue


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
