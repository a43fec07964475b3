"""What a kept result depends on, as keys: two runs with one key would work out the same."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable
from dataclasses import fields
from functools import lru_cache
from hashlib import sha256
from importlib import metadata
from pathlib import Path

import msgspec

from summitreader.text import Source

_ROOMS = ("text", "comparison")
"""The rooms whose code and tables decide what a comparison says."""
_PACKAGES = ("rapidfuzz", "regex", "sentencex", "simplemma", "snowballstemmer")
"""The packages whose code and tables do."""


@lru_cache(maxsize=1)
def engine_key() -> str | None:
    """Of the program's code and tables, and of what it is built on; None where the code cannot be read as files.

    The code itself is read (4 ms for 0.6 MB), since a version number stays the same while someone works on it.
    """
    root = Path(__file__).parents[2]
    said = sha256(f"{sys.version_info[:3]} {unicodedata.unidata_version}".encode())
    try:
        for room in _ROOMS:
            found = [f for f in (root / room).rglob("*") if f.is_file() and "__pycache__" not in f.parts]
            if not found:
                return None
            for file in sorted(found):
                content = file.read_bytes()
                said.update(f"{file.relative_to(root).as_posix()} {len(content)}\n".encode())
                said.update(content)
    except OSError:
        return None
    for package in _PACKAGES:
        try:
            said.update(f"{package} {metadata.version(package)}\n".encode())
        except metadata.PackageNotFoundError:
            return None
    return said.hexdigest()


def source_key(source: Source) -> str | None:
    """Of all that is known of `source`; None where its text has no form in UTF-8."""
    try:
        return sha256(msgspec.msgpack.encode([getattr(source, f.name) for f in fields(source)])).hexdigest()
    except UnicodeEncodeError:
        return None


def key_of(kind: str, parts: Iterable[str]) -> str:
    """The key of a result of that kind, which depends on `parts` in their order."""
    return sha256("\n".join((kind, *parts)).encode("utf-8", "surrogatepass")).hexdigest()
