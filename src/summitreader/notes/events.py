"""The history of the store: what is done is written down as an event, and the tables are what the events come to.

Kinds of event: `source` (a source became known, moved, or is described anew), `text` (a snapshot was kept), `action`
(annotations or decisions were changed: the documents before and after), `undo` and `redo` (of an action), `placed`
(targets were placed anew in a changed text), `taken` (decisions were rescued from a damaged store). Replaying all
events makes the same tables.
"""

from __future__ import annotations

import json
import os
import sqlite3
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from summitreader.files import open_regular
from summitreader.notes.documents import Document, base_placement, basis_of, dumps, folded
from summitreader.notes.errors import StoreNewer
from summitreader.notes.schema import check, checksum

DONE, UNDONE, DROPPED = 1, 0, -1


def record(db: sqlite3.Connection, at: str, does: str, payload: Document, *, text: str | None = None) -> int:
    """Write an event down and apply it; the caller holds the transaction. `text` goes with a `text` event."""
    body = dumps(payload)
    (seq,) = db.execute("SELECT coalesce(max(seq), 0) + 1 FROM event").fetchone()
    write_event(db, seq, at, does, body)
    apply(db, seq, does, payload, text=text)
    return int(seq)


def write_event(db: sqlite3.Connection, seq: int, at: str, does: str, body: str) -> None:
    """Keep the event itself; what it does is done by `apply`."""
    db.execute(
        "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?)", (seq, at, does, body, DONE, checksum(seq, at, does, body))
    )


def apply(db: sqlite3.Connection, seq: int, does: str, payload: Document, *, text: str | None = None) -> None:
    """Bring the tables to what they are after event `seq`, which is new or comes from the mirror."""
    if does == "action":
        db.execute("UPDATE event SET done = ? WHERE does = 'action' AND done = ?", (DROPPED, UNDONE))
        for change in payload["changes"]:
            _put(db, seq, change["id"], change["after"], change["before"])
        for decided in payload.get("decisions", ()):
            put_decision(db, decided["key"], decided["after"])
    elif does == "taken":
        for document in payload["decisions"]:
            put_decision(db, document["key"], document)
    elif does in ("undo", "redo"):
        _turn(db, seq, does, payload["of"])
    elif does == "placed":
        for annotation, target, basis, placed in payload["places"]:
            _place(db, annotation, target, basis, placed)
    elif does == "source":
        _source(db, payload)
    elif does == "text":
        if text is not None:
            keep_text(db, payload["sha256"], text)
    else:
        raise StoreNewer("The notes' history has steps of a later version of summitreader. Update the program.")


def keep_text(db: sqlite3.Connection, sha256: str, text: str) -> None:
    """Keep a whole text by its hash; one that is there already stays."""
    packed = zlib.compress(text.encode("utf-8", "surrogatepass"), 6)
    db.execute("INSERT OR IGNORE INTO snapshot VALUES (?, ?)", (sha256, packed))


def undoable(db: sqlite3.Connection) -> int | None:
    """The number of the last action that was not undone."""
    query = "SELECT seq FROM event WHERE does = 'action' AND done = ? ORDER BY seq DESC LIMIT 1"
    row = db.execute(query, (DONE,)).fetchone()
    return None if row is None else int(row[0])


def redoable(db: sqlite3.Connection) -> int | None:
    """The number of the action that was undone last."""
    query = "SELECT seq FROM event WHERE does = 'action' AND done = ? ORDER BY seq LIMIT 1"
    row = db.execute(query, (UNDONE,)).fetchone()
    return None if row is None else int(row[0])


