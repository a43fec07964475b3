"""What `tui.layout.cells` promises: Rich, and all that asks it, reckons as terminals draw."""

from __future__ import annotations

import pytest
from rich.cells import cell_len, split_graphemes

import summitreader.tui.layout  # noqa: F401
from summitreader.tui.layout.cells import terminal_widths


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("\u0915\u093e", 2),
        ("\u0915\u0940", 2),
        ("\u0915\u094d\u0937", 2),
        ("\u0938\u094d\u0924\u094d\u0930\u0940", 4),
        ("\u0ba4\u0bae\u0bbf\u0bb4\u0bcd", 4),
        ("\u1019\u103c\u1014\u103a\u1019\u102c", 5),
        ("\u0e19\u0e49\u0e33", 2),
        ("e\u0301", 1),
        ("\u3248", 2),
        ("山", 2),
        ("plain", 5),
    ],
)
def test_a_sign_beside_its_letter_takes_a_cell_and_one_above_or_below_it_none(text: str, cells: int) -> None:
    assert cell_len(text) == cells
    assert split_graphemes(text)[1] == cells


def test_only_spacing_marks_are_taken_out_of_what_has_no_width() -> None:
    assert terminal_widths([(0x0300, 0x036F, 0), (0x093A, 0x093C, 0), (0x1100, 0x115F, 2)]) == [
        (0x0300, 0x036F, 0),
        (0x093A, 0x093A, 0),
        (0x093C, 0x093C, 0),
        (0x1100, 0x115F, 2),
        (0x3248, 0x324F, 2),
    ]
