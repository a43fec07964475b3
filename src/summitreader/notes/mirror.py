"""The mirror: the history of the store once more, a JSON line an event, in a file that is only ever appended to.

It replays to the same store. Each line bears a checksum, so that a torn or changed one is known; a line is written
after the store has it, and whoever writes next writes what is missing. The texts of snapshots stand in it in full.
"""

from __future__ import annotations

import json
import os
import sqlite3
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from summitreader.notes.documents import Document, dumps
from summitreader.notes.schema import check

FILE = "annotations.jsonl"
_TAIL = 1 << 16


@dataclass(frozen=True, slots=True)
class Event:
    """One line: what was done, when, and, where that was to keep a text, the text."""

    seq: int
    at: str
    does: str
    payload: Document
    text: str | None = None


def line(event: Event) -> bytes:
    """The event as a line of the mirror, its checksum last."""
    document: Document = {"seq": event.seq, "at": event.at, "does": event.does, "payload": event.payload}
    if event.text is not None:
        document["text"] = event.text
    body = dumps(document)
    return f'{body[:-1]},"sum":"{zlib.crc32(body.encode()):08x}"}}\n'.encode()


def parse(raw: bytes) -> Event | None:
    """The event of a line, None where the line is torn or changed."""
    raw = raw.rstrip(b"\r\n")
    body, mark, rest = raw.rpartition(b',"sum":"')
    if not mark or rest != b'%08x"}' % zlib.crc32(body + b"}"):
        return None
    try:
        document = json.loads(body + b"}")
        return Event(document["seq"], document["at"], document["does"], document["payload"], document.get("text"))
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def read(path: Path) -> tuple[dict[int, Event], int]:
    """The events by number, the last of a number counting, and how many lines could not be read."""
    events: dict[int, Event] = {}
    broken = 0
    try:
        with path.open("rb") as file:
            for raw in file:
                event = parse(raw)
                if event is not None:
                    events[event.seq] = event
                elif raw.strip():
                    broken += 1
    except FileNotFoundError:
        pass
    return events, broken


def first_event(path: Path) -> Event | None:
    """The first line that can be read, None where there is none."""
    try:
        with path.open("rb") as file:
            return next((event for event in map(parse, file) if event is not None), None)
    except FileNotFoundError:
        return None


def is_of(path: Path, db: sqlite3.Connection) -> bool:
    """Whether the mirror tells the history of this store, and not that of one that lay here before."""
    first = first_event(path)
    if first is None:
        return True
    row = db.execute("SELECT at, does, payload FROM event WHERE seq = ?", (first.seq,)).fetchone()
    return row is None or row == (first.at, first.does, dumps(first.payload))


def last_seq(path: Path) -> int:
    """The number of the last line that can be read, 0 where there is none."""
    try:
        with path.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            span = _TAIL
            while True:
                start = max(0, size - span)
                file.seek(start)
                lines = file.read(size - start).split(b"\n")
                for raw in reversed(lines if start == 0 else lines[1:]):
                    event = parse(raw)
                    if event is not None:
                        return event.seq
                if start == 0:
                    return 0
                span *= 8
    except FileNotFoundError:
        return 0


def events_after(db: sqlite3.Connection, seq: int) -> Iterator[Event]:
    """The store's events after number `seq`, with the texts that they kept. Raises `StoreDamaged`."""
    rows = db.execute("SELECT seq, at, does, payload, sum FROM event WHERE seq > ? ORDER BY seq", (seq,))
    for number, at, does, body, kept in rows:
        check(kept, number, at, does, body)
        payload = json.loads(body)
        text = None
        if does == "text":
            row = db.execute("SELECT text FROM snapshot WHERE sha256 = ?", (payload["sha256"],)).fetchone()
            text = zlib.decompress(row[0]).decode("utf-8", "surrogatepass") if row else None
        yield Event(number, at, does, payload, text)


class Mirror:
    """The open end of the mirror. `catch_up` is called with the store's lock held."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._size = -1
        self._seq = 0

    def catch_up(self, db: sqlite3.Connection) -> None:
        """Append what the store has and the mirror has not. Raises `OSError`; then it is for the next to do."""
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        try:
            size = os.fstat(handle).st_size
            if size != self._size:
                self._seq = last_seq(self.path)
            block = bytearray()
            if size:
                os.lseek(handle, -1, os.SEEK_END)
                if os.read(handle, 1) != b"\n":
                    block += b"\n"
            seq = self._seq
            for event in events_after(db, seq):
                block += line(event)
                seq = event.seq
                if len(block) > 1 << 22:
                    _append(handle, block)
                    block.clear()
            if seq != self._seq:
                _append(handle, block)
            self._seq, self._size = seq, os.fstat(handle).st_size
        finally:
            os.close(handle)

    def rewrite(self, db: sqlite3.Connection) -> None:
        """Write the whole mirror anew, aside, and put it in place."""
        aside = self.path.with_suffix(".new")
        with aside.open("wb") as file:
            for event in events_after(db, 0):
                file.write(line(event))
            file.flush()
            os.fsync(file.fileno())
        aside.replace(self.path)
        self._size = -1


def _append(handle: int, block: bytearray) -> None:
    view = memoryview(bytes(block))
    while view:
        view = view[os.write(handle, view) :]
