"""The files of the store in a data folder: their names, the lock, the number of the schema, what is asked early.

The lock makes writers of any process take turns, also while the mirror is written or a damaged store is replaced. Its
file bears the number of the schema, so that an earlier version of the program knows a later one's store.
"""

from __future__ import annotations

import os
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from summitreader.files import exists, is_regular, open_regular, read_regular

FILE = "annotations.sqlite"
MIRROR = "annotations.jsonl"
LOCK = "annotations.lock"
SIDECARS = ("-wal", "-shm", "-journal")

WAIT_SECONDS = 10.0
_STEP = 0.002
_LOCKED_BYTE = 1 << 30
"""Where Windows locks: behind the words of the file, which others may then still read."""
_MAGIC = b"SQLite format 3\0"
_WAL_MAGIC = (0x377F0682, 0x377F0683)


@contextmanager
def locked(path: Path, seconds: float = WAIT_SECONDS) -> Iterator[None]:
    """Hold `path`, made where there is none. Raises `StoreBusy` after `seconds`, and `OSError`."""
    set_irregular_aside(path, "lock")
    handle = open_regular(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _take(handle, path, seconds)
        yield
    finally:
        os.close(handle)


def _take(handle: int, path: Path, seconds: float) -> None:
    end = time.monotonic() + seconds
    while True:
        try:
            _lock(handle)
            return
        except (BlockingIOError, PermissionError):
            if time.monotonic() > end:
                from summitreader.notes.errors import StoreBusy  # loads sqlite3, which the first screen can do without

                raise StoreBusy(f"Another process holds {path}. Try again, or close it.") from None
            time.sleep(_STEP)


def _lock(handle: int) -> None:
    """Take the lock at once. Raises `BlockingIOError`, on Windows `PermissionError`, where another has it."""
    try:
        import fcntl
    except ImportError:
        import msvcrt

        os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
    else:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def refuse_newer(path: Path, newest: int, application: int) -> None:
    """Raises `StoreNewer` where a later version of the program wrote the store, before SQLite opens anything.

    The lock's file says so, or where it says nothing the store itself: its last committed page 1, which may still be in
    the write-ahead log. A store with a number that the lock contradicts is damaged.
    """
    noted = noted_schema(path.with_name(LOCK))
    number = noted if noted is not None else stored_schema(path, application)
    if number is not None and number > newest:
        from summitreader.notes.errors import StoreNewer

        raise StoreNewer(
            f"{path} was written by a later version of summitreader (schema {number}; this one knows {newest}). "
            "Update the program, or name another folder with --data-dir."
        )


def noted_schema(lock: Path) -> int | None:
    """The schema that the last version to open the store wrote into its lock's file; None where that is not legible."""
    try:
        words = read_regular(lock, 1_000).decode("ascii").split()
        number = int(words[-2])
        return number if words[-1] == _check(number) else None
    except (OSError, ValueError, IndexError):
        return None


def note_schema(lock: Path, number: int) -> None:
    """Write the number into the lock's file, before a store of that schema is written. Raises `OSError`."""
    if noted_schema(lock) != number:
        with os.fdopen(open_regular(lock, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), "w", encoding="ascii") as file:
            file.write(f"summitreader annotations, schema {number} {_check(number)}\n")


def _check(number: int) -> str:
    return f"{zlib.crc32(b'schema %d' % number):08x}"


def stored_schema(path: Path, application: int) -> int | None:
    """The number of the store's schema by its bytes, those of the write-ahead log counted; None where it has none."""
    try:
        with os.fdopen(open_regular(path), "rb") as file:
            head = file.read(100)
    except OSError:
        return None
    head = _first_page_in_log(Path(f"{path}-wal")) or head
    if len(head) < 100 or not head.startswith(_MAGIC) or int.from_bytes(head[68:72], "big") != application:
        return None
    return int.from_bytes(head[60:64], "big")


def _first_page_in_log(wal: Path) -> bytes:
    """The head of the last page 1 that was committed to a write-ahead log (https://sqlite.org/fileformat.html#walformat);
    empty where there is none."""
    committed = seen = b""
    try:
        with os.fdopen(open_regular(wal), "rb") as file:
            header = file.read(32)
            if len(header) < 32 or int.from_bytes(header[:4], "big") not in _WAL_MAGIC:
                return b""
            size = int.from_bytes(header[8:12], "big")
            while len(frame := file.read(24)) == 24 and frame[8:16] == header[16:24]:
                page = int.from_bytes(frame[:4], "big")
                at = file.tell()
                if page == 1:
                    seen = file.read(100)
                file.seek(at + size)
                if frame[4:8] != b"\0\0\0\0":
                    committed = seen
    except (OSError, ValueError, OverflowError):
        pass
    return committed


def set_irregular_aside(path: Path, stamp: str) -> list[str]:
    """Rename what is in the place of a file and is none (a folder, a FIFO), and say so. Raises `OSError`."""
    if is_regular(path) or not os.path.lexists(path):
        return []
    aside = path.with_name(f"{path.name}.not-a-file-{stamp}")
    path.rename(aside)
    return [f"{path.name} was not a regular file; it is kept as {aside.name}."]


def make_private(path: Path) -> None:
    """Have a file that only its owner can read, made where there is none. Raises `OSError` where it cannot be made."""
    handle = open_regular(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if os.fstat(handle).st_mode & 0o077 and hasattr(os, "fchmod"):
            os.fchmod(handle, 0o600)
    except OSError:
        pass  # another user's, or a file system without modes
    finally:
        os.close(handle)


def sync_folder(path: Path) -> None:
    """Have the folder of `path` itself on the disk, where the system can do that."""
    try:
        handle = os.open(path.parent, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        pass
    finally:
        os.close(handle)


def has_user_edits(data_dir: Path) -> bool:
    """Whether a data folder may hold corrections or decisions, in a few milliseconds and without opening the store;
    True too where that cannot be found out."""
    path = data_dir / FILE
    if not is_regular(path):
        return exists(path)
    import sqlite3

    try:
        db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=0.2)
        try:
            corrected = "SELECT 1 FROM annotation WHERE kind <> 'note' AND NOT deleted LIMIT 1"
            decided = "SELECT 1 FROM decision LIMIT 1"
            return any(db.execute(query).fetchone() is not None for query in (corrected, decided))
        finally:
            db.close()
    except (sqlite3.Error, ValueError) as error:  # ValueError: SQLite's message itself is damaged text
        return not str(error).startswith("no such ")
