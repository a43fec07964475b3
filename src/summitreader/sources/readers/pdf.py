"""PDF documents: paragraphs in reading order, with the page of each, and what the document says of itself.

PDFium gives the words with their places, `pdf_layout` the lines, `pdf_paragraphs` the paragraphs. Running heads are
dropped here.
"""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections import Counter
from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Any

from summitreader.processes import find_program
from summitreader.sources.model import Document, Doing, OcrOptions, Scan, UnreadableFile
from summitreader.sources.readers.pdf_layout import NOTE_MARK, RIGHT_TO_LEFT, Line, Word, joined, leftwards, page_lines
from summitreader.sources.readers.pdf_paragraphs import PdfText

MOST_PAGES = 2_000

MOST_OBJECTS = 10_000
"""Of a page; PDFium takes four times the time for twice as many. A page with more is not read."""

MOST_CHARACTERS = 1_500_000
"""Of a document; about five seconds, and a book of a thousand pages has fewer."""

MOST_SCANNED = 500
"""Pages of a scan that are read; about half an hour."""

DOUBTFUL = 0.75
"""Confidence of OCR (0 to 1) below which a page is named as doubtful."""

LARGER = 1.25
"""Times the usual height of a line that a title is set in, at least."""

LITTLE_TEXT = 20
"""Characters a page; a document with fewer is read, and its notice says that there is little text."""

_PAGE_NUMBER = re.compile(
    r"[\W_]*(?:(?:page|seite|p\.?|s\.) ?)?\d{1,4}(?: ?(?:of|/|von|de|sur) ?\d+)?[\W_]*", re.IGNORECASE
)
_PRINTED_URL = re.compile(r"(https?://\S+?)(?: \d+/\d+)?", re.IGNORECASE)
_PRINTED_DAY = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4},? \d{1,2}:\d\d\b.*")


@dataclass
class _Page:
    lines: list[Line]
    label: str
    has_pictures: bool = False
    too_full: bool = False


def read_pdf(data: bytes, name: str, options: OcrOptions | None = None) -> Iterator[Document | Doing]:
    """The text of a PDF. Raises `UnreadableFile` for one that is protected or cannot be read.

    With `options`, pages that are pictures are read by OCR, and what is being read is yielded before each; without,
    `Scan` is raised where no page, or where tesseract is installed less than half of them, has text.
    """
    try:
        import pypdfium2
    except ImportError as error:
        raise UnreadableFile("it is a PDF document: pip install 'summitreader[pdf]' to read those.") from error
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableFile("it is protected by a password.") from error
        raise UnreadableFile("it is a PDF document that is damaged or breaks off.") from error
    try:
        count = len(document)
        pages = list(_pages(document, count))
        said = document.get_metadata_dict(skip_empty=True)
        scanned = [n for n, page in enumerate(pages) if page.has_pictures]
        worded = sum(bool(page.lines) for page in pages)
        if (
            scanned
            and options is None
            and (not worded or (worded < len(scanned) and find_program("tesseract") is not None))
        ):
            raise Scan("it is a scan: its pages are pictures, which are read only where it is a file of its own.")
        by_ocr: tuple[str, ...] = ()
        if scanned and options is not None:
            by_ocr = yield from _recognised(document, data, pages, scanned[:MOST_SCANNED], options)
    except pypdfium2.PdfiumError as error:
        raise UnreadableFile("it is a PDF document that is damaged inside.") from error
    finally:
        document.close()
    if not any(page.lines for page in pages):
        if by_ocr:
            raise UnreadableFile("it is a scan in which tesseract found no text.")
        if any(page.too_full for page in pages):
            raise UnreadableFile(f"its pages have more than {MOST_OBJECTS:,} objects, which is not an article.")
        raise UnreadableFile("there is no text in it.")
    author = said.get("Author", "")
    url = _printed_from(pages[0].lines)
    lines = _without_running_heads([page.lines for page in pages], url is not None)
    text = PdfText([page.label for page in pages], lines)
    whole, starts = text.written()
    yield Document(
        whole,
        title=_title(lines) or _borne_out(said.get("Title"), lines),
        author=_borne_out(author, lines) or (author if _is_name(author) else None),
        url=url,
        locators=starts,
        notices=(*by_ocr, *_notices(pages, count, whole, said)),
    )


