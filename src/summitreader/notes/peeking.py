"""Whether anything was ever put right or decided by hand, known without opening the store: it costs a few milliseconds
at the start, and the store is then opened early only by who needs it."""

from __future__ import annotations

from pathlib import Path

from summitreader.notes.decisions import FILE as DECISIONS

FILE = "annotations.sqlite"
"""The store's file in a data folder."""


def has_own(data_dir: Path) -> bool:
    """Whether a data folder may hold corrections or decisions; true too where that cannot be told without opening the
    store."""
    path = data_dir / FILE
    older = (data_dir / DECISIONS).exists()
    if not path.exists():
        return older
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
        return older or not str(error).startswith("no such ")
