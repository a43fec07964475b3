"""NO_COLOR in every kind of theme: nothing vanishes, and no colour is left."""

from __future__ import annotations

import pytest
from rich.color import ColorType
from rich.style import Style

from summitreader.tui.terminal.filters import without_colour


@pytest.mark.parametrize("style", ["#a3cf8b on #161a22", "bold underline #ff8f70", "italic #0b6394 on #dbe4f3"])
def test_drawn_colours_become_greys_and_weights_stay(style: str) -> None:
    before = Style.parse(style)
    after = without_colour(before)
    for colour in (after.color, after.bgcolor):
        assert colour is None or (colour.triplet is not None and len(set(colour.triplet)) == 1)
    assert (after.bold, after.italic, after.underline) == (before.bold, before.italic, before.underline)


def test_the_sixteen_colours_become_the_terminals_own_and_a_coloured_surface_is_drawn_in_reverse() -> None:
    page = without_colour(Style.parse("bright_green on black"))
    cursor = without_colour(Style.parse("bright_green on blue"))
    for style in (page, cursor):
        assert style.color is not None and style.color.type is ColorType.DEFAULT
        assert style.bgcolor is not None and style.bgcolor.type is ColorType.DEFAULT
    assert not page.reverse
    assert cursor.reverse
