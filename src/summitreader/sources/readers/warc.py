"""Web archives (WARC, ISO 28500): each page answered with 200 is a source, with its address and day."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import replace

from summitreader.sources.decoding import decode
from summitreader.sources.model import Document, Skipped, UnreadableFile
from summitreader.text.gate import shown_line

LARGEST_TOTAL = 256 * 1024 * 1024
"""Bytes when unpacked."""

MOST_PAGES = 2_000

_HEADER = re.compile(rb"WARC/1\.\d\r?\n(?P<fields>(?:[^\r\n]{1,8000}+\r?\n){1,200}+)\r?\n")
_FIELD = re.compile(rb"^(?P<name>[\w-]+):[ \t]*(?P<value>[^\r\n]*)", re.MULTILINE)
_CHARSET = re.compile(r"charset=[\"']?([\w-]+)", re.IGNORECASE)


def read_warc(data: bytes, name: str) -> Iterator[Document | Skipped]:
    """The articles of a web archive, packed or not; a page without one is named with its reason."""
    from summitreader.sources.readers.web import page_document

    if data.startswith(b"\x1f\x8b"):
        data = _unpacked(data)
    found = False
    for number, (address, kind, body) in enumerate(_pages(data), 1):
        if number > MOST_PAGES:
            yield Skipped(shown_line(name), f"only its first {MOST_PAGES:,} pages were read.")
            return
        found = True
        charset = _CHARSET.search(kind)
        try:
            decoded = decode(body, charset[1] if charset else None)
            yield replace(page_document(decoded.text, url=address, notices=decoded.notices), name=str(number))
        except UnreadableFile as refused:
            yield Skipped(shown_line(f"{name}#{number} ({address})"), str(refused))
    if not found:
        raise UnreadableFile("there are no web pages in this archive.")


def _pages(data: bytes) -> Iterator[tuple[str, str, bytes]]:
    """Address, content type and body of each HTML page that was answered with 200."""
    at = 0
    while (header := _HEADER.search(data, at)) is not None:
        fields = _fields(header["fields"])
        length = fields.get("content-length", "")
        at = header.end() + (int(length) if length.isdecimal() and len(length) < 12 else 0)
        if fields.get("warc-type") != "response":
            continue
        head, blank, body = data[header.end() : at].partition(b"\r\n\r\n")
        status, _, rest = head.partition(b"\r\n")
        answer = _fields(rest)
        kind = answer.get("content-type", "")
        if blank and re.match(rb"HTTP/[\d.]+ 200\b", status) and re.match(r"(?:text/html|application/xhtml)", kind):
            if answer.get("content-encoding", "identity") == "gzip":
                body = _unpacked(body)
            yield fields.get("warc-target-uri", "").strip("<>"), kind, body


def _fields(lines: bytes) -> dict[str, str]:
    return {f["name"].decode("ascii").lower(): f["value"].decode("latin-1").strip() for f in _FIELD.finditer(lines)}


def _unpacked(data: bytes) -> bytes:
    """All members of a gzip file, up to the limit."""
    out = bytearray()
    try:
        while data:
            unpacker = zlib.decompressobj(wbits=31)
            out += unpacker.decompress(data, LARGEST_TOTAL + 1 - len(out))
            if len(out) > LARGEST_TOTAL:
                raise UnreadableFile(f"it unpacks to more than {LARGEST_TOTAL // 1048576} MB.")
            if not unpacker.eof:
                break
            data = unpacker.unused_data.lstrip(b"\0")
    except zlib.error as error:
        raise UnreadableFile("it is a packed archive that is damaged.") from error
    return bytes(out)
