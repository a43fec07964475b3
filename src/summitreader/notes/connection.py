"""The store's connection: what is read and written through it meets the file that stands there now.

Where the file was put in place by another process it is opened again; where it is damaged it is mended, and what was
being done is done once more. One call at a time, from any thread.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from summitreader.notes import schema
from summitreader.notes.errors import StoreDamaged, StoreError, StoreNewer, StoreOlder, StoreReadOnly, store_error
from summitreader.notes.events import MIRROR, Mirror, last_seq, mirrors, read_mirror
from summitreader.notes.files import FILE, WAIT_SECONDS, locked
from summitreader.notes.recovery import NEW, replay, salvage, set_mirror_aside, sync, unfinished
from summitreader.notes.rows import Rows
from summitreader.notes.transaction import Transaction

T = TypeVar("T")


class Connection:
    """`read` and `write` raise errors of `notes.errors` only. `notices` grow by what had to be mended since."""

    def __init__(self, opened: Opened) -> None:
        self._lock = threading.RLock()
        self.path: Path = opened.path
        self.notices: tuple[str, ...] = ()
        self._adopt(opened)

    def close(self) -> None:
        with self._lock:
            self.db.close()

    def read(self, work: Callable[[Rows], T]) -> T:
        return self._attempt(lambda: work(self.rows))

    def write(self, work: Callable[[Transaction], T]) -> T:
        """Do `work` in one transaction; when this returns, it is on the disk."""
        return self._attempt(lambda: self._transaction(work))

    def _adopt(self, opened: Opened) -> None:
        self.db = opened.db
        self.rows = Rows(opened.db, opened.path)
        self._mirror = Mirror(opened.path.with_name(MIRROR))
        self._made = opened.made
        self.read_only = opened.read_only
        self.notices = (*self.notices, *opened.notices)

    def _reopen(self, *, mend: bool = False) -> None:
        self.db.close()
        damaged = mend and identity(self.path) == self._made
        self._adopt(open_store(self.path.parent, mend=damaged))

    def _replaced(self) -> bool:
        return not self.read_only and identity(self.path) != self._made

    def _attempt(self, work: Callable[[], T]) -> T:
        with self._lock:
            if self._replaced() and not self.db.in_transaction:
                self._reopen()
            try:
                return self._translated(work)
            except StoreDamaged:
                if self.read_only or self.db.in_transaction:
                    raise
                self._reopen(mend=True)
                return self._translated(work)

    def _translated(self, work: Callable[[], T]) -> T:
        try:
            return work()
        except sqlite3.Error as error:
            raise store_error(error, self.path) from error

    def _transaction(self, work: Callable[[Transaction], T]) -> T:
        if self.read_only:
            raise StoreReadOnly(f"{self.path} can only be read here. Name another folder with --data-dir.")
        try:
            with locked(self.path.with_name(LOCK)):
                if self._replaced():
                    raise StoreDamaged(f"{self.path} was replaced.")
                try:
                    self.db.execute("BEGIN IMMEDIATE")
                    done = work(Transaction(self.rows))
                    self.db.execute("COMMIT")
                finally:
                    if self.db.in_transaction:
                        self.db.execute("ROLLBACK")
                self._follow_in_mirror()
        except OSError as error:
            raise StoreReadOnly(f"{self.path} cannot be written ({error.strerror}). Free some space.") from error
        return done

    def _follow_in_mirror(self) -> None:
        try:
            self._mirror.catch_up(self.db)
        except OSError as error:
            said = f"The mirror of the notes, {MIRROR}, could not be written ({error.strerror}); the notes are kept."
            if said not in self.notices:
                self.notices = (*self.notices, said)


LOCK = "annotations.lock"
_CHECK_SECONDS = 0.3
_CACHE_KIB = 48_000
"""Enough to hold what a search of 100,000 annotations goes through; taken only as far as it is needed."""
_MAGIC = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True)
class Opened:
    """`made` names the file that was opened, to know when another was put in its place."""

    db: sqlite3.Connection
    path: Path
    read_only: bool
    notices: tuple[str, ...] = ()
    made: tuple[int, int] = (0, 0)


def open_store(data_dir: Path, *, mend: bool = False, newest: int = schema.SCHEMA) -> Opened:
    """The connection to the store in `data_dir`, made where there is none. Raises `StoreNewer` and `StoreBusy`.

    With `mend` the store is known to be damaged where a look at its structure may not show it, and is made anew.
    """
    path = data_dir / FILE
    _refuse_newer(path, newest)
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        if not os.access(data_dir, os.W_OK):
            return _to_read(path, "it lies in a folder that cannot be written")
        with locked(data_dir / LOCK):
            return _open_locked(path, newest, mend)
    except sqlite3.Error as error:
        return _to_read(path, str(error))
    except OSError as error:
        return _to_read(path, error.strerror or str(error))


def identity(path: Path) -> tuple[int, int]:
    """Which file stands at `path` now; (0, 0) where there is none."""
    try:
        status = path.stat()
    except OSError:
        return (0, 0)
    return (status.st_dev, status.st_ino)


def stamp() -> str:
    """The time in UTC as it stands in the names of copies."""
    return datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")


def _open_locked(path: Path, newest: int, mend: bool) -> Opened:
    mirrored = path.with_name(MIRROR)
    notices: list[str] = []
    if unfinished(path):
        path.with_suffix(NEW).replace(path)
        notices.append("Mending the notes' file, which had been interrupted, is done.")
    empty = not path.exists() or path.stat().st_size == 0
    if mend or (empty and last_seq(mirrored)):
        notices += salvage(path, mirrored, stamp())
    db = None
    for attempt in range(2):
        try:
            db = _open(path)
            _prepare(db, path, newest)
            _check(db, path)
            notices += _take_from_mirror(db, mirrored)
            notices += _note_down(db, path, mirrored, newest)
            break
        except StoreOlder as older:
            assert db is not None and not attempt
            db.close()
            notices += salvage(path, mirrored, stamp(), version=str(older))
            sync(path)
        except (sqlite3.Error, StoreDamaged) as error:
            if db is not None:
                db.close()
            known = store_error(error, path) if isinstance(error, sqlite3.Error) else error
            if attempt or not isinstance(known, StoreDamaged):
                raise
            notices += salvage(path, mirrored, stamp())
            sync(path)
    assert db is not None
    return Opened(db, path, read_only=False, notices=tuple(notices), made=identity(path))


def _note_down(db: sqlite3.Connection, path: Path, mirrored: Path, newest: int) -> list[str]:
    """Bring the mirror up to the store, and write the schema's number beside it."""
    try:
        if _noted(path.with_name(LOCK)) != newest:
            path.with_name(LOCK).write_text(f"summitreader annotations, schema {newest}\n", "ascii")
        Mirror(mirrored).catch_up(db)
    except OSError as error:
        return [f"The mirror of the notes, {mirrored.name}, could not be written ({error.strerror})."]
    return []


