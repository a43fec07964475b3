"""Where exports are written: aside first, synced, then put in place, so that a file is whole or as it was."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Written:
    """What was written where. `notices` are sentences about what was kept of an older file."""

    path: Path
    text: str
    notices: tuple[str, ...] = ()


def write_export(path: Path, text: str) -> Written:
    """Write `text` to `path` in one step."""
    handle, aside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="surrogatepass", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(aside).replace(path)
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise
    return Written(path, text)
