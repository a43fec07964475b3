"""The places on disk that the program keeps things in. Nothing is written anywhere else unless a command names it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from summitreader.errors import UsageError

VARIABLE = "SUMMITREADER_DATA_DIR"


@dataclass(frozen=True, slots=True)
class Places:
    """`data` holds annotations and what was corrected by hand, `cache` what can be made anew, `state` where one was,
    `settings` the settings file and themes. None of them need exist."""

    data: Path
    cache: Path
    state: Path
    settings: Path


def places(data_dir: Path | None = None) -> Places:
    """The folders of the platform; one folder for all where `data_dir` or SUMMITREADER_DATA_DIR names it."""
    chosen = data_dir or (Path(os.environ[VARIABLE]) if os.environ.get(VARIABLE) else None)
    if chosen is not None:
        try:
            root = chosen.expanduser().absolute()
        except RuntimeError:
            raise UsageError(f"{chosen} cannot be resolved: the home folder is not known. Name it in full.") from None
        return Places(root, root / "cache", root / "state", root / "settings")
    from platformdirs import PlatformDirs

    dirs = PlatformDirs("summitreader", appauthor=False)
    try:
        found = Places(dirs.user_data_path, dirs.user_cache_path, dirs.user_state_path, dirs.user_config_path)
    except RuntimeError:
        found = None
    if found is None or not found.data.is_absolute():
        raise UsageError(
            f"Your home folder is not known: HOME is not set to one. Set it, or name --data-dir or {VARIABLE}."
        )
    return found
