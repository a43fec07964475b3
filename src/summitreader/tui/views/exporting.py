"""What leaves the reader as a file: in which format, under which name, and what stands there already."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from summitreader.notes.model import Annotation
from summitreader.text import Source

Exporter = Callable[[Sequence[Annotation], Sequence[Source]], str]

_FORMATS = (
    ("markdown", ".md", "markdown, to read and to write on in"),
    ("jsonld", ".jsonld", "JSON-LD, the W3C's form, for other programs"),
    ("jsonl", ".jsonl", "JSON-lines, which loses nothing"),
    ("csv", ".csv", "CSV, for a spreadsheet"),
)
_NOT_IN_NAMES = re.compile(r"[^\w.\- ]+")
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Format:
    """`name` is the exporter's module and function, `suffix` what its files end in, `does` what it is for."""

    name: str
    suffix: str
    does: str

    def text(self, annotations: Sequence[Annotation], sources: Sequence[Source]) -> str:
        """The annotations in this format."""
        exporter: Exporter = getattr(import_module(f"summitreader.export.{self.name}"), self.name)
        return exporter(annotations, sources)


def formats() -> tuple[Format, ...]:
    """The formats that this version can write, markdown first."""
    return tuple(Format(*row) for row in _FORMATS if find_spec(f"summitreader.export.{row[0]}") is not None)


def file_name(story: str, suffix: str) -> str:
    """A plain name for the notes of a story: no separators, no control characters, no leading dot, not too long."""
    words = " ".join(_NOT_IN_NAMES.sub(" ", story).split()).strip(". ")
    return f"{words[:_LONGEST].strip('. ') or 'story'} - notes{suffix}"


def free_name(path: Path) -> Path:
    """`path`, or with a number where there is a file of that name already."""
    n = 2
    free = path
    while free.exists() or free.is_symlink():
        free = path.with_name(f"{path.stem} {n}{path.suffix}")
        n += 1
    return free


def standing(path: Path) -> str:
    """Why nothing may be written to `path`, in a sentence; empty where it may."""
    if path.is_dir():
        return "That is a folder; name a file in it."
    if path.exists() or path.is_symlink():
        return "There is a file of that name, and it is left as it is; name another."
    if not path.parent.is_dir():
        return "There is no such folder."
    return ""
