"""Check the stored data: the note store, its mirror and the cache. Read-only."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from summitreader.config.places import Places
from summitreader.counting import counted
from summitreader.files import exists, is_regular


def soundness(at: Places) -> dict[str, str]:
    """A sentence each on the notes, their mirror and the cache."""
    from summitreader.notes.files import FILE

    store = at.data / FILE
    last, said = _store(store)
    return {"notes": said, "mirror": _mirror(store, last), "cache": _cache(at.cache / "compare")}


def _store(path: Path) -> tuple[int | None, str]:
    """The number of the last event, None where it is not known, and what to say of the store."""
    if not exists(path):
        return None, "none yet"
    if not is_regular(path):
        return None, "not a regular file; the reader sets it aside when it is next opened"
    try:
        db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=2)
        try:
            found = [row[0] for row in db.execute("PRAGMA quick_check")]
            last = int(db.execute("SELECT coalesce(max(seq), 0) FROM event").fetchone()[0])
        finally:
            db.close()
    except (sqlite3.Error, ValueError) as error:
        return None, f"cannot be read ({error}); it is repaired from the mirror the next time the reader opens"
    if found != ["ok"]:
        return last, f"damaged ({found[0]}); it is repaired from the mirror the next time the reader opens"
    return last, f"ok, {counted(last, 'change')} recorded"


def _mirror(store: Path, last: int | None) -> str:
    """`last` is the number of the store's last event."""
    from summitreader.notes.events import read_mirror
    from summitreader.notes.files import MIRROR

    path = store.with_name(MIRROR)
    if not exists(path):
        return "none yet" if not exists(store) else "missing; it is written again the next time the reader opens"
    try:
        events, broken = read_mirror(path)
    except OSError as error:
        return f"cannot be read ({error.strerror})"
    missing = [seq for seq in range(1, (last or 0) + 1) if seq not in events]
    if broken or missing:
        lost = counted(len(missing), "change")
        return f"{counted(broken, 'unreadable line')}, {lost} missing of {last or len(events)}"
    if last is not None and max(events, default=0) > last:
        return f"{counted(max(events) - last, 'change')} that the store lacks"
    return f"ok, {counted(len(events), 'change')}" + ("" if last is None else ", complete")


def _cache(folder: Path) -> str:
    from summitreader.comparison.cache.folder import MOST, survey

    try:
        found = survey(folder)
    except OSError as error:
        return f"cannot be read ({error.strerror}); comparisons are computed again"
    files = counted(found.files, "file")
    size = f"{found.size / 1e6:.1f} MB of at most {MOST / 1e6:.0f} MB"
    if not found.files:
        return "empty"
    sound = f"{found.damaged} damaged, computed again when needed" if found.damaged else "ok"
    return f"{files}, {size}; {sound}"
