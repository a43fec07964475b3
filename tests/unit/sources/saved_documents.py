"""The saved documents that are no text files, made of the words that `saved/expected.json` says must come out."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

SAVED = Path(__file__).with_name("saved")
Expected = dict[str, list[dict[str, Any]]]


def expected() -> Expected:
    """For each file what each of its sources must come out as."""
    loaded: Expected = json.loads((SAVED / "expected.json").read_text(encoding="utf-8"))
    return loaded


def saved_file(name: str, wanted: list[dict[str, Any]]) -> bytes:
    """The bytes of a saved document: those on disk, or made here."""
    path = SAVED / name
    return path.read_bytes() if path.exists() else _MAKERS[name](wanted)


def _zipped(members: dict[str, str | bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return made.getvalue()


def _docx(wanted: list[dict[str, Any]]) -> bytes:
    """A title style, runs that end in the middle of words, an empty paragraph, a footer in a part of its own."""
    (one,) = wanted
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    style = '<w:pPr><w:pStyle w:val="Title"/></w:pPr>'
    paragraphs = [f"<w:p>{style}<w:r><w:t>{escape(one['title'])}</w:t></w:r></w:p>", "<w:p/>"]
    for body in one["body"]:
        runs = (body[:33], body[33:70], body[70:])
        made = "".join(f'<w:r><w:rPr/><w:t xml:space="preserve">{escape(run)}</w:t></w:r>' for run in runs)
        paragraphs.append(f"<w:p>{made}</w:p>")
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
        f"<dc:creator>{escape(one['author'])}</dc:creator><dcterms:created>2019-01-01T00:00:00Z</dcterms:created>"
        "</cp:coreProperties>"
    )
    return _zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": f"<w:document {space}><w:body>{''.join(paragraphs)}</w:body></w:document>",
            "word/footer1.xml": f"<w:ftr {space}><w:p><w:r><w:t>Confidential</w:t></w:r></w:p></w:ftr>",
            "docProps/core.xml": core,
        }
    )


def _odt(wanted: list[dict[str, Any]]) -> bytes:
    (one,) = wanted
    spaces = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"'
    )
    body = "".join(
        f"<text:p>{escape(p[:25])}<text:span>{escape(p[25:60])}</text:span>{escape(p[60:])}</text:p>"
        for p in one["body"]
    )
    head = f'<text:h text:outline-level="1">{escape(one["title"])}</text:h>'
    return _zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {spaces}><office:body><office:text>{head}{body}</office:text>"
            "</office:body></office:document-content>",
            "meta.xml": f"<office:document-meta {spaces}><office:meta><meta:initial-creator>{one['author']}"
            f"</meta:initial-creator><dc:creator>{one['author']}</dc:creator><dc:date>2024-02-02T10:00:00</dc:date>"
            "</office:meta></office:document-meta>",
        }
    )


def _epub(wanted: list[dict[str, Any]]) -> bytes:
    """Chapters in another order in the archive than in the book, a cover and a table of contents before them."""
    chapters = {
        f"OPS/text/c{n}.xhtml": f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>The book</title></head><body>'
        f"<h1>{escape(one['title'])}</h1>{''.join(f'<p>{escape(p)}</p>' for p in one['body'])}</body></html>"
        for n, one in enumerate(wanted, 1)
    }
    about = wanted[0]
    items = "".join(f'<item id="c{n}" href="text/c{n}.xhtml"/>' for n in range(len(wanted), 0, -1))
    spine = "".join(f'<itemref idref="c{n}"/>' for n in range(1, len(wanted) + 1))
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
        f"<dc:title>Keepers and birds</dc:title><dc:creator>{about['author']}</dc:creator>"
        f"<dc:publisher>{about['outlet']}</dc:publisher><dc:date>{about['published']}</dc:date>"
        f'<dc:language>en-GB</dc:language></metadata><manifest><item id="cover" href="cover.xhtml"/>{items}</manifest>'
        f'<spine><itemref idref="cover"/>{spine}</spine></package>'
    )
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OPS/book.opf"/></rootfiles></container>'
    )
    cover = "<html><body><img src='cover.png' alt=''/></body></html>"
    return _zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": container,
            "OPS/book.opf": package,
            **dict(reversed(chapters.items())),
            "OPS/cover.xhtml": cover,
        }
    )


def _warc(wanted: list[dict[str, Any]]) -> bytes:
    """Two saved pages, a style sheet, a redirect, each a gzip member of its own, as crawlers write them."""
    records = [
        (wanted[0]["url"], b"200 OK", b"text/html; charset=UTF-8", (SAVED / "news-json-ld.html").read_bytes()),
        ("https://ellerygazette.example/s.css", b"200 OK", b"text/css", b"p { margin: 0 }"),
        ("https://ellerygazette.example/old", b"301 Moved", b"text/html", b"<p>Moved.</p>"),
        (wanted[1]["url"], b"200 OK", b"text/html", (SAVED / "korean.html").read_bytes()),
    ]
    made = b""
    for address, status, kind, body in records:
        answer = b"HTTP/1.1 %s\r\nContent-Type: %s\r\n\r\n%s" % (status, kind, body)
        fields = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\n"
            f"WARC-Date: 2024-09-01T00:00:00Z\r\nContent-Length: {len(answer)}\r\n\r\n"
        )
        made += gzip.compress(fields.encode() + answer + b"\r\n\r\n", mtime=0)
    return made


def _zip(wanted: list[dict[str, Any]]) -> bytes:
    return _zipped(
        {
            "pack/agency.txt": (SAVED / "agency-german.txt").read_bytes(),
            "pack/page.html": (SAVED / "arabic.html").read_bytes(),
            "pack/photo.jpg": b"\xff\xd8\xff",
            "__MACOSX/pack/._page.html": b"\x00",
        }
    )


def _pdf(wanted: list[dict[str, Any]]) -> bytes:
    """Two columns of ten-point type on each page, words parted at line ends, a running head and a page number."""
    (one,) = wanted
    lines: list[tuple[bool, str]] = []
    for body in one["body"]:
        lines += [(n == 0, line) for n, line in enumerate(_set(body, 46))]
    per_column = 14
    columns = [lines[n : n + per_column] for n in range(0, len(lines), per_column)]
    pages = []
    for number, first in enumerate(range(0, len(columns), 2), 1):
        pieces = [(10.0, 60.0, 800.0, "The Harbour Review, Spring 2024"), (10.0, 290.0, 40.0, str(number))]
        top = 760.0
        if number == 1:
            pieces.append((18.0, 60.0, 750.0, one["title"]))
            top = 710.0
        for side, column in enumerate(columns[first : first + 2]):
            for row, (opens, line) in enumerate(column):
                indent = 12.0 if opens else 0.0
                pieces.append((10.0, 60.0 + 250.0 * side + indent, top - 13.0 * row, line))
        pages.append(pieces)
    return _typeset(pages)


def _set(text: str, width: int) -> list[str]:
    """Lines of at most `width` characters, in which a long word is parted where it would leave a gap."""
    lines, line = [], ""
    for word in text.split():
        room = width - len(line) - 1
        if len(line) + 1 + len(word) <= width or not line:
            line = f"{line} {word}".strip()
        elif len(word) >= 8 and word.isalpha() and room >= 6:
            lines.append(f"{line} {word[:4]}-")
            line = word[4:]
        else:
            lines.append(line)
            line = word
    return [*lines, line]


def _typeset(pages: list[list[tuple[float, float, float, str]]]) -> bytes:
    """A PDF with words at places: size, points from the left, points from the bottom, words."""
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>"
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", font]
    kids = []
    for page in pages:
        drawn = b""
        for size, x, y, words in page:
            shown = words.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
            drawn += b"BT /F1 %.1f Tf %.1f %.1f Td (%s) Tj ET\n" % (size, x, y, shown)
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            b"/Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>" % len(objects)
        )
        kids.append(len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(b"%d 0 R" % k for k in kids), len(kids))
    made, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(made))
    return made + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + end


_MAKERS = {
    "two-columns.pdf": _pdf,
    "report.docx": _docx,
    "report.odt": _odt,
    "book.epub": _epub,
    "crawl.warc.gz": _warc,
    "press-pack.zip": _zip,
}
