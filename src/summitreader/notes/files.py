"""One process at a time: a lock that the system lets go of when its holder dies.

SQLite has locks of its own; this one is also held while the mirror is written, and while a damaged store is replaced.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

WAIT_SECONDS = 10.0
_STEP = 0.002


@contextmanager
def locked(path: Path, seconds: float = WAIT_SECONDS) -> Iterator[None]:
    """Hold `path`, made where there is none. Raises `StoreBusy` after `seconds`, and `OSError`."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        _take(handle, path, seconds)
        yield
    finally:
        os.close(handle)


def _take(handle: int, path: Path, seconds: float) -> None:
    try:
        import fcntl
    except ImportError:  # Windows: SQLite's own lock has to do
        return
    end = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() > end:
                from summitreader.notes.errors import (
                    StoreBusy,
                )  # with it sqlite3, which the first screen need not wait for

                raise StoreBusy(f"Another process holds {path}. Try again, or close it.") from None
            time.sleep(_STEP)


FILE = "annotations.sqlite"
"""The store's file in a data folder."""


def has_user_edits(data_dir: Path) -> bool:
    """Whether a data folder may hold corrections or decisions; true too where that cannot be told without opening the
    store."""
    path = data_dir / FILE
    if not path.exists():
        return False
    import sqlite3

    try:
        db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=0.2)
        try:
            corrected = "SELECT 1 FROM annotation WHERE kind <> 'note' AND NOT deleted LIMIT 1"
            decided = "SELECT 1 FROM decision LIMIT 1"
            return any(db.execute(query).fetchone() is not None for query in (corrected, decided))
        finally:
            db.close()
    except sqlite3.Error as error:
        return not str(error).startswith("no such ")
