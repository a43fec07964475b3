"""What there is to read: the files under what was named, in order, each with its name in the corpus."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from summitreader.sources.files import Found, find_files
from summitreader.sources.model import Refusal

STANDARD_INPUT = "-"
"""Named among the paths, it stands for what comes on standard input."""


def listed(where: str | Path | Iterable[str | Path]) -> tuple[Path, list[Found | Refusal], set[Path]]:
    """The root, what there is to read under it in order, and the files that were themselves asked for."""
    paths = [Path(where)] if isinstance(where, (str, Path)) else [Path(path) for path in where]
    if len(paths) == 1 and paths[0].is_dir() and str(paths[0]) != STANDARD_INPUT:
        return paths[0], list(find_files(paths[0])), set()
    piped = [Found(path, STANDARD_INPUT) for path in paths if str(path) == STANDARD_INPUT][:1]
    paths = list(dict.fromkeys(path.absolute() for path in paths if str(path) != STANDARD_INPUT))
    folders = [path if path.is_dir() else path.parent for path in paths]
    root = Path(os.path.commonpath(folders)) if folders else Path()
    items: dict[str, Found | Refusal] = {}
    for path in paths:
        name = path.relative_to(root).as_posix()
        if path.is_dir():
            prefix = "" if name == "." else name + "/"
            for item in find_files(path):
                if isinstance(item, Found):
                    items[prefix + item.name] = Found(item.path, prefix + item.name)
                else:
                    items[prefix + item.path] = Refusal(prefix + item.path, item.reason)
        else:
            items[name] = Found(path, name)
    return root, [*piped, *(items[name] for name in sorted(items))], {*paths, *(one.path for one in piped)}
