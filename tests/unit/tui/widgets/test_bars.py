"""What the bars promise: what does not fit is left out whole, and words are put in quotation marks once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from summitreader.tui.widgets.bars import in_quotation_marks, kept_whole
from summitreader.tui.widgets.query_line import in_short

HEADING = [(" who is quoted", "strong"), ("   by ", "dim"), ("speaker", ""), ("   of: ", "dim"), ("all sources", "")]


def words_of(pieces: object) -> str:
    return "".join(words for words, _ in pieces)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("width", "drawn"),
    [
        (60, " who is quoted   by speaker   of: all sources"),
        (34, " who is quoted   by speaker"),
        (24, " who is quoted"),
        (8, " who is…"),
        (1, "…"),
    ],
)
def test_what_stands_apart_is_left_out_before_a_word_is_cut(width: int, drawn: str) -> None:
    assert words_of(kept_whole(HEADING, width)) == drawn


def test_what_is_left_whole_for_a_good_part_is_cut_and_says_so() -> None:
    pieces = [(" 6 sources", ""), ("   the first likely took its words from the third, which is older", "note")]
    assert words_of(kept_whole(pieces, 50)) == " 6 sources   the first likely took its words from…"


@given(st.lists(st.text(st.sampled_from("ab  山é")), max_size=6), st.integers(0, 30))
def test_it_never_takes_more_cells_than_there_are(words: list[str], width: int) -> None:
    assert cell_len(words_of(kept_whole([(part, "") for part in words], width))) <= width


@pytest.mark.parametrize(
    ("text", "width", "quoted"),
    [
        ("The dam held", 40, "“The dam held”"),
        ("“It held,” he said", 40, "“It held,” he said"),
        ("‘It held’", 40, "‘It held’"),
        ("The dam held", 10, "“The dam…”"),
    ],
)
def test_words_stand_in_quotation_marks_once(text: str, width: int, quoted: str) -> None:
    assert in_quotation_marks(text, width) == quoted


@pytest.mark.parametrize(
    ("width", "said"),
    [
        (60, "2 of 147 · 2 of 27 in this source · 378 in other stories"),
        (40, "2 of 147 · 2 of 27 in this source"),
        (20, "2 of 147"),
        (5, "2 of…"),
    ],
)
def test_how_many_were_found_is_said_in_short_where_there_is_little_room(width: int, said: str) -> None:
    assert in_short("2 of 147 · 2 of 27 in this source · 378 in other stories", width) == said
