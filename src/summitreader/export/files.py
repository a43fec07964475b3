"""Where exports are written: aside first, synced, then put in place, so that a file is whole or as it was.

A file that the program made before is brought up to date (`regions`); one that it did not make is never overwritten
unless that is asked for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from summitreader.errors import SummitreaderError
from summitreader.export.regions import Merged, merge, parse
from summitreader.sources.writing import write_whole

_LONGEST = 200
_DEVICES = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?\Z", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f-\x9f/\\:*?"<>|#^\[\]\u2028\u2029]+')


@dataclass(frozen=True, slots=True)
class Written:
    """What was written, or would be: where, the whole text, and sentences about what was kept of an older file.

    `exists` says that there is a file, `merged` what changes in it; None where all of it is new.
    """

    path: Path
    text: str
    exists: bool
    merged: Merged | None = None
    notices: tuple[str, ...] = ()


def preview_export(path: Path, text: str, *, overwrite: bool = False) -> Written:
    """What `write_export` would do. Raises `SummitreaderError` where it would refuse."""
    old = _old(path)
    if old is None or overwrite:
        return Written(path, text, exists=old is not None)
    if old.strip() and not any(s.region for s in parse(old)):
        raise SummitreaderError(
            f"{path} was not made by summitreader and stays as it is. Name another file, or ask to overwrite it."
        )
    if not old.strip():
        return Written(path, text, exists=True)
    merged = merge(old, text)
    notices = []
    if merged.kept:
        notices.append(f"{_count(merged.kept)} had been changed by hand and stayed so: {', '.join(merged.kept)}.")
    if merged.doubled:
        notices.append(
            f"{_count(merged.doubled)} stood there twice; the first is kept up: {', '.join(merged.doubled)}."
        )
    return Written(path, merged.text, exists=True, merged=merged, notices=tuple(notices))


def write_export(path: Path, text: str, *, overwrite: bool = False) -> Written:
    """Write a markdown document to `path`, or bring the one there up to date, in one step.

    Raises `SummitreaderError` where the file there was not made by the program, and where it cannot be written.
    """
    written = preview_export(path, text, overwrite=overwrite)
    write_whole(path, written.text.encode("utf-8", "surrogatepass"))
    return written


def write_files(folder: Path, texts: Mapping[str, str], *, overwrite: bool = False) -> list[Written]:
    """Write several documents into a folder, made where there is none; none is written where one would be refused."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SummitreaderError(f"{folder} could not be made ({error.strerror}).") from error
    for name, text in texts.items():
        preview_export(folder / name, text, overwrite=overwrite)
    return [write_export(folder / name, text, overwrite=overwrite) for name, text in texts.items()]


def file_name(title: str, taken: Iterable[str] = (), ending: str = ".md") -> str:
    """A name for a file from a title: one path segment, not hidden, no device, at most 200 bytes, none of `taken`.

    Two titles that differ only in what a name cannot bear, or in case, get different names.
    """
    name = unicodedata.normalize("NFC", title.encode("utf-8", "replace").decode("utf-8"))
    name = "".join(
        c for c in _FORBIDDEN.sub(" ", name) if unicodedata.category(c) not in ("Cf", "Cc", "Cs", "Co", "Cn")
    )
    name = " ".join(name.split()).strip(" .-~")
    if not name or _DEVICES.match(name):
        name = f"source {name}".strip()
    lower = {t.casefold() for t in taken}
    n = 1
    while True:
        suffix = ("" if n == 1 else f" {n}") + ending
        stem = name.encode()[: _LONGEST - len(suffix.encode())].decode("utf-8", "ignore").rstrip(" .")
        if f"{stem}{suffix}".casefold() not in lower:
            return f"{stem}{suffix}"
        n += 1


def _old(path: Path) -> str | None:
    try:
        if not path.exists():
            return None
        if not path.is_file():
            raise SummitreaderError(f"{path} is no regular file; nothing was written.")
        return path.read_bytes().decode("utf-8", "surrogatepass")
    except OSError as error:
        raise SummitreaderError(f"{path} could not be read ({error.strerror}); it is as it was.") from error
    except UnicodeDecodeError:
        raise SummitreaderError(f"{path} is no text in UTF-8 and stays as it is. Name another file.") from None


def _count(names: tuple[str, ...]) -> str:
    return "One region" if len(names) == 1 else f"{len(names)} regions"
