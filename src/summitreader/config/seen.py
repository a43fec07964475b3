"""What was seen, on disk: for each corpus a file with the keys of the passages of its sources.

Nobody's work is lost with it, so a file that cannot be read or written is passed over in silence.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from summitreader.errors import SummitreaderError

_FOLDER = "seen"


def _file(state: Path, root: Path) -> Path:
    name = hashlib.sha256(str(root.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    return state / _FOLDER / f"{name}.json"


def kept_seen(state: Path, root: Path) -> dict[str, list[str]]:
    """By the id of each source of the corpus at `root`, the keys that were kept; `state` is the folder for state."""
    try:
        stored = json.loads(_file(state, root).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(stored, dict):
        return {}
    return {id: [key for key in keys if isinstance(key, str)] for id, keys in stored.items() if isinstance(keys, list)}


def keep_seen(state: Path, root: Path, ids: Sequence[str], seen: Mapping[str, Sequence[str]]) -> None:
    """Keep `seen` for the sources `ids`; what is kept for the corpus's other sources stays."""
    others = {id: keys for id, keys in kept_seen(state, root).items() if id not in set(ids)}
    from summitreader.sources.writing import write_whole

    path = _file(state, root)
    text = json.dumps({**others, **{id: list(keys) for id, keys in seen.items()}}, indent=0)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, text.encode("utf-8"))
    except (OSError, ValueError, SummitreaderError):
        return
