"""Files written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from summitreader.errors import SummitreaderError
from summitreader.text.gate import shown_line


def write_whole(path: Path, data: bytes) -> None:
    """Put `data` into `path`: written aside, synced, renamed, so that a reader sees the old file or the new one.

    The permissions of a file that is there already are kept. Raises `SummitreaderError` where it cannot be written.
    """
    path = path.resolve() if path.is_symlink() else path
    aside = None
    try:
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
        handle, aside = tempfile.mkstemp(prefix=".summitreader-", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
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
