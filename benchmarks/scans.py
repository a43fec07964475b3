"""Pages made into scans, read back by OCR: `python benchmarks/scans.py [FOLDER] [--keep OUT]`. Needs tesseract.

Twenty pages of text (of FOLDER's `.txt` and `.md` files, by default of the sample corpus) are drawn, made into pictures
and put into PDFs without text: plain, blurred (drawn with few dots), askew, turned, in two columns. The character
error is the edit distance to the text by its length, white space made equal; processor time is the worker's own.
"""

from __future__ import annotations

import argparse
import random
import re
import textwrap
import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from math import cos, radians, sin
from pathlib import Path

import pypdfium2
from rapidfuzz.distance import Levenshtein

from summitreader.sources.loader import source_of
from summitreader.sources.model import Doing, OcrOptions
from summitreader.sources.readers.pdf import read_pdf

SAMPLE = Path(__file__).parent.parent / "sample_corpus"
KINDS = ("plain",) * 8 + ("blurred",) * 4 + ("askew",) * 3 + ("turned",) * 2 + ("two columns",) * 3
WIDTH, HEIGHT = 595, 842
LINES = 44
LEADING = 15


def paragraphs(folder: Path) -> list[str]:
    found = []
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".txt", ".md"):
            body = re.sub(r"\A---.*?\n---\n", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
            found += [" ".join(p.split()) for p in re.split(r"\n\s*\n", body)]
    return [p for p in found if len(p) > 120 and p.encode("cp1252", "ignore").decode("cp1252") == p]


def pdf(objects: Sequence[bytes]) -> bytes:
    """A PDF of numbered objects, the first of which is the catalogue."""
    whole, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(whole))
        whole += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    end = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(whole))
    return whole + head + table + end


def stream(content: bytes, more: bytes = b"") -> bytes:
    packed = zlib.compress(content)
    return b"<< %s /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (more, len(packed), packed)


def page_of(content: bytes, resources: bytes, *more: bytes, size: tuple[int, int] = (WIDTH, HEIGHT)) -> bytes:
    return pdf(
        (
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents 4 0 R /Resources << %s >> >>"
            % (*size, resources),
            stream(content),
            *more,
        )
    )


def typeset(parts: Sequence[str], columns: int, font: str) -> tuple[bytes, str]:
    """A page with as many of the paragraphs as fit in, and the text that is on it."""
    width = 84 if columns == 1 else 42
    drawn: list[tuple[int, int, str]] = []
    shown: list[str] = []
    for column in range(columns):
        row = 0
        while len(shown) < len(parts):
            lines = textwrap.wrap(parts[len(shown)], width, break_on_hyphens=False)
            if row + len(lines) > LINES:
                break
            drawn += [(60 + column * 250, HEIGHT - 90 - LEADING * (row + n), line) for n, line in enumerate(lines)]
            row += len(lines) + 1
            shown.append(parts[len(shown)])
    size = 11 if columns == 1 else 10.5
    words = b"".join(
        b"BT /F %g Tf %d %d Td (%s) Tj ET\n" % (size, x, y, re.sub(rb"([()\\])", rb"\\\1", line.encode("cp1252")))
        for x, y, line in drawn
    )
    about = b"<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding >>" % font.encode()
    return page_of(words, b"/Font << /F 5 0 R >>", about), "\n\n".join(shown)


def scanned(page: bytes, kind: str, rng: random.Random) -> bytes:
    """The page as a picture in a PDF without text."""
    document = pypdfium2.PdfDocument(page)
    dots = {"blurred": 105}.get(kind, 200)
    bitmap = document[0].render(scale=dots / 72, grayscale=True)
    rows = bytes(bitmap.buffer)
    wide, high, stride = bitmap.width, bitmap.height, bitmap.stride
    noise = bytes(rng.randrange(-14, 1) % 256 for _ in range(9973))
    clean = b"".join(rows[n * stride : n * stride + wide] for n in range(high))
    dirty = (clean[n] + noise[n % 9973] - 256 if noise[n % 9973] else clean[n] for n in range(len(clean)))
    pixels = bytes(max(0, value) for value in dirty)
    turn = radians({"askew": rng.choice((-1.5, 1.0, 1.5)), "turned": rng.choice((90, 180, 270))}.get(kind, 0))
    size = (HEIGHT, WIDTH) if abs(cos(turn)) < 0.5 else (WIDTH, HEIGHT)
    place = b"1 0 0 1 %.3f %.3f cm %.5f %.5f %.5f %.5f 0 0 cm 1 0 0 1 %.3f %.3f cm %d 0 0 %d 0 0 cm /I Do" % (
        size[0] / 2, size[1] / 2, cos(turn), sin(turn), -sin(turn), cos(turn), -WIDTH / 2, -HEIGHT / 2, WIDTH, HEIGHT,
    )  # fmt: skip
    more = b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8" % (
        wide,
        high,
    )
    return page_of(place, b"/XObject << /I 5 0 R >>", stream(pixels, more), size=size)


def scans(folder: Path, seed: int = 18) -> Iterator[tuple[str, bytes, str]]:
    rng = random.Random(seed)
    parts = paragraphs(folder)
    for kind in KINDS:
        rng.shuffle(parts)
        font = rng.choice(("Times-Roman", "Helvetica"))
        page, text = typeset(parts, 2 if kind == "two columns" else 1, font)
        yield kind, scanned(page, kind, rng), text


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=SAMPLE)
    parser.add_argument("--keep", type=Path, help="a folder to write the PDFs and their text to")
    parser.add_argument("--only", metavar="KIND", help="one kind of page: " + ", ".join(dict.fromkeys(KINDS)))
    arguments = parser.parse_args()
    errors = defaultdict(list)
    for number, (kind, data, text) in enumerate(scans(arguments.folder), 1):
        if arguments.only not in (None, kind):
            continue
        if arguments.keep:
            arguments.keep.mkdir(parents=True, exist_ok=True)
            (arguments.keep / f"{number:02}.pdf").write_bytes(data)
            (arguments.keep / f"{number:02}.txt").write_text(text, encoding="utf-8")
        documents = [one for one in read_pdf(data, "scan.pdf", OcrOptions()) if not isinstance(one, Doing)]
        read = source_of(documents[0], "scan.pdf")
        one, other = (" ".join(t.split()) for t in (read.text, text))
        errors[kind].append(Levenshtein.distance(one, other) / len(other))
        wanted, got = len(text.split("\n\n")), sum(block.kind == "paragraph" for block in read.blocks)
        print(f"{number:02} {kind}: error {errors[kind][-1]:.4f}, paragraphs {got} of {wanted}; {read.notices[0]}")
    for kind, found in errors.items():
        print(f"{kind}: mean {sum(found) / len(found):.4f}, highest {max(found):.4f}, {len(found)} pages")


if __name__ == "__main__":
    main()
