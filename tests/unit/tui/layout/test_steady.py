"""What `tui.layout.steady` promises: pictures take the same cells everywhere, and letters stay as they are."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from summitreader.text.gate import shown
from summitreader.tui.layout.cells import steady

FAMILY = "\U0001f469\u200d\U0001f469\u200d\U0001f467"


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        (f"a {FAMILY} b", "a \U0001f469 b"),
        ("a \u2764\ufe0f b", "a \u2764  b"),
        ("\U0001f44d\U0001f3fd!", "\U0001f44d!"),
        ("1\ufe0f\u20e3 first", "1  first"),
    ],
)
def test_of_a_joined_picture_the_first_is_drawn_in_the_cells_of_the_whole(text: str, drawn: str) -> None:
    assert steady(text) == drawn


@pytest.mark.parametrize(
    "text", ["plain", "\u092e\u0947\u0902 \u0915\u094d\u200d\u0937", "\u0646\u0645\u06cc\u200c", "\ud55c\uad6d"]
)
def test_letters_that_join_are_left_alone(text: str) -> None:
    assert steady(text) is text


@example("\u200d1\ufe0f")
@given(st.text(st.sampled_from("ab1#\u2764\U0001f469\U0001f44d\U0001f3fd\u200d\ufe0f\u20e3\uac00 ")))
def test_a_row_keeps_its_width(text: str) -> None:
    row = shown(text)
    assert cell_len(steady(row)) == cell_len(row)
