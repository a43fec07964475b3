"""What sixteen colours come to: whatever lies on a word, it can be read, and what could be read is left alone."""

from __future__ import annotations

from itertools import product

import pytest
from rich.style import Style

from summitreader.tui.terminal.filters import contrast, legible
from summitreader.tui.themes import OWN, SIXTEEN, for_colours, palette, variable_defaults

LIGHT_ONE = for_colours(next(theme for theme in OWN if not theme.dark), None)
LAYERS = ("text-cursor", "text-counterpart", "text-note", "text-note-yellow", "text-note-green", "text-note-blue")
WORDS = ("text-quotation", "text-shared", "text-check", "text-aside", "text-hit", "text-selection")


@pytest.mark.parametrize("theme", [SIXTEEN, LIGHT_ONE], ids=["dark", "light"])
@pytest.mark.parametrize(("surface", "words"), [*product(LAYERS, WORDS)])
def test_every_word_can_be_read_on_every_surface(theme: object, surface: str, words: str) -> None:
    colours = theme.to_color_system().generate() | variable_defaults(theme.dark) | theme.variables  # type: ignore[attr-defined]
    styles = palette(colours)
    style = legible(styles[surface] + styles[words])
    assert style.color is not None and style.bgcolor is not None
    assert style.color.number is not None and style.bgcolor.number is not None
    assert contrast(style.color.number, style.bgcolor.number) >= 3


def test_what_can_be_read_keeps_its_colours() -> None:
    for style in (Style.parse("bright_green on black"), Style.parse("#112233 on green"), Style.parse("green"), Style()):
        assert legible(style) is style
