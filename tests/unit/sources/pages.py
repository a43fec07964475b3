# ruff: noqa: E501 (pages as programs write them)
"""Documents in the formats that are read, made for the tests: each tells the same two paragraphs."""

from __future__ import annotations

import io
import json
import zipfile

FIRST = (
    "The harbour authority said on Friday that two vessels had collided in clear weather shortly after noon, "
    "a mile off Vane Point, and that nobody had been hurt."
)
SECOND = (
    "A second inquiry will ask why the pilot had left the bridge, the minister told the assembly in the afternoon; "
    "it is to report before the end of the year."
)
TITLE = "Two ships collide off Vane Point"

HTML = f"""<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>{TITLE} | Vane Herald</title>
<link rel="canonical" href="https://vaneherald.example/2024/05/03/ships">
<meta property="og:site_name" content="Vane Herald"><meta property="og:title" content="{TITLE}">
<script type="application/ld+json">{{"@context":"https://schema.org","@graph":[{{"@type":"NewsArticle",
"headline":"{TITLE}","datePublished":"2024-05-03T14:10:00+01:00","author":[{{"@type":"Person","name":"Ada Quill"}}],
"publisher":{{"@type":"Organization","name":"Vane Herald"}}}}]}}</script></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li><li><a href="/tv">TV</a></li></ul></nav>
<article><h1>{TITLE}</h1><p>{FIRST}</p><blockquote><p>We saw nothing until it was too late, and then we heard it.</p>
</blockquote><p>The captain called it <q>a stroke of bad luck</q> and would say no more to those who asked him.</p>
<p>{SECOND}</p></article>
<aside><h3>Related</h3><a href="/x">Ferry fares to rise</a></aside><footer>© 2024 Vane Herald. Cookies</footer></body></html>"""

RSS = f"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Vane Herald</title>
<item><title>{TITLE}</title><link>https://vaneherald.example/ships</link><author>a@v.example (Ada Quill)</author>
<pubDate>Fri, 03 May 2024 14:10:00 +0100</pubDate>
<description>&lt;p&gt;{FIRST}&lt;/p&gt;&lt;p&gt;{SECOND}&lt;/p&gt;</description></item>
<item><title>Ferry fares to rise</title><link>https://vaneherald.example/fares</link>
<description>The council will vote.</description></item></channel></rss>"""

ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Vane Herald</title><entry><title>{TITLE}</title>
<link rel="alternate" href="https://vaneherald.example/ships"/><author><name>Ada Quill</name></author>
<published>2024-05-03T14:10:00+01:00</published><content type="html">&lt;p&gt;{FIRST}&lt;/p&gt;&lt;p&gt;{SECOND}&lt;/p&gt;</content>
</entry></feed>"""

LETTER = f"""From: Ada Quill <ada@vane.example>
Subject: {TITLE}
Date: Fri, 03 May 2024 14:10:00 +0100
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

{FIRST}

{SECOND}
"""

MHTML = f"""From: <Saved by a browser>
Snapshot-Content-Location: https://vaneherald.example/2024/05/03/ships
Subject: {TITLE}
MIME-Version: 1.0
Content-Type: multipart/related; boundary="xx"

--xx
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: 8bit

{HTML}
--xx--
"""

RECORD = {
    "title": TITLE,
    "content": f"{FIRST}\n\n{SECOND}",
    "url": "https://vaneherald.example/ships",
    "publishedAt": "2024-05-03T14:10:00+01:00",
    "source": {"id": None, "name": "Vane Herald"},
    "author": "Ada Quill",
}
JSON = json.dumps({"status": "ok", "articles": [RECORD, {"title": "Ferry fares", "description": "No text."}]})
JSON_LINES = json.dumps(RECORD) + "\n{ broken\n" + json.dumps({**RECORD, "title": "Again"}) + "\n"


def zipped(members: dict[str, str | bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return made.getvalue()


def docx() -> bytes:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    runs = "".join(
        f"<w:p><w:r><w:t>{p[:20]}</w:t></w:r><w:r><w:t>{p[20:]}</w:t></w:r></w:p>" for p in (TITLE, FIRST, SECOND)
    )
    core = '<c:p xmlns:c="c" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>Ada Quill</dc:creator></c:p>'
    return zipped(
        {"word/document.xml": f"<w:document {space}><w:body>{runs}</w:body></w:document>", "docProps/core.xml": core}
    )


def odt() -> bytes:
    space = 'xmlns:t="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    return zipped({"content.xml": f"<o {space}><t:h>{TITLE}</t:h><t:p>{FIRST}</t:p><t:p>{SECOND}</t:p></o>"})


def epub() -> bytes:
    chapter = f"<html><head><title>x</title></head><body><h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p></body></html>"
    package = (
        '<package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>Ships</dc:title>'
        "<dc:creator>Ada Quill</dc:creator><dc:language>en</dc:language></metadata>"
        '<manifest><item id="b" href="two.xhtml"/><item id="a" href="one.xhtml"/></manifest>'
        '<spine><itemref idref="a"/><itemref idref="b"/></spine></package>'
    )
    container = '<container><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>'
    return zipped(
        {
            "META-INF/container.xml": container,
            "OPS/book.opf": package,
            "OPS/one.xhtml": chapter,
            "OPS/two.xhtml": chapter.replace(TITLE, "The second inquiry"),
        }
    )


def warc() -> bytes:
    """A page, a picture and a page that was not there."""
    made = b""
    for status, kind, body in (
        (b"200 OK", b"text/html; charset=utf-8", HTML.encode()),
        (b"200 OK", b"image/png", b"\x89PNG"),
        (b"404 Not Found", b"text/html", b"<p>Nothing here.</p>"),
    ):
        answer = b"HTTP/1.1 %s\r\nContent-Type: %s\r\n\r\n%s" % (status, kind, body)
        fields = (
            b"WARC-Type: response\r\nWARC-Target-URI: https://vaneherald.example/ships\r\nContent-Length: %d"
            % len(answer)
        )
        made += b"WARC/1.0\r\n%s\r\n\r\n%s\r\n\r\n" % (fields, answer)
    return made


def pdf(pages: list[list[tuple[float, float, str]]]) -> bytes:
    """A PDF whose pages have words at places, in points from the bottom left; ten-point Helvetica."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for page in pages:
        words = "".join(f"BT /F1 10 Tf {x} {y} Td ({text}) Tj ET\n" for x, y, text in page).encode("latin-1")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(words), words))
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
