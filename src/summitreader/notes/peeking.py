"""Whether anything was ever put right by hand, known without opening the store: it costs a few milliseconds at the
start, and the store is then opened early only by who needs it."""

from __future__ import annotations

from pathlib import Path

FILE = "annotations.sqlite"
"""The store's file in a data folder."""


def has_corrections(data_dir: Path) -> bool:
    """Whether a data folder may hold corrections; true too where that cannot be told without opening the store."""
    path = data_dir / FILE
    if not path.exists():
        return False
    import sqlite3

    try:
        db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=0.2)
        try:
            query = "SELECT 1 FROM annotation WHERE kind <> 'note' AND NOT deleted LIMIT 1"
            return db.execute(query).fetchone() is not None
        finally:
            db.close()
    except sqlite3.Error as error:
        return "no such column" not in str(error)