def _open(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=WAIT_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        if db.execute("PRAGMA journal_mode = WAL").fetchone()[0] != "wal":
            db.execute("PRAGMA journal_mode = DELETE")
        db.execute("PRAGMA synchronous = FULL")
        db.execute("PRAGMA foreign_keys = ON")
        db.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    except sqlite3.Error:
        db.close()
        raise
    return db


def _prepare(db: sqlite3.Connection, path: Path, newest: int) -> None:
    """Make the tables of a new store. Raises `StoreOlder` and `StoreDamaged`."""
    version, application = _numbers(db)
    tables = db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if not tables and not version:
        db.execute("BEGIN IMMEDIATE")
        schema.create(db)
        db.execute("COMMIT")
    elif application != schema.APPLICATION_ID or not 1 <= version <= newest:
        raise StoreDamaged(f"{path} is not what this program keeps notes in.")
    elif version < newest:
        raise StoreOlder(f"{version}")


def _check(db: sqlite3.Connection, path: Path) -> None:
    """Look through the file's own structure, for a short while: a large store is checked row by row as it is read."""
    end = time.monotonic() + _CHECK_SECONDS
    db.set_progress_handler(lambda: int(time.monotonic() > end), 10_000)
    try:
        said = db.execute("PRAGMA integrity_check(1)").fetchone()[0]
    except sqlite3.OperationalError as error:
        if "interrupt" not in str(error):
            raise
        said = "ok"
    finally:
        db.set_progress_handler(None, 0)
    if said != "ok":
        raise StoreDamaged(f"{path} is damaged: {said}")
    for table in (
        "event",
        "snapshot",
        "source",
        "version",
        "annotation",
        "words",
        "target",
        "tag",
        "draft",
        "decision",
    ):
        db.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone()


def _take_from_mirror(db: sqlite3.Connection, mirrored: Path) -> list[str]:
    """Where the mirror has later events than the store, as after a copy of an older store, the store takes them in."""
    if not mirrors(mirrored, db):
        return [set_mirror_aside(mirrored, stamp())]
    (seq,) = db.execute("SELECT coalesce(max(seq), 0) FROM event").fetchone()
    if last_seq(mirrored) <= seq:
        return []
    events, _ = read_mirror(mirrored)
    later = {n: event for n, event in events.items() if n > seq}
    db.execute("BEGIN IMMEDIATE")
    try:
        replay(db, later, {})
        db.execute("COMMIT")
    finally:
        if db.in_transaction:
            db.execute("ROLLBACK")
    return [f"The notes' file lacked {len(later)} steps that its mirror had; they were put back."]


def _numbers(db: sqlite3.Connection) -> tuple[int, int]:
    version = db.execute("PRAGMA user_version").fetchone()[0]
    return int(version), int(db.execute("PRAGMA application_id").fetchone()[0])


def _refuse_newer(path: Path, newest: int) -> None:
    """Raises `StoreNewer` by the bytes of the file's head alone, so that nothing at all is written.

    Each version writes its number into the lock's file too: a head that says more than that is a damaged one.
    """
    try:
        with path.open("rb") as file:
            head = file.read(100)
    except OSError:
        return
    if len(head) < 100 or not head.startswith(_MAGIC):
        return
    version = int.from_bytes(head[60:64], "big")
    application = int.from_bytes(head[68:72], "big")
    noted = _noted(path.with_name(LOCK))
    if application == schema.APPLICATION_ID and version > newest and (noted is None or noted > newest):
        raise StoreNewer(
            f"{path} was written by a later version of summitreader (schema {version}; this one knows {newest}). "
            "Update the program, or name another folder with --data-dir."
        )


def _noted(lock: Path) -> int | None:
    """The schema that the last version to open the store wrote into its lock's file."""
    try:
        return int(lock.read_text("ascii").split()[-1])
    except (OSError, ValueError, IndexError):
        return None


def _to_read(path: Path, why: str) -> Opened:
    """The store as it is, to be read only; an empty one where there is none to read."""
    notice = f"Notes can be read but not kept here: {path} cannot be written ({why}). Name another with --data-dir."
    wal = Path(f"{path}-wal")
    try:
        if not path.exists():
            raise FileNotFoundError(path)
        if wal.exists() and wal.stat().st_size:
            copied = Path(tempfile.mkdtemp(prefix="summitreader-"))
            for file in (path, wal):
                shutil.copyfile(file, copied / file.name)
            db = sqlite3.connect(copied / path.name, isolation_level=None, check_same_thread=False)
            db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            shutil.rmtree(copied)  # the open files live on until the connection is closed
        else:
            uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
            db = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
        if not db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
            db.close()
            raise FileNotFoundError(path)  # it was begun where there was no room for it
        if _numbers(db)[0] != schema.SCHEMA:
            raise StoreError(f"{path} is of an older version and cannot be brought up to date here ({why}).")
    except FileNotFoundError:
        db = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        schema.create(db)
    except sqlite3.Error as error:
        raise store_error(error, path) from error
    return Opened(db, path, read_only=True, notices=(notice,))
