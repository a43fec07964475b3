"""Web archives: WARC (ISO 28500), the Internet Archive's older ARC, and WACZ, a zip of WARC files.

Each page is a source, with its address and the day of its capture: answers with 200, and records that hold a page or
its text as such. What came over the line (chunks, gzip, deflate, Brotli) is undone where it really is what it says.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

from summitreader.sources.decoding import charset_of_page, decode
from summitreader.sources.isolation import reader_failed
from summitreader.sources.model import Document, Skipped, UnreadableFile
from summitreader.sources.readers.archives import member, opened, optional_member
from summitreader.text.gate import shown_line

LARGEST_TOTAL = 256 * 1024 * 1024
"""Bytes when unpacked."""

MOST_PAGES = 2_000

_HEADER = re.compile(rb"WARC/\d\.\d+\r?\n(?P<fields>(?:[^\r\n]{1,8000}+\r?\n){1,200}+)\r?\n")
_ARC_HEADER = re.compile(
    rb"^(?P<url>[a-z][\w+.-]{0,20}:[^\s]{1,4000}) (?P<ip>[\d.:a-f]{1,45}) (?P<day>\d{8,14}) (?P<kind>\S{1,200})"
    rb"(?: \S{1,200}){0,5}? (?P<length>\d{1,11})\r?$\n",
    re.MULTILINE | re.IGNORECASE,
)
_FIELD = re.compile(rb"^(?P<name>[\w-]{1,100}):[ \t]*(?P<value>[^\r\n]*)", re.MULTILINE)
_CHARSET = re.compile(r"charset=[\"']?([\w.:-]+)", re.IGNORECASE)
_BLANK = re.compile(rb"\r?\n\r?\n")
_CHUNK = re.compile(rb"([0-9a-fA-F]{1,8})[^\r\n]{0,200}\r?\n")
_KINDS = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
    "application/pdf": ".pdf",
    "application/epub+zip": ".epub",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.oasis.opendocument.text": ".odt",
}


@dataclass(frozen=True, slots=True)
class _Record:
    """`kind` is the content type in small letters, `day` that of the capture as an ISO date, empty where unknown."""

    url: str
    kind: str
    body: bytes
    day: str


def read_warc(data: bytes, name: str) -> Iterator[Document | Skipped]:
    """The articles of a WARC or ARC file, packed or not; a page without one is skipped with its reason."""
    yield from _documents(data, name, frozenset())


def read_wacz(data: bytes, name: str) -> Iterator[Document | Skipped]:
    """The pages of a WACZ: those that it lists, or all pages of its archives where it lists none."""
    with opened(data, "a WACZ archive") as archive:
        listed = frozenset(_listed(optional_member(archive, "pages/pages.jsonl")))
        names = [n for n in archive.namelist() if n.startswith("archive/") and re.search(r"\.w?arc(?:\.gz)?\Z", n)]
        found = False
        for n in sorted(names):
            try:
                for document in _documents(member(archive, n), name, listed):
                    found = found or isinstance(document, Document)
                    yield replace(document, name=f"{n}#{document.name}") if isinstance(document, Document) else document
            except UnreadableFile as error:
                yield Skipped(shown_line(f"{name}#{n}"), str(error))
        if not found:
            raise UnreadableFile("there are no web pages in this archive.")


def _listed(pages: bytes) -> Iterator[str]:
    for line in pages.splitlines()[:100_000]:
        try:
            page = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(page, dict) and isinstance(page.get("url"), str):
            yield page["url"]


def _documents(data: bytes, name: str, listed: frozenset[str]) -> Iterator[Document | Skipped]:
    notice: str | None = None
    if data.startswith(b"\x1f\x8b"):
        data, notice = unpacked(data)
    records = _arc_records(data) if data[:200].startswith(b"filedesc:") else _warc_records(data)
    only = [record for record in records if record.body]
    if listed and (chosen := [record for record in only if record.url.removeprefix("urn:text:") in listed]):
        only = chosen
    seen: set[str] = set()
    number = 0
    for record in sorted(only, key=lambda record: record.url.startswith("urn:text:")):  # where the page was not read
        url = record.url.removeprefix("urn:text:")
        if url in seen:
            continue
        if number >= MOST_PAGES:
            yield Skipped(shown_line(name), f"only its first {MOST_PAGES:,} pages were read.")
            return
        number += 1
        try:
            for document in _read(record, name):
                if isinstance(document, Skipped):
                    yield document
                    continue
                seen.add(url)
                said = (f"Saved on {record.day}.",) if record.day else ()
                own = str(number) if document.name is None else f"{number}#{document.name}"
                yield replace(document, name=own, url=url or document.url, notices=(*document.notices, *said))
        except UnreadableFile as error:
            yield Skipped(shown_line(f"{name}#{number} ({url})"), str(error))
        except MemoryError:
            raise
        except Exception as error:
            yield Skipped(shown_line(f"{name}#{number} ({url})"), str(reader_failed(error)))
    if notice is not None:
        yield Skipped(shown_line(name), notice)
    elif not number:
        raise UnreadableFile("there are no web pages in this archive.")


def _read(record: _Record, name: str) -> Iterator[Document | Skipped]:
    from summitreader.sources.readers.web import page_document
    from summitreader.sources.registry import reader_for

    kind = _KINDS[record.kind.partition(";")[0].strip()]
    if kind.startswith("."):
        yield from reader_for(f"page{kind}")(record.body, name)
        return
    charset = _CHARSET.search(record.kind)
    declared = charset[1] if charset else None
    if kind == "html" and declared is None:
        declared = charset_of_page(record.body)
    decoded = decode(record.body, declared)
    if kind == "html":
        yield page_document(decoded.text, url=record.url or None, notices=decoded.notices)
    elif decoded.text.strip():
        yield Document(decoded.text, notices=decoded.notices)


def _warc_records(data: bytes) -> Iterator[_Record]:
    at = 0
    while (header := _HEADER.search(data, at)) is not None:
        fields = _fields(header["fields"])
        length = fields.get("content-length", "")
        at = header.end() + (int(length) if length.isdecimal() and len(length) < 12 else 0)
        content = data[header.end() : at]
        url = fields.get("warc-target-uri", "").strip("<>")
        day = fields.get("warc-date", "")[:10]
        day = day if re.fullmatch(r"\d{4}-\d\d-\d\d", day) else ""
        what = fields.get("warc-type", "").lower()
        if what == "response":
            yield from _answer(url, content, day)
        elif what in ("resource", "conversion"):
            kind = fields.get("content-type", "").lower()
            if kind.partition(";")[0].strip() in _KINDS:
                yield _Record(url, kind, content, day)


def _arc_records(data: bytes) -> Iterator[_Record]:
    at = 0
    while (header := _ARC_HEADER.search(data, at)) is not None:
        url = header["url"].decode("utf-8", "replace")
        if url.startswith("filedesc:"):  # whose length some programs count otherwise
            at = header.end()
            continue
        at = header.end() + int(header["length"])
        day = header["day"].decode("ascii")
        yield from _answer(url, data[header.end() : at], f"{day[:4]}-{day[4:6]}-{day[6:8]}")


def _answer(url: str, content: bytes, day: str) -> Iterator[_Record]:
    """The page of an HTTP answer with status 200."""
    blank = _BLANK.search(content)
    if blank is None or not re.match(rb"HTTP/[\d.]+ 200\b", content):
        return
    answer = _fields(content[: blank.start() + 2])
    kind = answer.get("content-type", "").lower()
    media = kind.partition(";")[0].strip()
    if media in _KINDS and not (media == "text/plain" and url.endswith("robots.txt")):
        body = content[blank.end() :]
        if "chunked" in answer.get("transfer-encoding", "").lower():
            body = _dechunked(body)
        for encoding in reversed(answer.get("content-encoding", "").lower().replace(" ", "").split(",")):
            body = _decoded(body, encoding)
        yield _Record(url, kind, body, day)


def _fields(lines: bytes) -> dict[str, str]:
    return {f["name"].decode("ascii").lower(): f["value"].decode("latin-1").strip() for f in _FIELD.finditer(lines)}


def _dechunked(body: bytes) -> bytes:
    """The chunks joined; `body` itself where it is not in chunks (some programs join them and keep the header)."""
    parts: list[bytes] = []
    at = 0
    while (found := _CHUNK.match(body, at)) is not None:
        length = int(found[1], 16)
        if length == 0:
            return b"".join(parts)
        parts.append(body[found.end() : found.end() + length])
        at = found.end() + length
        at += 2 if body[at : at + 2] == b"\r\n" else 1
    return b"".join(parts) if parts and at >= len(body) else body


def _decoded(body: bytes, encoding: str) -> bytes:
    """`body` unpacked; itself where it is not packed as it says."""
    try:
        if encoding in ("gzip", "x-gzip") and body.startswith(b"\x1f\x8b"):
            return unpacked(body)[0]
        if encoding == "deflate":
            for bits in (15, -15):
                unpacker = zlib.decompressobj(wbits=bits)
                try:
                    return unpacker.decompress(body, LARGEST_TOTAL)
                except zlib.error:
                    continue
        if encoding == "br":
            return _unbrotlied(body)
    except (UnreadableFile, ValueError):
        return body
    return body


def _unbrotlied(body: bytes) -> bytes:
    from importlib import import_module

    for module in ("brotli", "brotlicffi"):
        try:
            library = import_module(module)
        except ImportError:
            continue
        try:
            unpacked: bytes = library.Decompressor().process(body)
            return unpacked
        except library.error:
            return body
    raise UnreadableFile("it is packed with Brotli; to read it: pip install brotli.")


def unpacked(data: bytes) -> tuple[bytes, str | None]:
    """All members of a gzip file up to the limit, and what is wrong where it is damaged after its beginning."""
    out = bytearray()
    at, step = 0, 4096
    view = memoryview(data)
    while at < len(data):
        unpacker = zlib.decompressobj(wbits=31)
        step = 4096
        while not unpacker.eof and at < len(data):
            piece = view[at : at + step]
            try:
                out += unpacker.decompress(piece, LARGEST_TOTAL + 1 - len(out))
            except zlib.error as error:
                if not out:
                    raise UnreadableFile("it is a packed archive that is damaged.") from error
                return bytes(out), "it is damaged; what comes after the damage was not read."
            if len(out) > LARGEST_TOTAL or unpacker.unconsumed_tail:
                raise UnreadableFile(f"it unpacks to more than {LARGEST_TOTAL // 1048576} MB.")
            at += len(piece) - len(unpacker.unused_data)
            step = min(2 * step, 1 << 20)
        while at < len(data) and data[at] == 0:
            at += 1
    return bytes(out), None
