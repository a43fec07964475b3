"""A damaged, lost or older store made anew, from what can still be read of it and from its mirror; and two histories
that parted made one.

Nothing is deleted: what was there is renamed, with its sidecars. The new store is made whole beside it and put in its
place in one step, so that being killed in the middle leaves what there was, or the new one.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from summitreader.counting import counted
from summitreader.files import exists
from summitreader.notes import events, schema
from summitreader.notes.documents import document_of, dumps
from summitreader.notes.events import Event, Mirror, agrees, read_mirror
from summitreader.notes.files import SIDECARS, make_private
from summitreader.notes.model import Decision
from summitreader.notes.rows import Rows, unpacked
from summitreader.notes.schema import checksum
from summitreader.notes.transaction import Transaction

NEW = ".making"
_FAILURES = 2_000
"""Stretches of a table that may be illegible one after another before the rest is given up."""
_PATIENCE = 3.0
"""Seconds that a table of a damaged file is given; what is in the mirror does not depend on it."""


def stamp() -> str:
    """The time in UTC as it stands in the names of copies."""
    return datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")


def recover(path: Path, mirror: Path, version: str = "") -> list[str]:
    """Make the store at `path` anew and say what was done; the caller holds the store's lock, with no connection.

    `version` is the schema of a sound store that an earlier version of the program wrote. Raises `StoreNewer` where the
    history is of a later version, before anything is changed.
    """
    history, _ = read_mirror(mirror)
    found = _read_damaged(path) if exists(path) else _Found()
    parted = any(_differ(event, history[seq]) for seq, event in found.events.items() if seq in history)
    theirs = history if parted else {}
    history = found.events if parted else {**found.events, **history}
    fresh = new_file(path)
    db = sqlite3.connect(fresh, isolation_level=None)
    notices: list[str] = []
    try:
        db.execute("PRAGMA synchronous = FULL")
        db.execute("BEGIN")
        schema.create(db)
        lost = replay(db, history, found.texts)
        _rescue(db, found, whole=bool(history) and not lost)
        added = merge(db, path, theirs) if parted else 0
        count = db.execute("SELECT count(*) FROM annotation WHERE NOT deleted").fetchone()[0]
        db.execute("COMMIT")
    finally:
        db.close()
    if parted:
        notices.append(_parted_notice(mirror, added))
    aside = set_aside(path, f"schema-{version}-{stamp()}" if version else f"damaged-{stamp()}")
    fresh.replace(path)
    where = f" The old file is kept as {aside.name}." if aside else ""
    if version and not lost:
        return [*notices, f"The notes' file was brought up to date.{where}"]
    kept = counted(count, "annotation")
    notices.append(f"The notes' file was damaged or missing and was made anew from what was there: {kept}.{where}")
    if lost:
        notices.append(
            f"{counted(len(lost), 'step')} of its history could not be read; undo does not reach behind them."
        )
    return notices


def replay(db: sqlite3.Connection, history: Mapping[int, Event], texts: Mapping[str, str]) -> list[int]:
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


def reconcile(db: sqlite3.Connection, path: Path, mirror: Path) -> list[str]:
    """Bring store and mirror to one history; the caller holds the lock. Raises `StoreDamaged`.

    Where the mirror has later events, as after a copy of an older store, the store takes them in. Where the two parted,
    as in a folder that two machines share, the annotations of the mirror are added to the store's.
    """
    last = events.last_event(mirror)
    if last is None:
        return []
    (seq,) = db.execute("SELECT coalesce(max(seq), 0) FROM event").fetchone()
    common = min(seq, last.seq)
    event = last
    if common < last.seq:
        history, _ = read_mirror(mirror)
        known = [n for n in history if n <= common]
        event = history[max(known)] if known else last
    if event.seq <= common and agrees(db, event) is False:
        with _transaction(db):
            added = merge(db, path, read_mirror(mirror)[0])
        notice = _parted_notice(mirror, added)
        Mirror(mirror).rewrite(db)
        return [notice]
    notices = []
    if last.seq > seq:
        later = {n: event for n, event in history.items() if n > seq}
        with _transaction(db):
            replay(db, later, {})
        notices.append(f"The notes' file lacked {len(later)} steps that its mirror had; they were put back.")
    if not events.begins_whole(mirror):
        Mirror(mirror).rewrite(db)
        notices.append(f"The beginning of {mirror.name} was damaged; it was written anew.")
    return notices


@contextmanager
def _transaction(db: sqlite3.Connection) -> Iterator[None]:
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    finally:
        if db.in_transaction:
            db.execute("ROLLBACK")


def merge(db: sqlite3.Connection, path: Path, theirs: Mapping[int, Event]) -> int | None:
    """Add to a store what another history changed after the two parted; the number of annotations that it gave.

    A note that both changed gets both wordings; one that only one of them deleted stays. None, and nothing is added,
    where the two have no step in common: they are of different stores.
    """
    shared = [n for n in sorted(theirs) if agrees(db, theirs[n])]
    if not shared:
        return None
    parted = shared[-1] + 1
    mine = {row[0]: row[1] for row in db.execute("SELECT seq, payload FROM event WHERE seq >= ?", (parted,))}
    changed_here = _touched({n: json.loads(body) for n, body in mine.items()})
    changed_there = _touched({n: event.payload for n, event in theirs.items() if n >= parted})
    other = sqlite3.connect(":memory:", isolation_level=None)
    try:
        other.execute("BEGIN")
        schema.create(other)
        replay(other, theirs, {})
        other.execute("PRAGMA defer_foreign_keys = OFF")
        rows = Rows(other, path)
        documents = [document_of(a) for a in rows.annotations(kind=None) if a.id in changed_there]
        decisions: list[Decision] = list(rows.decisions().values())
        wanted = {target["origin"] for document in documents for target in document["targets"]}
        wanted |= {target["placed"]["sha256"] for document in documents for target in document["targets"]}
        texts = [text for sha256 in sorted(wanted) if (text := rows.text_of(sha256)) is not None]
    finally:
        other.close()
    result = Transaction(Rows(db, path)).bring_in(documents, texts, decisions, both=changed_here & changed_there)
    return len(result.added) + len(result.changed)


def _touched(payloads: Mapping[int, Any]) -> set[str]:
    """The annotations that steps changed; undo and redo change those of the step that they are of."""
    ids: set[str] = set()
    for payload in payloads.values():
        of = payloads.get(payload.get("of"), payload)
        ids.update(change["id"] for change in of.get("changes", ()))
    return ids


def _parted_notice(mirror: Path, added: int | None) -> str:
    """Rename a mirror whose history was merged, or is of another store (None), and say so."""
    aside = mirror.with_name(f"{mirror.stem}.other-{stamp()}{mirror.suffix}")
    mirror.replace(aside)
    if added is None:
        return f"{mirror.name} had the history of another store; it is kept as {aside.name}, and a new one was begun."
    return (
        f"{mirror.name} had another history than the notes' file, as after changes on two machines: "
        f"{counted(added, 'annotation')} of it were added or changed. It is kept as {aside.name}."
    )


def new_file(path: Path) -> Path:
    """An empty private file beside `path`, in which a store is made anew."""
    fresh = path.with_suffix(NEW)
    for name in (fresh, *(Path(f"{fresh}{sidecar}") for sidecar in SIDECARS)):
        name.unlink(missing_ok=True)
    make_private(fresh)
    return fresh


def set_aside(path: Path, why: str) -> Path | None:
    """Rename a store with its sidecars; the sidecars first, since one that stays would be taken for the new store's."""
    aside = path.with_name(f"{path.stem}.{why}{path.suffix}")
    n = 1
    while exists(aside):
        n += 1
        aside = path.with_name(f"{path.stem}.{why}-{n}{path.suffix}")
    for sidecar in SIDECARS:
        beside = Path(f"{path}{sidecar}")
        if exists(beside):
            beside.replace(f"{aside}{sidecar}")
    if not exists(path):
        return None
    path.replace(aside)
    return aside


