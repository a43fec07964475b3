"""A damaged or lost store made anew, from what can still be read of it and from its mirror.

Nothing is deleted: the damaged file is set aside with its sidecars. The new one is made whole beside it and put in
its place in one step, so that being killed in the middle leaves what there was, or the new one.
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from summitreader.counting import counted
from summitreader.notes import events, schema
from summitreader.notes.documents import dumps
from summitreader.notes.events import Event, read_mirror
from summitreader.notes.rows import unpacked
from summitreader.notes.schema import checksum

NEW = ".making"
_PATIENCE = 3.0
"""Seconds that a table of a damaged file is given; what is in the mirror does not depend on it."""
SIDECARS = ("-wal", "-shm", "-journal")


def salvage(path: Path, mirror: Path, stamp: str, version: str = "") -> list[str]:
    """Make the store at `path` anew and say what was done; the caller holds the store's lock, with no connection.

    `version` is the schema of a sound store that an earlier version of the program wrote.
    """
    history, _ = read_mirror(mirror)
    found = _Found()
    said: list[str] = []
    if path.exists():
        found = _read_damaged(path)
        if any(_differ(event, history[seq]) for seq, event in found.events.items() if seq in history):
            said.append(set_mirror_aside(mirror, stamp))
            history = {}
        history = {**found.events, **history}
    fresh = path.with_suffix(NEW)
    fresh.unlink(missing_ok=True)
    db = sqlite3.connect(fresh, isolation_level=None)
    try:
        db.execute("PRAGMA synchronous = FULL")
        db.execute("BEGIN")
        schema.create(db)
        lost = replay(db, history, found.texts)
        _rescue(db, found, whole=bool(history) and not lost)
        count = db.execute("SELECT count(*) FROM annotation WHERE NOT deleted").fetchone()[0]
        db.execute("COMMIT")
    finally:
        db.close()
    aside = set_aside(path, f"schema-{version}-{stamp}" if version else f"damaged-{stamp}")
    fresh.replace(path)
    where = f" The old file is kept as {aside.name}." if aside else ""
    if version and aside and not lost:
        return [f"The notes' file was brought up to date; as it was it is kept as {aside.name}."]
    kept = counted(count, "annotation")
    said = [f"The notes' file was damaged or missing and was made anew from what was there: {kept}.{where}"]
    if lost:
        said.append(f"{counted(len(lost), 'step')} of its history could not be read; undo does not reach behind them.")
    return said


def replay(db: sqlite3.Connection, history: dict[int, Event], texts: dict[str, str]) -> list[int]:
    """Make the tables from the events, in order; the numbers that are missing between them are returned."""
    db.execute("PRAGMA defer_foreign_keys = ON")
    for seq in sorted(history):
        event = history[seq]
        text = event.text
        if event.does == "text" and text is None:
            text = texts.get(event.payload["sha256"])
        events.write_event(db, seq, event.at, event.does, dumps(event.payload))
        events.apply(db, seq, event.does, event.payload, text=text)
    return sorted(set(range(1, max(history, default=0) + 1)) - set(history))


def set_aside(path: Path, why: str) -> Path | None:
    """Rename a store with its sidecars; the sidecars first, since one that stays would be taken for the new store's."""
    aside = path.with_name(f"{path.stem}.{why}{path.suffix}")
    n = 1
    while aside.exists():
        n += 1
        aside = path.with_name(f"{path.stem}.{why}-{n}{path.suffix}")
    for sidecar in SIDECARS:
        beside = Path(f"{path}{sidecar}")
        if beside.exists():
            beside.replace(f"{aside}{sidecar}")
    if not path.exists():
        return None
    path.replace(aside)
    return aside


def set_mirror_aside(mirror: Path, stamp: str) -> str:
    """Rename a mirror that tells the history of another store, and say so."""
    aside = mirror.with_name(f"{mirror.stem}.other-{stamp}{mirror.suffix}")
    mirror.replace(aside)
    return f"{mirror.name} told the history of another store; it is kept as {aside.name}, and a new one was begun."


def unfinished(path: Path) -> bool:
    """Whether a store was made whole beside `path` by someone who was killed before it was put in place."""
    fresh = path.with_suffix(NEW)
    if path.exists() or not fresh.exists():
        return False
    try:
        db = sqlite3.connect(fresh)
        try:
            whole: bool = db.execute("PRAGMA user_version").fetchone()[0] == schema.SCHEMA
            return whole and db.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
        finally:
            db.close()
    except sqlite3.Error:
        return False