def _recognised(
    document: Any, data: bytes, pages: list[_Page], scanned: list[int], options: OcrOptions
) -> Generator[Doing, None, tuple[str, ...]]:
    """Read the pages whose numbers are `scanned` into `pages`; returns notices of how sure their text is."""
    from summitreader.sources.ocr import Recogniser

    recogniser = Recogniser(data, options)
    sure: list[float] = []
    doubtful, languages = [], ""
    stopped: tuple[str, ...] = ()
    for done, n in enumerate(scanned):
        yield Doing(f"reading page {n + 1} of {len(pages)} by OCR", done / len(scanned))
        try:
            read = recogniser.page(document, n)
        except UnreadableFile as error:
            if not sure:
                raise
            stopped = (f"OCR stopped at page {pages[n].label}: {error}",)
            break
        if read.lines:
            pages[n].lines, pages[n].has_pictures, languages = list(read.lines), False, read.languages
            sure.append(read.confidence)
            doubtful += [pages[n].label] if read.confidence < DOUBTFUL else []
    if not sure:
        return ("No text was found by OCR.",)
    said = f"Read by OCR ({recogniser.version()}, {languages}), confidence {sum(sure) / len(sure):.0%}."
    return (said, *stopped, *([f"Doubtful pages: {', '.join(doubtful[:20])}."] if doubtful else []))


def _pages(document: Any, count: int) -> Iterator[_Page]:
    """The pages, up to the limits of number and length."""
    import pypdfium2.raw as pdfium

    left = MOST_CHARACTERS
    for number in range(min(count, MOST_PAGES)):
        if left <= 0:
            return
        page = document[number]
        objects = pdfium.FPDFPage_CountObjects(page)
        if objects > MOST_OBJECTS:
            page.close()
            yield _Page([], "", too_full=True)
            continue
        left -= max(0, objects - MOST_OBJECTS // 4) * objects // 500  # what PDFium takes for so many
        textpage = page.get_textpage()
        try:
            length = textpage.count_chars()
            words = _words(textpage, min(length, left), page.get_rotation())
            left -= length
            label = document.get_page_label(number) or str(number + 1)
            pictures = not words and _has_pictures(page)
        finally:
            textpage.close()
            page.close()
        yield _Page(page_lines(words, number), label, pictures)


def _has_pictures(page: Any) -> bool:
    import pypdfium2.raw as pdfium

    return next(iter(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=4)), None) is not None


def _words(textpage: Any, length: int, rotation: int = 0) -> list[Word]:
    """The words of a page in the order of the file, parted where PDFium found or made white space."""
    import pypdfium2.raw as pdfium

    words: list[Word] = []
    run: list[str] = []
    start, new_line = 0, True
    for n in range(length + 1):
        code = pdfium.FPDFText_GetUnicode(textpage, n) if n < length else 0x20
        character = chr(code) if code and not 0xD800 <= code < 0xE000 else "\ufffd" if code else ""
        blank = character.isspace()
        if not blank:
            if not run:
                start = n
            run.append(character)
        if run and (blank or code in (0xFFFE, 0x02)):
            end = n - 1 if blank else n
            words += (
                replace(word, order=n) for word in _placed(textpage, "".join(run), start, end, new_line, rotation)
            )
            run, new_line = [], not blank
        if code in (0x0A, 0x0D):
            new_line = True
    return words


def _placed(textpage: Any, text: str, start: int, end: int, new_line: bool, rotation: int) -> Iterator[Word]:
    """The word of the characters `start` to `end`; the raised number of a footnote is left out."""
    first, last = _place(textpage, start, rotation), _place(textpage, end, rotation)
    mark = NOTE_MARK.search(text)
    if mark and len(text) == end - start + 1 and last[4] < 0.9 * first[4] and last[3] > first[3] + 0.15 * last[4]:
        yield from _placed(textpage, text[: mark.start()], start, start + mark.start() - 1, new_line, rotation)
        return
    if RIGHT_TO_LEFT.search(text) and len(text) == end - start + 1:
        places = [_place(textpage, n, rotation) for n in range(start, end + 1)]
        text = leftwards([(c, place[0], place[2]) for c, place in zip(text, places, strict=True)])
    if any("\ufb00" <= c <= "\ufdff" or "\ufe70" <= c <= "\ufefc" for c in text):
        text = unicodedata.normalize("NFKC", text)
    left, right = min(first[0], last[0]), max(first[2], last[2])
    upright = start == end or abs(last[3] - first[3]) <= abs(last[0] - first[0])
    yield Word(text, left, right, first[3], max(first[4], last[4]), new_line, upright)


