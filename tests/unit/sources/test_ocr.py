"""Scans are read by tesseract where it is installed, once, and say how sure their words are."""

from __future__ import annotations

import contextlib
import importlib.util
import shutil
import sys
import zlib
from collections.abc import Generator
from pathlib import Path
from typing import cast

import pypdfium2
import pytest

from summitreader import Corpus
from summitreader.sources.model import Document, Doing, OcrOptions, Scan, UnreadableFile
from summitreader.sources.readers.pdf import DOUBTFUL, read_pdf

_spec = importlib.util.spec_from_file_location("pdf_pages", Path(__file__).with_name("pages.py"))
assert _spec is not None and _spec.loader is not None
pages = importlib.util.module_from_spec(_spec)
sys.modules["pdf_pages"] = pages
_spec.loader.exec_module(pages)

WORDS = ["The harbour board voted on Tuesday to close the", "north quay for two years.", "Work begins in March."]

FAKE = """#!/bin/sh
echo "$*" >> {calls}
case "$*" in
*list-langs*) printf 'List of available languages (3):\\n{languages}\\n';;
*version*) echo 'tesseract 9.8.7';;
*psm\\ 0*) cat > /dev/null; printf '{osd}';;
*) cat > /dev/null; cat {hocr};;
esac
"""
LINE = """<span class='ocr_line' title="bbox 300 {top} 1500 {foot}; baseline 0 -8; x_size 44">{words}</span>"""
WORD = "<span class='ocrx_word' title='bbox 300 1 400 40; x_wconf {sure}'>{word}</span>"


