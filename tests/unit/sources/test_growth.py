"""Reading takes time that grows with the length of a file, whatever is in it: each input here once took the square."""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import math
import time
import zipfile
from collections.abc import Callable

import pytest

from summitreader.sources.model import Skipped, UnreadableFile
from summitreader.sources.registry import reader_for

MOST = 1.3
"""Of the exponent, by the time for four times the length; a reader that takes the square has 2."""
SMALL = 0.25
"""Seconds under which nothing is said of growth."""

_WORD = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


def _zip(**members: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return data.getvalue()


def _docx(body: str) -> bytes:
    return _zip(**{"word/document.xml": f"<w:document {_WORD}><w:body>{body}</w:body></w:document>"})


def _odt(body: str) -> bytes:
    name = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    return _zip(**{"content.xml": f'<o:d xmlns:o="o" xmlns:text="{name}">{body}</o:d>'})


def _nested(begin: str, end: str, count: int) -> str:
    return begin * count + end * count


def _html(markup: str) -> bytes:
    return json.dumps({"text": "<p>words</p>" + markup}).encode()


def _mail(headers: bytes, body: bytes = b"words") -> bytes:
    return b"From: a\n" + headers + b"\n\n" + body


CASES: dict[str, Callable[[int], bytes]] = {
    "paragraphs.docx": lambda n: _docx(_nested("<w:p><w:r><w:t>a b</w:t></w:r>", "</w:p>", n // 36)),
    "forms.docx": lambda n: _docx(
        _nested("<mc:AlternateContent><mc:Choice>", "</mc:Choice></mc:AlternateContent>", n // 66)
    ),
    "paragraphs.odt": lambda n: _odt(_nested("<text:p>a b", "</text:p>", n // 20)),
    "notes.odt": lambda n: _odt(_nested("<text:p>a<text:note>b", "</text:note></text:p>", n // 42)),
    "author.rss": lambda n: f"<rss><channel><item><author>{'a' * n}@</author></item></channel></rss>".encode(),
    "comments.rss": lambda n: b"<!-- x -->\n" * (n // 11) + b"<rss/>",
    "doctype.rss": lambda n: b"<!DOCTYPE " + b'"a" ' * (n // 4),
    "cut.rss": lambda n: b"<rss><channel>" + b"<item><title>t</title><description>words" * (n // 40),
    "ampersands.rss": lambda n: f"<rss><channel><item><title>{'& ' * (n // 2)}</title></item></channel></rss>".encode(),
    **{
        f"{name}.json": lambda n, piece=piece: _html(piece * (n // len(piece)))  # type: ignore[misc]
        for name, piece in (
            ("tags", "<a "), ("attribute", "<a b="), ("quoted", '<a b="'), ("comment", "<!--"), ("end", "</"),
            ("instruction", "<?"), ("cdata", "<![CDATA["), ("scripts", "<script></scripx>"), ("marks", "a<sup>1</sup>"),
            ("quotes", "<blockquote>a"),
        )
    },
    "dropped.json": lambda n: _html("<svg>" * (n // 10) + "</b>" * (n // 10)),
    "attributes.json": lambda n: _html("<p " + "a=b " * (n // 4) + ">words"),
    "parameters.eml": lambda n: _mail(b"Content-Type: text/plain" + b"; a=b" * (n // 5)),
    "names.eml": lambda n: _mail(b"To: " + b"a b " * (n // 4)),
    "disposition.eml": lambda n: _mail(b"Content-Disposition: attachment" + b"; x*0=a" * (n // 7)),
    "subject.eml": lambda n: _mail(b"Subject: " + b"=?utf-8?q?a?= " * (n // 14)),
    "wrote.eml": lambda n: _mail(b"X: y", b"On a wrote " * (n // 11)),
    "forwards.eml": lambda n: _mail(
        b"X: y", b"---------- Forwarded message ---------\nFrom: x\nSubject: y\n\nwords\n\n" * (n // 70)
    ),
    "members.warc": lambda n: gzip.compress(b"WARC/1.0\r\nWARC-Type: warcinfo\r\n\r\n") * (n // 70),
    "headers.warc": lambda n: b"WARC/1.0\na\n" * (n // 11),
    "headers.arc": lambda n: b"filedesc://x 0 2020 a 1\n" + b"http://a 1 " * (n // 11),
    "tags.srt": lambda n: b"1\n00:00:01,000 --> 00:00:02,000\n" + b"<v <" * (n // 4),
    "brackets.srt": lambda n: b"1\n00:00:01,000 --> 00:00:02,000\n" + b"(" * n,
    "names.txt": lambda n: b"A a a a a a a a a a a a a a " * (n // 28),
    "times.txt": lambda n: b"00:00:00:" * (n // 9),
    "spine.epub": lambda n: _zip(
        **{
            "META-INF/container.xml": '<c><rootfile full-path="o"/></c>',
            "o": '<p><item id="a" href="a" media-type="text/html"/>' + '<itemref idref="a"/>' * (n // 20) + "</p>",
            "a": "<p>words</p>",
        }
    ),
}  # fmt: skip


def read_seconds(name: str, data: bytes) -> float:
    """Processor time that the reader of a file takes."""
    begun = time.process_time()
    with contextlib.suppress(UnreadableFile):
        for document in reader_for(name, data)(data, name):
            assert isinstance(document, Skipped) or document.text
    return time.process_time() - begun


@pytest.mark.parametrize("name", CASES)
def test_time_grows_with_the_length(name: str) -> None:
    make = CASES[name]
    read_seconds(name, make(2_000))  # loads what reading needs
    long = min(read_seconds(name, make(256_000)) for _ in range(2))
    if long > SMALL:
        short = min(read_seconds(name, make(64_000)) for _ in range(3))
        assert math.log(long / short, 4) <= MOST, (short, long)
