"""What a terminal of 256 colours makes of the themes."""

from __future__ import annotations

import pytest
from rich.color import Color, ColorSystem
from textual.theme import Theme

from summitreader.tui.themes import OWN, in_few_colours


def drawn(colour: str | None) -> int:
    number = Color.parse(colour or "").downgrade(ColorSystem.EIGHT_BIT).number
    assert number is not None
    return number


@pytest.mark.parametrize("theme", [in_few_colours(theme) for theme in OWN], ids=[theme.name for theme in OWN])
def test_where_one_is_and_the_counterparts_are_calm_surfaces_that_are_told_apart(theme: Theme) -> None:
    surfaces = [theme.background, theme.variables["counterpart-surface"], theme.variables["cursor-surface"]]
    numbers = [drawn(colour) for colour in surfaces]
    assert len(set(numbers)) == 3
    assert all(number in (16, 231) or number >= 232 for number in numbers)
