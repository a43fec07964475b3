"""Files whose names are not the program's own, or that someone may have put something else in place of.

Only regular files are opened: a FIFO or a device in place of one would be waited for, or read, without end. Questions
about a path have an answer whatever the path is: one that cannot be looked at is not there.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from pathlib import Path

from summitreader.errors import SummitreaderError


class NotRegular(OSError):
    """What is at a path is a folder, FIFO, socket or device."""

    def __init__(self, path: Path | str) -> None:
        super().__init__(errno.EINVAL, "it is not a regular file", str(path))


def exists(path: Path | str) -> bool:
    """Whether there is something at `path`; False too where that cannot be found out (too long, no permission, NUL)."""
    return _mode(path) != 0


def is_regular(path: Path | str) -> bool:
    """Whether a regular file, or a link to one, is at `path`."""
    return stat.S_ISREG(_mode(path))


def is_folder(path: Path | str) -> bool:
    """Whether a folder, or a link to one, is at `path`."""
    return stat.S_ISDIR(_mode(path))


def open_regular(path: Path | str, flags: int = os.O_RDONLY, mode: int = 0o600) -> int:
    """A handle of the regular file at `path`, as `os.open` gives it; never waits. Raises `NotRegular` and `OSError`."""
    before = _mode(path)
    if before and not stat.S_ISREG(before):
        raise NotRegular(path)
    for name in ("O_NONBLOCK", "O_CLOEXEC", "O_BINARY"):
        flags |= getattr(os, name, 0)
    handle = os.open(path, flags, mode)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise NotRegular(path)
    return handle


def read_regular(path: Path | str, largest: int | None = None) -> bytes:
    """The bytes of the regular file at `path`. Raises `NotRegular` and `OSError`, which also stands for a file of more
    than `largest` bytes."""
    with os.fdopen(open_regular(path), "rb") as file:
        data = file.read() if largest is None else file.read(largest + 1)
    if largest is not None and len(data) > largest:
        raise OSError(errno.EFBIG, "it is too large", str(path))
    return data


def write_whole(path: Path, data: bytes, *, private: bool = False) -> None:
    """Put `data` into `path`: written aside, synced, renamed, so that a reader sees the old file or the new one.

    The permissions of a file that is there already are kept; a new one is the owner's alone where it is `private`. A
    link is followed to a file that is there, never to make one. Raises `SummitreaderError` where it cannot be written.
    """
    import tempfile

    from summitreader.text.gate import shown_line

    aside = None
    try:
        if path.is_symlink():
            if not exists(path):
                raise OSError(errno.ENOENT, "it is a link to a file that is not there")
            path = path.resolve()
        before = _mode(path)
        if before and not stat.S_ISREG(before):
            raise NotRegular(path)
        mode = before & 0o777 if before else 0o600 if private else 0o666 & ~_umask()
        handle, aside = tempfile.mkstemp(prefix=".summitreader-", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            if hasattr(os, "fchmod"):  # Windows keeps no such modes
                os.fchmod(file.fileno(), mode)
        Path(aside).replace(path)
        aside = None
    except OSError as error:
        raise SummitreaderError(f"{shown_line(str(path))} could not be written: {error.strerror}.") from error
    finally:
        if aside is not None:
            with contextlib.suppress(OSError):
                Path(aside).unlink()


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def private_folder(folder: Path) -> None:
    """Make a folder that only its owner can enter, where there is none. Raises `OSError`."""
    if not exists(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)


def _mode(path: Path | str) -> int:
    try:
        return Path(path).stat().st_mode
    except (OSError, ValueError):
        return 0
