"""What can go wrong with the store, each with a sentence that says what to do."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from summitreader.errors import SummitreaderError, UsageError


class StoreError(SummitreaderError):
    """The annotations could not be read or written; nothing that was kept before is lost."""


class StoreReadOnly(StoreError):
    """The store can be read only, here."""


class StoreFull(StoreError):
    """The disk is full; what was to be written has not been."""


class StoreBusy(StoreError):
    """Another process held the store for too long."""


class StoreNewer(StoreError):
    """The store was written by a later version of the program."""


class StoreOlder(StoreError):
    """The store was written by an earlier version; opening it makes it anew from its history."""


class StoreDamaged(StoreError):
    """The store's file is damaged; opening it again mends it from what can be read and from the mirror."""


class NoSuchAnnotation(UsageError):
    """There is no annotation, or no target of one, of that name."""


_FULL = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_TOOBIG}
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_DAMAGED = {
    *(
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_NOTADB,
        sqlite3.SQLITE_ERROR,
        sqlite3.SQLITE_FORMAT,
        sqlite3.SQLITE_SCHEMA,
    ),
    *(sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_MISMATCH, sqlite3.SQLITE_INTERNAL, sqlite3.SQLITE_RANGE),
}
"""Among them what only a wrong call could bring about otherwise: the program's queries are fixed, so where a table or a
column is not there, or a row breaks a rule, the file is not what was written."""
_SHORT_READ = 522  # SQLITE_IOERR_SHORT_READ: the file ends in the middle of a page
_READ_ONLY = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH}


def store_error(error: sqlite3.Error, where: Path) -> StoreError:
    """The package's own error for what SQLite said."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    unreadable = code == 0 and (not isinstance(error, _CALLS) or "decode to UTF-8" in str(error))
    if code in _DAMAGED or unreadable or getattr(error, "sqlite_errorcode", 0) == _SHORT_READ:
        return StoreDamaged(f"{where} is damaged ({error}). Start again: it is set aside and mended from its mirror.")
    if code in _FULL:
        return StoreFull(f"{where} could not be written ({error}). Free some space; what was kept before is safe.")
    if code in _BUSY:
        return StoreBusy(f"{where} was held by another process for too long ({error}). Try again.")
    if code in _READ_ONLY:
        return StoreReadOnly(f"{where} cannot be written here ({error}). Name another folder with --data-dir.")
    return StoreError(f"{where} could not be used ({error}).")


_CALLS = (sqlite3.OperationalError, sqlite3.ProgrammingError, sqlite3.IntegrityError, sqlite3.InterfaceError)
