"""Which reader reads which file: one reader for each format, and readers of installed packages.

A reader is a function from the bytes of a file and its name to its documents. It raises `UnreadableFile` with a reason;
where a file holds several documents, it yields a `Skipped` for one that cannot be read and continues.
An entry point of the group `summitreader.readers`, named by the suffix that it reads (".rtf"), adds such a function.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from importlib import import_module

from summitreader.sources.model import Document, Skipped, UnreadableFile

Reader = Callable[[bytes, str], Iterable[Document | Skipped]]
GROUP = "summitreader.readers"

_TEXT = "text:read_text"
_READERS = {
    **dict.fromkeys((".txt", ".text", ".md", ".markdown", ".asc", ".rst", ".org", ".adoc", ""), _TEXT),
    **dict.fromkeys((".html", ".htm", ".xhtml"), "web:read_html"),
    **dict.fromkeys((".mhtml", ".mht"), "email:read_mhtml"),
    ".eml": "email:read_email",
    **dict.fromkeys((".mbox", ".mbx"), "email:read_mbox"),
    **dict.fromkeys((".rss", ".atom", ".xml", ".rdf"), "feeds:read_feed"),
    ".json": "records:read_json",
    **dict.fromkeys((".jsonl", ".ndjson"), "records:read_json_lines"),
    ".pdf": "pdf:read_pdf",
    ".zip": "archives:read_zip",
    ".epub": "epub:read_epub",
    **dict.fromkeys((".docx", ".docm", ".dotx"), "office:read_docx"),
    **dict.fromkeys((".odt", ".ott", ".sxw"), "office:read_odt"),
    **dict.fromkeys((".warc", ".arc"), "warc:read_warc"),
    ".wacz": "warc:read_wacz",
    **dict.fromkeys((".srt", ".vtt"), "transcripts:read_subtitles"),
    **dict.fromkeys((".ttml", ".dfxp"), "transcripts:read_ttml"),
}
"""The reader of each suffix, as `module:function` of `readers`; loaded when a file of that kind is met."""

_BEGINNINGS = [
    (re.compile(rb"%PDF-"), ".pdf"),
    (re.compile(rb"From [^\n]{1,200}\d{4}[^\n]{0,40}\r?\n[!-9;-~]{1,80}:"), ".mbox"),
    (re.compile(rb"(?:\x1f\x8b|WARC/\d\.\d|filedesc:)"), ".warc"),
    (re.compile(rb"WEBVTT\b"), ".vtt"),
    (re.compile(rb"\s*1\r?\n\d\d:\d\d:\d\d,\d{3} --> "), ".srt"),
    (re.compile(rb"PK\x03\x04.{26}(?:archive/|pages/|datapackage)", re.DOTALL), ".wacz"),
    (re.compile(rb"PK\x03\x04.{26}(?:\[Content_Types\]|word/|_rels/)", re.DOTALL), ".docx"),
    (re.compile(rb"PK\x03\x04.{26}mimetypeapplication/epub", re.DOTALL), ".epub"),
    (re.compile(rb"PK\x03\x04.{26}mimetypeapplication/vnd.oasis", re.DOTALL), ".odt"),
    (re.compile(rb"PK\x03\x04"), ".zip"),
    (
        re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html)\b", re.IGNORECASE | re.DOTALL),
        ".html",
    ),
    (re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?<(?:rss|feed|rdf)\b", re.IGNORECASE), ".xml"),
]

_KNOWN_OTHERS = {
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".ico", ".tif", ".tiff"), "a picture"),
    **dict.fromkeys((".mp3", ".mp4", ".m4a", ".wav", ".mov", ".ogg", ".webm", ".avi"), "a recording"),
    **dict.fromkeys((".gz", ".bz2", ".xz", ".7z", ".rar", ".tar", ".tgz", ".zst"), "an archive, which is not opened"),
    **dict.fromkeys((".css", ".js", ".woff", ".woff2", ".ttf"), "part of a saved page"),
    **dict.fromkeys((".db", ".sqlite", ".sqlite3"), "a database"),
    **dict.fromkeys((".csv", ".tsv", ".yaml", ".yml", ".toml"), "data, not an article"),
}


def reader_for(name: str, data: bytes = b"") -> Reader:
    """The reader of a file by the suffix of its name; a suffix that nothing is known of is read as text.

    Without a suffix the beginning of `data` decides. Raises `UnreadableFile` for a suffix of another kind of file.
    """
    suffix = _suffix(name) or next((s for start, s in _BEGINNINGS if start.match(data)), "")
    added = _added().get(suffix)
    if added is not None:
        return added
    home = _READERS.get(suffix)
    if home is None:
        other = _KNOWN_OTHERS.get(suffix)
        if other is not None:
            raise UnreadableFile(f"it is {other}.")
        home = _TEXT
    return _loaded(home)


def is_plain_text(name: str) -> bool:
    """Whether a file is read as plain text by its name alone. Raises `UnreadableFile` as `reader_for` does."""
    suffix = _suffix(name)
    if suffix in _KNOWN_OTHERS and suffix not in _added():
        raise UnreadableFile(f"it is {_KNOWN_OTHERS[suffix]}.")
    return bool(suffix) and _READERS.get(suffix, _TEXT) == _TEXT and suffix not in _added()


def suffixes() -> frozenset[str]:
    """The suffixes that some reader reads."""
    return frozenset(_READERS) | frozenset(_added())


def _suffix(name: str) -> str:
    base = name.rpartition("/")[2].lower().removesuffix(".gz" if name.lower().endswith((".warc.gz", ".arc.gz")) else "")
    return f".{base.rpartition('.')[2]}" if "." in base.lstrip(".") else ""


@cache
def _loaded(home: str) -> Reader:
    module, _, function = home.partition(":")
    reader: Reader = getattr(import_module(f"summitreader.sources.readers.{module}"), function)
    return reader


@cache
def _added() -> dict[str, Reader]:
    """Readers of installed packages; one that cannot be loaded is as if it were not there, and `doctor` names it."""
    from importlib.metadata import entry_points

    readers: dict[str, Reader] = {}
    for point in entry_points(group=GROUP):
        try:
            readers[point.name.lower()] = point.load()
        except Exception as error:  # of a module of somebody else's
            _broken[point.name.lower()] = f"{type(error).__name__}: {error}"
    return readers


_broken: dict[str, str] = {}
"""Suffixes whose reader could not be loaded, with the reason."""


def added_readers() -> dict[str, str]:
    """The suffixes that installed packages bring readers for, each with the reader or with why it cannot be used."""
    added = _added()
    named = {suffix: f"{reader.__module__}:{reader.__qualname__}" for suffix, reader in added.items()}
    return named | {suffix: f"could not be loaded ({reason})" for suffix, reason in _broken.items()}
