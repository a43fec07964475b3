"""What `tui.terminal.placing` promises: in whatever terminal, what follows a word stands at its column."""

from __future__ import annotations

import re
from collections.abc import Callable
from unicodedata import category, east_asian_width

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from summitreader.tui.layout.cells import put_right
from summitreader.tui.terminal.placing import _patterns, is_steady, placed

put_right()

HINDI = "\u0938\u094d\u0924\u094d\u0930\u0940 \u0915\u093e"
THAI = "\u0e40\u0e02\u0e37\u0e48\u0e2d\u0e19\u0e19\u0e49\u0e33"
ARABIC = "\u0645\u064f\u062d\u064e\u0645\u064e\u0651\u062f \u0644\u0627"
FAMILY = "\U0001f469\u200d\U0001f469\u200d\U0001f467"
FLAG = "\U0001f1eb\U0001f1f7"
KEYCAP = "1\ufe0f\u20e3"

Widths = Callable[[str], int]


def spacing_marks_beside(c: str) -> int:
    return 0 if category(c) in ("Mn", "Me", "Cf") else 2 if east_asian_width(c) in "WF" else 1


def spacing_marks_above(c: str) -> int:
    return 0 if category(c)[0] == "M" or category(c) == "Cf" else 2 if east_asian_width(c) in "WF" else 1


def letters_of_few_scripts_in_two(c: str) -> int:
    return 1 if c.isascii() or c == "│" or "\u0620" <= c <= "\u064a" else 2


def drawn(sent: str, widths: Widths) -> dict[tuple[int, int], str]:
    """What stands in which (line, column) in a terminal that gives each character so many cells."""
    cells: dict[tuple[int, int], str] = {}
    line = column = 1
    for escape, row, place, character in re.findall(r"(\x1b\[(?:(\d+);(\d+)H|[\d;]*m))|([\s\S])", sent):
        if row:
            line, column = int(row), int(place)
        elif not escape and character != "\n":
            for cell in range(widths(character)):
                cells[line, column + cell] = character
            column += widths(character)
    return cells


@pytest.mark.parametrize("widths", [spacing_marks_beside, spacing_marks_above, letters_of_few_scripts_in_two])
@pytest.mark.parametrize("word", [HINDI, THAI, ARABIC, FAMILY, FLAG, KEYCAP, "e\u0301", "\u3248 \u2630 \ue0b0"])
def test_the_ruler_and_the_next_pane_stand_at_their_column(word: str, widths: Widths) -> None:
    at = 5 + cell_len(f"{word} end")
    sent = f"\x1b[3;5H\x1b[1m{word}\x1b[0m end│next\n\x1b[4;1Hcalm"
    cells = drawn(placed(sent), widths)
    assert "".join(cells[3, at + n] for n in range(5)) == "│next"
    assert "".join(cells[3, at - 3 + n] for n in range(3)) == "end"


def test_cells_that_a_word_does_not_fill_hold_nothing_older() -> None:
    before = "\x1b[1;1Holder words"
    cells = drawn(before + placed(f"\x1b[1;1H{FLAG}{FLAG}{FLAG}|"), lambda c: int(c.isascii()))
    assert [cells[1, column] for column in range(1, 7)] == [" "] * 6


@pytest.mark.parametrize("sent", ["\x1b[1;1Hplain", "\x1b[1;1H\x1b[1m│≠ “é”  ❝ 山谷 한 قال", "no place 🇫🇷", ""])
def test_what_all_terminals_measure_alike_is_sent_as_it_is(sent: str) -> None:
    assert placed(sent) == sent


@given(st.text(st.sampled_from([*"ab │山", *HINDI, *THAI, *ARABIC, *FAMILY, *FLAG, *KEYCAP])), st.integers(1, 9))
def test_no_word_is_lost_or_changed(words: str, column: int) -> None:
    sent = placed(f"\x1b[2;{column}H{words}")
    plain = re.sub(r" *\x1b\[2;\d+H", "", sent)
    assert plain.replace(" ", "") == words.replace(" ", "")


def test_the_quick_look_at_a_frame_and_the_pattern_agree_on_every_sign() -> None:
    unsteady, _ = _patterns()
    signs = [chr(n) for n in range(0x11000) if not 0xD800 <= n < 0xE000]
    assert [sign for sign in signs if is_steady(sign) is bool(unsteady.search(sign))] == []