def scan(*texts: list[str]) -> bytes:
    """A PDF whose pages are pictures of the lines of `texts`."""
    drawn = [[(60.0, 700.0 - 16 * n, line) for n, line in enumerate(lines)] for lines in texts]
    document = pypdfium2.PdfDocument(pages.pdf(drawn))
    kids = " ".join(f"{3 + 3 * n} 0 R" for n in range(len(texts)))
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {len(texts)} >>".encode()]
    for n in range(len(texts)):
        bitmap = document[n].render(scale=2, grayscale=True)
        wide, high, stride = bitmap.width, bitmap.height, bitmap.stride
        rows = bytes(bitmap.buffer)
        picture = zlib.compress(b"".join(rows[r * stride : r * stride + wide] for r in range(high)))
        about = f"/Width {wide} /Height {high} /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode"
        at = 3 + 3 * n
        content = f"{wide / 2} 0 0 {high / 2} 0 0 cm /I Do".encode()
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {wide / 2} {high / 2}] /Contents {at + 1} 0 R "
            f"/Resources << /XObject << /I {at + 2} 0 R >> >> >>".encode(),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
            b"<< /Type /XObject /Subtype /Image %s /Length %d >>\nstream\n%s\nendstream"
            % (about.encode(), len(picture), picture),
        ]
    whole, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(whole))
        whole += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(whole)
    whole += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table
    return whole + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program in the place of tesseract that finds the same lines on each page; its folder, with `calls` in it."""
    folder = tmp_path / "bin"
    folder.mkdir()
    put(folder, 96)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    return folder


def put(folder: Path, sure: int, languages: str = "eng\\ndeu\\nosd", osd: str = "", lines: list[str] = WORDS) -> None:
    rows = ""
    for n, line in enumerate(lines):
        words = " ".join(WORD.format(sure=sure, word=word) for word in line.split())
        rows += LINE.format(top=300 + 50 * n, foot=340 + 50 * n, words=words)
    body = f"<div class='ocr_carea'><p class='ocr_par'>{rows}</p></div>"
    (folder / "hocr").write_text(f'<html xmlns="http://www.w3.org/1999/xhtml"><body>{body}</body></html>')
    script = FAKE.format(calls=folder / "calls", hocr=folder / "hocr", languages=languages, osd=osd)
    (folder / "tesseract").write_text(script)
    (folder / "tesseract").chmod(0o755)


def read(data: bytes, options: OcrOptions) -> Document:
    *doing, document = read_pdf(data, "x.pdf", options)
    assert all(isinstance(one, Doing) for one in doing)
    assert isinstance(document, Document)
    return document


def calls(folder: Path) -> list[str]:
    return [line for line in (folder / "calls").read_text().splitlines() if "hocr" in line]


def test_a_page_without_words_is_a_scan_and_each_page_of_it_is_said_before_it_is_read(fake: Path) -> None:
    data = scan(WORDS, WORDS)
    with pytest.raises(Scan):
        list(read_pdf(data, "x.pdf"))
    found = list(read_pdf(data, "x.pdf", OcrOptions()))
    assert [one.share for one in found if isinstance(one, Doing)] == [0.0, 0.5]
    assert len(found) == 3


def test_its_lines_become_paragraphs_with_pages_and_the_notice_has_the_confidence(fake: Path) -> None:
    document = read(scan(WORDS), OcrOptions())
    assert document.text.startswith("The harbour board voted on Tuesday to close the north quay for two years. Work")
    assert [locator.label for locator in document.locators] == ["p. 1"]
    assert document.notices == ("Read by OCR (tesseract 9.8.7, eng+deu), confidence 96%.",)


@pytest.mark.parametrize(("sure", "doubtful"), [(int(100 * DOUBTFUL), False), (int(100 * DOUBTFUL) - 1, True)])
def test_a_page_that_is_not_sure_is_named(fake: Path, sure: int, doubtful: bool) -> None:
    put(fake, sure)
    assert (len(read(scan(WORDS), OcrOptions()).notices) == 2) == doubtful


def test_what_was_read_is_kept_by_content_and_languages(fake: Path, tmp_path: Path) -> None:
    data = scan(WORDS)
    kept = OcrOptions(tmp_path / "cache")
    first = read(data, kept)
    assert read(data, kept) == first
    assert len(calls(fake)) == 1
    read(data, OcrOptions(tmp_path / "cache", ("deu",)))
    assert [call.split()[3] for call in calls(fake)] == ["eng+deu", "deu"]


def test_what_was_interrupted_goes_on_with_the_next_page(fake: Path, tmp_path: Path) -> None:
    data, kept = scan(WORDS, WORDS), OcrOptions(tmp_path / "cache")
    with contextlib.closing(cast("Generator[object]", read_pdf(data, "x.pdf", kept))) as reading:
        assert [isinstance(next(reading), Doing) for _ in range(2)] == [True, True]
    read(data, kept)
    assert len(calls(fake)) == 2


def test_where_a_page_fails_those_before_it_are_there_and_it_is_named(fake: Path) -> None:
    reading = read_pdf(scan(WORDS, WORDS, WORDS), "x.pdf", OcrOptions())
    assert [isinstance(next(reading), Doing) for _ in range(2)] == [True, True]
    (fake / "hocr").unlink()
    document = list(reading)[-1]
    assert isinstance(document, Document) and "The harbour board voted" in document.text
    assert document.notices[1].startswith("OCR stopped at page 2: ")


def test_what_the_cache_holds_is_data_and_what_is_damaged_counts_as_none(fake: Path, tmp_path: Path) -> None:
    data, kept = scan(WORDS), OcrOptions(tmp_path / "cache")
    first = read(data, kept)
    (file,) = (tmp_path / "cache").iterdir()
    file.write_text('{"0": {"lines": [1]}}')
    assert read(data, kept) == first


def test_a_language_that_is_not_installed_is_named(fake: Path) -> None:
    with pytest.raises(UnreadableFile, match="tesseract-ocr-fra"):
        read(scan(WORDS), OcrOptions(languages=("fra",)))


def test_the_script_chooses_the_language_and_is_named_where_none_is_installed(fake: Path) -> None:
    said = "Rotate: 0\\nOrientation confidence: 9\\nScript: Cyrillic\\nScript confidence: 2.0\\n"
    put(fake, 96, osd=said)
    with pytest.raises(UnreadableFile, match="Cyrillic"):
        read(scan(WORDS), OcrOptions())
    put(fake, 96, languages="eng\\nrus\\nukr\\nosd", osd=said)
    read(scan(WORDS), OcrOptions())
    assert calls(fake)[-1].split()[3] == "rus+ukr"


def test_without_tesseract_the_reason_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "a.pdf").write_bytes(scan(WORDS))
    corpus = Corpus.load(tmp_path / "src")
    assert [("scan" in one.reason, "apt install tesseract-ocr" in one.reason) for one in corpus.skipped] == [
        (True, True)
    ]


def test_the_loader_tells_what_page_is_read_and_continues_with_the_rest(fake: Path, tmp_path: Path) -> None:
    folder = tmp_path / "src"
    folder.mkdir()
    (folder / "a.pdf").write_bytes(scan(WORDS))
    (folder / "b.txt").write_text("The night boat stops in April, the company said on Monday.")
    said: list[tuple[float, str]] = []
    corpus = Corpus.load(folder, progress=lambda share, doing: said.append((share, doing)))
    assert [source.id for source in corpus.sources] == ["a.pdf", "b.txt"]
    assert any("page 1 of 1" in doing for _, doing in said)
    assert [share for share, _ in said] == sorted(share for share, _ in said)


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")
def test_a_scan_is_read_by_tesseract_also_where_it_is_turned() -> None:
    data = scan([*WORDS, *WORDS, *WORDS])
    for turned in (data, data.replace(b"/MediaBox", b"/Rotate 90 /MediaBox")):
        assert "voted on Tuesday to close the north quay" in read(turned, OcrOptions(languages=("eng",))).text
