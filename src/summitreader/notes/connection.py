"""The store's connection: what is read and written through it meets the file that stands there now.

Where the file was put in place by another process it is opened again; where it is damaged it is mended, and what was
being done is done once more. One call at a time, from any thread.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from summitreader.notes import opening
from summitreader.notes.errors import StoreDamaged, StoreReadOnly, store_error
from summitreader.notes.locking import locked
from summitreader.notes.mirror import FILE as MIRROR
from summitreader.notes.mirror import Mirror
from summitreader.notes.rows import Rows
from summitreader.notes.writing import Writing

T = TypeVar("T")


class Connection:
    """`read` and `write` raise errors of `notes.errors` only. `notices` grow by what had to be mended since."""

    def __init__(self, opened: opening.Opened) -> None:
        self._lock = threading.RLock()
        self.path: Path = opened.path
        self.notices: tuple[str, ...] = ()
        self._adopt(opened)

    def close(self) -> None:
        with self._lock:
            self.db.close()

    def read(self, work: Callable[[Rows], T]) -> T:
        return self._attempt(lambda: work(self.rows))

    def write(self, work: Callable[[Writing], T]) -> T:
        """Do `work` in one transaction; when this returns, it is on the disk."""
        return self._attempt(lambda: self._transaction(work))

    def _adopt(self, opened: opening.Opened) -> None:
        self.db = opened.db
        self.rows = Rows(opened.db, opened.path)
        self._mirror = Mirror(opened.path.with_name(MIRROR))
        self._made = opened.made
        self.read_only = opened.read_only
        self.notices = (*self.notices, *opened.notices)

    def _reopen(self, *, mend: bool = False) -> None:
        self.db.close()
        damaged = mend and opening.identity(self.path) == self._made
        self._adopt(opening.connect(self.path.parent, mend=damaged))

    def _replaced(self) -> bool:
        return not self.read_only and opening.identity(self.path) != self._made

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

    def _transaction(self, work: Callable[[Writing], T]) -> T:
        if self.read_only:
            raise StoreReadOnly(f"{self.path} can only be read here. Name another folder with --data-dir.")
        try:
            with locked(self.path.with_name(opening.LOCK)):
                if self._replaced():
                    raise StoreDamaged(f"{self.path} was replaced.")
                try:
                    self.db.execute("BEGIN IMMEDIATE")
                    done = work(Writing(self.rows))
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