def unfinished(path: Path) -> bool:
    """Whether a store was made whole beside `path` by someone who was killed before it was put in place."""
    fresh = path.with_suffix(NEW)
    if exists(path) or not exists(fresh):
        return False
    try:
        db = sqlite3.connect(fresh)
        try:
            whole: bool = db.execute("PRAGMA user_version").fetchone()[0] == schema.SCHEMA
            return whole and db.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
        finally:
            db.close()
    except (sqlite3.Error, ValueError):
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
            kinds = ("note", "correction")
            if kept in [checksum(number, id, deleted, body, kind) for kind in kinds]:
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
    except (sqlite3.Error, ValueError):
        return  # the list of tables itself is damaged
    try:
        low, high = db.execute(f"SELECT min(rowid), max(rowid) FROM {table}").fetchone()
    except (sqlite3.Error, ValueError):
        low, high = 1, 1 << 20
    stack = [(low, high)] if low is not None else []
    end = time.monotonic() + _PATIENCE
    failures = 0
    while stack and failures < _FAILURES and time.monotonic() < end:
        first, last = stack.pop()
        failures += 1
        try:
            query = f"SELECT {columns} FROM {table} WHERE rowid BETWEEN ? AND ?"
            rows = db.execute(query, (first, last)).fetchall()
            yield from rows
            failures = 0 if rows else failures
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