def _turn(db: sqlite3.Connection, seq: int, does: str, of: int) -> None:
    row = db.execute("SELECT at, does, payload, sum FROM event WHERE seq = ?", (of,)).fetchone()
    if row is None:
        return
    check(row[3], of, *row[:3])
    payload = json.loads(row[2])
    changes, decisions = payload["changes"], payload.get("decisions", [])
    here, there = ("after", "before") if does == "redo" else ("before", "after")
    for change in changes if does == "redo" else reversed(changes):
        _put(db, seq, change["id"], change[here], change[there])
    for decided in decisions if does == "redo" else reversed(decisions):
        put_decision(db, decided["key"], decided[here])
    db.execute("UPDATE event SET done = ? WHERE seq = ?", (DONE if does == "redo" else UNDONE, of))


def put_decision(db: sqlite3.Connection, key: str, document: Document | None) -> None:
    """Make `document` what was decided under `key`; with None nothing was."""
    if document is None:
        db.execute("DELETE FROM decision WHERE key = ?", (key,))
        return
    body = dumps(document)
    db.execute("INSERT OR REPLACE INTO decision VALUES (?, ?, ?)", (key, body, checksum(key, body)))


def _put(db: sqlite3.Connection, seq: int, id: str, document: Document | None, other: Document | None) -> None:
    """Make `document` the state of an annotation; None leaves a tombstone that still bears what it was (`other`)."""
    deleted = document is None
    document = document or other
    if document is None:
        return
    body = dumps(document)
    iri = document.get("iri")
    row = db.execute("SELECT number FROM annotation WHERE id = ?", (id,)).fetchone()
    number = row[0] if row else db.execute("SELECT coalesce(max(number), 0) + 1 FROM annotation").fetchone()[0]
    kind = "note" if document.get("correction") is None else "correction"
    db.execute(
        "INSERT INTO annotation (number, id, iri, deleted, doc, sum, kind) VALUES (?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (number) DO UPDATE SET iri = excluded.iri, deleted = excluded.deleted, doc = excluded.doc, "
        "sum = excluded.sum, kind = excluded.kind",
        (number, id, iri, deleted, body, checksum(number, id, int(deleted), body, kind), kind),
    )
    if deleted or kind != "note":
        db.execute("DELETE FROM words WHERE number = ?", (number,))
    else:
        text = folded(document)
        db.execute("INSERT OR REPLACE INTO words VALUES (?, ?, ?)", (number, text, checksum(number, text)))
    db.execute("DELETE FROM tag WHERE annotation = ?", (id,))
    if not deleted:
        for tag in document["tags"]:
            db.execute("INSERT OR REPLACE INTO tag VALUES (?, ?, ?)", (dumps(tag), id, seq))
    _put_targets(db, id, [] if deleted else document["targets"])


def _put_targets(db: sqlite3.Connection, id: str, targets: list[Document]) -> None:
    there = dict(db.execute("SELECT id, basis FROM target WHERE annotation = ?", (id,)).fetchall())
    for target in targets:
        basis = basis_of(target)
        if there.pop(target["id"], None) != basis:
            body = dumps(base_placement(target))
            key = target["source"]
            db.execute(
                "INSERT OR REPLACE INTO target VALUES (?, ?, ?, ?, ?, ?)",
                (id, target["id"], key, basis, body, checksum(id, target["id"], key, basis, body)),
            )
    for gone in there:
        db.execute("DELETE FROM target WHERE annotation = ? AND id = ?", (id, gone))


def _place(db: sqlite3.Connection, annotation: str, target: str, basis: str, placed: Document) -> None:
    body = dumps(placed)
    where = (annotation, target, basis)
    row = db.execute("SELECT source FROM target WHERE annotation = ? AND id = ? AND basis = ?", where).fetchone()
    if row is not None:
        db.execute(
            "UPDATE target SET doc = ?, sum = ? WHERE annotation = ? AND id = ?",
            (body, checksum(annotation, target, row[0], basis, body), annotation, target),
        )


