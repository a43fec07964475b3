"""Files of bytes in one folder, by key: written whole or not at all, checked when read, bounded in all.

A file is read only if it is a plain file of the one who reads it that nobody else may write, and if its checksum is
that of its key and content; and what it holds is decoded as data (msgspec, into known types), never as code, as pickle
would. So a file that another user put there, or that a crash or a bad disk left half written, counts as none. Every
failure is silence: a cache is never the reason why something else fails.
"""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
import time
import zlib
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

LARGEST = 32 << 20
"""Bytes, compressed: what is larger is not kept."""
MOST = 128 << 20
"""Bytes in all files together, after `tidy`."""

_SUFFIX = ".kept"
_UNFINISHED = ".new"
_STALE = 3600
"""Seconds after which an unfinished file is taken to have been given up."""
_CHECKSUM = 32


def read(folder: Path, key: str) -> bytes | None:
    """What was kept under `key`, None where there is nothing that can be trusted."""
    where = folder / (key + _SUFFIX)
    try:
        # Not waiting, since another user's pipe of that name would be waited for without end.
        handle = os.open(where, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as file:
            if not _is_own(os.fstat(handle)):
                return None
            found = file.read(LARGEST + _CHECKSUM + 1)
    except OSError:
        return None
    packed = found[_CHECKSUM:]
    if found[:_CHECKSUM] != _checksum(key, packed):
        _remove(where)
        return None
    try:
        content = zlib.decompress(packed)
    except (zlib.error, MemoryError):
        _remove(where)
        return None
    with contextlib.suppress(OSError):
        os.utime(where)
    return content


def write(folder: Path, key: str, content: bytes) -> None:
    """Keep `content` under `key`, unless it is too large or cannot be written."""
    packed = zlib.compress(content, 1)
    if len(packed) > LARGEST:
        return
    unfinished = None
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(suffix=_UNFINISHED, dir=folder)
        unfinished = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(_checksum(key, packed))
            file.write(packed)
        unfinished.replace(folder / (key + _SUFFIX))
    except OSError:
        if unfinished is not None:
            _remove(unfinished)


def discard(folder: Path, key: str) -> None:
    """Throw away what is kept under `key`."""
    _remove(folder / (key + _SUFFIX))


def tidy(folder: Path, most: int = MOST) -> None:
    """Throw away what was not used for longest until no more than `most` bytes are kept."""
    try:
        with os.scandir(folder) as entries:
            found = [(e.stat(follow_symlinks=False), e.name) for e in entries]
    except OSError:
        return
    old = time.time() - _STALE
    kept = []
    for about, name in found:
        if name.endswith(_SUFFIX):
            kept.append((about.st_mtime_ns, name, about.st_size))
        elif name.endswith(_UNFINISHED) and about.st_mtime < old:
            _remove(folder / name)
    total = sum(size for *_, size in kept)
    for _, name, size in sorted(kept):
        if total <= most:
            break
        _remove(folder / name)
        total -= size


def _checksum(key: str, packed: bytes) -> bytes:
    return sha256(key.encode("ascii") + b"\0" + packed).digest()


def _is_own(about: os.stat_result) -> bool:
    if not stat.S_ISREG(about.st_mode):
        return False
    whose = getattr(os, "geteuid", None)
    return whose is None or (about.st_uid == whose() and not about.st_mode & 0o022)


def _remove(where: Path) -> None:
    with contextlib.suppress(OSError):
        where.unlink()


@dataclass(frozen=True, slots=True)
class Survey:
    """How many files are kept, of how many bytes together, and how many of them would count as none when read."""

    files: int
    size: int
    damaged: int


def survey(folder: Path) -> Survey:
    """Look through a folder without changing anything in it; raises `OSError` where it cannot be read."""
    sizes = []
    damaged = 0
    for path in sorted(folder.glob(f"*{_SUFFIX}")) if folder.is_dir() else ():
        content = path.read_bytes()[: LARGEST + _CHECKSUM + 1]
        sizes.append(len(content))
        sound = content[:_CHECKSUM] == _checksum(path.name.removesuffix(_SUFFIX), content[_CHECKSUM:])
        damaged += not (sound and _is_own(path.stat()))
    return Survey(len(sizes), sum(sizes), damaged)
