"""Bringing a page or file into a corpus folder: as a text with front matter that can be read and corrected by hand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from summitreader.errors import SummitreaderError
from summitreader.files import private_folder, write_whole
from summitreader.sources import isolation
from summitreader.sources.decoding import charset_of_page, decode
from summitreader.sources.discovery import read_file
from summitreader.sources.fetching import fetch
from summitreader.sources.metadata import completed
from summitreader.sources.model import Document, Skipped, UnreadableFile
from summitreader.sources.registry import reader_for, suffixes
from summitreader.text import Source
from summitreader.text.build import build_source
from summitreader.text.front_matter import front_matter
from summitreader.text.gate import shown_line
from summitreader.text.paragraphs import has_a_paragraph_a_line

ORIGINALS = ".originals"
"""The folder, inside the corpus, that keeps pages as they came; its name hides it from `Corpus.load`."""

_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/json": ".json",
    "application/rss+xml": ".rss",
    "application/atom+xml": ".atom",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "application/epub+zip": ".epub",
    "application/zip": ".zip",
    "multipart/related": ".mhtml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.oasis.opendocument.text": ".odt",
}
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)\Z", re.IGNORECASE)
LONGEST_NAME = 80
"""Characters of a file name made from a title; under 200 bytes in any script."""


def add(
    what: str, folder: Path, *, allow_private: bool = False, now: datetime | None = None
) -> Iterator[Path | Skipped]:
    """Bring a web address or a file into `folder`, and yield the files that were written.

    What came from the web is kept beside its text, in `.originals`, with the time when it was fetched. Raises
    `SummitreaderError` where it cannot be had or written, `UnreadableFile` where it cannot be read.
    """
    retrieved = None
    url = None
    if re.match(r"https?://", what, re.IGNORECASE):
        page = fetch(what, allow_private=allow_private)
        url, data = page.url, page.data
        retrieved = (now or datetime.now(UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        last = Path(unquote(urlsplit(url).path)).name
        suffix = _SUFFIXES.get(page.kind) or (s if (s := Path(last).suffix.lower()) in suffixes() else ".html")
        name = (shown_line(Path(last).stem) or urlsplit(url).hostname or "page") + suffix
        charset = page.charset
    else:
        path = Path(what)
        name, data = path.name, read_file(path, follow=True)
        suffix, charset = path.suffix, None
    documents = isolation.run("summitreader.sources.adding:read", data, name, charset, url, size=len(data))
    try:
        (folder / ORIGINALS if retrieved is not None else folder).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SummitreaderError(f"{shown_line(str(folder))} could not be made: {error.strerror}.") from error
    original: str | None = None
    for document in documents:
        if isinstance(document, Skipped):
            yield document
            continue
        source = _source(document, name, url)
        slug = _slug(source.title or Path(name).stem)
        if retrieved is not None and original is None:
            kept = _free(folder / ORIGINALS, slug, suffix)
            write_whole(kept, data)
            original = f"{ORIGINALS}/{kept.name}"
        text = _with_front_matter(source, document, retrieved, original).encode("utf-8", "replace")
        target = folder / f"{slug}.md"
        if target.is_file() and target.read_bytes() == text:
            yield Skipped(shown_line(str(target)), "it is there already, with the same words.")
            continue
        target = _free(folder, slug, ".md")
        write_whole(target, text)
        yield target


def add_text(text: str, folder: Path) -> Path:
    """Save a text as a source in `folder`, named by its first line, and return its file; the same text is saved once.

    Raises `SummitreaderError` where it cannot be written.
    """
    data = text.strip().encode("utf-8", "replace") + b"\n"
    slug = _slug(next((line for line in text.splitlines() if line.strip()), ""))
    try:
        private_folder(folder.parent)
        private_folder(folder)
        for path in sorted(folder.glob(f"{slug}*.txt")):
            if path.is_file() and path.read_bytes() == data:
                return path
    except OSError as error:
        raise SummitreaderError(f"{shown_line(str(folder))} cannot be used: {error.strerror}.") from error
    target = _free(folder, slug, ".txt")
    write_whole(target, data, private=True)
    return target


def read(data: bytes, name: str, charset: str | None, url: str | None) -> Iterator[Document | Skipped]:
    """The documents of what was fetched or named; runs in a worker."""
    if url is None or not name.endswith(".html"):
        yield from reader_for(name)(data, name)
        return
    from summitreader.sources.readers.web import page_document

    decoded = decode(data, charset or charset_of_page(data))
    yield page_document(decoded.text, url=url, notices=decoded.notices)


def _source(document: Document, name: str, url: str | None) -> Source:
    source = build_source(
        document.text,
        id=name,
        title=document.title,
        outlet=document.outlet,
        author=document.author,
        published=document.published,
        url=document.url or url,
        language=document.language,
        article=True,
        a_line_each=has_a_paragraph_a_line(document.text),
        known_blocks=document.blocks,
    )
    return completed(source, name) if url is None else completed(replace(source, url=document.url or url), "")


def _with_front_matter(source: Source, document: Document, retrieved: str | None, original: str | None) -> str:
    """The text with what is known of it in front; one that has front matter of its own stays as it is."""
    if front_matter(document.text)[0]:
        return document.text
    said = [
        ("title", source.title),
        ("outlet", source.outlet),
        ("author", source.author),
        ("date", source.published),
        ("url", source.url),
        ("language", source.language),
        ("retrieved", retrieved),
        ("original", original),
    ]
    lines = [f"{key}: {_quoted(value)}" for key, value in said if value]
    return "---\n" + "\n".join(lines) + "\n---\n\n" + document.text.lstrip("\n")


def _quoted(value: str) -> str:
    words = " ".join(shown_line(value).split())
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _slug(title: str) -> str:
    """A file name of a title: letters and digits of any script joined by hyphens, no device name, nothing hidden."""
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFC", title.lower()))
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word[:LONGEST_NAME]
        if len(longer) > LONGEST_NAME or len(longer.encode()) > 180:
            break
        slug = longer
    return f"{slug or 'source'}-text" if not slug or _DEVICES.match(slug) else slug


def _free(folder: Path, slug: str, suffix: str) -> Path:
    path, n = folder / (slug + suffix), 1
    while path.exists() or path.is_symlink():
        n += 1
        path = folder / f"{slug}-{n}{suffix}"
    return path


__all__ = ["ORIGINALS", "UnreadableFile", "add", "add_text"]