def _source(db: sqlite3.Connection, document: Document) -> None:
    key, url, sha256 = document["key"], document["about"]["url"], document["sha256"]
    location = None if document["location"] is None else dumps(document["location"])
    if location is not None:
        taken = db.execute("SELECT key, doc FROM source WHERE location = ? AND key <> ?", (location, key)).fetchall()
        for other, body in taken:
            db.execute("UPDATE source SET location = NULL, sum = ? WHERE key = ?", (checksum(other, None, body), other))
    body = dumps(document)
    db.execute(
        "INSERT INTO source (key, location, url, sha256, doc, sum) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (key) DO UPDATE SET location = excluded.location, url = excluded.url, "
        "sha256 = excluded.sha256, doc = excluded.doc, sum = excluded.sum",
        (key, location, None if url is None else dumps(url), sha256, body, checksum(key, location, body)),
    )
    db.execute("INSERT OR IGNORE INTO version VALUES (?, ?)", (sha256, key))


_TAIL = 1 << 16


@dataclass(frozen=True, slots=True)
class Event:
    """One line: what was done, when, and, where that was to keep a text, the text."""

    seq: int
    at: str
    does: str
    payload: Document
    text: str | None = None


def mirror_line(event: Event) -> bytes:
    """The event as a line of the mirror, its checksum last."""
    document: Document = {"seq": event.seq, "at": event.at, "does": event.does, "payload": event.payload}
    if event.text is not None:
        document["text"] = event.text
    body = dumps(document)
    return f'{body[:-1]},"sum":"{zlib.crc32(body.encode()):08x}"}}\n'.encode()


def parse_line(raw: bytes) -> Event | None:
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


def read_mirror(path: Path) -> tuple[dict[int, Event], int]:
    """The events by number, the last of a number counting, and how many lines could not be read."""
    events: dict[int, Event] = {}
    broken = 0
    try:
        with os.fdopen(open_regular(path), "rb") as file:
            for raw in file:
                event = parse_line(raw)
                if event is not None:
                    events[event.seq] = event
                elif raw.strip():
                    broken += 1
    except FileNotFoundError:
        pass
    return events, broken


def begins_whole(path: Path) -> bool:
    """Whether the first line of the mirror can be read and is the first event; True where there is no line."""
    try:
        with os.fdopen(open_regular(path), "rb") as file:
            raw = file.readline()
    except FileNotFoundError:
        return True
    event = parse_line(raw)
    return not raw or (event is not None and event.seq == 1)


def last_event(path: Path) -> Event | None:
    """The last line that can be read, None where there is none."""
    try:
        with os.fdopen(open_regular(path), "rb") as file:
            size = file.seek(0, os.SEEK_END)
            span = _TAIL
            while True:
                start = max(0, size - span)
                file.seek(start)
                lines = file.read(size - start).split(b"\n")
                for raw in reversed(lines if start == 0 else lines[1:]):
                    event = parse_line(raw)
                    if event is not None:
                        return event
                if start == 0:
                    return None
                span *= 8
    except FileNotFoundError:
        return None


def last_seq(path: Path) -> int:
    """The number of the last line that can be read, 0 where there is none."""
    event = last_event(path)
    return 0 if event is None else event.seq


def agrees(db: sqlite3.Connection, event: Event) -> bool | None:
    """Whether the store has this very event; None where it has none of that number. Raises `StoreDamaged`."""
    row = db.execute("SELECT at, does, payload, sum FROM event WHERE seq = ?", (event.seq,)).fetchone()
    if row is None:
        return None
    check(row[3], event.seq, *row[:3])
    return bool(row[:3] == (event.at, event.does, dumps(event.payload)))


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
        handle = open_regular(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND)
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
                block += mirror_line(event)
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
        with os.fdopen(open_regular(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), "wb") as file:
            for event in events_after(db, 0):
                file.write(mirror_line(event))
            file.flush()
            os.fsync(file.fileno())
        aside.replace(self.path)
        self._size = -1


def _append(handle: int, block: bytearray) -> None:
    view = memoryview(bytes(block))
    while view:
        view = view[os.write(handle, view) :]
