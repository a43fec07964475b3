"""A corpus: the sources of a folder or of files, and what could not be read.

What reading needs is loaded when something is read, so that a corpus read elsewhere costs nothing to hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from summitreader.sources.files import LARGEST
from summitreader.sources.model import Refusal
from summitreader.text import Source


@dataclass(frozen=True, slots=True)
class Corpus:
    """`sources` stand in order of path by code point. `stories` maps a subfolder's name to its sources' ids; it is
    empty for a flat folder or a list of files, which are one story. Sources that lie beside the subfolders are the
    story "." then. `root` is what `Source.path` is relative to. `found` are those of the stories that no folder names,
    but that were found by their words, each with how sure that is (0 to 1).
    """

    root: Path
    sources: tuple[Source, ...]
    refusals: tuple[Refusal, ...] = ()
    stories: tuple[tuple[str, tuple[str, ...]], ...] = ()
    found: tuple[tuple[str, float], ...] = ()

    @classmethod
    def load(
        cls,
        where: str | Path | Iterable[str | Path],
        *,
        largest: int = LARGEST,
        progress: Callable[[float, str], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Corpus:
        """Read a folder with all that is in it, or files.

        What cannot be read is in `refusals` with the reason, and nothing is raised for it. `largest` is the size in
        bytes up to which a file is read. Raises `Cancelled` soon after `cancelled()` is true.
        """
        from summitreader.sources.listing import listed
        from summitreader.sources.reading import read_listed

        root, items, asked = listed(where)
        read = list(read_listed(items, asked, largest, progress, cancelled))
        sources = tuple(one for one in read if isinstance(one, Source))
        refusals = tuple(one for one in read if isinstance(one, Refusal))
        return cls(root, sources, refusals, () if asked else stories_of(sources))


def stories_of(sources: Iterable[Source]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """A story for each subfolder; none where there are no subfolders."""
    stories: dict[str, list[str]] = {}
    for source in sources:
        folder, slash, _ = (source.path or "").partition("/")
        stories.setdefault(folder if slash else ".", []).append(source.id)
    if set(stories) <= {"."}:
        return ()
    return tuple((name, tuple(ids)) for name, ids in sorted(stories.items()))
