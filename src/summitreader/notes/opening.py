"""Opening the store's file, whatever state it is in."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from summitreader.notes import schema
from summitreader.notes.errors import store_error

FILE = "annotations.sqlite"
BUSY_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Opened:
    db: sqlite3.Connection
    path: Path
    read_only: bool
    notices: tuple[str, ...] = ()


def connect(data_dir: Path) -> Opened:
    """The connection to the store in `data_dir`, made where there is none."""
    path = data_dir / FILE
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("BEGIN IMMEDIATE")
        if db.execute("PRAGMA user_version").fetchone()[0] == 0:
            schema.create(db)
        db.execute("COMMIT")
    except sqlite3.Error as error:
        raise store_error(error, path) from error
    return Opened(db, path, read_only=False)
