"""Reading scans: the pictures of pages are read by tesseract, where it is installed.

PDFium draws a page, tesseract says how it is turned, in which script it is, and what its lines are; `readers.pdf` makes
paragraphs of them as of any other page. A page that was read is kept in the cache by the content of its document, so
that what was interrupted goes on, and nothing is read twice.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from summitreader.errors import SummitreaderError
from summitreader.files import private_folder, read_regular, write_whole
from summitreader.processes import child_environment, find_program
from summitreader.sources.model import OcrOptions, UnreadableFile
from summitreader.sources.readers.pdf_layout import Line
from summitreader.text.languages import language_of

DOTS = 300
"""Per inch; what tesseract is trained on."""

MOST_PIXELS = 25_000_000
"""Of a page; a larger one is drawn with fewer dots."""

PATIENCE = 120.0
"""Seconds of the clock that tesseract may take for a page."""

LEAST_CONFIDENCE = 0.35
"""Of a block of text; what is below is mostly a picture taken for letters."""

MOST_LANGUAGES = 4
"""Languages that a page is first read in together, where the settings name none."""

MOST_KEPT = 400
"""Documents in the cache."""

_SCRIPTS = {
    "Cyrillic": "rus ukr bul srp bel mkd",
    "Greek": "ell",
    "Arabic": "ara fas urd",
    "Hebrew": "heb",
    "Devanagari": "hin mar nep",
    "Han": "chi_sim chi_tra",
    "Japanese": "jpn",
    "Hangul": "kor",
    "Korean": "kor",
    "Thai": "tha",
    "Bengali": "ben",
    "Tamil": "tam",
    "Georgian": "kat",
    "Armenian": "hye",
}
"""The languages of each script but Latin, as tesseract names both."""
_CODES = {
    pair[:2]: pair[3:]
    for pair in """
    en eng|de deu|fr fra|es spa|pt por|it ita|nl nld|sv swe|pl pol|tr tur|id ind|vi vie|ru rus|uk ukr|bg bul|ar ara
    fa fas|ur urd|hi hin|mr mar|ne nep|zh chi_sim|ja jpn|ko kor|el ell|he heb|th tha|da dan|nb nor|fi fin|cs ces|
    """.strip()
    .replace("\n    ", "|")
    .split("|")
    if pair
}
"""Languages as the program names them, the commonest first, and as tesseract does."""


@dataclass(frozen=True, slots=True)
class ReadPage:
    """The lines of a page in reading order, and the mean confidence of its words (0 to 1)."""

    lines: tuple[Line, ...]
    confidence: float
    languages: str


class Recogniser:
    """Reads the pages of one document, whose bytes are `data`; its pages that were read before come from the cache."""

    def __init__(self, data: bytes, options: OcrOptions) -> None:
        self._program = find_program("tesseract")
        if self._program is None:
            raise UnreadableFile(
                "it is a scan: its pages are pictures. Install tesseract to read them "
                "(apt install tesseract-ocr, brew install tesseract)."
            )
        self._environment = child_environment({**os.environ, "OMP_THREAD_LIMIT": "1"})
        listed = self._run("--list-langs").decode("utf-8", "replace").split("\n")
        self._installed = [name.strip() for name in listed[1:] if name.strip()]
        missing = [name for name in options.languages if name not in self._installed]
        if missing:
            raise UnreadableFile(
                f"it is a scan, and tesseract has no data for {missing[0]}: install it (apt install "
                f"tesseract-ocr-{missing[0].replace('_', '-')}), or change ocr-languages in the settings."
            )
        self._chosen = "+".join(options.languages)
        self._known: dict[str, ReadPage] = {}
        self._kept = None
        if options.cache is not None:
            key = hashlib.sha256(data + b"\0" + self._chosen.encode()).hexdigest()
            self._kept = options.cache / f"{key}.json"
            self._known = _read_kept(self._kept)

    def page(self, document: Any, number: int) -> ReadPage:
        """What is on page `number` of a pypdfium2 document. Raises `UnreadableFile` where it cannot be read."""
        known = self._known.get(str(number))
        if known is None:
            known = self._known[str(number)] = self._read(document, number)
            if self._kept is not None:
                _keep(self._kept, self._known)
        self._chosen = self._chosen or self._language_of(known)
        return known

    def version(self) -> str:
        """`tesseract 5.3.0`."""
        return " ".join(self._run("--version").decode("utf-8", "replace").split()[:2])

    def _read(self, document: Any, number: int) -> ReadPage:
        picture = _drawn(document[number], 0)
        languages, turn = self._chosen, 0
        if "osd" in self._installed:
            said = self._run("stdin", "stdout", "--psm", "0", picture=picture, may_fail=True).decode("utf-8", "replace")
            found = dict(re.findall(r"^(Rotate|Orientation confidence|Script|Script confidence): (\S+)", said, re.M))
            if float(found.get("Orientation confidence", 0)) >= 2 and found.get("Rotate", "0") != "0":
                turn = int(found["Rotate"])
                picture = _drawn(document[number], turn)
            languages = languages or self._of_script(
                found.get("Script", "Latin"), float(found.get("Script confidence", 0))
            )
        languages = languages or self._of_script("Latin", 0.0)
        words = self._run("stdin", "stdout", "-l", languages, "--psm", "3", "--dpi", str(DOTS), "hocr", picture=picture)
        return _lines(words, number, languages)

    def _of_script(self, script: str, confidence: float) -> str:
        """The installed languages of a script, the commonest first, joined with `+`."""
        of_others = {name for names in _SCRIPTS.values() for name in names.split()}
        if script in _SCRIPTS and confidence >= 1:
            names = [name for name in _SCRIPTS[script].split() if name in self._installed]
            if not names:
                wanted = _SCRIPTS[script].split()[0]
                raise UnreadableFile(
                    f"it is a scan in {script} script: install the data of its language (for instance apt install "
                    f"tesseract-ocr-{wanted.replace('_', '-')})."
                )
        else:
            order = list(_CODES.values())
            names = [n for n in self._installed if n not in of_others and n not in ("osd", "equ") and "/" not in n]
            names.sort(key=lambda name: order.index(name) if name in order else len(order))
        if not names:
            raise UnreadableFile("it is a scan, and tesseract has no data for any language: install tesseract-ocr-eng.")
        return "+".join(names[:MOST_LANGUAGES])

    def _language_of(self, page: ReadPage) -> str:
        """The installed language that the words of a page are in; empty where it is not clear."""
        language = _CODES.get(language_of(" ".join(line.text for line in page.lines)) or "")
        return language if language in self._installed and page.confidence >= 0.6 else ""

    def _run(self, *arguments: str, picture: bytes = b"", may_fail: bool = False) -> bytes:
        assert self._program is not None
        try:
            done = subprocess.run(
                [self._program, *arguments],
                input=picture,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=self._environment,
                timeout=PATIENCE,
                check=not may_fail,
            )
        except subprocess.TimeoutExpired:
            raise UnreadableFile(f"tesseract takes more than {PATIENCE:.0f} seconds for a page.") from None
        except (OSError, subprocess.CalledProcessError) as error:
            raise UnreadableFile(
                "it is a scan, and tesseract failed on it; `tesseract --version` shows whether it works."
            ) from error
        return done.stdout


def _drawn(page: Any, turn: int) -> bytes:
    """A page as a picture in shades of grey (PGM), turned clockwise by so many degrees."""
    width, height = page.get_size()
    scale = min(DOTS / 72, (MOST_PIXELS / max(1.0, width * height)) ** 0.5)
    bitmap = page.render(scale=scale, rotation=turn, grayscale=True)
    try:
        rows = bytes(bitmap.buffer)
        wide, high, stride = bitmap.width, bitmap.height, bitmap.stride
    finally:
        bitmap.close()
        page.close()
    if stride != wide:
        rows = b"".join(rows[n * stride : n * stride + wide] for n in range(high))
    return b"P5 %d %d 255\n" % (wide, high) + rows


def _lines(hocr: bytes, number: int, languages: str) -> ReadPage:
    """The lines that tesseract found (hOCR), with a column for each of its paragraphs; lengths are in points."""
    try:
        root = ElementTree.fromstring(hocr)
    except ElementTree.ParseError as error:
        raise UnreadableFile("tesseract gave no text that could be read.") from error
    lines: list[Line] = []
    all_sure: list[float] = []
    paragraph = 0
    for block in _of_class(root, "ocr_carea"):
        sure = [_numbers(word, "x_wconf")[0] / 100 for word in _of_class(block, "ocrx_word") if _text(word)]
        if not sure or sum(sure) / len(sure) < LEAST_CONFIDENCE:
            continue
        all_sure += sure
        for part in _of_class(block, "ocr_par"):
            paragraph += 1
            for kind in ("ocr_line", "ocr_header", "ocr_textfloat", "ocr_caption"):
                for line in _of_class(part, kind):
                    text = " ".join(filter(None, map(_text, _of_class(line, "ocrx_word"))))
                    if text:
                        left, _, right, bottom = _numbers(line, "bbox")
                        slope, above = _numbers(line, "baseline") or (0.0, 0.0)
                        size = (_numbers(line, "x_size") or (30.0,))[0]
                        base = -(bottom + above + slope * (right - left) / 2)
                        lines.append(_line(text, left, right, base, size, number, paragraph))
    return ReadPage(tuple(lines), sum(all_sure) / len(all_sure) if all_sure else 0.0, languages)


def _line(text: str, left: float, right: float, base: float, size: float, page: int, column: int) -> Line:
    point = 72 / DOTS
    return Line(text, left * point, right * point, base * point, size * point, page, column)


def _of_class(element: ElementTree.Element, name: str) -> Iterator[ElementTree.Element]:
    return (e for e in element.iter() if e.get("class") == name)


def _text(word: ElementTree.Element) -> str:
    return "".join(word.itertext()).strip()


def _numbers(element: ElementTree.Element, key: str) -> tuple[float, ...]:
    found = re.search(rf"\b{key} ([-\d. ]+)", element.get("title") or "")
    return tuple(map(float, found[1].split())) if found else ()


def _read_kept(path: Path) -> dict[str, ReadPage]:
    try:
        return msgspec.json.decode(read_regular(path, 1 << 26), type=dict[str, ReadPage])
    except (OSError, ValueError):
        return {}


def _keep(path: Path, pages: dict[str, ReadPage]) -> None:
    """Save what was read; a cache is never the reason why something else fails."""
    try:
        private_folder(path.parent)
        write_whole(path, msgspec.json.encode(pages), private=True)
        kept = sorted(path.parent.glob("*.json"), key=lambda one: one.stat().st_mtime)
        for old in kept[:-MOST_KEPT]:
            old.unlink()
    except (OSError, SummitreaderError):
        pass
