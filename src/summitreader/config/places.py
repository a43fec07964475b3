"""The places on disk that the program keeps things in. Nothing is written anywhere else unless a command names it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

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
        root = chosen.expanduser().absolute()
        return Places(root, root / "cache", root / "state", root / "settings")
    from platformdirs import PlatformDirs

    dirs = PlatformDirs("summitreader", appauthor=False)
    return Places(dirs.user_data_path, dirs.user_cache_path, dirs.user_state_path, dirs.user_config_path)
