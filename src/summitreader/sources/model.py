"""What passes between discovery, readers and loader, and the corpus that they make."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from summitreader.text import Block, Locator, Source

LARGEST = 32 * 1024 * 1024
"""Bytes of a file; a larger one is read only where the caller raises the limit."""


class UnreadableFile(Exception):
    """Raised by a reader for a file that it cannot read; the message is one sentence that says why."""


class Scan(UnreadableFile):
    """Raised for a PDF whose pages are pictures; read by OCR it has a text."""


@dataclass(frozen=True, slots=True)
class OcrOptions:
    """How scans are read: the folder that keeps what was read, and the languages as tesseract names them ("eng"),
    which are chosen by script where none is given."""

    cache: Path | None = None
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Doing:
    """What a reader that takes long is at, and the share of it that is done; it may take `seconds` more."""

    words: str
    share: float
    seconds: float = 10.0


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was not read: its path, safe to show, and why, in one sentence."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader makes of a file: one text, and what the format itself says of it.

    `name` distinguishes the documents of one file (an item of a feed, a chapter, a member). `blocks`, in order, are the
    stretches of `text` whose kind the format itself says; `locators` the pages or times of its parts.
    """

    text: str
    name: str | None = None
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None
    notices: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    locators: tuple[Locator, ...] = ()


@dataclass(frozen=True, slots=True)
class LoadRequest:
    """What was read last: the name of the story, safe to show, and the ids of its sources. Empty where unknown."""

    story: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Arrival:
    """What was read since the last arrival, each with the index of its file among the files of the corpus.

    `story` is one that can be shown now: its name and the ids of its sources, all of which have arrived. The first
    story to arrive is the one that was asked for, as far as it is there.
    """

    items: tuple[tuple[int, Source | Skipped], ...]
    story: tuple[str, tuple[str, ...]] | None = None


@dataclass(frozen=True, slots=True)
class Stories:
    """The end of loading. `stories` and `found` are those of a `Corpus`."""

    stories: tuple[tuple[str, tuple[str, ...]], ...]
    found: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Corpus:
    """The sources of a folder or of files, and what could not be read.

    `sources` are in order of path by code point. `stories` maps a subfolder's name to the ids of its sources; it is
    empty for a flat folder or a list of files, which are one story. Sources that lie beside the subfolders are the
    story ".". `root` is what `Source.path` is relative to. `found` are the stories that no folder names, but that were
    found by their words, each with its confidence (0 to 1).
    """

    root: Path
    sources: tuple[Source, ...]
    skipped: tuple[Skipped, ...] = ()
    stories: tuple[tuple[str, tuple[str, ...]], ...] = ()
    found: tuple[tuple[str, float], ...] = ()

    @classmethod
    def load(
        cls,
        where: str | Path | Iterable[str | Path],
        *,
        largest: int = LARGEST,
        ocr: OcrOptions | None = None,
        progress: Callable[[float, str], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Corpus:
        """Read a folder with all that is in it, or files.

        What cannot be read is in `skipped` with the reason, and nothing is raised for it. `largest` is the size in
        bytes up to which a file is read, `ocr` says how scans are. Raises `Cancelled` soon after `cancelled()` is true.
        """
        from summitreader.sources.discovery import discover
        from summitreader.sources.loader import read_all

        root, items, asked = discover(where)
        read = list(read_all(items, asked, largest, progress, cancelled, ocr or OcrOptions()))
        sources = tuple(one for one in read if isinstance(one, Source))
        skipped = tuple(one for one in read if isinstance(one, Skipped))
        return cls(root, sources, skipped, () if asked else stories_of(sources))


def stories_of(sources: Iterable[Source]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """A story for each subfolder; none where there are no subfolders."""
    stories: dict[str, list[str]] = {}
    for source in sources:
        folder, slash, _ = (source.path or "").partition("/")
        stories.setdefault(folder if slash else ".", []).append(source.id)
    if set(stories) <= {"."}:
        return ()
    return tuple((name, tuple(ids)) for name, ids in sorted(stories.items()))
