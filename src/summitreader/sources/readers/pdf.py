"""PDF documents: lines in reading order, columns one after the other, hyphens mended, running heads dropped.

PDFium gives the words with their places. Lines are put together from what stands on one height, parted into columns
where a gap runs down the page, and into paragraphs where the space above a line, or its indent, is larger than usual.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from summitreader.sources.model import Document, UnreadableFile

MOST_PAGES = 2_000

LARGER = 1.25
"""Times the usual height of a line that a title is set in, at least."""

_HYPHENATED = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010\ufffe\x02]\Z")

_PAGE_NUMBER = re.compile(r"[\W_]*(?:page )?\d{1,4}(?: (?:of|/) \d+)?[\W_]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    left: float
    right: float
    bottom: float
    top: float
    page: int


def read_pdf(data: bytes, name: str) -> Iterator[Document]:
    """The text of a PDF. Raises `UnreadableFile` for one that is a scan, is protected, or cannot be read."""
    try:
        import pypdfium2
    except ImportError as error:
        raise UnreadableFile(
            "it is a PDF document; pip install 'summitreader[pdf]' brings what reads those."
        ) from error
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableFile("it is protected by a password.") from error
        raise UnreadableFile("it is a PDF document that is damaged or breaks off.") from error
    try:
        count = min(len(document), MOST_PAGES)
        pages = [_page_lines(document, number) for number in range(count)]
    except pypdfium2.PdfiumError as error:
        raise UnreadableFile("it is a PDF document that is damaged inside.") from error
    finally:
        document.close()
    lines = _without_running_heads(pages)
    paragraphs = _paragraphs(lines)
    if sum(map(len, paragraphs)) < 20 * count:
        raise UnreadableFile("it is a scan: its pages are pictures, without text in them.")
    notices = () if len(pages) == count and count < MOST_PAGES else (f"Only the first {MOST_PAGES:,} pages were read.",)
    yield Document("\n\n".join(paragraphs) + "\n", title=_title(lines), notices=notices)


def _title(lines: list[_Line]) -> str | None:
    """The first words of the first page that are set clearly larger than the rest; None where there are none."""
    if not lines:
        return None
    usual = median(line.top - line.bottom for line in lines)
    large = [n for n, line in enumerate(lines[:12]) if line.page == 0 and line.top - line.bottom >= LARGER * usual]
    if not large:
        return None
    size = lines[large[0]].top - lines[large[0]].bottom
    title = lines[large[0]].text
    for n in large[1:]:
        if n != large[large.index(n) - 1] + 1 or abs(lines[n].top - lines[n].bottom - size) > 0.15 * size:
            break
        title += " " + lines[n].text
    return title if 3 <= len(title) <= 200 else None


def _page_lines(document: Any, number: int) -> list[_Line]:
    """The lines of a page in reading order."""
    page = document[number]
    words = page.get_textpage()
    try:
        pieces = []
        for n in range(words.count_rects()):
            left, bottom, right, top = words.get_rect(n)
            text = " ".join(words.get_text_bounded(left, bottom, right, top).split())
            if text:
                pieces.append(_Line(text, left, right, bottom, top, number))
        width = page.get_width()
    finally:
        words.close()
        page.close()
    return [line for column in _columns(pieces, width) for line in _joined(column)]


def _columns(pieces: list[_Line], width: float) -> list[list[_Line]]:
    """Two columns where a gap near the middle is crossed by few pieces; what crosses it parts the page into bands."""
    if len(pieces) < 12:
        return [pieces]
    best = None
    for share in range(35, 66):
        x = width * share / 100
        crossing = sum(p.left < x < p.right for p in pieces)
        sides = min(sum(p.right <= x for p in pieces), sum(p.left >= x for p in pieces))
        if sides >= 0.25 * len(pieces) and (best is None or crossing < best[0]):
            best = crossing, x
    if best is None or best[0] > 0.15 * len(pieces):
        return [pieces]
    x = best[1]
    across = sorted((p for p in pieces if p.left < x < p.right), key=lambda p: -p.top)
    columns: list[list[_Line]] = []
    ceiling = float("inf")
    for floor, crossing_piece in [*((p.top, p) for p in across), (float("-inf"), None)]:
        band = [p for p in pieces if p not in across and floor < (p.top + p.bottom) / 2 <= ceiling]
        columns += [[p for p in band if p.right <= x], [p for p in band if p.left >= x]]
        if crossing_piece is not None:
            columns.append([crossing_piece])
            ceiling = floor
    return [column for column in columns if column]


def _joined(pieces: list[_Line]) -> list[_Line]:
    """Pieces that stand on one height become one line, from the top of the column down."""
    lines: list[list[_Line]] = []
    for piece in sorted(pieces, key=lambda p: (-(p.top + p.bottom) / 2, p.left)):
        middle = (piece.top + piece.bottom) / 2
        if lines and lines[-1][0].bottom <= middle <= lines[-1][0].top:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [
        _Line(
            " ".join(p.text for p in sorted(line, key=lambda p: p.left)),
            min(p.left for p in line),
            max(p.right for p in line),
            min(p.bottom for p in line),
            max(p.top for p in line),
            line[0].page,
        )
        for line in lines
    ]


def _without_running_heads(pages: list[list[_Line]]) -> list[_Line]:
    """All lines but page numbers, and those at the edge of a page that stand, but for numbers, on three or more."""
    edges = Counter(key for lines in pages for key in {_key(line) for line in _edges(lines)})
    both = _heads_of_two(pages)
    kept = []
    for lines in pages:
        outer = _edges(lines)
        for line in lines:
            if line in outer and (edges[_key(line)] >= 3 or _key(line) in both or _PAGE_NUMBER.fullmatch(line.text)):
                continue
            kept.append(line)
    return kept


def _heads_of_two(pages: list[list[_Line]]) -> set[str]:
    """Of a document of two pages, the outermost lines that say the same, at the same height, on both."""
    if len(pages) != 2 or not all(pages):
        return set()
    found = set()
    for outermost in (max, min):
        one, other = (outermost(lines, key=lambda line: line.top) for lines in pages)
        if _key(one) == _key(other) and abs(one.top - other.top) < 2:
            found.add(_key(one))
    return found


def _edges(lines: list[_Line]) -> list[_Line]:
    """The two lines nearest the top of the page and the two nearest its foot."""
    by_height = sorted(lines, key=lambda line: line.top)
    return [*by_height[:2], *by_height[-2:]]


def _key(line: _Line) -> str:
    return re.sub(r"\d+", "0", line.text.lower())


def _paragraphs(lines: list[_Line]) -> list[str]:
    if not lines:
        return []
    steps = [a.bottom - b.bottom for a, b in pairwise(lines) if a.page == b.page and a.bottom > b.bottom]
    step = median(steps) if steps else 0.0
    left = median(line.left for line in lines)
    paragraphs = [lines[0].text]
    for above, line in pairwise(lines):
        size, before = line.top - line.bottom, above.top - above.bottom
        apart = above.page == line.page and above.bottom - line.bottom > 1.4 * step
        indented = 4 < line.left - min(above.left, left) < 60 and above.right > line.left
        changed = abs(size - before) > 0.3 * max(size, before)
        ended = re.search(r"[.!?。！？][\"'”’)\]]*\Z", above.text) is not None
        if (apart or changed or (indented and ended)) and not (above.page != line.page and not ended):
            paragraphs.append(line.text)
        elif _HYPHENATED.search(paragraphs[-1]) and line.text[:1].islower():
            paragraphs[-1] = _HYPHENATED.sub("", paragraphs[-1]) + line.text
        else:
            paragraphs[-1] += " " + line.text
    return paragraphs
