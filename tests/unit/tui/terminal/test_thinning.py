"""A terminal that gets less shows the same, whatever was drawn."""

from __future__ import annotations

import pyte
from hypothesis import given
from hypothesis import strategies as st

from summitreader.tui.terminal.thinning import Thinning, blank, change, styled

WIDTH, HEIGHT = 24, 4
STYLES = st.sampled_from(
    ["", "1", "3", "4", "7", "1;3", "31", "38;2;1;2;3", "48;2;9;8;7", "1;38;2;1;2;3;48;2;9;8;7", "4;44", "2;9;97;100"]
)
TEXT = st.text(st.sampled_from("ab  é→≠漢字"), min_size=1, max_size=8)
ROW = st.tuples(st.integers(1, HEIGHT), st.integers(1, 8), st.lists(st.tuples(STYLES, TEXT), min_size=1, max_size=3))
FRAMES = st.lists(st.lists(ROW, min_size=1, max_size=4), min_size=1, max_size=6)


def drawn(rows: list[tuple[int, int, list[tuple[str, str]]]]) -> str:
    """A frame as Textual sends one, cut where the screen ends."""
    parts = ["\x1b[?2026h"]
    for row, column, runs in rows:
        parts.append(f"\x1b[{row};{column}H")
        room = WIDTH - column
        for style, text in runs:
            cells = [2 if letter in "漢字" else 1 for letter in text]
            fits = next((n for n in range(len(text), -1, -1) if sum(cells[:n]) <= room), 0)
            room -= sum(cells[:fits])
            parts.append(f"\x1b[{style}m{text[:fits]}\x1b[0m" if style else text[:fits])
    return "".join([*parts, "\x1b[?2026l"])


def shown(screen: pyte.Screen) -> list[tuple[object, ...]]:
    """Every cell: what it holds, and of its style what is seen."""
    found: list[tuple[object, ...]] = []
    for y in range(HEIGHT):
        for x in range(WIDTH):
            cell = screen.buffer[y][x]
            seen = (cell.data, cell.bg, cell.underscore, cell.reverse, cell.strikethrough)
            lettered = cell.data.strip() or cell.underscore or cell.reverse or cell.strikethrough
            found.append((*seen, *((cell.fg, cell.bold, cell.italics) if lettered else ())))
    return found


@given(FRAMES)
def test_the_screen_is_the_same(frames: list[list[tuple[int, int, list[tuple[str, str]]]]]) -> None:
    whole, thin = pyte.Screen(WIDTH, HEIGHT), pyte.Screen(WIDTH, HEIGHT)
    to_whole, to_thin = pyte.Stream(whole), pyte.Stream(thin)
    thinning = Thinning()
    for rows in frames:
        frame = drawn(rows)
        less = thinning.thinned(frame)
        to_whole.feed(frame)
        to_thin.feed(less)
        assert shown(thin) == shown(whole)
        assert len(less) <= len(frame) + 12 * len(rows)


def test_what_stands_is_not_sent_again_until_it_is_forgotten() -> None:
    thinning = Thinning()
    frame = "\x1b[2;3H\x1b[1mred\x1b[0m ferry"
    first = thinning.thinned(frame)
    assert first == "\x1b[2;3H\x1b[1mred\x1b[0m ferry"
    assert thinning.thinned(frame) == ""
    assert thinning.thinned("\x1b[2;3H\x1b[1mred\x1b[0m fairy") == "\x1b[2;8Hai"
    thinning.forget()
    assert thinning.thinned(frame) == first


def test_what_is_no_drawing_is_passed_on_and_the_screen_is_not_known_after_it() -> None:
    thinning = Thinning()
    thinning.thinned("\x1b[1;1Hferry")
    assert thinning.thinned("\x1b[?1049h") == "\x1b[?1049h"
    assert thinning.thinned("\x1b[1;1Hferry") == "\x1b[1;1Hferry"
    assert thinning.thinned("\x1b]52;c;eA==\x07") == "\x1b]52;c;eA==\x07"
    assert thinning.thinned("\x1b[1;1Hferry") == ""


def test_the_cursor_is_left_where_the_frame_leaves_it() -> None:
    thinning = Thinning()
    assert thinning.thinned("\x1b[1;1Hferry\x1b[4;9H").endswith("\x1b[4;9H")


def test_a_style_changes_by_the_shortest_sequence() -> None:
    plain, strong = styled(blank(styled((frozenset(), "", ""), "0")), ""), styled((frozenset(), "", ""), "1;31")
    assert change(strong, plain) == "\x1b[0m"
    assert change(plain, strong) == "\x1b[1;31m"
    assert change(strong, styled(strong, "32")) == "\x1b[32m"
    assert change(strong, styled(strong, "22")) == "\x1b[22m"
