"""The files of a corpus, and the bytes of one of them.

Only regular files inside the corpus are read. Links, FIFOs, sockets and devices are skipped; a link that was itself
named on the command line is followed.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from summitreader.sources.model import LARGEST, Skipped, UnreadableFile
from summitreader.text.gate import shown_line

GROWTH = 1024 * 1024
"""Bytes by which a file may grow while it is read."""

IGNORE = ".summitreaderignore"
"""A file with one shell pattern a line, such as `*.json`: files beside it that are not sources. `#`: a comment."""

DEEPEST = 32
"""Folders within folders that are looked into."""

_KINDS = {
    stat.S_IFIFO: "it is a FIFO",
    stat.S_IFSOCK: "it is a socket",
    stat.S_IFCHR: "it is a device",
    stat.S_IFBLK: "it is a device",
}


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read, and its name relative to the root of the corpus, with `/` between folders."""

    path: Path
    name: str


def find_files(root: Path) -> Iterator[Found | Skipped]:
    """The files under a folder in order of their names by code point; hidden ones, and links, are not followed."""
    yield from sorted(_walk(root, "", 0), key=lambda item: item.name if isinstance(item, Found) else item.path)


def _walk(folder: Path, prefix: str, depth: int) -> Iterator[Found | Skipped]:
    try:
        with os.scandir(folder) as listing:
            entries = list(listing)
    except OSError as error:
        yield Skipped(shown_line(prefix or str(folder)), _reason(error))
        return
    passed_over = _passed_over(folder) if any(entry.name == IGNORE for entry in entries) else ()
    for entry in entries:
        if entry.name.startswith(".") or any(fnmatchcase(entry.name, pattern) for pattern in passed_over):
            continue
        name = prefix + entry.name
        try:
            if entry.is_symlink():
                yield Skipped(shown_line(name), "it is a link; name it on the command line to have it followed.")
            elif entry.is_dir(follow_symlinks=False):
                if depth < DEEPEST:
                    yield from _walk(folder / entry.name, name + "/", depth + 1)
                else:
                    yield Skipped(shown_line(name), f"folders more than {DEEPEST} deep are not looked into.")
            elif entry.is_file(follow_symlinks=False):
                yield Found(folder / entry.name, name)
            else:
                mode = entry.stat(follow_symlinks=False).st_mode
                yield Skipped(shown_line(name), _KINDS.get(stat.S_IFMT(mode), "it is not a regular file") + ".")
        except OSError as error:
            yield Skipped(shown_line(name), _reason(error))


def _passed_over(folder: Path) -> tuple[str, ...]:
    """The patterns of the IGNORE file of a folder; none where it cannot be read."""
    try:
        lines = read_file(folder / IGNORE, largest=65_536).decode("utf-8", "replace").splitlines()
    except UnreadableFile:
        return ()
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def read_file(path: Path, *, largest: int = LARGEST, follow: bool = False) -> bytes:
    """The bytes of a regular file of at most `largest` bytes; raises `UnreadableFile` for anything else.

    A file that grows while it is read is cut at the limit and refused; opening never blocks.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
    if not follow:
        flags |= getattr(os, "O_NOFOLLOW", 0)
    try:
        before = path.stat() if follow else path.lstat()
        if not stat.S_ISREG(before.st_mode):
            raise UnreadableFile(_KINDS.get(stat.S_IFMT(before.st_mode), "it is not a regular file") + ".")
        handle = os.open(path, flags)
        try:
            about = os.fstat(handle)
            if not stat.S_ISREG(about.st_mode):
                raise UnreadableFile("it is not a regular file.")
            if about.st_size > largest:
                raise UnreadableFile(_too_large(about.st_size, largest))
            with os.fdopen(handle, "rb", closefd=False) as file:
                data = file.read(min(largest, about.st_size + GROWTH) + 1)
        finally:
            os.close(handle)
    except OSError as error:
        raise UnreadableFile(_reason(error)) from error
    except ValueError as error:
        raise UnreadableFile("its name cannot be opened.") from error
    if len(data) > largest:
        raise UnreadableFile(_too_large(len(data), largest))
    if len(data) > about.st_size + GROWTH:
        raise UnreadableFile("it grows while it is read; try again when it is complete.")
    return data


def _too_large(size: int, largest: int) -> str:
    return f"it is larger than {largest / 1048576:.0f} MB ({size / 1048576:.0f} MB); --any-size reads it all the same."


def _reason(error: OSError) -> str:
    if error.errno == errno.ENOENT:
        return "it is not there."
    if error.errno in (errno.EACCES, errno.EPERM):
        return "there is no permission to read it."
    if error.errno == errno.ELOOP:
        return "it is a link that leads to itself, or to another link."
    return f"it could not be read: {(error.strerror or 'unknown error').lower()}."


STANDARD_INPUT = "-"
"""Named among the paths, it stands for what comes on standard input."""


def discover(where: str | Path | Iterable[str | Path]) -> tuple[Path, list[Found | Skipped], set[Path]]:
    """The root, what there is to read under it in order, and the files that were themselves asked for."""
    paths = [Path(where)] if isinstance(where, (str, Path)) else [Path(path) for path in where]
    if len(paths) == 1 and paths[0].is_dir() and str(paths[0]) != STANDARD_INPUT:
        return paths[0], list(find_files(paths[0])), set()
    piped = [Found(path, STANDARD_INPUT) for path in paths if str(path) == STANDARD_INPUT][:1]
    paths = list(dict.fromkeys(path.absolute() for path in paths if str(path) != STANDARD_INPUT))
    folders = [path if path.is_dir() else path.parent for path in paths]
    root = Path(os.path.commonpath(folders)) if folders else Path()
    items: dict[str, Found | Skipped] = {}
    for path in paths:
        name = path.relative_to(root).as_posix()
        if path.is_dir():
            prefix = "" if name == "." else name + "/"
            for item in find_files(path):
                if isinstance(item, Found):
                    items[prefix + item.name] = Found(item.path, prefix + item.name)
                else:
                    items[prefix + item.path] = Skipped(prefix + item.path, item.reason)
        else:
            items[name] = Found(path, name)
    return root, [*piped, *(items[name] for name in sorted(items))], {*paths, *(one.path for one in piped)}
