"""Marks and signs in ASCII: told apart, as wide as before, and letters left alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from summitreader.tui.layout.marks import ASCII, UNICODE
from summitreader.tui.terminal.filters import in_ascii


def test_each_mark_becomes_its_own_in_ascii_and_none_becomes_another() -> None:
    for mark, glyph in UNICODE.marks.items():
        assert in_ascii(glyph) == ASCII.marks[mark]
    plain = [*ASCII.marks.values(), ASCII.note, ASCII.bar, ASCII.told, ASCII.silent]
    assert len(set(plain)) == len(plain)


def test_a_picture_made_of_several_signs_takes_the_cells_of_the_picture() -> None:
    assert in_ascii("walked 🏳️\u200d🌈 over") == "walked ?? over"
    assert in_ascii("👩\u200d👧 walked") == "👩\u200d👧 walked"


def test_letters_stay_and_quotation_marks_and_dashes_become_plain() -> None:
    assert in_ascii("“Žižek” – 桥 и мост…") == '"Žižek" - 桥 и мост>'
    assert in_ascii("Well… no") == "Well. no"


def test_what_the_encoding_has_not_becomes_the_nearest_letter_or_a_question_mark() -> None:
    assert in_ascii("Žürich 桥 и", "iso8859-1") == "Zürich ?? ?"


_JOINING = st.text(st.sampled_from("a1 →☝✈क्ष🏳🌈👩🇫🇷🏽\u0301\u200d\ufe0e\ufe0f\u20e3"))


@given(st.text() | _JOINING, st.sampled_from(["utf-8", "ascii", "iso8859-1"]))
def test_every_text_takes_as_many_cells_as_before(text: str, encoding: str) -> None:
    alone = [char for char in text if cell_len(char) == 1]
    assert cell_len(in_ascii("".join(alone), encoding)) == len(alone)


@given(st.text())
def test_nothing_is_left_that_an_encoding_has_not(text: str) -> None:
    in_ascii(text.replace("\ud800", ""), "ascii").encode("ascii")