def _place(textpage: Any, n: int, rotation: int) -> tuple[float, float, float, float, float]:
    """Left, bottom, right, baseline and height of a character as the page is shown, by the box of its font."""
    import pypdfium2.raw as pdfium

    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetLooseCharBox(textpage, n, box)
    pdfium.FPDFText_GetCharOrigin(textpage, n, x, y)
    left, bottom, right, top, baseline = box.left, box.bottom, box.right, box.top, y.value
    if rotation == 90:
        left, bottom, right, top, baseline = bottom, -right, top, -left, -x.value
    elif rotation == 180:
        left, bottom, right, top, baseline = -right, -top, -left, -bottom, -y.value
    elif rotation == 270:
        left, bottom, right, top, baseline = -top, left, -bottom, right, x.value
    return left, bottom, right, baseline, abs(top - bottom) or 1.0


def _printed_from(lines: list[Line]) -> str | None:
    """The address that a browser prints at the foot of a page."""
    found = [_PRINTED_URL.fullmatch(line.text) for line in _edges(lines)]
    return next((match[1] for match in found if match), None)


def _without_running_heads(pages: list[list[Line]], printed: bool) -> list[Line]:
    """All lines but page numbers, and those at the edge of a page that are, but for numbers, on three or more.

    Of a page that a browser `printed`, its address and the day are left out as well.
    """
    usual = median([line.height for lines in pages for line in lines])
    edges = Counter(key for lines in pages for key in {_key(line) for line in _edges(lines)})
    both = _heads_of_two(pages)
    kept = []
    for lines in pages:
        outer = {
            id(line)
            for line in _edges(lines)
            if edges[_key(line)] >= 3
            or _key(line) in both
            or _PAGE_NUMBER.fullmatch(line.text)
            or (printed and (_PRINTED_URL.fullmatch(line.text) or _PRINTED_DAY.fullmatch(line.text)))
        }
        kept += [line for line in lines if id(line) not in outer or (line.page == 0 and line.height >= LARGER * usual)]
    return kept


def _heads_of_two(pages: list[list[Line]]) -> set[str]:
    """Of a document of two pages, the outermost lines that say the same, at the same height, on both."""
    if len(pages) != 2 or not all(pages):
        return set()
    found = set()
    for outermost in (max, min):
        one, other = (outermost(lines, key=lambda line: line.baseline) for lines in pages)
        if _key(one) == _key(other) and abs(one.baseline - other.baseline) < 2:
            found.add(_key(one))
    return found


def _edges(lines: list[Line]) -> list[Line]:
    """The two lines nearest the top of the page and the two nearest its foot."""
    by_height = sorted(lines, key=lambda line: line.baseline)
    return [*by_height[:2], *by_height[-2:]]


def _key(line: Line) -> str:
    return re.sub(r"\d+", "0", line.text.lower())


def _title(lines: list[Line]) -> str | None:
    """The first words of the first page that are set clearly larger than the rest; None where there are none."""
    if not lines:
        return None
    usual = median(line.height for line in lines)
    large = [n for n, line in enumerate(lines[:12]) if line.page == 0 and line.height >= LARGER * usual]
    if not large:
        return None
    size = lines[large[0]].height
    title = lines[large[0]].text
    for before, n in pairwise(large):
        if n != before + 1 or abs(lines[n].height - size) > 0.15 * size:
            break
        title = joined(title, lines[n].text)
    return title if 3 <= len(title) <= 200 else None


def _borne_out(said: str | None, lines: list[Line]) -> str | None:
    """A property of the document whose words are on its first page; the others are often those of a template."""
    wanted = _plain(said or "")
    first_page = _plain(" ".join(line.text for line in lines if line.page == lines[0].page))
    return " ".join((said or "").split()) if len(wanted) >= 3 and f" {wanted} " in f" {first_page} " else None


def _is_name(said: str) -> bool:
    """Whether a document's author looks like the full name of a person, and not like an account or a program."""
    return (
        said is not None
        and re.fullmatch(r"[^\W\d_]\S*(?: [^\W\d_]\S*){1,4}", said.strip()) is not None
        and said.istitle()
    )


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().lower()


def _notices(pages: list[_Page], count: int, text: str, said: dict[str, str]) -> Iterator[str]:
    read = len(pages)
    if read < count:
        yield f"Only the first {read:,} of {count:,} pages were read."
    pictures = sum(page.has_pictures for page in pages)
    if pictures:
        yield f"{pictures} of {read} pages {'is a picture' if pictures == 1 else 'are pictures'} without text."
    full = sum(page.too_full for page in pages)
    if full:
        yield f"{full} of {read} pages were not read: more than {MOST_OBJECTS:,} objects on one page."
    if len(text) < LITTLE_TEXT * read:
        yield "There is little text in it."
    made = re.match(r"D:(\d{4})(\d\d)(\d\d)", said.get("CreationDate", ""))
    if made:
        yield f"The PDF file was made on {made[1]}-{made[2]}-{made[3]}."
