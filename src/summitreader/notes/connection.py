"""Opening the store, whatever state it is in, and the connection through which it is read and written.

New, older, damaged, lost, read-only, on a full disk: what can be recovered is recovered and said in a notice; what
cannot is opened to be read. Only a store of a later version is refused, before anything is written. Of what can go
wrong while it is opened, whatever is not a busy, full or read-only disk is damage. While it is open, the connection
meets the file that is there now: where another process put one in its place it is opened again, where it is gone it is
written again, and where it is damaged it is recovered and what was being done is done once more.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import threading
import time
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from summitreader.counting import counted
from summitreader.errors import SummitreaderError
from summitreader.files import exists, private_folder
from summitreader.notes import schema
from summitreader.notes.errors import StoreDamaged, StoreError, StoreOlder, StoreReadOnly, store_error
from summitreader.notes.events import Mirror, last_seq, read_mirror
from summitreader.notes.files import (
    FILE,
    LOCK,
    MIRROR,
    SIDECARS,
    WAIT_SECONDS,
    locked,
    make_private,
    note_schema,
    refuse_newer,
    set_irregular_aside,
    sync_folder,
)
from summitreader.notes.recovery import NEW, new_file, reconcile, recover, replay, stamp, unfinished
from summitreader.notes.rows import Rows
from summitreader.notes.schema import checksum
from summitreader.notes.transaction import Transaction

T = TypeVar("T")

_CHECK_SECONDS = 0.3
_WORDS_SECONDS = 0.1
_CACHE_KIB = 48_000
"""Enough to hold what a search of 100,000 annotations goes through; taken only as far as it is needed."""


@dataclass(frozen=True, slots=True)
class Opened:
    """`made` names the file that was opened, to know when another was put in its place."""

    db: sqlite3.Connection
    path: Path
    read_only: bool
    notices: tuple[str, ...] = ()
    made: tuple[int, int] = (0, 0)


class Connection:
    """`read` and `write` raise errors of `notes.errors` only, one call at a time, from any thread.

    `notices` grow by what had to be recovered since. `wait` is for how many seconds another process may hold the store.
    """

    def __init__(self, data_dir: Path, wait: float = WAIT_SECONDS) -> None:
        self._lock = threading.RLock()
        self._wait = wait
        self.notices: tuple[str, ...] = ()
        self._adopt(open_store(data_dir, wait=wait))

    def close(self) -> None:
        with self._lock:
            self.db.close()

    def read(self, work: Callable[[Rows], T]) -> T:
        return self._attempt(lambda: work(self.rows))

    def write(self, work: Callable[[Transaction], T]) -> T:
        """Do `work` in one transaction; when this returns, it is on the disk."""
        return self._attempt(lambda: self._transaction(work))

    def _adopt(self, opened: Opened) -> None:
        self.db, self.path, self.read_only, self._made = opened.db, opened.path, opened.read_only, opened.made
        self._lost = False
        """Whether the file could not be opened again, since which this is no connection to it."""
        self.rows = Rows(opened.db, opened.path)
        self._mirror = Mirror(opened.path.with_name(MIRROR))
        self.notices = (*self.notices, *opened.notices)

    def _reopen(self, *, mend: bool = False) -> None:
        if identity(self.path) == (0, 0) and not self._lost:
            self._write_again()
        damaged = mend and identity(self.path) == self._made
        before, self._lost = self.db, True
        if damaged:
            before.close()  # what is recovered is renamed
        opened = open_store(self.path.parent, mend=damaged, wait=self._wait)
        before.close()
        self._adopt(opened)

    def _write_again(self) -> None:
        """The file was deleted, or its folder moved, while it was open: write what it held to where it was."""
        try:
            private_folder(self.path.parent)
            with locked(self.path.with_name(LOCK), self._wait):
                if identity(self.path) != (0, 0):
                    return
                fresh = new_file(self.path)
                copy = sqlite3.connect(fresh)
                try:
                    self.db.backup(copy)
                    count = copy.execute("SELECT count(*) FROM annotation WHERE NOT deleted").fetchone()[0]
                finally:
                    copy.close()
                for sidecar in SIDECARS:
                    Path(f"{self.path}{sidecar}").unlink(missing_ok=True)
                fresh.replace(self.path)
                sync_folder(self.path)
        except (sqlite3.Error, OSError):
            return
        said = (
            f"{self.path} was deleted or moved while it was open. It was written again: {counted(count, 'annotation')}."
        )
        self.notices = (*self.notices, said)

    def _replaced(self) -> bool:
        return not self.read_only and identity(self.path) != self._made

    def _attempt(self, work: Callable[[], T]) -> T:
        with self._lock:
            if self._lost or (self._replaced() and not self.db.in_transaction):
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
        except (UnicodeDecodeError, zlib.error) as error:
            raise StoreDamaged(f"{self.path} is damaged ({error}).") from error

    def _transaction(self, work: Callable[[Transaction], T]) -> T:
        if self.read_only:
            raise StoreReadOnly(f"{self.path} can only be read here. Name another folder with --data-dir.")
        try:
            with locked(self.path.with_name(LOCK), self._wait):
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
            said = f"The mirror of the notes, {MIRROR}, could not be written ({error.strerror}); the notes are saved."
            if said not in self.notices:
                self.notices = (*self.notices, said)


def open_store(
    data_dir: Path, *, mend: bool = False, wait: float = WAIT_SECONDS, newest: int = schema.SCHEMA
) -> Opened:
    """The connection to the store in `data_dir`, made where there is none. Raises `StoreNewer` and `StoreBusy`.

    With `mend` the store is known to be damaged where a look at its structure may not show it, and is made anew.
    """
    path = data_dir / FILE
    refuse_newer(path, newest, schema.APPLICATION_ID)
    try:
        private_folder(data_dir)
        if not os.access(data_dir, os.W_OK):
            return _to_read(path, "it lies in a folder that cannot be written")
        notices = set_irregular_aside(path.with_name(LOCK), stamp())
        with locked(path.with_name(LOCK), wait):
            refuse_newer(path, newest, schema.APPLICATION_ID)
            return _open_locked(path, newest, mend, notices)
    except sqlite3.Error as error:
        return _to_read(path, str(error))
    except OSError as error:
        return _to_read(path, error.strerror or str(error))


def identity(path: Path) -> tuple[int, int]:
    """Which file is at `path` now; (0, 0) where there is none."""
    try:
        status = path.stat()
    except OSError:
        return (0, 0)
    return (status.st_dev, status.st_ino)


def _open_locked(path: Path, newest: int, mend: bool, notices: list[str]) -> Opened:
    mirror = path.with_name(MIRROR)
    sidecars = [Path(f"{path}{sidecar}") for sidecar in SIDECARS]
    for file in (path, mirror, path.with_suffix(NEW), *sidecars):
        notices += set_irregular_aside(file, stamp())
    with suppress(OSError):  # a full disk: what is there can still be read
        note_schema(path.with_name(LOCK), newest)
    if unfinished(path):
        path.with_suffix(NEW).replace(path)
        notices.append("The recovery of the notes' file, which had been interrupted, is complete.")
    empty = not exists(path) or path.stat().st_size == 0
    if mend or (empty and last_seq(mirror)):
        notices += recover(path, mirror)
    for attempt in range(2):
        db = None
        try:
            db = _open(path)
            _prepare(db, path, newest)
            _check(db, path)
            notices += reconcile(db, path, mirror)
            try:
                Mirror(mirror).catch_up(db)
            except OSError as error:
                notices.append(f"The mirror of the notes, {MIRROR}, could not be written ({error.strerror}).")
            return Opened(db, path, read_only=False, notices=tuple(notices), made=identity(path))
        except Exception as error:
            if db is not None:
                db.close()
            if not _is_damage(error, path):
                raise
            if attempt:
                raise StoreDamaged(f"{path} is damaged ({error}), and what was made anew too.") from error
            notices += recover(path, mirror, str(error) if isinstance(error, StoreOlder) else "")
            sync_folder(path)
    raise AssertionError


def _is_damage(error: Exception, path: Path) -> bool:
    """Whether a failure to open is the file's fault: all is that is not a busy, full or read-only disk."""
    if isinstance(error, sqlite3.Error):
        error = store_error(error, path)
    if isinstance(error, StoreDamaged | StoreOlder):
        return True
    return not isinstance(error, SummitreaderError | OSError | MemoryError)


