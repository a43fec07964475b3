"""EPUB: the chapters of a book in reading order, each a source."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from summitreader.sources.decoding import decode
from summitreader.sources.model import Document, Skipped, UnreadableFile
from summitreader.sources.readers.archives import member, opened, optional_member
from summitreader.sources.readers.markup import read_markup
from summitreader.sources.readers.xml import local, parse_xml
from summitreader.text.dates import read_date
from summitreader.text.gate import shown_line

_FONTS = frozenset(("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"))
"""Algorithms that only obfuscate fonts; any other is a protection of the book."""

_PAGES = frozenset(("application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/x-oeb1-document", ""))
_CHARSET = re.compile(rb"(?:encoding|charset)\s*=\s*[\"']?([A-Za-z][\w.:-]*)")
_WRITES = frozenset(("aut", "author", "edt", ""))


def read_epub(data: bytes, name: str) -> Iterator[Document | Skipped]:
    """The chapters that have words. Raises `UnreadableFile` for a protected book."""
    with opened(data, "a book") as archive:
        package = _package(archive)
        book, _ = parse_xml(member(archive, package))
        about = _about(book)
        items = {e.get("id"): e for e in book.iter() if local(e) == "item" and e.get("href")}
        protected = _protected(archive)
        number = 0
        for idref in dict.fromkeys(e.get("idref") for e in book.iter() if local(e) == "itemref"):
            item = _page(items, idref)
            if item is None:
                continue
            href = unquote(item.get("href").split("#")[0])
            chapter = posixpath.normpath(posixpath.join(posixpath.dirname(package), href))
            if chapter.lower() in protected:
                raise UnreadableFile("it is protected by DRM; only the shop's own program reads it.")
            try:
                data = member(archive, chapter)
                declared = _CHARSET.search(data[:1024])
                page = read_markup(decode(data, declared[1].decode("ascii") if declared else None).text)
            except UnreadableFile as error:
                yield Skipped(shown_line(f"{name}#{chapter}"), str(error))
                continue
            if not page.text.strip():
                continue
            number += 1
            yield Document(
                page.text + "\n",
                name=str(number),
                title=page.heading or f"{about.get('title') or name}, chapter {number}",
                outlet=about.get("publisher"),
                author=about.get("creator"),
                published=about.get("date"),
                language=about.get("language"),
            )
        if not number:
            raise UnreadableFile("there is no text in this book.")


def _package(archive: zipfile.ZipFile) -> str:
    container, _ = parse_xml(member(archive, "META-INF/container.xml"))
    path = next((e.get("full-path") for e in container.iter() if local(e) == "rootfile"), None)
    if not path:
        raise UnreadableFile("it is not a book: it does not say where its text is.")
    return str(path)


def _about(book: Any) -> dict[str, str]:
    """What the package says of the book; of creators those who wrote it, where it says who did."""
    about: dict[str, str] = {}
    creators: list[tuple[str, str]] = []
    roles = {
        (e.get("refines") or "").lstrip("#"): (e.text or "").strip()
        for e in book.iter()
        if local(e) == "meta" and e.get("property") == "role"
    }
    for element in book.iter():
        if not str(element.tag).startswith("{http://purl.org/dc"):
            continue
        words = " ".join("".join(element.itertext()).split())
        key = local(element)
        if key == "creator" and words:
            role = next((value for name, value in element.items() if name.rpartition("}")[2] == "role"), "")
            creators.append((words, (role or roles.get(element.get("id") or "", "")).lower()))
        elif words:
            about.setdefault(key, words)
    names = [name for name, role in creators if role in _WRITES] or [name for name, _ in creators]
    if names:
        about["creator"] = ", ".join(dict.fromkeys(names))
    moment = read_date(about.pop("date", ""))
    if moment is not None and moment.iso():
        about["date"] = moment.iso() or ""
    return about


def _page(items: dict[Any, Any], id: str | None) -> Any | None:
    """The item of the spine, or the page that stands in for it; None for a picture, and for the table of contents."""
    seen = set()
    while id in items and id not in seen:
        seen.add(id)
        item = items[id]
        if "nav" in (item.get("properties") or "").split():
            return None
        if (item.get("media-type") or "").lower() in _PAGES:
            return item
        id = item.get("fallback")
    return None


def _protected(archive: zipfile.ZipFile) -> frozenset[str]:
    """The members that are encrypted, fonts that are only obfuscated left out; names in small letters."""
    data = optional_member(archive, "META-INF/encryption.xml")
    if not data:
        return frozenset()
    found: set[str] = set()
    for entry in (e for e in parse_xml(data)[0].iter() if local(e) == "encrypteddata"):
        methods = [e.get("Algorithm") for e in entry.iter() if local(e) == "encryptionmethod"]
        if not any(method in _FONTS for method in methods):
            names = [e.get("URI") or "" for e in entry.iter() if local(e) == "cipherreference"]
            found.update(posixpath.normpath(unquote(name)).lstrip("/").lower() for name in names)
    return frozenset(found)
