"""A corpus: the sources of a folder or of a list of files, and what could not be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from summitreader.text import Source


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that was not read: its path, safe to show, and why, in one sentence."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """`sources` stand in order of path by code point. `stories` maps a subfolder's name to its sources' ids; it is
    empty for a flat folder or a list of files, which are one story. `root` is what `Source.path` is relative to.
    """

    root: Path
    sources: tuple[Source, ...]
    refusals: tuple[Refusal, ...] = ()
    stories: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @classmethod
    def load(
        cls,
        where: str | Path | Iterable[str | Path],
        *,
        progress: Callable[[float, str], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Corpus:
        root = Path(where) if isinstance(where, (str, Path)) else Path()
        files = sorted(root.iterdir()) if isinstance(where, (str, Path)) else [Path(p) for p in where]
        sources = [
            Source.from_text(p.read_text(encoding="utf-8", errors="replace"), id=p.name, article=True)
            for p in files
            if p.is_file()
        ]
        return cls(root, tuple(sources))
