"""PDF: words come out whole, in reading order, each with its page; what is not text is not called text."""

from __future__ import annotations

import importlib.util
import re
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from summitreader.sources.model import Document, UnreadableFile
from summitreader.sources.readers.pdf import MOST_OBJECTS, read_pdf
from summitreader.sources.readers.pdf_layout import Line, Word, leftwards, page_lines
from summitreader.sources.readers.pdf_paragraphs import PdfText

_spec = importlib.util.spec_from_file_location("pdf_pages", Path(__file__).with_name("pages.py"))
assert _spec is not None and _spec.loader is not None
pages = importlib.util.module_from_spec(_spec)
sys.modules["pdf_pages"] = pages
_spec.loader.exec_module(pages)


def read(*drawn: list[tuple[float, float, str]]) -> Document:
    (document,) = read_pdf(pages.pdf(list(drawn)), "x.pdf")
    assert isinstance(document, Document)
    return document


def column(left: float, top: float, texts: list[str]) -> list[tuple[float, float, str]]:
    return [(left, top - 12 * n, text) for n, text in enumerate(texts)]


def numbered(name: str, count: int) -> list[str]:
    return [f"{name}{n} of the morning paper" for n in range(count)]


def drawn(text: str, left: float, baseline: float, height: float = 10, order: int = 0) -> list[Word]:
    """The words of a line as a program draws them, each sign half as wide as it is high."""
    words = []
    for n, match in enumerate(re.finditer(r"\S+", text)):
        at = left + match.start() * height / 2
        words.append(Word(match[0], at, at + len(match[0]) * height / 2, baseline, height, n == 0, order=order + n))
    return words


@pytest.mark.parametrize("columns", [2, 3, 4])
def test_columns_of_any_number_are_read_to_their_foot_below_a_headline_across(columns: int) -> None:
    width = 120
    words = drawn("A headline that is set across all of the columns of this page", 40, 760, 16)
    for row in range(8):  # row by row, as some programs draw
        for n in range(columns):
            words += drawn(f"c{n}r{row} the boat goes on", 40 + n * (width + 12), 720 - 12 * row, order=100 * row + n)
    found = [line.text.split()[0] for line in page_lines(words, 0)]
    assert found == ["A", *(f"c{n}r{row}" for n in range(columns) for row in range(8))]


def test_justified_columns_are_read_one_after_the_other_also_where_their_spaces_are_wider_than_the_gutter() -> None:
    words = drawn("A headline that is set across all of the columns of this page", 40, 760, 16)
    for n in range(3):  # column by column, as a browser prints; 15 points between words, 6 between columns
        for row in range(8):
            for place, text in enumerate((f"c{n}r{row}", "journalism", "continues")):
                at = 40 + n * 176 + place * 60
                words.append(
                    Word(text, at, at + 50, 720 - 12 * row, 10, place == 0, order=1000 * (n + 1) + 10 * row + place)
                )
    words += drawn("printed on Monday", 40, 800, order=9000)
    found = [line.text.split()[0] for line in page_lines(words, 0)]
    assert found == ["printed", "A", *(f"c{n}r{row}" for n in range(3) for row in range(8))]


def test_a_headline_over_two_of_three_columns_does_not_part_the_third() -> None:
    words = []
    for n, left in enumerate((40, 180, 320)):
        for row in range(16):
            if n == 0 or row not in (7, 8):
                words += drawn(f"c{n}r{row} the boat goes on", left, 700 - 12 * row)
    words += drawn("second article across two columns now", 180, 700 - 12 * 8 + 4, 12)
    order = [line.text.split()[0] for line in page_lines(words, 0)]
    assert order[:16] == [f"c0r{row}" for row in range(16)]
    assert order.index("c2r6") < order.index("second") < order.index("c1r9")


def test_the_rows_of_a_table_stay_rows() -> None:
    words = []
    for row in range(6):
        words += drawn(f"Ship{row}", 40, 700 - 12 * row, order=10 * row) + drawn(
            f"{row}0", 200, 700 - 12 * row, order=10 * row + 1
        )
    assert [line.text for line in page_lines(words, 0)] == [f"Ship{row} {row}0" for row in range(6)]


def test_a_word_drawn_in_pieces_is_one_and_a_word_drawn_twice_is_there_once() -> None:
    document = read([(60, 700, "The night bo"), (115.6, 700, "at stops."), (60, 680, "Twice"), (60.3, 680, "Twice")])
    assert document.text.split("\n\n")[0].startswith("The night boat stops.")
    assert document.text.count("Twice") == 1


def test_a_drop_cap_goes_before_the_line_that_it_begins() -> None:
    words = drawn("T", 30, 676, 44)
    for row, text in enumerate(("he night boat will stop", "in April, the company", "said. It gave no more")):
        words += drawn(text, 60, 700 - 12 * row)
    words += drawn("reasons on that day or the next one", 40, 664)
    assert page_lines(words, 0)[0].text == "The night boat will stop"


def test_hebrew_is_read_from_the_right_and_its_numbers_from_the_left() -> None:
    words = drawn("ג 24 ב א", 40, 700)
    assert [line.text for line in page_lines(words, 0)] == ["א ב 24 ג"]


