"""Reading what a corpus is made of: files found, one after another, each by the reader of its format."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from summitreader.errors import Cancelled
from summitreader.sources.files import LARGEST, Found, read_file
from summitreader.sources.listing import STANDARD_INPUT, listed
from summitreader.sources.metadata import completed
from summitreader.sources.model import Document, Refusal, Refused
from summitreader.sources.registry import reader_for
from summitreader.text import Source
from summitreader.text.build import build_source
from summitreader.text.gate import shown_line
from summitreader.text.paragraphs import has_a_paragraph_a_line


def read_corpus(
    where: str | Path | Iterable[str | Path],
    *,
    largest: int = LARGEST,
    progress: Callable[[float, str], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Iterator[Source | Refusal]:
    """What `Corpus.load` collects, as it is read, so that the first can be shown before the last is there."""
    _, items, asked = listed(where)
    return read_listed(items, asked, largest, progress, cancelled)


def read_listed(
    items: list[Found | Refusal],
    asked: set[Path],
    largest: int,
    progress: Callable[[float, str], None] | None,
    cancelled: Callable[[], bool] | None,
) -> Iterator[Source | Refusal]:
    """What each of `items` holds, one after another; see `Corpus.load`."""
    taken: set[str] = set()
    for done, item in enumerate(items):
        if cancelled is not None and cancelled():
            raise Cancelled("Reading was stopped before it was done.")
        if progress is not None:
            progress(done / len(items), "reading sources")
        yield from read_item(item, asked, largest, taken)
    if progress is not None:
        progress(1.0, "reading sources")


def read_item(item: Found | Refusal, asked: set[Path], largest: int, taken: set[str]) -> Iterator[Source | Refusal]:
    """The sources of one file, and why the rest was not read; nothing is raised. `taken` are the ids in use."""
    if isinstance(item, Refusal):
        yield item
        return
    try:
        for one in read_sources(item, largest=largest, follow=item.path in asked):
            yield one if isinstance(one, Refusal) else _unique(one, taken)
    except Refused as refused:
        yield Refusal(shown_line(item.name), str(refused))
    except Exception as error:  # of a reader of somebody else's; the other files are read all the same
        reason = f"its reader failed on it ({type(error).__name__}: {shown_line(str(error))[:200]})."
        yield Refusal(shown_line(item.name), reason)


def read_sources(found: Found, *, largest: int = LARGEST, follow: bool = False) -> Iterator[Source | Refusal]:
    """The sources of one file, and what in it could not be read. Raises `Refused` where nothing could."""
    if found.name == STANDARD_INPUT:
        data = sys.stdin.buffer.read(largest + 1)
        if len(data) > largest:
            raise Refused(f"it is larger than {largest // 1048576} MB.")
    else:
        reader_for(found.name)
        data = read_file(found.path, largest=largest, follow=follow)
    empty = True
    for document in reader_for(found.name, data)(data, found.name):
        empty = False
        yield document if isinstance(document, Refusal) else source_of(document, found.name)
    if empty:
        raise Refused("there is no text in it.")


def read_file_again(path: Path, name: str, follow: bool) -> list[Source | Refusal]:
    """What one file of a corpus holds now, or why it cannot be read."""
    try:
        return list(read_sources(Found(path, name), follow=follow))
    except Refused as refused:
        return [Refusal(shown_line(name), str(refused))]
    except Exception as error:  # of a reader of somebody else's
        reason = f"its reader failed on it ({type(error).__name__}: {shown_line(str(error))[:200]})."
        return [Refusal(shown_line(name), reason)]


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