def _open(path: Path) -> sqlite3.Connection:
    make_private(path)
    db = sqlite3.connect(path, timeout=WAIT_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        if db.execute("PRAGMA journal_mode = WAL").fetchone()[0] != "wal":
            db.execute("PRAGMA journal_mode = DELETE")
        db.execute("PRAGMA synchronous = FULL")
        db.execute("PRAGMA foreign_keys = ON")
        db.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    except BaseException:
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
        raise StoreDamaged(f"{path} is not a store of this program.")
    elif version < newest:
        raise StoreOlder(f"{version}")


def _check(db: sqlite3.Connection, path: Path) -> None:
    """Look through the file, for a short while: a large store is checked row by row as it is read. What a search looks
    in is checked here, since a search does not see what it does not find."""
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
    for table in schema.NAMES:
        db.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone()
    end = time.monotonic() + _WORDS_SECONDS
    for n, (number, folded, kept) in enumerate(db.execute("SELECT number, folded, sum FROM words")):
        if checksum(number, folded) != kept:
            raise StoreDamaged(f"{path} is damaged: row {number} of the words to search in")
        if n % 256 == 0 and time.monotonic() > end:
            break


def _numbers(db: sqlite3.Connection) -> tuple[int, int]:
    version = db.execute("PRAGMA user_version").fetchone()[0]
    return int(version), int(db.execute("PRAGMA application_id").fetchone()[0])


def _to_read(path: Path, why: str) -> Opened:
    """The store as it is, to be read only; else what its mirror holds; else an empty one."""
    notice = f"Notes can be read but not saved here: {path} cannot be written ({why}). Name another with --data-dir."
    for attempt in (_read_only, _of_mirror):
        try:
            return Opened(attempt(path, why), path, read_only=True, notices=(notice,))
        except StoreError:
            raise
        except (sqlite3.Error, OSError, ValueError):
            continue
    db = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    schema.create(db)
    return Opened(db, path, read_only=True, notices=(notice,))


def _read_only(path: Path, why: str) -> sqlite3.Connection:
    wal = Path(f"{path}-wal")
    if not exists(path):
        raise FileNotFoundError(path)
    if exists(wal) and wal.stat().st_size:
        copied = Path(tempfile.mkdtemp(prefix="summitreader-"))
        for file in (path, wal):
            shutil.copyfile(file, copied / file.name)
        db = sqlite3.connect(copied / path.name, isolation_level=None, check_same_thread=False)
        db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        shutil.rmtree(copied)  # the open files live on until the connection is closed
    else:
        uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        db = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
    try:
        if not db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
            raise FileNotFoundError(path)  # it was begun where there was no room for it
        if _numbers(db)[0] != schema.SCHEMA:
            raise StoreError(f"{path} is of an older version and cannot be brought up to date here ({why}).")
        _check(db, path)
    except StoreDamaged as error:
        db.close()
        raise ValueError(str(error)) from error
    except BaseException:
        db.close()
        raise
    return db


def _of_mirror(path: Path, why: str) -> sqlite3.Connection:
    """A store in memory, made from the mirror, where the file itself cannot be read."""
    history, _ = read_mirror(path.with_name(MIRROR))
    db = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    db.execute("BEGIN")
    schema.create(db)
    replay(db, history, {})
    db.execute("COMMIT")
    return db