@pytest.mark.parametrize(
    ("drawn_word", "wanted"),
    [("ןגמ", "מגן"), ("רעננה", "רעננה"), ("،لمعلا", "العمل،"), ("12בא", "אב12")],
)
def test_a_word_that_is_drawn_from_left_to_right_is_read_as_it_is_written(drawn_word: str, wanted: str) -> None:
    rightwards = drawn_word != wanted
    places = [
        (c, 10.0 * (n if rightwards else -n), 10.0 * (n if rightwards else -n) + 9) for n, c in enumerate(drawn_word)
    ]
    assert leftwards(places) == wanted


def test_a_mark_stays_on_its_letter_and_brackets_face_what_they_hold() -> None:
    assert leftwards([("ב", 0, 9), ("\u05b8", 11, 18), ("א", 10, 19), ("ג", 20, 29)]) == "גא\u05b8ב"
    assert page_lines(drawn("ה ג( ב א)", 40, 700), 0)[0].text == "א (ב ג) ה"


@pytest.mark.parametrize(
    ("ends", "begins", "wanted"),
    [
        ("the har-", "bour wall", "harbour"),
        ("a well-", "known man", "well-known"),
        ("her ex-", "husband said", "ex-husband"),
        ("a record-", "breaking sum", "record-breaking"),
        ("the Hansen-", "Berg report", "Hansen-Berg"),
        ("the years 1998-", "2003 were", "1998-2003"),
    ],
)
def test_a_hyphen_at_the_end_of_a_line_stays_where_it_is_part_of_the_word(ends: str, begins: str, wanted: str) -> None:
    before = ["It was clear to them and to all of us that the board would", f"not say more of it and of {ends}"]
    document = read(column(60, 700, [*before, f"{begins} than it had said in the past."]))
    assert f" {wanted} " in document.text.replace("\n", " ")


def test_a_footnote_does_not_part_the_sentence_that_runs_on_to_the_next_page() -> None:
    first = [Line(f"a{n} of the boat and", 60, 300, 700 - 12 * n, 10, 0) for n in range(8)]
    note = [Line("1 See the minutes of", 60, 300, 100, 7, 0), Line("March.", 60, 300, 92, 7, 0)]
    second = [Line("its crew.", 60, 300, 700, 10, 1)]
    text, _ = PdfText(["1", "2"], [*first, *note, *second]).written()
    assert [p.split()[-1] for p in text.strip().split("\n\n")] == ["crew.", "March."]


def test_a_page_that_is_shown_turned_is_read_as_it_is_shown() -> None:
    texts = ["The night boat stops in April.", "Few people take it now."]
    data = pages.pdf([[(100.0 + 40 * n, 60.0, text) for n, text in enumerate(texts)]])
    for n in range(2):
        begins = f"BT /F1 10 Tf {100.0 + 40 * n} 60.0 Td".encode()
        turned = f"BT /F1 10 Tf 0 1 -1 0 {100 + 40 * n} 60 Tm".encode()
        data = data.replace(begins, turned)
    data = data.replace(b"/MediaBox", b"/Rotate 90 /MediaBox")
    (document,) = read_pdf(data, "x.pdf")
    assert isinstance(document, Document)
    assert document.text.split("\n\n") == [texts[0], texts[1] + "\n"]


def test_each_page_is_a_locator_where_its_text_begins() -> None:
    document = read(column(60, 700, ["The first page is here."]), column(60, 700, ["The second page follows."]))
    assert [locator.label for locator in document.locators] == ["p. 1", "p. 2"]
    assert document.text[document.locators[1].start :].startswith("The second page")


def test_a_paragraph_across_pages_knows_where_the_second_begins() -> None:
    document = read(column(60, 700, ["The first page is here and it"]), column(60, 700, ["goes on with the second."]))
    assert "here and it goes on" in document.text
    assert document.text[document.locators[1].start :].startswith("goes on")


def test_a_document_of_few_words_is_read_and_says_so() -> None:
    document = read([(60, 700, "North pier")], [(60, 700, "Thanks")])
    assert "North pier" in document.text
    assert any("little text" in notice for notice in document.notices)


def test_pages_without_words_are_not_called_a_scan_unless_they_are_pictures() -> None:
    with pytest.raises(UnreadableFile, match="no text"):
        read([], [])


def test_what_a_browser_prints_at_the_foot_is_the_address_and_not_text() -> None:
    foot = [(60.0, 20.0, "https://lindvik.example/boat"), (500.0, 20.0, "1/1")]
    document = read([*column(60, 700, ["The night boat stops in April.", "The company said so on Monday."]), *foot])
    assert document.url == "https://lindvik.example/boat"
    assert "lindvik.example" not in document.text


def test_a_page_of_too_many_objects_is_not_read() -> None:
    with pytest.raises(UnreadableFile, match="objects"):
        read([(1.0 + n % 500, 1.0 + n % 800, "a") for n in range(MOST_OBJECTS + 1)])


def test_paragraphs_are_parted_by_space_and_by_indent() -> None:
    lines = column(60, 700, ["The night boat stops in April, it was", "said.", "Few people take it now."])
    indented = [(72.0, 640.0, "The council will meet on Monday to"), (60.0, 628.0, "talk of it.")]
    follows = [(72.0, 616.0, "Nobody knows what it will say to that"), (60.0, 604.0, "or when.")]
    paragraphs = read([*lines, *indented, *follows]).text.rstrip().split("\n\n")
    assert [p.split()[0] for p in paragraphs][-2:] == ["The", "Nobody"]
    assert all(before != after for before, after in pairwise(paragraphs))
