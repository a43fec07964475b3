"""From files to sources: each file read in a worker with limits, and a corpus that arrives story by story.

What was read last is loaded first. A subfolder is a story, which arrives when all of it is read. Up to `MOST_TOGETHER`
sources of one folder are one story too, as for `summitreader compare`. More are a mixed folder: its first few sources
are shown until all is read, and then the stories that are found in it; those of a mixed subfolder beside the whole.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from summitreader.counting import counted
from summitreader.errors import Cancelled
from summitreader.sources import isolation
from summitreader.sources.discovery import STANDARD_INPUT, Found, discover, read_file
from summitreader.sources.metadata import completed
from summitreader.sources.model import (
    LARGEST,
    Arrival,
    Document,
    Doing,
    LoadRequest,
    OcrOptions,
    Scan,
    Skipped,
    Stories,
    UnreadableFile,
    stories_of,
)
from summitreader.sources.registry import is_plain_text, reader_for
from summitreader.sources.stories import discover_stories
from summitreader.text import Source
from summitreader.text.build import build_source
from summitreader.text.gate import shown_line
from summitreader.text.paragraphs import has_a_paragraph_a_line

MOST_TOGETHER = 60
"""Sources; more of one folder are not one story."""

A_HANDFUL = 12
"""Sources: so many of a mixed folder stand first; in so few no stories are looked for, since somebody chose them."""

SMALL = 64 * 1024
"""Bytes; plain text up to here is read in this process, in a few milliseconds whatever it is."""

MOST_FROM_A_PIPE = 1024 * 1024 * 1024
"""Bytes of standard input, also where no limit is set."""

SILENT_SCAN = 300.0
"""Seconds of the clock that a page of a scan may take on a busy machine."""

NO_CACHE = OcrOptions()

_BATCH = 200
"""Sources of a mixed folder that are handed on together."""


def load_corpus(
    where: str | Path | Iterable[str | Path],
    wanted: LoadRequest,
    *,
    largest: int = LARGEST,
    ocr: OcrOptions = NO_CACHE,
    progress: Callable[[float, str], None] | None = None,
) -> Iterator[Path | Arrival | Stories]:
    """The root of the corpus, then what is in it as it is read, at last the stories."""
    root, items, asked = discover(where)
    yield root
    name = shown_line(root.resolve().name or "sources")
    groups = _groups(items, asked)
    flat = len(groups) == 1 and "." in groups
    taken: set[str] = set()
    kept: dict[str, list[Source]] = {}
    opened = False
    done = 0
    _prepare(items)

    def waiting(doing: str = "reading the sources", share: float = 0.0) -> None:
        if progress is not None:
            progress((done + share) / len(items), doing)

    for group in sorted(groups, key=lambda group: (not _holds(group, wanted.story), group)):
        sources = kept.setdefault(group, [])
        fresh: list[tuple[int, Source | Skipped]] = []
        for place in _in_order(groups[group], items, wanted.sources):
            if fresh and _may_be_a_scan(items[place]):
                yield Arrival(tuple(fresh))  # what is stopped while a scan is read shows the rest
                fresh = []
            for one in read_found(items[place], asked, largest, taken, waiting, ocr):
                fresh.append((place, one))
                if isinstance(one, Source):
                    sources.append(one)
                mixed = len(sources) > MOST_TOGETHER
                if mixed and (not opened or len(fresh) >= _BATCH):
                    yield Arrival(tuple(fresh), None if opened else _begun(sources, wanted, name if flat else group))
                    opened = True
                    fresh = []
            done += 1
            waiting()
        whole = 0 < len(sources) <= MOST_TOGETHER
        yield Arrival(tuple(fresh), (name if flat else group, _ids(sources)) if whole else None)
        opened = opened or whole
    yield _sorted(name, kept, flat, progress)


def regroup(root: Path, sources: Iterable[Source], asked: bool) -> Stories:
    """The stories of sources that were read one by one, as `load_corpus` finds them; `asked` where files were named."""
    kept: dict[str, list[Source]] = {}
    for source in sources:
        folder, slash, _ = (source.path or "").partition("/")
        kept.setdefault(folder if slash and not asked else ".", []).append(source)
    return _sorted(shown_line(root.resolve().name or "sources"), kept, set(kept) == {"."}, None)


def _holds(group: str, story: str) -> bool:
    return story == shown_line(group) or story.startswith(f"{shown_line(group)}: ")


def _ids(sources: Iterable[Source]) -> tuple[str, ...]:
    return tuple(source.id for source in sources)


def _groups(items: list[Found | Skipped], asked: set[Path]) -> dict[str, list[int]]:
    """The places of the files of each subfolder; of files that lie beside them, or were named one by one, under "."."""
    groups: dict[str, list[int]] = {}
    for place, item in enumerate(items):
        folder, slash, _ = (item.name if isinstance(item, Found) else item.path).partition("/")
        groups.setdefault(folder if slash and not asked else ".", []).append(place)
    return groups


def _in_order(places: list[int], items: list[Found | Skipped], first: tuple[str, ...]) -> list[int]:
    """`places` with the files of the sources `first` before the others, and PDFs, which may be scans, last.

    Where two names look alike, ids depend on who comes first, and nothing comes before its turn.
    """
    names = {place: shown_line(item.name) for place in places if isinstance(item := items[place], Found)}
    if len(set(names.values())) < len(names):
        return places
    wanted = {id for source in first for id in (source, source.partition("#")[0])}
    return sorted(places, key=lambda place: (names.get(place) not in wanted, _may_be_a_scan(items[place])))


def _may_be_a_scan(item: Found | Skipped) -> bool:
    return isinstance(item, Found) and item.name.lower().endswith(".pdf")


def _begun(sources: list[Source], wanted: LoadRequest, name: str) -> tuple[str, tuple[str, ...]]:
    """Of a mixed folder what was read last, as far as it is there; else the first few."""
    again = tuple(id for id in _ids(sources) if id in set(wanted.sources))
    if again and wanted.story:
        return wanted.story, again
    return f"{name}: the first {A_HANDFUL}", _ids(sources[:A_HANDFUL])


def _sorted(
    name: str, kept: dict[str, list[Source]], flat: bool, progress: Callable[[float, str], None] | None
) -> Stories:
    stories = [] if flat else list(stories_of(source for group in sorted(kept) for source in kept[group]))
    found: list[tuple[str, float]] = []
    for group, sources in kept.items():
        if len(sources) <= (A_HANDFUL if flat else MOST_TOGETHER):
            continue
        parts = discover_stories(sorted(sources, key=lambda source: source.path or ""), progress=progress)
        if len(sources) <= MOST_TOGETHER:
            parts = tuple(part for part in parts if len(part.sources) > 1)
            if len(parts) < 2:
                continue
            stories.append((name, _ids(sources)))
        prefix = "" if flat else f"{group}: "
        stories += [(prefix + part.name, part.sources) for part in parts]
        found += [(prefix + part.name, part.confidence) for part in parts]
    return Stories(tuple(stories), tuple(found))


def read_all(
    items: list[Found | Skipped],
    asked: set[Path],
    largest: int,
    progress: Callable[[float, str], None] | None,
    cancelled: Callable[[], bool] | None,
    ocr: OcrOptions = NO_CACHE,
) -> Iterator[Source | Skipped]:
    """What each of `items` holds, one after another; see `Corpus.load`."""
    taken: set[str] = set()
    _prepare(items)
    for done, item in enumerate(items):

        def waiting(doing: str = "reading sources", share: float = 0.0, *, done: int = done) -> None:
            if cancelled is not None and cancelled():
                raise Cancelled("Reading was stopped before it was done.")
            if progress is not None:
                progress((done + share) / len(items), doing)

        waiting()
        yield from read_found(item, asked, largest, taken, waiting, ocr)
    if progress is not None:
        progress(1.0, "reading sources")


def read_found(
    item: Found | Skipped,
    asked: set[Path],
    largest: int,
    taken: set[str],
    waiting: Callable[..., None] = lambda *_: None,
    ocr: OcrOptions = NO_CACHE,
) -> Iterator[Source | Skipped]:
    """The sources of one file, and why the rest was not read. `taken` are the ids in use.

    Nothing is raised but what `waiting` raises, which is called about ten times a second, with what is done and how
    much of it where a file takes long.
    """
    if isinstance(item, Skipped):
        yield item
        return
    count = 0
    try:
        for one in _read_apart(item, largest, item.path in asked, waiting, ocr):
            count += isinstance(one, Source)
            yield one if isinstance(one, Skipped) else _unique(one, taken)
    except UnreadableFile as error:
        only = f"only its first {counted(count, 'text')} {'was' if count == 1 else 'were'} read: " if count else ""
        yield Skipped(shown_line(item.name), only + str(error))


def _read_apart(
    found: Found, largest: int, follow: bool, waiting: Callable[..., None], ocr: OcrOptions
) -> Iterator[Source | Skipped]:
    """`read_sources` in a worker with limits; small plain text, which takes no time, here."""
    data = None
    if found.name == STANDARD_INPUT:
        data = sys.stdin.buffer.read(min(largest, MOST_FROM_A_PIPE) + 1)
        if len(data) > largest:
            raise UnreadableFile(f"it is larger than {largest // 1048576} MB.")
        size = len(data)
    else:
        size = _size(found.path)
        if size <= SMALL and is_plain_text(found.name):
            try:
                yield from read_sources(found, largest, follow)
            except UnreadableFile:
                raise
            except Exception as error:
                raise isolation.reader_failed(error) from error
            return
    found = Found(found.path.absolute(), found.name)
    try:
        yield from isolation.run(f"{__name__}:read_sources", found, largest, follow, data, size=size, waiting=waiting)
        return
    except Scan:
        at = [Doing("reading a scan", 0.0)]
    request = (f"{__name__}:read_scan", found, largest, follow, data, ocr)
    for one in isolation.run(
        *request, size=size, patience=SILENT_SCAN, waiting=lambda: waiting(at[0].words, at[0].share)
    ):
        if isinstance(one, Doing):
            at[0] = one
        else:
            yield one


def _prepare(items: list[Found | Skipped]) -> None:
    """Start the worker at once where some file will be read by it."""
    for item in items:
        with contextlib.suppress(UnreadableFile):
            if isinstance(item, Found) and not (is_plain_text(item.name) and _size(item.path) <= SMALL):
                isolation.prepare()
                return


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return 0


def read_sources(
    found: Found, largest: int = LARGEST, follow: bool = False, data: bytes | None = None
) -> Iterator[Source | Skipped]:
    """The sources of one file, and what in it could not be read, without limits of time and memory.

    `data` is what the file holds, where that is known. Raises `UnreadableFile` where nothing can be read.
    """
    if data is None:
        reader_for(found.name)
        data = read_file(found.path, largest=largest, follow=follow)
    empty = True
    for document in reader_for(found.name, data)(data, found.name):
        empty = False
        yield document if isinstance(document, Skipped) else source_of(document, found.name)
    if empty:
        raise UnreadableFile("there is no text in it.")


def read_scan(
    found: Found, largest: int, follow: bool, data: bytes | None, ocr: OcrOptions
) -> Iterator[Source | Doing]:
    """The source of a PDF whose pages are pictures, and before each page what is being read."""
    from summitreader.sources.readers.pdf import read_pdf

    if data is None:
        data = read_file(found.path, largest=largest, follow=follow)
    for one in read_pdf(data, found.name, ocr):
        yield one if isinstance(one, Doing) else source_of(one, found.name)


def read_file_again(path: Path, name: str, follow: bool, ocr: OcrOptions) -> list[Source | Skipped]:
    """What one file of a corpus holds now, or why it cannot be read."""
    return list(read_found(Found(path, name), {path} if follow else set(), LARGEST, set(), ocr=ocr))


def source_of(document: Document, name: str) -> Source:
    """The source that a reader's document of the file `name` is, with what the name adds to it."""
    source = build_source(
        document.text,
        id=shown_line(name if document.name is None else f"{name}#{document.name}"),
        title=document.title,
        outlet=document.outlet,
        author=document.author,
        published=document.published,
        url=document.url,
        language=document.language,
        article=True,
        a_line_each=has_a_paragraph_a_line(document.text),
        path=name,
        notices=document.notices,
        known_blocks=document.blocks,
        locators=document.locators,
    )
    return completed(source, name)


def _unique(source: Source, taken: set[str]) -> Source:
    """The source with an id that no other has; only names that look alike when made safe to show need a number."""
    id, n = source.id, 1
    while id in taken:
        n += 1
        id = f"{source.id}~{n}"
    taken.add(id)
    return source if id == source.id else replace(source, id=id)