class _Found:
    """What could be read of a damaged store: rows whose checksums hold."""

    def __init__(self) -> None:
        self.events: dict[int, Event] = {}
        self.texts: dict[str, str] = {}
        self.annotations: dict[str, tuple[bool, dict[str, Any]]] = {}
        self.drafts: list[tuple[str, str, str]] = []
        self.decisions: dict[str, dict[str, Any]] = {}


def _read_damaged(path: Path) -> _Found:
    found = _Found()
    try:
        db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=1.0)
    except sqlite3.Error:
        return found
    db.text_factory = lambda raw: raw.decode("utf-8", "replace")
    try:
        for sha256, packed in _rows(db, "snapshot", "sha256, text"):
            text = unpacked(packed, sha256) if isinstance(packed, bytes) else None
            if text is not None:
                found.texts[sha256] = text
        for seq, at, does, body, kept in _rows(db, "event", "seq, at, does, payload, sum"):
            if checksum(seq, at, does, body) == kept:
                found.events[seq] = Event(seq, at, does, json.loads(body))
        for number, id, deleted, body, kept in _rows(db, "annotation", "number, id, deleted, doc, sum"):
            if checksum(number, id, deleted, body) == kept:
                found.annotations[id] = (bool(deleted), json.loads(body))
        for key, text, saved, kept in _rows(db, "draft", "key, text, saved, sum"):
            if checksum(key, text, saved) == kept:
                found.drafts.append((key, text, saved))
        for key, body, kept in _rows(db, "decision", "key, doc, sum"):
            if checksum(key, body) == kept:
                found.decisions[key] = json.loads(body)
    finally:
        db.close()
    return found


def _differ(one: Event, other: Event) -> bool:
    return (one.at, one.does, one.payload) != (other.at, other.does, other.payload)


def _rows(db: sqlite3.Connection, table: str, columns: str) -> Iterator[tuple[Any, ...]]:
    """Every row of a table that can be read, what lies about a damaged page bit by bit."""
    try:
        db.execute(f"SELECT {columns} FROM {table} LIMIT 0")
    except sqlite3.Error:
        return  # the list of tables itself is damaged
    try:
        low, high = db.execute(f"SELECT min(rowid), max(rowid) FROM {table}").fetchone()
    except sqlite3.Error:
        low, high = 1, 1 << 20
    stack = [(low, high)] if low is not None else []
    end = time.monotonic() + _PATIENCE
    while stack and time.monotonic() < end:
        first, last = stack.pop()
        try:
            query = f"SELECT {columns} FROM {table} WHERE rowid BETWEEN ? AND ?"
            yield from db.execute(query, (first, last)).fetchall()
        except (sqlite3.Error, ValueError, OverflowError):
            if first < last:
                middle = (first + last) // 2
                stack += [(first, middle), (middle + 1, last)]


def _rescue(db: sqlite3.Connection, found: _Found, *, whole: bool) -> None:
    """Put what the history lacks from the rows themselves: drafts always, and unless the history is `whole`
    annotations and decisions."""
    at = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    for key, text, saved in found.drafts:
        db.execute("INSERT OR REPLACE INTO draft VALUES (?, ?, ?, ?)", (key, text, saved, checksum(key, text, saved)))
    if whole:
        return
    there = {key for (key,) in db.execute("SELECT key FROM decision")}
    if fresh := [document for key, document in sorted(found.decisions.items()) if key not in there]:
        events.record(db, at, "taken", {"file": "", "decisions": fresh})
    _name_sources(db, at)
    keys = {key for (key,) in db.execute("SELECT key FROM source")}
    changes = []
    for id, (deleted, document) in sorted(found.annotations.items()):
        row = db.execute("SELECT deleted, doc FROM annotation WHERE id = ?", (id,)).fetchone()
        before = json.loads(row[1]) if row and not row[0] else None
        newer = before is None or before["modified"] < document["modified"]
        if newer and not deleted and all(t["source"] in keys for t in document["targets"]):
            changes.append({"id": id, "before": before, "after": document})
    if changes:
        says = f"rescue of {counted(len(changes), 'annotation')}"
        events.record(db, at, "action", {"says": says, "changes": changes})


def _name_sources(db: sqlite3.Connection, at: str) -> None:
    """Give each target whose source is lost a nameless one, so that its words can still be shown."""
    query = "SELECT DISTINCT source FROM target WHERE source NOT IN (SELECT key FROM source)"
    for (key,) in db.execute(query).fetchall():
        about = dict.fromkeys(("title", "outlet", "author", "published", "url", "language"))
        document = {"key": key, "id": key, "location": None, "sha256": "", "about": about}
        events.record(db, at, "source", document)


def sync(path: Path) -> None:
    """Have the folder of `path` itself on the disk, where the system can do that."""
    try:
        handle = os.open(path.parent, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        pass
    finally:
        os.close(handle)
