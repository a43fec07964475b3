"""Zip archives, and the formats that are zip archives inside: EPUB, DOCX, ODT.

A member is read only within limits of number, size and packing, so that no small file becomes a large one; a member
whose name leads out of the archive is named and left alone. Archives in archives are not opened.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import unquote
from xml.etree import ElementTree

from summitreader.sources.model import Document, Skipped, UnreadableFile
from summitreader.sources.readers.feeds import parse_xml
from summitreader.sources.readers.markup import read_markup
from summitreader.text.dates import read_date
from summitreader.text.gate import shown_line

MOST_MEMBERS = 10_000
LARGEST_MEMBER = 32 * 1024 * 1024
LARGEST_TOTAL = 256 * 1024 * 1024
"""Bytes when unpacked, of one member and of all."""

_OFFICE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ODF_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def read_zip(data: bytes, name: str) -> Iterator[Document | Skipped]:
    """The documents of every member that some reader reads; each of the others with its reason."""
    from summitreader.sources.registry import reader_for

    with _opened(data) as archive:
        total = 0
        for info in sorted(archive.infolist(), key=lambda info: info.filename):
            if info.is_dir() or _hidden(info.filename):
                continue
            shown = shown_line(f"{name}#{info.filename}")
            try:
                total += info.file_size
                if total > LARGEST_TOTAL:
                    raise UnreadableFile("the archive unpacks to more than is read of one.")
                _inside(info.filename)
                reader = reader_for(info.filename)
                if reader is read_zip:
                    raise UnreadableFile("it is an archive in an archive, which is not opened.")
                for document in reader(_member(archive, info.filename), info.filename):
                    if isinstance(document, Skipped):
                        yield Skipped(shown_line(f"{name}#") + document.path, document.reason)
                    else:
                        own = f"{info.filename}#{document.name}" if document.name else info.filename
                        yield replace(document, name=own)
            except UnreadableFile as refused:
                yield Skipped(shown, str(refused))


def read_epub(data: bytes, name: str) -> Iterator[Document]:
    """The chapters of a book in reading order, each a source; one of fewer than a hundred letters is left out."""
    with _opened(data) as archive:
        package = _package(archive)
        book = parse_xml(_member(archive, package))
        about = {
            _local(e): " ".join("".join(e.itertext()).split())
            for e in book.iter()
            if e.tag.startswith("{http://purl.org/dc")
        }
        files = {e.get("id"): e.get("href") for e in book.iter() if _local(e) == "item"}
        number = 0
        for reference in (e for e in book.iter() if _local(e) == "itemref"):
            href = files.get(reference.get("idref"))
            if not href:
                continue
            chapter = posixpath.normpath(posixpath.join(posixpath.dirname(package), unquote(href.split("#")[0])))
            try:
                page = read_markup(_member(archive, chapter).decode("utf-8", "replace"))
            except UnreadableFile:
                continue
            if sum(map(len, page.paragraphs)) < 100:
                continue
            number += 1
            moment = read_date(about.get("date", ""))
            yield Document(
                page.text + "\n",
                name=str(number),
                title=page.heading or f"{about.get('title') or name}, chapter {number}",
                outlet=about.get("publisher"),
                author=about.get("creator"),
                published=moment.iso() if moment else None,
                language=about.get("language"),
            )
        if not number:
            raise UnreadableFile("there is no text in this book.")


def read_docx(data: bytes, name: str) -> Iterator[Document]:
    """The paragraphs of a Word document; footnotes, comments and headers are left out."""
    with _opened(data) as archive:
        root = parse_xml(_member(archive, "word/document.xml"))
        paragraphs = ["".join(_runs(p)).strip() for p in root.iter(f"{_OFFICE}p")]
        yield _office_document(paragraphs, _properties(archive, "docProps/core.xml"))


def read_odt(data: bytes, name: str) -> Iterator[Document]:
    """The paragraphs and headings of an OpenDocument text."""
    with _opened(data) as archive:
        root = parse_xml(_member(archive, "content.xml"))
        paragraphs = [
            " ".join("".join(e.itertext()).split()) for e in root.iter() if e.tag in (f"{_ODF_TEXT}p", f"{_ODF_TEXT}h")
        ]
        yield _office_document(paragraphs, _properties(archive, "meta.xml"))


def _office_document(paragraphs: list[str], about: dict[str, str]) -> Document:
    text = "\n\n".join(p for p in paragraphs if p)
    if not text:
        raise UnreadableFile("there is no text in this document.")
    return Document(text + "\n", author=about.get("creator"), language=about.get("language"))


def _runs(paragraph: ElementTree.Element) -> Iterator[str]:
    for element in paragraph.iter():
        if element.tag == f"{_OFFICE}t":
            yield element.text or ""
        elif element.tag in (f"{_OFFICE}tab", f"{_OFFICE}br"):
            yield " "


def _properties(archive: zipfile.ZipFile, member: str) -> dict[str, str]:
    try:
        root = parse_xml(_member(archive, member))
    except UnreadableFile:
        return {}
    return {_local(e): text for e in root.iter() if (text := (e.text or "").strip())}


def _package(archive: zipfile.ZipFile) -> str:
    container = parse_xml(_member(archive, "META-INF/container.xml"))
    path = next((e.get("full-path") for e in container.iter() if _local(e) == "rootfile"), None)
    if not path:
        raise UnreadableFile("it is no book: it does not say where its text is.")
    return path


def _opened(data: bytes) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableFile("it is an archive that is damaged or breaks off.") from error
    if len(archive.infolist()) > MOST_MEMBERS:
        raise UnreadableFile(f"it is an archive of more than {MOST_MEMBERS:,} files.")
    return archive


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    """The bytes of a member, unpacked up to the limit whatever size it claims."""
    try:
        info = archive.getinfo(name)
    except KeyError as error:
        raise UnreadableFile(f"there is no {shown_line(name)} in it.") from error
    if info.flag_bits & 1:
        raise UnreadableFile("it is protected by a password.")
    try:
        with archive.open(info) as file:
            data = file.read(LARGEST_MEMBER + 1)
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, ValueError, NotImplementedError, zlib.error) as error:
        raise UnreadableFile("it is damaged inside.") from error
    if len(data) > LARGEST_MEMBER:
        raise UnreadableFile(f"it unpacks to more than {LARGEST_MEMBER // 1048576} MB.")
    return data


def _inside(name: str) -> None:
    parts = name.replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or ".." in parts or (len(parts[0]) == 2 and parts[0][1] == ":"):
        raise UnreadableFile("its name leads out of the archive.")


def _hidden(name: str) -> bool:
    return any((part.startswith(".") and part not in (".", "..")) or part == "__MACOSX" for part in name.split("/"))


def _local(element: ElementTree.Element) -> str:
    return str(element.tag).rpartition("}")[2].lower()
